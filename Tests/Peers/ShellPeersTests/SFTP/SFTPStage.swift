import Basics
import ReactorCore
import SFTPWire
import ShellPeers

/// What a session sends, kept for the test.
final class MemoryStream: SFTPStream {
    private(set) var isClosed = false
    private(set) var isPaused = false
    private var sent: [UInt8] = []

    func send(_ octets: [UInt8]) { sent += octets }
    func pauseInput() { isPaused = true }
    func resumeInput() { isPaused = false }
    func close() { isClosed = true }

    func takeAll() -> [UInt8] {
        defer { sent = [] }
        return sent
    }
}

let stageTime = WallInstant(milliseconds: 1_796_046_300_000)

/// A server whose requests the test writes and whose replies it reads.
final class ServerStage {
    let server: SFTPServer
    let stream = MemoryStream()
    private(set) var replies: [(id: UInt32, reply: SFTPReply)] = []
    private(set) var acts: [SFTPAct] = []
    private var wire = SFTPClientWire()
    private var lastID: UInt32 = 0

    init(_ tree: any SFTPTree) {
        server = SFTPServer(tree, over: stream) { stageTime }
        server.report = { [unowned self] in acts.append($0) }
        server.received(SFTPClientWire.hello.span)
        collect()
    }

    /// Sends a request and gives its id.
    @discardableResult func send(_ request: SFTPRequest) -> UInt32 {
        lastID += 1
        server.received(request.packet(id: lastID).span)
        collect()
        return lastID
    }

    /// The reply to a request that is answered at once.
    func ask(_ request: SFTPRequest) -> SFTPReply? { reply(to: send(request)) }

    /// The reply to an earlier request.
    func reply(to id: UInt32) -> SFTPReply? {
        collect()
        return replies.first { $0.id == id }?.reply
    }

    func status(_ request: SFTPRequest) -> SFTPStatusCode? {
        if case .status(let status) = ask(request) { status.code } else { nil }
    }

    func open(_ path: String, _ flags: SFTPOpenFlags) -> [UInt8]? {
        if case .handle(let handle) = ask(.open(path: octets(path), flags, SFTPAttributes())) { handle } else { nil }
    }

    func names(_ path: String) -> [String]? {
        guard case .handle(let handle) = ask(.openDirectory(path: octets(path))) else { return nil }
        var names: [String] = []
        while case .names(let more) = ask(.readDirectory(handle: handle)) { names += more.map(\.text) }
        _ = ask(.close(handle: handle))
        return names.sorted()
    }

    func collect() {
        let octets = stream.takeAll()
        wire.receive(octets.span)
        while let event = try? wire.next() {
            if case .reply(let id, let reply) = event { replies.append((id, reply)) }
        }
    }

    func forgetReplies() { replies = [] }
}

/// A client and a server with what they have sent to each other and not received.
final class LoopbackStage {
    let clientStream = MemoryStream()
    let serverStream = MemoryStream()
    let client: SFTPClient
    let server: SFTPServer
    /// The most octets that arrive at once.
    var piece: Int

    init(_ tree: any SFTPTree, piece: Int = 65_536) {
        client = SFTPClient(over: clientStream)
        server = SFTPServer(tree, over: serverStream) { stageTime }
        self.piece = piece
    }

    /// Moves octets until nothing is left, and gives what the deferred has become.
    func run<Value>(_ work: Deferred<Value>) throws -> Value {
        pump()
        var outcome: Result<Value, any Error>?
        work.whenDone { outcome = $0 }
        guard let outcome else { throw SFTPStatus.failure("nothing moves any more") }
        return try outcome.get()
    }

    func pump() {
        var toServer: [UInt8] = []
        var toClient: [UInt8] = []
        while true {
            toServer += clientStream.takeAll()
            toClient += serverStream.takeAll()
            if toServer.isEmpty || serverStream.isPaused, toClient.isEmpty { return }
            if !serverStream.isPaused, !toServer.isEmpty {
                server.received(Array(toServer.prefix(piece)).span)
                toServer.removeFirst(min(piece, toServer.count))
            }
            if !toClient.isEmpty {
                client.received(Array(toClient.prefix(piece)).span)
                toClient.removeFirst(min(piece, toClient.count))
            }
        }
    }
}

func octets(_ text: String) -> [UInt8] { Array(text.utf8) }

func path(_ text: String) throws -> SFTPPath { try SFTPPath(text) }

/// Octets that are different wherever they are cut.
func pattern(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 7 &+ $0 >> 15) }
}
