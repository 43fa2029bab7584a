public import Basics

/// A `CHATHISTORY` request.
///
/// ```text
///   CHATHISTORY LATEST #a * 50
///   CHATHISTORY BEFORE #a timestamp=2026-11-30T12:00:00.000Z 50
///   CHATHISTORY BETWEEN #a msgid=x msgid=y 50
///   CHATHISTORY TARGETS timestamp=… timestamp=… 50
/// ```
///
/// - Source: the IRCv3 specification `draft/chathistory`.
public enum IRCHistoryRequest: Hashable, Sendable {
    /// The newest messages, after a point when one is given.
    case latest(target: IRCParameter, after: IRCHistoryPoint?, limit: Int)
    /// The newest messages before a point, without it.
    case before(target: IRCParameter, IRCHistoryPoint, limit: Int)
    /// The oldest messages after a point, without it.
    case after(target: IRCParameter, IRCHistoryPoint, limit: Int)
    /// Messages on both sides of a point, with it.
    case around(target: IRCParameter, IRCHistoryPoint, limit: Int)
    /// Messages between two points, without them, from the first given on (which may be the later one).
    case between(target: IRCParameter, IRCHistoryPoint, IRCHistoryPoint, limit: Int)
    /// Which channels and people have messages between two times.
    case targets(WallInstant, WallInstant, limit: Int)
}
