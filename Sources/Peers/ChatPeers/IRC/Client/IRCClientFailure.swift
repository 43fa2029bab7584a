/// Why a client is not connected, or why something it asked for was not done.
public enum IRCClientFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no registered connection.
    case notConnected
    /// The connection ended before the answer came.
    case connectionLost
    /// The server did not answer in time.
    case noAnswer
    /// The server has ended the connection and said why.
    case closedByServer(String)
    /// The server did not let the client register; the numeric or FAIL code, and what it said.
    case registrationRefused(code: String, text: String)
    /// The login was wanted and did not succeed.
    case loginRefused(String)
    /// None of the nicks was free.
    case noNick([String])
    /// The server refused what was asked: the numeric or FAIL code, and what it said.
    case refused(code: String, text: String)
    /// More waits to be sent, or for its answer, than a client keeps.
    case tooMuch
    /// What was to be sent cannot be part of a line; says what.
    case malformed(String)
    /// The server does not do that; the capability it would need.
    case notSupported(String)
    /// The server has sent more than a client of good faith would need; says what.
    case excessive(String)

    /// One sentence, without a full stop.
    public var description: String {
        switch self {
        case .notConnected: "there is no connection to the server"
        case .connectionLost: "the connection ended before the answer came"
        case .noAnswer: "the server did not answer in time"
        case .closedByServer(let text): "the server has ended the connection: \(text)"
        case .registrationRefused(let code, let text): "the server refused to register the client (\(code) \(text))"
        case .loginRefused(let text): "the login failed: \(text)"
        case .noNick(let nicks): "none of the nicks is free: \(nicks.joined(separator: ", "))"
        case .refused(let code, let text): "the server refused it (\(code) \(text))"
        case .tooMuch: "too much waits for the server already"
        case .malformed(let what): "\(what) cannot be part of a line"
        case .notSupported(let what): "the server does not offer \(what)"
        case .excessive(let what): "the server sent too much: \(what)"
        }
    }
}
