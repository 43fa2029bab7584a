/// What a server says of capabilities.
///
/// - Source: the IRCv3 specification `capability-negotiation`.
public enum IRCCapabilityEvent: Hashable, Sendable {
    /// `LS`; more lines follow unless it is the last.
    case available(IRCParameter, isLast: Bool)
    /// `LIST`; more lines follow unless it is the last.
    case enabled(IRCParameter, isLast: Bool)
    /// `ACK`: all of what was asked for is so now.
    case acknowledged(IRCParameter)
    /// `NAK`: nothing of what was asked for.
    case refused(IRCParameter)
    /// `NEW`: these may be asked for from now on.
    case new(IRCParameter)
    /// `DEL`: these are off, and may not be asked for any longer.
    case removed(IRCParameter)
}
