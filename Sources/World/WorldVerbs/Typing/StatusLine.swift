package import Basics
import WorldLanguage
package import WorldModel

extension Interpreter {
    /// What a line at the foot of a player's screen says: the place, the ways out, the time, and the letters not read.
    ///
    /// Short, because it does not wrap; the place comes first, because the end is what is cut.
    ///
    /// - Parameters:
    ///   - persona: Who plays.
    ///   - time: What time it is.
    /// - Returns: Nil when they do not want it, or are nowhere.
    package func statusLine(of persona: Thing, at time: WallInstant) -> StyledText? {
        guard persona.location != nil, world.setting(.statusline, of: persona) != "off" else { return nil }
        var parts = [value(of: .place, persona, time)]
        let exits = value(of: .exits, persona, time)
        if !exits.isEmpty { parts.append("[\(exits)]") }
        parts.append(value(of: .time, persona, time))
        let unread = Mailbox(of: persona, in: world).unread
        if unread > 0 {
            let letters: Sentence =
                unread == 1 ? "1 unread letter" : "\(plain: String(unread)) unread letters"
            parts.append(phrase(letters, for: persona).plain)
        }
        return StyledText(parts.filter { !$0.isEmpty }.joined(separator: "  "))
    }
}
