/// A whole message, put together of its fragments.
public struct WebSocketMessage: Hashable, Sendable {
    /// What a message holds.
    public enum Kind: Hashable, Sendable {
        /// UTF-8, which has been checked.
        case text
        /// Any octets.
        case binary
    }

    /// What it holds.
    public var kind: Kind
    /// The octets, without mask.
    public var octets: [UInt8]

    /// Makes a message.
    public init(_ kind: Kind, _ octets: [UInt8]) {
        self.kind = kind
        self.octets = octets
    }

    /// Makes a message of a text.
    public init(_ text: String) { self.init(.text, Array(text.utf8)) }
}

/// What a reader of frames found.
public enum WebSocketEvent: Hashable, Sendable {
    /// A message.
    case message(WebSocketMessage)
    /// A question whether we are there, to be answered with the same octets.
    case ping([UInt8])
    /// The answer to such a question.
    case pong([UInt8])
    /// The peer closes; nothing more comes. The code is nil when it gives none.
    case close(WebSocketCloseCode?, reason: String)
}

/// What the peer did wrong, and the code it is told.
public struct WebSocketFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The code that goes into the Close.
    public let code: WebSocketCloseCode
    /// What was wrong, in English, at most ``WebSocketLimits/reasonOctets``.
    public let reason: String

    /// Makes a failure.
    public init(code: WebSocketCloseCode, reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Code and reason.
    public var description: String { "WebSocket \(code.rawValue): \(reason)" }

    static func broken(_ reason: String) -> WebSocketFailure {
        WebSocketFailure(code: .protocolError, reason: reason)
    }
}
