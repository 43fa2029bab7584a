/// Why octets are no MSDP payload that we take; positions are offsets in octets.
package enum MSDPFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The payload is longer than ``MSDPLimits/payloadOctets``.
    case tooLong
    /// Values are nested deeper than ``MSDPLimits/depth``.
    case tooDeep(at: Int)
    /// Something other than what may stand here, or the end.
    case unexpected(at: Int)

    package var description: String {
        switch self {
        case .tooLong: "the payload is longer than \(MSDPLimits.payloadOctets) octets"
        case .tooDeep(let position): "MSDP, octet \(position): nested too deep"
        case .unexpected(let position): "MSDP, octet \(position): unexpected"
        }
    }
}
