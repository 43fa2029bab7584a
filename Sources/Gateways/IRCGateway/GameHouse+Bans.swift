import Basics
import ChatPeers
import GatewayCore
import IRCWire
import WorldLanguage
import WorldModel

/// `KLINE`, `UNKLINE` and `STATS k`: the addresses from which nobody is let in, at whatever door.
extension GameHouse {
    /// What a mask says of addresses: `*@192.0.2.0/24`, or the address alone; nil for one that is of people.
    private func address(in mask: IRCParameter, _ command: IRCParameter, _ door: IRCDoor) -> String? {
        if let address = IRCMap.address(of: mask.text) { return address }
        door.reply(.unknownError(command, "Addresses are banned here, as *@192.0.2.0/24; KILL sends somebody away"))
        return nil
    }

    func ban(_ request: IRCBanRequest, _ door: IRCDoor, _ persona: Thing) {
        guard let address = address(in: request.mask, "KLINE", door) else { return }
        // What is for no time at all is for good.
        let seconds = request.minutes.flatMap { $0 > 0 ? min($0, SourceBan.longest / 60) * 60 : nil }
        let reason = request.reason.map { $0.text.cleaned.trimmed } ?? ""
        do throws(SourceBanFailure) {
            let (ban, count, _) = try game.ban(
                address, for: seconds, because: reason, by: .character(persona, origin: door.origin))
            let end = ban.end.map { "until \($0)" } ?? "until UNKLINE"
            tell("Nobody is let in from \(ban.title) \(end); connections that end: \(count)", door)
        } catch {
            door.reply(.unknownError("KLINE", IRCParameter(cleaning: error.sentence.english)))
        }
    }

    func unban(_ mask: IRCParameter, _ door: IRCDoor, _ persona: Thing) {
        guard let address = address(in: mask, "UNKLINE", door) else { return }
        do throws(SourceBanFailure) {
            let (title, _) = try game.unban(address, by: .character(persona, origin: door.origin))
            tell("People are let in again from \(title)", door)
        } catch {
            door.reply(.unknownError("UNKLINE", IRCParameter(cleaning: error.sentence.english)))
        }
    }

    func showBans(_ door: IRCDoor) {
        for ban in game.bans {
            let until = ban.end.map { "until \($0)" } ?? "without an end"
            let words = ban.reason.isEmpty ? until : "\(ban.reason) (\(until))"
            door.reply(
                IRCReply(
                    .statsKLine,
                    ["K", IRCParameter(cleaning: "*@" + ban.title), IRCParameter(cleaning: ban.moderator)],
                    IRCParameter(cleaning: words)))
        }
    }

    private func tell(_ words: String, _ door: IRCDoor) {
        let nick = IRCParameter(cleaning: door.connection.nick)
        door.tell(.message(.notice, target: nick, text: IRCParameter(cleaning: words)), from: server)
    }
}
