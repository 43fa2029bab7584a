/// A message from program to program, inside the text of a PRIVMSG (a question) or NOTICE (its answer).
///
/// ```text
///   0x01 command [SPACE arguments] [0x01]        the last one is missing in what some programs send
/// ```
///
/// - Source: modern.ircdocs.horse/ctcp; draft-oakley-irc-ctcp-02 §2.
/// - SeeAlso: `IRCWireTests/IRCCTCPTests`.
public struct IRCCTCP: Hashable, Sendable {
    /// The command in capitals, such as `ACTION`.
    public let command: IRCCommand
    /// What follows the command and a space; empty when nothing does.
    public let arguments: String

    /// Makes one; 0x01, CR, LF and NUL in the arguments become spaces.
    public init(_ command: IRCCommand, _ arguments: String = "") {
        self.command = command
        guard arguments.utf8.contains(where: Self.isForbidden) else {
            self.arguments = arguments
            return
        }
        self.arguments = String(decoding: arguments.utf8.map { Self.isForbidden($0) ? 0x20 : $0 }, as: UTF8.self)
    }

    /// Reads the text of a message; nil for one that is not CTCP.
    public init?(parsing text: String) {
        var body = text[...]
        guard body.utf8.first == 1 else { return nil }
        body = body.dropFirst()
        if body.utf8.last == 1 { body = body.dropLast() }
        let space = body.utf8.firstIndex(of: 0x20)
        guard let command = IRCCommand(String(body[..<(space ?? body.endIndex)])) else { return nil }
        self.init(command, space.map { String(body[body.utf8.index(after: $0)...]) } ?? "")
    }

    /// The text of the message that carries it.
    public var parameter: IRCParameter {
        IRCParameter(cleaning: "\u{1}" + command.name + (arguments.isEmpty ? "" : " " + arguments) + "\u{1}")
    }

    /// What somebody does: `ACTION`, a gesture.
    public static func action(_ words: String) -> IRCCTCP { IRCCTCP("ACTION", words) }

    private static func isForbidden(_ octet: UInt8) -> Bool { octet == 1 || IRCParameter.isForbidden(octet) }
}
