import Basics
import GatewayCore
import WorldLanguage

/// From where nobody is let in.
extension GameAuthority {
    var bans: AdminBans {
        AdminBans(
            game.bans.map { ban in
                AdminBans.Ban(
                    network: ban.title, until: ban.end?.description, by: ban.moderator, since: ban.time.description,
                    reason: ban.reason)
            })
    }

    func ban(
        _ text: String, for seconds: Int?, because reason: String, by caller: AdminCaller,
        _ answer: @escaping (AdminAnswer) -> Void
    ) throws(AdminFailure) {
        do throws(SourceBanFailure) {
            let (ban, count, sequence) = try game.ban(text, for: seconds, because: reason, by: .user(caller.user))
            let term = ban.end.map { "until \($0)" } ?? "from now on"
            let end = count == 0 ? "" : count == 1 ? " 1 connection ends." : " \(count) connections end."
            let message = "Nobody is let in from \(ban.title) \(term).\(end)"
            game.whenDurable(sequence) { answer(.done(AdminDone(message))) }
        } catch {
            throw AdminFailure(error)
        }
    }

    func unban(_ text: String, by caller: AdminCaller, _ answer: @escaping (AdminAnswer) -> Void) throws(AdminFailure) {
        do throws(SourceBanFailure) {
            let (title, sequence) = try game.unban(text, by: .user(caller.user))
            game.whenDurable(sequence) { answer(.done(AdminDone("People are let in again from \(title)."))) }
        } catch {
            throw AdminFailure(error)
        }
    }
}

extension AdminFailure {
    init(_ failure: SourceBanFailure) {
        let code: Code =
            switch failure {
            case .noNetwork, .bitsBeyondLength, .tooLarge, .reasonTooLong: .usage
            case .notBanned: .notFound
            case .notKept: .tryAgain
            case .own, .powerful, .tooMany: .failed
            }
        self.init(code, failure.sentence.english)
    }
}
