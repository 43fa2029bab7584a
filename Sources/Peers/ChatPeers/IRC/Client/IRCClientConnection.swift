import Basics
import IRCWire
import ReactorCore
import TransportTLS
import Transports

/// One connection of an ``IRCClient``: from the first line to the end.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: lines of ``lineOctets``; those of the parts it is made of.
final class IRCClientConnection: StreamProtocol {
    /// Octets of a line that a server may send without its tags; servers that say LINELEN send more than 512.
    static let lineOctets = 16_384
    /// Octets that wait in the transport before lines wait here.
    static let mostUnsent = 1 << 18
    /// How long lines wait then before they try again.
    static let unsentDelay = Duration.milliseconds(50)

    let settings: IRCClientSettings
    let reactor: Reactor
    /// Fires when the client is registered, or cannot be.
    let registered = Deferred<Void>()
    /// Is told of everything that happens, in order.
    var onEvent: ((IRCClientEvent) -> Void)?
    /// Is told that the connection is gone, with why.
    var onLost: ((String) -> Void)?
    var view: IRCNetworkView

    private(set) var transport: (any Transport)?
    private var framer = IRCLineFramer(from: .server, bodyLimit: lineOctets)
    var registration: IRCClientRegistration
    var exchange: IRCClientExchange?
    private var queue: IRCSendQueue
    private var flushing: DelayedCall?
    private var batches = IRCClientBatches()
    let requests = IRCClientRequests()
    private var lastHeardAt = MonotonicInstant.zero
    private var hasAskedForLife = false
    /// How often what every client's program is asked is answered.
    private static let queryPace = IRCPace(burst: 5, interval: .seconds(5))
    private var queryAnswers = IRCPaceMeter()
    /// Why this side gave up, or what the server said before it closed.
    private(set) var failure: IRCClientFailure?
    /// Whether there ever was a connection.
    private(set) var wasMade = false
    var isRegistered: Bool { registration.isDone && failure == nil && transport != nil }

    var waitingLineCount: Int { queue.lineCount }

    init(_ settings: IRCClientSettings, on reactor: Reactor) {
        self.settings = settings
        self.reactor = reactor
        view = IRCNetworkView(nick: settings.nick)
        queue = IRCSendQueue(pace: settings.pace)
        registration = IRCClientRegistration(settings, isEncrypted: false)
        // Whoever has no use for it need not hear that it failed.
        registered.whenDone { _ in }
    }

    // MARK: From the transport

    func connectionMade(over transport: any Transport) {
        self.transport = transport
        wasMade = true
        registration = IRCClientRegistration(settings, isEncrypted: transport.isEncrypted)
        lastHeardAt = reactor.now
        transport.scope.callLater(settings.registrationLimit, on: reactor) { [weak self] in
            guard let self, !registration.isDone else { return }
            fail(.noAnswer)
        }
        scheduleHeartbeat()
        perform(registration.start())
    }

    func dataReceived(_ bytes: Span<UInt8>) {
        lastHeardAt = reactor.now
        hasAskedForLife = false
        framer.receive(bytes)
        while failure == nil, transport?.isClosing == false, let event = framer.next() {
            // What is too long or no message at all is the server's loss.
            guard case .message(let message) = event else { continue }
            do throws(IRCClientFailure) { try received(message) } catch { fail(error) }
        }
    }

    func connectionLost(_ reason: DisconnectReason) {
        transport = nil
        flushing?.cancel()
        let failure = failure ?? .connectionLost
        if !registered.isFired { registered.fail(failure) }
        requests.fail(failure)
        let words = self.failure?.description ?? reason.description
        onLost?(words)
        (onEvent, onLost) = (nil, nil)
    }

    /// Ends the connection, because it is of no use any more.
    func fail(_ failure: IRCClientFailure) {
        if self.failure == nil { self.failure = failure }
        if !registered.isFired { registered.fail(failure) }
        transport?.abortConnection()
    }

    // MARK: Input

    private func received(_ message: IRCMessage) throws(IRCClientFailure) {
        switch message.command.name {
        case "PING": return send(IRCMessage("PONG", Array(message.parameters.suffix(1))), .immediate)
        case "PONG":
            if let next = requests.ponged(message.parameters.last?.text ?? "") { send(next) }
            return
        default: break
        }
        switch try batches.receive(message) {
        case .alone: try take(message)
        case .kept: break
        case .complete(let batch): try take(batch)
        }
    }

