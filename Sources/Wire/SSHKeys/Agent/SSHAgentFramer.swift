import FramingWire

/// Cuts what arrives from an agent or its client into messages, and puts the length before what is sent.
///
/// ```text
///   uint32 length │ that many octets
/// ```
///
/// - Isolation: none; a value type that is not copied.
/// - Limits: a message has 1 to ``SSHAgentFramer/longestMessage`` octets.
/// - Source: draft-miller-ssh-agent section 3.
public struct SSHAgentFramer: ~Copyable {
    /// Octets of the longest message, as OpenSSH has it.
    public static let longestMessage = 256 * 1024

    private var framer = LengthPrefixedFramer(.fourBytes(.bigEndian), limit: Self.longestMessage)

    /// Begins with nothing.
    public init() {}

    /// Takes octets in, however they are cut.
    public mutating func receive(_ octets: Span<UInt8>) { framer.receive(octets) }

    /// Gives the next message that is complete, without its length; nil when more has to arrive.
    ///
    /// - Throws: ``SSHKeyFailure`` with `malformed` for an impossible length; nothing can be read after it.
    public mutating func next() throws(SSHKeyFailure) -> [UInt8]? {
        let message: [UInt8]?
        do throws(LengthPrefixFailure) {
            message = try framer.next()
        } catch {
            throw SSHKeyFailure(.malformed, "\(error)")
        }
        if message?.isEmpty == true { throw SSHKeyFailure(.malformed, "an agent's message has a number") }
        return message
    }

    /// A message with its length before it.
    public static func framed(_ message: [UInt8]) -> [UInt8] {
        var writer = SSHWriter(reserving: message.count + 4)
        writer.string(message)
        return writer.octets
    }
}
