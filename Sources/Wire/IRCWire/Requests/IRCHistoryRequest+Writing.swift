import Basics

/// How a client writes what the server reads.
extension IRCHistoryRequest {
    /// The parameters of `CHATHISTORY`.
    public var parameters: [IRCParameter] {
        switch self {
        case .latest(let target, let point, let limit): ["LATEST", target, point?.word ?? .star, IRCParameter(limit)]
        case .before(let target, let point, let limit): ["BEFORE", target, point.word, IRCParameter(limit)]
        case .after(let target, let point, let limit): ["AFTER", target, point.word, IRCParameter(limit)]
        case .around(let target, let point, let limit): ["AROUND", target, point.word, IRCParameter(limit)]
        case .between(let target, let first, let second, let limit):
            ["BETWEEN", target, first.word, second.word, IRCParameter(limit)]
        case .targets(let first, let second, let limit):
            ["TARGETS", IRCHistoryPoint.time(first).word, IRCHistoryPoint.time(second).word, IRCParameter(limit)]
        }
    }
}

extension IRCHistoryPoint {
    fileprivate var word: IRCParameter {
        switch self {
        case .time(let time): IRCParameter(cleaning: "timestamp=" + time.ircTime)
        case .message(let id): IRCParameter(cleaning: "msgid=" + id.text)
        }
    }
}
