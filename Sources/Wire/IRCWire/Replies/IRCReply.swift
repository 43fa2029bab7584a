/// What a server answers: a numeric, or a standard reply that a program can tell from its code.
///
/// ```text
///   :irc.example.com 401 alice bob :No such nick
///   :irc.example.com FAIL REGISTER ACCOUNT_EXISTS alice :That name is taken.
/// ```
///
/// Each reply there is has a function that makes it, with its parameters by name.
///
/// - Source: the Modern IRC document, "Numerics"; the IRCv3 specification `standard-replies`.
/// - SeeAlso: `IRCWireTests/IRCReplyTests`; ``IRCEvent`` for what servers tell of others.
public struct IRCReply: Hashable, Sendable {
    /// The numeric; or `FAIL`, `WARN` or `NOTE`.
    public let command: IRCCommand
    /// The parameters after the client's nick and before the text.
    public let parameters: [IRCParameter]
    /// What a person reads, or a list; a colon always goes before it.
    public let text: IRCParameter?

    /// Makes a numeric.
    public init(_ numeric: IRCNumeric, _ parameters: [IRCParameter] = [], _ text: IRCParameter? = nil) {
        command = IRCCommand(numeric)
        self.parameters = parameters
        self.text = text
    }

    init(standard command: IRCCommand, _ parameters: [IRCParameter], _ text: IRCParameter) {
        self.command = command
        self.parameters = parameters
        self.text = text
    }

    var isNumeric: Bool { command.name.utf8.first.map { $0 <= 0x39 } ?? false }

    /// Whether it tells of a failure: an error's numeric or `FAIL`.
    public var isFailure: Bool { command.numeric?.isError ?? (command == "FAIL") }

    /// The message to a client.
    ///
    /// - Parameters:
    ///   - server: Who answers.
    ///   - nick: The client's nick; `*` before it has one.
    /// - Returns: The message, without tags.
    public func message(from server: IRCSource, to nick: IRCParameter) -> IRCMessage {
        let head = isNumeric ? [nick] + parameters : parameters
        return IRCMessage(command, text.map { head + [$0] } ?? head, source: server)
    }

    /// Appends the line to a client, without tags, with CR LF.
    ///
    /// - Parameters:
    ///   - output: Where the octets go.
    ///   - server: Who answers.
    ///   - nick: The client's nick; `*` before it has one.
    public func append(to output: inout [UInt8], from server: IRCSource, nick: IRCParameter) {
        append(to: &output, from: server, nick: nick, limit: IRCLimits.bodyOctets)
    }

    func append(to output: inout [UInt8], from server: IRCSource, nick: IRCParameter, limit: Int) {
        IRCLineWriter.append(
            command, to: isNumeric ? nick : nil, parameters, trailing: text, from: server, output: &output, limit: limit
        )
    }

    /// Joins words with spaces to as few texts as hold them.
    ///
    /// - Parameters:
    ///   - words: The words in order.
    ///   - limit: Octets of each text; a longer word has one of its own.
    /// - Returns: The texts in order; none without words.
    /// - Complexity: O(*n*) in the octets.
    static func packed(_ words: some Sequence<String>, limit: Int = IRCLimits.listOctets) -> [IRCParameter] {
        var texts: [IRCParameter] = []
        var text = ""
        for word in words {
            if !text.isEmpty, text.utf8.count + word.utf8.count >= limit {
                texts.append(IRCParameter(cleaning: text))
                text = ""
            }
            if !text.isEmpty { text += " " }
            text += word
        }
        if !text.isEmpty { texts.append(IRCParameter(cleaning: text)) }
        return texts
    }
}

extension IRCLimits {
    /// Octets of the list in one line of a long answer, such as names of a channel.
    ///
    /// Source: ``bodyOctets`` less 172 for a server's name of 63, a numeric, a nick of 32 and a channel of 64, and
    /// some room for longer nicks.
    public static let listOctets = 320
}
