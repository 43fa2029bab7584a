public import Basics

/// A point in a history: a time or a message.
public enum IRCHistoryPoint: Hashable, Sendable {
    case time(WallInstant)
    case message(IRCParameter)
}
