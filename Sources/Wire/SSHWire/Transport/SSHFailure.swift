/// Why an SSH connection ends, as both ends are told.
///
/// - Source: RFC 4253 section 11.1, RFC 4250 section 4.2.2.
public struct SSHFailure: Error, Hashable, Sendable {
    /// What kind of end it is.
    public var reason: SSHDisconnectReason
    /// One sentence in English for a log; it holds no secret and nothing that a peer said unchecked.
    public var text: String

    /// Makes a failure.
    public init(_ reason: SSHDisconnectReason, _ text: String) {
        self.reason = reason
        self.text = text
    }

    /// A message that does not have the form its number demands.
    public static func malformed(_ what: String) -> SSHFailure {
        SSHFailure(.protocolError, "The \(what) message is malformed.")
    }
}
