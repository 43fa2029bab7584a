import ReactorCore
import ReactorTesting
import Testing
import TransportTLS
import Transports

/// A client and a server whose transports are joined in memory, under a manual clock.
final class TLSPair {
    let test: TestReactor
    let clientWire: MemoryTransport
    let serverWire: MemoryTransport
    let client = Recorder()
    let server = Recorder()
    let clientTLS: TLSTransport
    let serverTLS: TLSTransport
    /// The most octets moved at once.
    var step = Int.max
    /// Every octet that went by.
    private(set) var toServer: [UInt8] = []
    private(set) var toClient: [UInt8] = []
    private var waitingForServer: [UInt8] = []
    private var waitingForClient: [UInt8] = []

    init(
        server source: (any TLSServerContextSource)? = nil, client context: TLSClientContext? = nil,
        name: String = "mud.example"
    ) throws {
        test = try TestReactor()
        clientWire = MemoryTransport(reactor: test.reactor)
        serverWire = MemoryTransport(reactor: test.reactor)
        let context = try context ?? TLSPair.clientContext()
        let source = try source ?? TLSServerContext(identity: Certificates.identity("chain"))
        clientTLS = try TLSTransport(.client(context, serverName: name), protocol: client, reactor: test.reactor)
        serverTLS = try TLSTransport(.server(source), protocol: server, reactor: test.reactor)
    }

    /// Nothing may be left over once both connections are gone.
    deinit {
        for wire in [clientWire, serverWire] { wire.abortConnection() }
        test.settle()
        for thing in test.leftovers.things { Issue.record("left over: \(thing)") }
    }

    static func clientContext(_ change: (inout TLSClientOptions) throws -> Void = { _ in }) throws -> TLSClientContext {
        var options = TLSClientOptions()
        options.verification = .full(try Certificates.roots())
        try change(&options)
        return try TLSClientContext(options)
    }

    static func serverContext(
        _ identity: String = "chain", _ change: (inout TLSServerOptions) throws -> Void = { _ in }
    ) throws -> TLSServerContext {
        var options = TLSServerOptions()
        try change(&options)
        return try TLSServerContext(identity: Certificates.identity(identity), options: options)
    }

    /// Connects both ends and moves octets until nothing moves any more.
    func connect() {
        serverWire.connect(serverTLS)
        clientWire.connect(clientTLS)
        pump()
    }

    func pump() {
        repeat {
            test.settle()
        } while moveOnce()
    }

    /// Lets the client speak first, and gives what it and the server say to `change` before it is delivered.
    func connect(changing change: (_ isToServer: Bool, inout [UInt8]) -> Void) {
        serverWire.connect(serverTLS)
        clientWire.connect(clientTLS)
        for _ in 0..<10 {
            test.settle()
            for (from, to, isToServer) in [(clientWire, serverWire, true), (serverWire, clientWire, false)] {
                var bytes = from.takeWritten()
                change(isToServer, &bytes)
                to.deliver(bytes)
                test.settle()
            }
        }
    }

    /// Moves one step in both directions; false when there was nothing to move.
    private func moveOnce() -> Bool {
        let fromClient = clientWire.takeWritten()
        let fromServer = serverWire.takeWritten()
        toServer += fromClient
        toClient += fromServer
        waitingForServer += fromClient
        waitingForClient += fromServer
        let moved = !waitingForServer.isEmpty || !waitingForClient.isEmpty
        Self.deliver(&waitingForServer, step, to: serverWire)
        Self.deliver(&waitingForClient, step, to: clientWire)
        if moved { return true }
        if clientWire.lostReason != nil, serverWire.isOpen {
            serverWire.loseFromPeer()
            return true
        }
        if serverWire.lostReason != nil, clientWire.isOpen {
            clientWire.loseFromPeer()
            return true
        }
        return false
    }

    private static func deliver(_ waiting: inout [UInt8], _ step: Int, to wire: MemoryTransport) {
        guard !waiting.isEmpty else { return }
        let count = min(step, waiting.count)
        wire.deliver(Array(waiting.prefix(count)))
        waiting.removeFirst(count)
    }
}

/// A protocol that remembers everything.
final class Recorder: TLSAwareProtocol {
    private(set) var transport: (any Transport)?
    private(set) var received: [UInt8] = []
    private(set) var receivedCount = 0
    private(set) var deliveries = 0
    private(set) var lossCount = 0
    private(set) var reason: DisconnectReason?
    private(set) var sessions: [TLSSessionInformation] = []
    var keepsBytes = true
    var onMade: ((Recorder) throws -> Void)?
    var onSession: ((Recorder) throws -> Void)?
    var onData: ((Recorder, [UInt8]) throws -> Void)?

    var text: String { String(decoding: received, as: UTF8.self) }

    var session: TLSSessionInformation? { sessions.first }

    /// The reason as a word: the kind of failure for those of TLS.
    var ending: String {
        switch reason {
        case nil: "none"
        case .done: "done"
        case .lost: "lost"
        case .aborted: "aborted"
        case .protocolFailure: "protocolFailure"
        case .timedOut: "timedOut"
        case .layerFailure(let error): (error as? TLSFailure).map { "\($0.kind)" } ?? "layerFailure"
        case .outboundOverflow: "outboundOverflow"
        }
    }

    func connectionMade(over transport: any Transport) throws {
        self.transport = transport
        try onMade?(self)
    }

    func handshakeCompleted(_ session: TLSSessionInformation) throws {
        sessions.append(session)
        try onSession?(self)
    }

    func dataReceived(_ bytes: Span<UInt8>) throws {
        #expect(lossCount == 0 && !bytes.isEmpty)
        receivedCount += bytes.count
        deliveries += 1
        guard keepsBytes || onData != nil else { return }
        let copy = bytes.withUnsafeBytes { Array($0) }
        if keepsBytes { received += copy }
        try onData?(self, copy)
    }

    func connectionLost(_ reason: DisconnectReason) {
        lossCount += 1
        self.reason = reason
    }
}

struct Broken: Error {}
