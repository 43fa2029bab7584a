/// What is wrong with octets that should be SSH's.
public enum SSHDataFailure: Error, Hashable, Sendable {
    /// They end too early.
    case truncated
    /// More follows than belongs there.
    case trailing
    /// A string is longer than anything sensible there.
    case tooLong
    /// A text is not what its field allows.
    case notText
    /// A number is below zero where none may be.
    case negative
}
