/// What a client asks of its list of watched nicks.
///
/// ```text
///   MONITOR + bob,carol    MONITOR - bob    MONITOR C    MONITOR L    MONITOR S
/// ```
///
/// - Source: the IRCv3 specification `monitor`.
public enum IRCMonitorRequest: Hashable, Sendable {
    case add([IRCParameter])
    case remove([IRCParameter])
    case clear
    /// Which are watched (732, 733).
    case list
    /// Which of them are here (730, 731).
    case status
}
