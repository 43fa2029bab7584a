import Basics
import WorldLanguage
import WorldModel
import WorldVerbs

/// Addresses from which nobody is let in, as administrators see and change them in play.
extension Session {
    /// Lists them.
    func listBans() {
        let bans = game.bans
        if bans.isEmpty { return say("No address is banned.") }
        let now = game.wallTime()
        var text = text("\(phrase: "Banned addresses", .title)")
        for ban in bans {
            text.append("\n")
            text.append(ban.title, .emphasis)
            text.append(" ")
            let ago = max(.zero, ban.time.duration(to: now)).told
            if let end = ban.end {
                text.append(self.text("by \(plain: ban.moderator), \(ago) ago, for \(now.duration(to: end).told) more"))
            } else {
                text.append(self.text("by \(plain: ban.moderator), \(ago) ago, without an end"))
            }
            if !ban.reason.isEmpty { text.append(": \(ban.reason)") }
        }
        show(text)
    }

    /// Lets nobody in any more from some addresses.
    func banSource(_ address: String, for seconds: Int?, because reason: String, _ persona: Thing) {
        do throws(SourceBanFailure) {
            let (ban, count, _) = try game.ban(
                address, for: seconds, because: reason, by: .character(persona, origin: origin))
            if let seconds {
                let term = Duration.seconds(min(seconds, SourceBan.longest)).told
                say("Nobody is let in from \(plain: ban.title) for \(term).")
            } else {
                let end = "unban \(ban.title)"
                say("Nobody is let in from \(plain: ban.title) until you type \(command: end).")
            }
            if count > 0 { say("Connections that end: \(plain: String(count)).") }
        } catch {
            say(error.sentence, .warning)
        }
    }

    /// Lets people in again from there.
    func unbanSource(_ address: String, _ persona: Thing) {
        do throws(SourceBanFailure) {
            let (title, _) = try game.unban(address, by: .character(persona, origin: origin))
            say("People are let in again from \(plain: title).")
        } catch {
            say(error.sentence, .warning)
        }
    }
}
