import WorldLanguage
import WorldModel

extension Verb {
    static let ban = Verb(
        "ban", group: .game, role: .admin,
        usage: ["ban", "ban ADDRESS", "ban ADDRESS TIME", "ban ADDRESS TIME REASON"],
        summary: "Let nobody in from some addresses.",
        help: """
            Nobody is let in any more from there, by telnet, SSH or IRC, and connections from there end. What is banned is \
            one address or a network of them, of IPv4 with at least 8 bits and of IPv6 with at least 16; `mud-admin \
            who` tells where people come from. A time such as `2h` or `7d` is how long, and what stands behind it is \
            what those read who are kept out; without a time it holds until `unban`. By itself it lists what is banned, by \
            whom and why. You cannot ban where you are connected from yourself, nor somebody who has as much to say as you.
            Example: `ban 192.0.2.7`, `ban 192.0.2.0/24 7d floods`, `ban 2001:db8::/48`.
            """,
        forms: [[], [.text]], hasShortForms: false
    ) { command, action in
        if command.form == 0 { return action.turn.request(.listBans) }
        let words = command.text.split(maxSplits: 2, whereSeparator: \.isWhitespace).map(String.init)
        guard let address = words.first else { return action.turn.request(.listBans) }
        let seconds = words.count > 1 ? ShortTime.seconds(words[1]) : nil
        let reason = words.dropFirst(seconds == nil ? 1 : 2).joined(separator: " ")
        action.turn.request(.ban(address: address, seconds: seconds, reason: reason))
    }

    static let unban = Verb(
        "unban", group: .game, role: .admin, usage: ["unban ADDRESS"],
        summary: "Let people in again from addresses that were banned.",
        help: "Type the address or the network as `ban` lists it. Example: `unban 192.0.2.0/24`.",
        forms: [[.text], []], hasShortForms: false
    ) { command, action in
        if command.form == 1 { throw action.refuse("Type the address behind it: \(command: "unban 192.0.2.0/24").") }
        action.turn.request(.unban(address: command.text))
    }
}

/// Lengths of time as administrators type them: `30s`, `10m`, `2h`, `7d`.
enum ShortTime {
    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]

    /// Reads one; nil when it is none, or none that anybody means.
    static func seconds(_ word: String) -> Int? {
        guard let unit = word.last.flatMap({ units[$0] }), let number = Int(word.dropLast()), number > 0 else {
            return nil
        }
        let (product, isOver) = number.multipliedReportingOverflow(by: unit)
        return isOver ? nil : product
    }
}