    /// Takes a message that is in no batch.
    private func take(_ message: IRCMessage) throws(IRCClientFailure) {
        perform(registration.receive(message))
        switch message.command.name {
        case "CAP", "AUTHENTICATE": return
        case "ERROR": closedByServer(message.text(at: 0) ?? "")
        default: break
        }
        let event = try view.receive(message, isHistory: false)
        if message.tags["label"] != nil, requests.receive(message, event?.heard) {
            if event?.isAnswerOnly == true { return }
        } else if isAnswerByPlace(message), try requests.note(IRCClientAnswer(messages: [message], heard: [])),
            event?.isAnswerOnly == true
        {
            return
        }
        if message.command.numeric == .monitorOnline || message.command.numeric == .monitorOffline {
            for presence in view.presences(message) { onEvent?(presence) }
        }
        if let event { tell(event) }
    }

    private func closedByServer(_ text: String) {
        if failure == nil { failure = .closedByServer(text) }
        transport?.loseConnection()
    }

    /// Whether a line between a request and its PONG is part of the answer.
    private func isAnswerByPlace(_ message: IRCMessage) -> Bool {
        message.command.numeric != nil || ["FAIL", "WARN", "NOTE"].contains(message.command.name)
    }

    /// Answers what every client's program is asked, and no more often than its pace allows.
    private func answer(_ query: IRCCTCP, from who: IRCSource) {
        guard let version = settings.version else { return }
        let words: String
        switch query.command.name {
        case "VERSION": words = version
        case "PING": words = String(query.arguments.prefix(64))
        case "CLIENTINFO": words = "ACTION CLIENTINFO PING VERSION"
        default: return
        }
        guard queryAnswers.allows(Self.queryPace, now: reactor.now) else { return }
        let answer = IRCCTCP(query.command, words).parameter
        send(IRCMessage("NOTICE", [IRCParameter(cleaning: who.name), answer]), .background)
    }

    func tell(_ event: IRCClientEvent) {
        if case .query(let query, let who, _) = event { answer(query, from: who) }
        onEvent?(event)
    }

    // MARK: Output

    /// Puts a line into the queue.
    func send(_ message: IRCMessage, _ priority: IRCClientPriority) {
        send(message.octets(limit: view.support.lineOctets), priority)
    }

    private func send(_ sending: IRCClientRequests.Sending) { send(sending.lines, sending.priority) }

    /// Puts lines into the queue that nothing may come between.
    func send(_ lines: [IRCMessage], _ priority: IRCClientPriority) {
        var octets: [UInt8] = []
        for line in lines { line.append(to: &octets, limit: view.support.lineOctets) }
        send(octets, priority)
    }

    private func send(_ octets: [UInt8], _ priority: IRCClientPriority) {
        guard transport != nil, failure == nil else { return }
        guard queue.append(octets, priority) else { return fail(.tooMuch) }
        flush()
    }

    /// Sends a line whose answer is wanted.
    func request(_ message: IRCMessage, _ priority: IRCClientPriority) -> Deferred<IRCClientAnswer> {
        guard isRegistered, let transport else { return .failed(IRCClientFailure.notConnected) }
        let outcome = Deferred<IRCClientAnswer>()
        let hasLabels = view.capabilities.isSuperset(of: [.labeledResponse, .batch])
        if let sending = requests.begin(message, outcome, hasLabels: hasLabels, priority) { send(sending) }
        transport.scope.callLater(settings.requestLimit, on: reactor) {
            if !outcome.isFired { outcome.fail(IRCClientFailure.noAnswer) }
        }
        return outcome
    }

    /// Says goodbye, and closes when that has gone out.
    func quit(_ reason: String) {
        send(IRCMessage("QUIT", [IRCParameter(cleaning: reason)]), .immediate)
    }

    /// Lets the allowance begin anew.
    func forgivePace() { queue.forgive() }

    private func flush() {
        guard let transport else { return }
        flushing?.cancel()
        flushing = nil
        while transport.bufferedByteCount < Self.mostUnsent, let line = queue.next(at: reactor.now) {
            transport.write(line)
        }
        guard let delay = queue.delay(at: reactor.now) else { return }
        // Nothing to wait for but the peer's reading.
        let wait = delay == .zero ? Self.unsentDelay : delay
        flushing = transport.scope.callLater(wait, on: reactor) { [weak self] in self?.flush() }
    }

    private func scheduleHeartbeat() {
        transport?.scope.callLater(settings.heartbeat, on: reactor) { [weak self] in
            guard let self, transport != nil else { return }
            let silence = lastHeardAt.duration(to: reactor.now)
            if silence >= settings.heartbeat {
                if hasAskedForLife { return fail(.noAnswer) }
                hasAskedForLife = true
                if registration.isDone { send(IRCMessage("PING", ["alive"]), .immediate) }
            }
            scheduleHeartbeat()
        }
    }
}

extension Transport {
    /// Whether TLS protects what goes over the transport.
    fileprivate var isEncrypted: Bool {
        var layer: (any Transport)? = self
        while let found = layer {
            if found is TLSTransport { return true }
            layer = found.underlying
        }
        return false
    }
}
