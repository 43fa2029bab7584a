import FramingWire

/// Who sends the lines that a framer reads.
public enum IRCSender: Hashable, Sendable {
    /// Clients: the smaller limit for tags, and what is not UTF-8 is told.
    case client
    /// Servers: the larger limit for tags, and what is not UTF-8 is read all the same.
    case server
}

/// What a framer found.
public enum IRCLineEvent: Hashable, Sendable {
    /// A message.
    case message(IRCMessage)
    /// A line beyond the limit, which is skipped; answered with 417.
    case tooLong
    /// A line that is not UTF-8, from a client; answered with `FAIL * INVALID_UTF8`. The command, if it has one.
    case notUTF8(IRCCommand?)
    /// A line that is not a message; servers ignore it.
    case malformed
}

/// Cuts arriving octets into lines, and reads each as a message.
///
/// ```text
///   line CR LF, or line LF
///   512 octets with CR LF, and before that tags of 4,096 from clients, 8,191 from servers
/// ```
///
/// Empty lines are passed over. What is not UTF-8 comes from a server as its octets read as Latin-1.
///
/// - Limits: one line of the two limits together; a longer one is reported once and skipped.
/// - Complexity: linear in the input.
/// - Source: RFC 2812 §2.3; IRCv3 Message Tags "Size limit"; IRCv3 UTF8ONLY; Modern IRC `ERR_INPUTTOOLONG`.
/// - SeeAlso: `IRCWireTests/IRCLineFramerTests`.
public struct IRCLineFramer: ~Copyable {
    private let sender: IRCSender
    private let bodyLimit: Int
    private let tagLimit: Int
    private var framer: LineFramer

    /// Makes a framer.
    ///
    /// - Parameters:
    ///   - sender: Who sends the lines.
    ///   - bodyLimit: Octets of a line without its tags, CR LF included; see ``IRCLimits/longestBodyOctets``.
    public init(from sender: IRCSender, bodyLimit: Int = IRCLimits.bodyOctets) {
        self.sender = sender
        self.bodyLimit = min(max(bodyLimit, IRCLimits.bodyOctets), IRCLimits.longestBodyOctets)
        tagLimit = sender == .client ? IRCLimits.clientTagOctets : IRCLimits.serverTagOctets
        framer = LineFramer(limit: tagLimit + self.bodyLimit)
    }

    /// The octets received and not yet taken.
    public var bufferedCount: Int { framer.bufferedCount }

    /// Takes octets as they arrive; then ask ``next()`` until there is nothing more.
    public mutating func receive(_ bytes: Span<UInt8>) { framer.receive(bytes) }

    /// The next message or complaint; nil when more octets are needed.
    public mutating func next() -> IRCLineEvent? {
        while true {
            var event: IRCLineEvent?
            let (sender, bodyLimit, tagLimit) = (sender, bodyLimit, tagLimit)
            let hasLine = try? framer.withNext { line in
                event = Self.event(line, sender, bodyLimit: bodyLimit, tagLimit: tagLimit)
            }
            guard hasLine == true else { return nil }
            if case .some = event { return event }
        }
    }

    /// What a line is without a stream around it, as in a message of a WebSocket; nil for an empty one.
    ///
    /// - Parameters:
    ///   - line: Octets, with or without a line end.
    ///   - sender: Who sends it.
    ///   - bodyLimit: Octets of a line without its tags, CR LF counted whether it is there or not.
    /// - Returns: The message or complaint.
    public static func read(
        _ line: Span<UInt8>, from sender: IRCSender, bodyLimit: Int = IRCLimits.bodyOctets
    ) -> IRCLineEvent? {
        var end = line.count
        if end > 0, line[end - 1] == 0x0A { end -= 1 }
        if end > 0, line[end - 1] == 0x0D { end -= 1 }
        let tagLimit = sender == .client ? IRCLimits.clientTagOctets : IRCLimits.serverTagOctets
        return event(line.extracting(0..<end), sender, bodyLimit: bodyLimit, tagLimit: tagLimit)
    }

    private static func event(
        _ line: borrowing Span<UInt8>?, _ sender: IRCSender, bodyLimit: Int, tagLimit: Int
    ) -> IRCLineEvent? {
        guard let line = copy line else { return .tooLong }
        guard fits(line, bodyLimit: bodyLimit, tagLimit: tagLimit) else { return .tooLong }
        do {
            return .message(try IRCMessage(parsing: line))
        } catch .empty {
            return nil
        } catch .notUTF8 {
            if sender == .server { return latin1(line) }
            return .notUTF8(command(line))
        } catch {
            return .malformed
        }
    }

    private static func fits(_ line: Span<UInt8>, bodyLimit: Int, tagLimit: Int) -> Bool {
        let tags = tagCount(line)
        return tags <= tagLimit && line.count - tags <= bodyLimit - 2
    }

    /// Octets of the tags with `@` and the space.
    private static func tagCount(_ line: Span<UInt8>) -> Int {
        guard line.count > 0, line[0] == UInt8(ascii: "@") else { return 0 }
        for index in 0..<line.count where line[index] == 0x20 { return index + 1 }
        return line.count
    }

    /// The octets as Latin-1, as clients do with what old programs send.
    private static func latin1(_ line: Span<UInt8>) -> IRCLineEvent {
        var text = String.UnicodeScalarView()
        for index in 0..<line.count { text.append(Unicode.Scalar(line[index])) }
        guard let message = try? IRCMessage(parsing: String(text)) else { return .malformed }
        return .message(message)
    }

    private static func command(_ line: Span<UInt8>) -> IRCCommand? {
        var ascii: [UInt8] = []
        for index in 0..<line.count { ascii.append(line[index] < 0x80 ? line[index] : UInt8(ascii: "?")) }
        return (try? IRCMessage(parsing: ascii))?.command
    }
}
