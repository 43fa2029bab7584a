/// Why a telnet connection was cut off by this end.
public enum TelnetFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Compressed input became more octets in a second than the settings allow.
    case inflatedTooMuch(octetsPerSecond: Int)

    /// The reason in words, for a log.
    public var description: String {
        switch self {
        case .inflatedTooMuch(let limit): "compressed input became more than \(limit) octets in a second"
        }
    }
}
