import Basics
public import IRCWire
public import ReactorCore
public import Transports

/// A client of an IRC network that keeps its connection: it registers, logs in, is on its channels, and knows what it sees.
///
/// ```swift
/// var settings = IRCClientSettings(nick: "Heron")
/// settings.channels = [IRCClientChannel("#mud")]
/// let client = IRCClient(settings, endpoint: try registry.client("tls:irc.example.org:6697"), on: reactor)
/// client.handler = self                  // is told IRCClientEvents
/// client.start()
/// ```
///
/// When the connection is lost, another one is made after a wait that grows, and the channels are joined again. What was
/// waiting to be sent is gone then.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: ``IRCNetworkView``'s; 10,000 lines and 4 MiB wait to be sent at most, 1000 requests for their answers. A server that
///   sends more than a client of good faith needs is left.
/// - SeeAlso: `ChatPeersTests/IRCClientTests`.
public final class IRCClient {
    /// Octets of one text that is to be said; longer ones are refused.
    public static let longestText = 1 << 16

    /// Who it is and how it behaves.
    public let settings: IRCClientSettings
    /// Who is told what happens; held weakly.
    public weak var handler: (any IRCClientHandler)?
    /// The channels that it is on, as often as it connects: those of the settings and those joined since, without those left.
    public internal(set) var channels: [IRCClientChannel]

    let reactor: Reactor
    private let maker: IRCConnectionMaker
    private let reconnecting: ReconnectingClient<IRCClientConnection>
    private(set) var connection: IRCClientConnection?
    private var lastView: IRCNetworkView
    /// By folded names.
    var joins: [String: [Deferred<Void>]] = [:]
    private var lastReference = 0

    /// Makes a client that does nothing until ``start()``.
    ///
    /// - Parameters:
    ///   - settings: Who it is and how it behaves.
    ///   - endpoint: Where the server is.
    ///   - reactor: Where the client lives.
    ///   - backOff: How long it waits between attempts to connect.
    public init(
        _ settings: IRCClientSettings, endpoint: any ClientEndpoint, on reactor: Reactor, backOff: BackOff = BackOff()
    ) {
        self.settings = settings
        self.reactor = reactor
        channels = settings.channels
        lastView = IRCNetworkView(nick: settings.nick)
        let maker = IRCConnectionMaker(settings, on: reactor)
        self.maker = maker
        reconnecting = ReconnectingClient(endpoint: endpoint, on: reactor, backOff: backOff) { maker.make() }
        reconnecting.prepareConnection = { $0.registered }
        maker.owner = self
        reconnecting.onChange = { [weak self] state in if state == .connecting { self?.watchAttempt() } }
    }

    // MARK: The connection

    /// Begins to keep a connection; does nothing when it does so already.
    public func start() { reconnecting.start() }

    /// Says goodbye and ends the connection, or the attempt at one.
    ///
    /// - Parameter reason: What others read.
    /// - Returns: Fires when nothing is left of the connection.
    public func stop(_ reason: String = "") -> Deferred<Void> {
        connection?.quit(reason)
        return reconnecting.stop()
    }

    /// Fires when the client is registered, at once if it is.
    ///
    /// - Parameter limit: Fails after as many failed attempts from now on; nil waits for ever.
    /// - Returns: Fails with `ReconnectFailure`.
    public func whenRegistered(failAfter limit: Int? = nil) -> Deferred<Void> {
        reconnecting.whenConnected(failAfter: limit).map { _ in }
    }

    /// Whether the client is registered with a server now.
    public var isRegistered: Bool { connection?.isRegistered ?? false }

    /// Lines that wait to be sent, because of the pace or because the server does not read.
    public var waitingLineCount: Int { connection?.waitingLineCount ?? 0 }

    /// What the client knows of the network; of the last connection when there is none.
    public var view: IRCNetworkView { connection?.view ?? lastView }

    // MARK: Sending

