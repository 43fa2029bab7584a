package import SASLWire

/// Why a SCRAM exchange ends without a login.
package enum SCRAMFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// A message that could not be read.
    case message(SASLFailure)
    /// The password or name holds what SASLprep prohibits, or is too long.
    case unusable
    /// The nonce that came is not the one of this exchange.
    case nonceMismatch
    /// The server asks for fewer iterations than the standard allows, or for more than the client has time for.
    case iterations(UInt32)
    /// The server refused.
    case refused(SCRAMRefusal)
    /// The server does not know the password either: it is not who it says it is.
    case serverNotAuthentic
    /// The kernel gave no random octets for a nonce or a salt.
    case noRandomness

    package var description: String {
        switch self {
        case .message(let failure): failure.description
        case .unusable: "a name or password cannot be used"
        case .nonceMismatch: "the nonce is not the one of this exchange"
        case .iterations(let count): "\(count) iterations are too few or too many"
        case .refused(let refusal): "refused: \(refusal)"
        case .serverNotAuthentic: "the server does not know the password"
        case .noRandomness: "the system gave no random octets"
        }
    }
}
