/// Cuts what arrives from an agent or its client into messages, and puts the length before what is sent.
///
/// ```text
///   uint32 length │ that many octets
/// ```
///
/// - Isolation: none; a value type.
/// - Limits: a message has 1 to ``SSHAgentFramer/longestMessage`` octets.
/// - Source: draft-miller-ssh-agent section 3.
public struct SSHAgentFramer: Sendable {
    /// Octets of the longest message, as OpenSSH has it.
    public static let longestMessage = 256 * 1024

    private var held: [UInt8] = []
    /// Where the next message begins.
    private var place = 0

    /// Begins with nothing.
    public init() {}

    /// Takes octets in, however they are cut.
    public mutating func receive(_ octets: some Sequence<UInt8>) {
        held.removeFirst(place)
        place = 0
        held += octets
    }

    /// Gives the next message that is complete, without its length; nil when more has to arrive.
    ///
    /// - Throws: ``SSHKeyFailure`` with `malformed` for an impossible length; nothing can be read after it.
    public mutating func next() throws(SSHKeyFailure) -> [UInt8]? {
        guard held.count - place >= 4 else { return nil }
        let length = held[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
        guard (1...Self.longestMessage).contains(length) else {
            throw SSHKeyFailure(.malformed, "an agent's message cannot have \(length) octets")
        }
        guard held.count - place >= 4 + length else { return nil }
        defer { place += 4 + length }
        return Array(held[place + 4..<place + 4 + length])
    }

    /// A message with its length before it.
    public static func framed(_ message: [UInt8]) -> [UInt8] {
        var writer = SSHWriter(reserving: message.count + 4)
        writer.string(message)
        return writer.octets
    }
}
