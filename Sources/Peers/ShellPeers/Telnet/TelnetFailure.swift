/// Why a telnet connection was cut off by this end.
package enum TelnetFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Compressed input became more octets in a second than the settings allow.
    case inflatedTooMuch(octetsPerSecond: Int)

    package var description: String {
        switch self {
        case .inflatedTooMuch(let limit): "compressed input became more than \(limit) octets in a second"
        }
    }
}
