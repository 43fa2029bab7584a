/// Why a message of a SASL mechanism was not understood.
///
/// Nothing of what the peer wrote is repeated: it may be half a password.
package enum SASLFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The part named is longer than so many octets.
    case tooLong(String, limit: Int)
    /// The part named is missing, empty or written wrongly.
    case malformed(String)
    /// The peer demands an extension, and there are none (SCRAM's `m=`, RFC 5802 section 5.1).
    case extensionDemanded
    /// The other side's message came twice, or before its turn.
    case outOfTurn

    package var description: String {
        switch self {
        case .tooLong(let part, let limit): "\(part) is longer than \(limit) octets"
        case .malformed(let part): "\(part) is missing or malformed"
        case .extensionDemanded: "an extension is demanded that is not known"
        case .outOfTurn: "a message came out of turn"
        }
    }
}
