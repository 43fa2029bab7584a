/// One message about the client's terminal (TTYPE).
///
/// ```text
///   IAC SB TTYPE  SEND 1 octet = 1         IAC SE     server: tell me the next name
///   IAC SB TTYPE  IS   1 octet = 0  name   IAC SE     client; the last name is sent twice
/// ```
///
/// MUD clients send three names: their own, a terminal's, and `MTTS` with a number of
/// ``TelnetTerminalFeatures``.
///
/// - Source: RFC 1091; MTTS as in Mudlet and tintin++.
package enum TelnetTerminalType: Equatable, Sendable {
    case send
    /// Printable ASCII, 0 to 64 octets.
    case name(String)

    /// Reads the payload; nil for an unknown kind of message.
    package init?(payload: [UInt8]) {
        switch payload.first {
        case 1:
            self = .send
        case 0:
            // Names are labels that may be shown to people: what is not printable goes.
            let octets = payload.dropFirst().lazy.filter { (0x20...0x7E).contains($0) }
            self = .name(String(decoding: octets.prefix(TelnetLimits.terminalTypeOctets), as: UTF8.self))
        default:
            return nil
        }
    }

    /// The payload, without doubling.
    package var payload: [UInt8] {
        switch self {
        case .send: [1]
        case .name(let name): [0] + Array(name.utf8)
        }
    }
}