    /// Sends a line as it is.
    ///
    /// - Throws: ``IRCClientFailure/notConnected``.
    public func send(_ message: IRCMessage, _ priority: IRCClientPriority = .command) throws(IRCClientFailure) {
        try registered().send(message, priority)
    }

    /// Sends a command and gives what the server answers to it.
    ///
    /// With `labeled-response` the answer is exact. Without, it is what comes between the answers to two PINGs around the
    /// command, one request at a time.
    ///
    /// - Returns: The answer, also one that refuses; see ``IRCClientAnswer/accepted()``. Fails with
    ///   ``IRCClientFailure/notConnected``, ``IRCClientFailure/noAnswer``, ``IRCClientFailure/connectionLost`` or
    ///   ``IRCClientFailure/tooMuch``.
    public func request(
        _ command: IRCCommand, _ parameters: [IRCParameter] = [], _ priority: IRCClientPriority = .command
    ) -> Deferred<IRCClientAnswer> {
        guard let connection, connection.isRegistered else { return .failed(IRCClientFailure.notConnected) }
        return connection.request(IRCMessage(command, parameters), priority)
    }

    func registered() throws(IRCClientFailure) -> IRCClientConnection {
        guard let connection, connection.isRegistered else { throw .notConnected }
        return connection
    }

    /// A name for a batch that no other one of the client has.
    func nextReference() -> IRCParameter {
        lastReference += 1
        return IRCParameter(cleaning: "m\(lastReference)")
    }

    /// What the server says about a capability that it offers.
    func offeredValue(of capability: IRCCapability) -> String? { connection?.registration.offered[capability] }

    // MARK: What happens

    fileprivate func made(_ connection: IRCClientConnection) {
        self.connection = connection
    }

    /// Tells why an attempt failed that led to no connection; one that is lost tells itself.
    private func watchAttempt() {
        reconnecting.whenConnected(failAfter: 1).whenDone { [weak self] result in
            guard let self, case .failure(ReconnectFailure.gaveUp(_, let error)) = result else { return }
            if connection?.wasMade != true { tell(.disconnected("\(error)")) }
        }
    }

    fileprivate func lost(_ connection: IRCClientConnection, _ words: String) {
        guard self.connection === connection else { return }
        lastView = connection.view
        self.connection = nil
        let open = joins.values.flatMap { $0 }
        joins = [:]
        for join in open where !join.isFired { join.fail(IRCClientFailure.connectionLost) }
        tell(.disconnected(words))
    }

    fileprivate func happened(_ event: IRCClientEvent, on connection: IRCClientConnection) {
        guard self.connection === connection else { return }
        switch event {
        case .ready: becomeReady(connection)
        case .joined(let channel, _, _, true): settleJoin(channel, nil)
        case .reply(let reply) where reply.kind == .fail && reply.command == "JOIN":
            if let channel = reply.context.first { refuseJoin(channel, reply.code, reply.text) }
        case .other(let message):
            if message.command.numeric.map(Self.joinErrors.contains) == true, let channel = message.text(at: 1) {
                refuseJoin(channel, message.command.name, message.parameters.last?.text ?? "")
            }
        default: break
        }
        tell(event)
    }

    func tell(_ event: IRCClientEvent) { handler?.received(event, from: self) }
}

/// Makes the connections of a client, which tell it what happens.
private final class IRCConnectionMaker {
    weak var owner: IRCClient?
    private let settings: IRCClientSettings
    private let reactor: Reactor

    init(_ settings: IRCClientSettings, on reactor: Reactor) {
        self.settings = settings
        self.reactor = reactor
    }

    func make() -> IRCClientConnection {
        let connection = IRCClientConnection(settings, on: reactor)
        connection.onEvent = { [weak owner, weak connection] event in
            if let connection { owner?.happened(event, on: connection) }
        }
        connection.onLost = { [weak owner, weak connection] words in
            if let connection { owner?.lost(connection, words) }
        }
        owner?.made(connection)
        return connection
    }
}
