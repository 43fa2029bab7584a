/// One message, read from a line or about to be written as one.
///
/// ```text
///   [@tags SPACE] [:source SPACE] command {SPACE middle} [SPACE :trailing] CR LF
/// ```
///
/// - Isolation: none; a value type.
/// - Limits: ``IRCLimits/parameters`` parameters.
/// - Source: RFC 2812 §2.3.1; Modern IRC "Message Format".
/// - SeeAlso: `IRCWireTests/IRCMessageTests`.
public struct IRCMessage: Hashable, Sendable {
    /// The tags; none when there are none.
    public var tags: IRCTags
    /// Where it comes from, which servers ignore in what clients send; nil when it does not say.
    public var source: IRCSource?
    /// What is to be done, or a numeric.
    public var command: IRCCommand
    /// The parameters in order.
    public var parameters: [IRCParameter]

    /// Makes a message.
    public init(
        _ command: IRCCommand, _ parameters: [IRCParameter] = [], source: IRCSource? = nil, tags: IRCTags = IRCTags()
    ) {
        self.tags = tags
        self.source = source
        self.command = command
        self.parameters = parameters
    }

    /// The text of a parameter; nil when there are fewer.
    public func text(at index: Int) -> String? {
        parameters.indices.contains(index) ? parameters[index].text : nil
    }

    /// Appends the line with its tags and CR LF; see ``IRCLineWriter`` for what becomes of one that is too long.
    public func append(to output: inout [UInt8], limit: Int = IRCLimits.bodyOctets) {
        tags.append(to: &output)
        IRCLineWriter.append(command, parameters, from: source, to: &output, limit: limit)
    }

    /// The line with its tags and CR LF.
    public func octets(limit: Int = IRCLimits.bodyOctets) -> [UInt8] {
        var output: [UInt8] = []
        append(to: &output, limit: limit)
        return output
    }
}

extension IRCMessage: CustomStringConvertible {
    /// The line without its end, for logs and tests.
    public var description: String { String(decoding: octets(limit: .max).dropLast(2), as: UTF8.self) }
}
