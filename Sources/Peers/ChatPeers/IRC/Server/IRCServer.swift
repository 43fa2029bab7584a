public import Basics
import Glibc
public import IRCWire
public import ReactorCore
public import Transports

/// An IRC server over any listener: makes the connections, counts them, and looks after those that are silent.
///
/// ```swift
/// let server = IRCServer(IRCServerSettings(name: "irc.example.com"), house: network, on: reactor)
/// try endpoint.listen(server)
/// ```
///
/// One server may listen at several endpoints, plain, TLS and WebSocket (``webSocket(origins:paths:)``) at once.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: ``IRCServerSettings``.
public final class IRCServer: ProtocolFactory, PassFinisher {
    /// How connections behave.
    public let settings: IRCServerSettings
    /// What stands behind them.
    public let house: any IRCHouse
    let reactor: Reactor
    /// The time of day, for `server-time` and for TIME.
    public var wallClock: () -> WallInstant = IRCServer.systemTime
    /// Hears what operators want to know, in English, such as connections that were cut off.
    public var log: (String) -> Void = { _ in }
    /// Hears of octets, as they are for the protocol.
    public var counted: (_ received: Int, _ sent: Int) -> Void = { _, _ in }

    /// All that are connected, in no order.
    public private(set) var connections: [IRCServerConnection] = []
    /// How many connections there have been.
    public private(set) var connectionCount: UInt64 = 0
    /// Those that have something to write at the end of the pass.
    // Nothing that they call while they change them comes back to them.
    @exclusivity(unchecked) private var writers: [IRCServerConnection] = []
    /// Two arrays change places in every pass, so that a busy server allocates neither.
    @exclusivity(unchecked) private var spareWriters: [IRCServerConnection] = []
    private var told: (facts: IRCServerFacts, prepared: IRCPreparedGreeting)?
    private var sources = IRCSourceTable()
    private var sweep: DelayedCall?
    private var complaints = IRCComplaints()
    private var stamped: (at: WallInstant, tag: [UInt8])?
    let source: IRCSource

    /// Makes a server that listens nowhere yet.
    public init(_ settings: IRCServerSettings, house: any IRCHouse, on reactor: Reactor) {
        self.settings = settings
        self.house = house
        self.reactor = reactor
        source = IRCSource(settings.name)
        house.attached(to: self)
    }

    /// The reactor's time.
    public var now: MonotonicInstant { reactor.now }

    /// Makes a connection for a new peer.
    ///
    /// - Returns: What says why and closes, for a source that has too many.
    public func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        if let words = sources.refusal(of: peer, settings, now: reactor.now) { return refuse(peer, words) }
        switch house.admit(peer) {
        case .admitted(let occupant): return IRCServerConnection(server: self, peer: peer, occupant: occupant)
        case .refused(let words): return refuse(peer, words)
        }
    }

    private func refuse(_ peer: SocketAddress, _ words: String) -> IRCRefusal {
        complain(.refused, "refused \(peer.host): \(words)")
        return IRCRefusal(words, settings)
    }

    /// Says goodbye to everybody and closes.
    public func closeAll(_ words: String) {
        for connection in connections { connection.close(words) }
    }

    /// Tells every client that listens for it (`cap-notify`) what is offered anew, and what no longer.
    public func announce(added: [IRCCapability], removed: [IRCCapability]) {
        for connection in connections { connection.announce(added: added, removed: removed) }
    }

    func complain(_ kind: IRCComplaints.Kind, _ text: @autoclosure () -> String) {
        guard let others = complaints.count(kind, now: reactor.now) else { return }
        log(others == 0 ? "irc: \(text())" : "irc: \(text()) (and \(others) before)")
    }

    // MARK: Connections

    func enrol(_ connection: IRCServerConnection) {
        connection.place = connections.count
        connections.append(connection)
        connectionCount += 1
        sources.enter(connection.peer, settings, now: reactor.now)
        scheduleSweep()
    }

    func strike(_ connection: IRCServerConnection) {
        let place = connection.place
        guard connections.indices.contains(place), connections[place] === connection else { return }
        connections.swapAt(place, connections.count - 1)
        connections.removeLast()
        if place < connections.count { connections[place].place = place }
        sources.leave(connection.peer)
        if connections.isEmpty {
            sweep?.cancel()
            sweep = nil
        }
    }

    /// How often silent connections are looked at: an eighth of the shortest limit, so that none is overdrawn by more.
    private var sweepInterval: Duration {
        max(.milliseconds(50), min(.seconds(5), min(settings.registrationLimit, settings.pingInterval) / 8))
    }

    private func scheduleSweep() {
        if sweep != nil || connections.isEmpty { return }
        // Connections keep their server; with the last one the call is cancelled.
        sweep = reactor.callLater(sweepInterval) { [self] in
            sweep = nil
            let now = reactor.now
            for connection in connections { connection.timePassed(now) }
            scheduleSweep()
        }
    }

    // MARK: Output

    /// A connection has begun to gather what it writes in this pass.
    func willWrite(_ connection: IRCServerConnection) {
        if writers.isEmpty { reactor.atEndOfPass(self) }
        writers.append(connection)
    }

    package func passEnded() {
        var round = writers
        writers = spareWriters
        spareWriters = []
        for connection in round { connection.flush() }
        round.removeAll(keepingCapacity: true)
        spareWriters = round
    }

    /// What is said of the server, made once for all clients.
    func prepared(_ facts: IRCServerFacts) -> IRCPreparedGreeting {
        if let told, told.facts == facts { return told.prepared }
        let prepared = IRCPreparedGreeting(facts, from: source)
        told = (facts, prepared)
        return prepared
    }

    // MARK: Time

    /// `@time=… ` for now; made once a millisecond.
    func timeTag() -> [UInt8] {
        let now = wallClock()
        if let stamped, stamped.at == now { return stamped.tag }
        let tag = Array("@time=\(now.stamp) ".utf8)
        stamped = (now, tag)
        return tag
    }

    /// What the system's clock says.
    public static func systemTime() -> WallInstant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallInstant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
