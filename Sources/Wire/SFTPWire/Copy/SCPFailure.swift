/// Why octets that should be `scp`'s end the copying.
public enum SCPFailure: Error, Hashable, Sendable {
    /// A line is longer than ``SCPLimits/line``.
    case lineTooLong
    /// A line or an octet is none of the protocol's.
    case malformed
}
