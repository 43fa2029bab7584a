/// A reply that says the same to everybody: encoded once, but for the client's nick.
///
/// ```text
///   :irc.example.com 005 | alice | CHANTYPES=# :are supported by this server
/// ```
///
/// - Isolation: none; a value type.
/// - SeeAlso: `IRCWireTests/IRCPreparedReplyTests`.
public struct IRCPreparedReply: Sendable {
    /// What it says.
    public let reply: IRCReply
    /// The line up to the nick; all of it, if there is none.
    private let head: [UInt8]
    /// What follows the nick, without CR LF.
    private let tail: [UInt8]

    /// Encodes a reply of a server's.
    public init(_ reply: IRCReply, from server: IRCSource) {
        self.reply = reply
        var line: [UInt8] = []
        reply.append(to: &line, from: server, nick: .star, limit: .max)
        line.removeLast(2)
        guard reply.isNumeric else {
            (head, tail) = (line, [])
            return
        }
        let source = server.octetCount == 0 ? 0 : server.octetCount + 2
        let nick = source + reply.command.name.utf8.count + 1
        (head, tail) = (Array(line[..<nick]), Array(line[(nick + 1)...]))
    }

    /// Appends the line to a client, without tags, with CR LF.
    ///
    /// - Parameters:
    ///   - output: Where the octets go.
    ///   - nick: The client's nick; `*` before it has one.
    public func append(to output: inout [UInt8], nick: IRCParameter) {
        let start = output.count
        output.append(contentsOf: head)
        if reply.isNumeric { IRCLineWriter.append((nick.isMiddle ? nick : .star).text, to: &output) }
        output.append(contentsOf: tail)
        IRCLineWriter.end(&output, from: start, limit: IRCLimits.bodyOctets)
    }
}
