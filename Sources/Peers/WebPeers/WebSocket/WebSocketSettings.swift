public import HTTPWire

/// How one end of a WebSocket behaves.
public struct WebSocketSettings {
    /// Which end it is.
    public enum Side: Hashable, Sendable {
        /// Answers openings by these rules.
        case server(WebSocketRules)
        /// Opens with this request.
        case client(WebSocketRequest)
    }

    /// What a protocol is given that knows nothing of messages, and how what it writes becomes some.
    public enum Form: Hashable, Sendable {
        /// A message is a line: CR LF is added to what comes, and taken off the lines that are written.
        case lines
        /// Messages are octets of one stream, and what is written at once is one message.
        case octets
    }

    /// Which end it is.
    public var side: Side
    /// For protocols that know nothing of messages; a ``WebSocketProtocol`` is given messages.
    public var form: Form
    /// What a message may have.
    public var limits: WebSocketLimits
    /// How long the opening may take.
    public var openingLimit: Duration = .seconds(10)
    /// How long a Close may stay unanswered.
    public var closeLimit: Duration = .seconds(5)
    /// How often the peer is asked whether it is there, and how long it has to answer; nil for never.
    public var pingInterval: Duration?
    /// The numbers that clients mask with; from the system unless a test has its own.
    public var randomNumber: () -> UInt32 = { UInt32.random(in: .min ... .max) }

    /// Makes settings.
    public init(_ side: Side, form: Form = .octets, limits: WebSocketLimits = WebSocketLimits()) {
        self.side = side
        self.form = form
        self.limits = limits
    }

    var role: WebSocketRole {
        if case .client = side { return .client }
        return .server
    }
}

/// Numbers of the connection itself.
public enum WebSocketConnectionLimits {
    /// Octets written before the WebSocket is open that are kept.
    public static let earlyOctets = 65_536

    /// Octets of a line that is written piece by piece; a longer one ends the connection.
    public static let lineOctets = 65_536

    /// Octets that may wait for the peer while its Pings are still answered.
    ///
    /// Source: own choice; RFC 6455 §5.5.3 lets all but the last go unanswered.
    public static let octetsBeforeSilence = 65_536
}
