package import JSONWire

/// Why octets are no GMCP message that we take.
///
/// Nothing of what the peer wrote is repeated: it may be a password.
package enum GMCPFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The message is longer than ``GMCPLimits/messageOctets``.
    case tooLong
    /// It does not begin with a name of ``GMCPLimits/nameOctets`` at most.
    case malformedName
    /// What follows the name is no JSON.
    case malformedBody(JSONFailure)
    /// The body of this well-known message is not what it should be.
    case unexpectedBody(of: String)

    package var description: String {
        switch self {
        case .tooLong: "the message is longer than \(GMCPLimits.messageOctets) octets"
        case .malformedName: "the message has no name"
        case .malformedBody(let failure): "\(failure)"
        case .unexpectedBody(let name): "\(name) has another body than it should have"
        }
    }
}
