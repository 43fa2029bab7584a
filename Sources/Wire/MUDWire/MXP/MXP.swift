/// Links in the game's text for clients that speak the MUD eXtension Protocol, telnet option 91.
///
/// A client that was sent ``start`` reads no element in any line, so that text needs no care; only a line that begins
/// with ``secureLine`` is read, up to its end, and there all text must be ``escaped(_:)``. Elements are made by the
/// server alone: what players write never becomes one.
///
/// ```text
///   ESC [ 7 z                                     once, when the option is agreed
///   ESC [ 1 z Type <SEND href="help">help</SEND>  a line with a link
///   Ada says: 3 < 4 & 5 > 4                       a line without, as it is
/// ```
///
/// - Source: the MXP specification 1.0, "Line Modes" and "Links".
package enum MXP {
    /// How lines are read: the number in `ESC [ n z`.
    package enum Mode: Int, CaseIterable, Sendable {
        /// Until the line ends, elements that can do no harm.
        case open = 0
        /// Until the line ends, all elements.
        case secure = 1
        /// Until the line ends, none.
        case locked = 2
        /// All open elements are closed, and open mode begins.
        case reset = 3
        /// The next element only, which is secure.
        case temporarilySecure = 4
        /// From now on, unless a line says otherwise: ``open``.
        case alwaysOpen = 5
        /// From now on, unless a line says otherwise: ``secure``.
        case alwaysSecure = 6
        /// From now on, unless a line says otherwise: ``locked``.
        case alwaysLocked = 7

        /// The sequence that sets the mode.
        package var sequence: String { "\u{1B}[\(rawValue)z" }
    }

    /// What a client is sent first.
    package static let start = Mode.alwaysLocked.sequence

    /// What begins a line that has links.
    package static let secureLine = Mode.secure.sequence

    /// Octets of a command in a link; longer ones make no link.
    package static let attributeOctets = 256

    /// A text for a line that is read: `& < > "` become entities, and control characters, ESC among them, go.
    package static func escaped(_ text: String) -> String {
        let text = MUDText.line(text)
        guard text.utf8.contains(where: { entity($0) != nil }) else { return text }
        var result: [UInt8] = []
        for octet in text.utf8 {
            if let entity = entity(octet) { result += entity.utf8 } else { result.append(octet) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The element before a text that sends a command when it is clicked; the text is ``escaped(_:)`` by itself.
    ///
    /// - Parameter command: What is sent, made by the server.
    /// - Returns: Nil for one with a line end, a `|` (which would make a menu of it) or more than ``attributeOctets``.
    package static func openLink(command: String) -> String? {
        guard isAttribute(command), !command.isEmpty else { return nil }
        return "<SEND href=\"\(escaped(command))\">"
    }

    /// The element before a command as it is shown to be typed, such as `tell NAME TEXT`.
    ///
    /// From the first word in capitals or brackets on it is left to the player: the click puts what stands before it
    /// into the client's input line. So it does with a command that is not all ASCII, whose words are not told apart.
    ///
    /// - Returns: Nil for what is no command, because a blank is at an end of it, or nothing of it can be sent.
    package static func openLink(offering text: String) -> String? {
        if text.first == " " || text.last == " " { return nil }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let given = words.prefix { !isPlaceholder($0) }.joined(separator: " ")
        let isWhole = given.utf8.count == text.utf8.count
        guard let element = openLink(command: isWhole ? given : given + " "), !given.isEmpty else { return nil }
        if isWhole, given.utf8.allSatisfy({ $0 < 0x80 }) { return element }
        return "\(element.dropLast()) PROMPT>"
    }

    /// Whether a word stands for another one.
    private static func isPlaceholder(_ word: Substring) -> Bool {
        if word.utf8.contains(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "<") }) { return true }
        let capitals = word.utf8.count { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
        return capitals > 1 && !word.utf8.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
    }

    /// The element after the text of a link.
    package static let closeLink = "</SEND>"

    private static func isAttribute(_ text: String) -> Bool {
        text.utf8.count <= attributeOctets
            && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "|") }
    }

    /// What stands for an octet of text in a line that is read; nil for itself.
    package static func entity(_ octet: UInt8) -> String? {
        switch octet {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        default: nil
        }
    }
}
