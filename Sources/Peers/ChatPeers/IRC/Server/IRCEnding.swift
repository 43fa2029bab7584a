/// How a connection of an ``IRCServer`` came to its end.
public enum IRCEnding: Hashable, Sendable {
    /// The client said goodbye (`QUIT`), with these words of its own; they may be empty.
    case quit(String)
    /// The server or its house closed it, for a reason that others may read.
    case closed(String)
    /// The connection broke, or was closed without a word.
    case broken

    /// What others are told, as in `QUIT :Quit: good night`.
    public var words: String {
        switch self {
        case .quit(let words): "Quit: \(words)"
        case .closed(let words): words
        case .broken: "Connection closed"
        }
    }
}
