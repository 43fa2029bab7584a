import Glibc
import ReactorCore
import ReactorTestingTraits
import Testing
import Transports

@Suite(.everyPoller) struct StreamConnectionTests {
    struct Broken: Error {}

    /// More than any socket buffers; made once, because a debug build takes long over it.
    private static let bigPattern = (0..<8 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    @Test(arguments: SocketKind.allCases)
    func echoes(kind: SocketKind) throws {
        let harness = try Harness(kind)
        harness.onData = { recorder, bytes in recorder.transport?.write(bytes) }
        let (client, server) = try harness.connect()
        client.transport?.write("hello ")
        client.transport?.writeSequence([Array("wor".utf8), [], Array("ld".utf8)])
        try harness.run { client.receivedCount == 11 }
        #expect(client.text == "hello world")
        #expect(client.transport?.peer == (try harness.listener.address))
        if kind != .unix { #expect(client.transport?.host == server.transport?.peer) }
    }

    @Test(arguments: SocketKind.allCases)
    func aPassesWritesLeaveTogether(kind: SocketKind) throws {
        let harness = try Harness(kind)
        var chunks = 0
        harness.onData = { _, _ in chunks += 1 }
        let (client, server) = try harness.connect()
        for _ in 0..<100 { client.transport?.write([7]) }
        #expect(client.transport?.bufferedByteCount == 100)
        try harness.run { server.receivedCount == 100 }
        #expect(chunks == 1)
        #expect(client.transport?.bufferedByteCount == 0)
    }

    @Test(arguments: SocketKind.allCases)
    func bytesArriveInOrderOneByOne(kind: SocketKind) throws {
        let harness = try Harness(kind)
        let (client, server) = try harness.connect()
        for byte in UInt8(0)..<200 {
            client.transport?.write([byte].span)
            try harness.run { server.receivedCount == Int(byte) + 1 }
        }
        #expect(server.received == Array(0..<200))
    }

    @Test(arguments: SocketKind.allCases)
    func bigWritesPassBackPressureAndTheClose(kind: SocketKind) throws {
        let harness = try Harness(kind)
        let (client, server) = try harness.connect()
        let size = Self.bigPattern.count
        client.keepsBytes = false
        client.transport?.pauseProducing()
        let sent = Self.bigPattern
        server.transport?.write(sent)
        harness.idle()
        let waiting = try #require(server.transport?.bufferedByteCount)
        #expect(waiting > 0 && waiting < size)
        server.transport?.loseConnection()
        harness.idle()
        #expect(!server.isLost)
        var position = 0
        var isRight = true
        client.onData = { _, bytes in
            isRight = isRight && Array(sent[position...].prefix(bytes.count)) == bytes
            position += bytes.count
        }
        client.transport?.resumeProducing()
        try harness.run { client.isLost && server.isLost }
        #expect(position == size)
        #expect(isRight)
        #expect(client.ending == "done" && server.ending == "done")
    }

    @Test(arguments: SocketKind.allCases)
    func losingSendsTheRestAndTellsBothOnce(kind: SocketKind) throws {
        let harness = try Harness(kind)
        let (client, server) = try harness.connect()
        client.transport?.write("unread by the server's protocol")
        server.transport?.write("goodbye")
        server.transport?.loseConnection()
        server.transport?.loseConnection()
        #expect(!server.isLost)
        try harness.run { client.isLost && server.isLost }
        server.transport?.loseConnection()
        server.transport?.abortConnection()
        server.transport?.write("too late")
        harness.idle()
        #expect(client.text == "goodbye")
        #expect(server.lossCount == 1 && client.lossCount == 1)
        #expect(server.ending == "done")
        #expect(server.transport?.bufferedByteCount == 0)
        #expect(server.transport?.peer == client.transport?.host || kind == .unix)
    }

    @Test(arguments: SocketKind.allCases)
    func abortingDropsTheRestAndTellsInALaterPass(kind: SocketKind) throws {
        let harness = try Harness(kind)
        var lossesInsideCall = -1
        let reactor = harness.reactor
        harness.onData = { recorder, _ in
            recorder.transport?.write("never sent")
            recorder.transport?.loseConnection()
            recorder.transport?.abortConnection()
            recorder.transport?.abortConnection()
            recorder.transport?.loseConnection()
            reactor.atEndOfPass { lossesInsideCall = recorder.lossCount }
        }
        let (client, server) = try harness.connect()
        client.transport?.write("x")
        try harness.run { client.isLost && server.isLost }
        #expect(lossesInsideCall == 0)
        #expect(server.lossCount == 1)
        #expect(server.ending == "aborted")
        #expect(client.received.isEmpty)
        if kind != .unix { #expect(client.ending == "lost") }
        harness.onData = nil
    }

    @Test(arguments: SocketKind.allCases)
    func bytesBeforeThePeersCloseAreDeliveredAndAnswered(kind: SocketKind) throws {
        let harness = try Harness(kind)
        let (client, server) = try harness.connect()
        client.transport?.write("last words")
        client.transport?.loseConnection()
        try harness.run { server.isLost }
        #expect(server.text == "last words")
        #expect(server.ending == "done")
    }

    @Test(arguments: SocketKind.allCases)
    func aHalfClosedPeerStillGetsTheRest(kind: SocketKind) throws {
        let harness = try Harness(kind)
        harness.onData = { recorder, bytes in recorder.transport?.write(bytes + bytes) }
        let peer = try RawPeer(harness.endpoint)
        try harness.run { harness.accepted.count == 1 }
        #expect(peer.send("ab"))
        shutdown(peer.descriptor, Int32(SHUT_WR))
        try harness.run { harness.accepted[0].isLost }
        #expect(peer.receiveAll() == "abab")
        #expect(harness.accepted[0].ending == "done")
    }

    @Test(arguments: SocketKind.allCases, [false, true])
    func aThrowEndsOnlyItsOwnConnection(kind: SocketKind, whileConnecting: Bool) throws {
        let harness = try Harness(kind)
        let (bystander, other) = try harness.connect()
        let fail: (Recorder) throws -> Void = { recorder in
            recorder.transport?.write("sorry")
            throw Broken()
        }
        if whileConnecting { harness.onMade = fail } else { harness.onData = { recorder, _ in try fail(recorder) } }
        let client = Recorder()
        harness.reactor.connect(harness.endpoint, protocol: client).whenDone { _ in client.transport?.write("x") }
        try harness.run { client.isLost }
        #expect(client.text == "sorry")
        #expect(harness.accepted[1].ending == "protocolFailure")
        #expect(harness.accepted[1].lossCount == 1)
        bystander.transport?.write("still here")
        try harness.run { other.text == "still here" }
    }

    @Test(arguments: SocketKind.allCases)
    func pausingInsideDataReceivedHoldsTheNextBytes(kind: SocketKind) throws {
        let harness = try Harness(kind)
        harness.onData = { recorder, _ in recorder.transport?.pauseProducing() }
        let (client, server) = try harness.connect()
        client.transport?.write("a")
        try harness.run { server.receivedCount == 1 }
        client.transport?.write("b")
        harness.idle()
        #expect(server.text == "a")
        server.transport?.resumeProducing()
        try harness.run { server.text == "ab" }
        server.transport?.loseConnection()
        server.transport?.resumeProducing()
        try harness.run { server.isLost }
        harness.onData = nil
    }

    @Test(arguments: SocketKind.allCases)
    func aPausedReaderStillGetsWhatWasSentBeforeTheClose(kind: SocketKind) throws {
        let harness = try Harness(kind)
        let (client, server) = try harness.connect()
        client.transport?.pauseProducing()
        server.transport?.write("goodbye")
        server.transport?.loseConnection()
        try harness.run { server.isLost }
        harness.idle()
        #expect(harness.reactor.runOnePass(waitingAtMost: .zero) == 0, "no spinning")
        #expect(!client.isLost)
        client.transport?.resumeProducing()
        try harness.run { client.isLost }
        #expect(client.text == "goodbye")
    }

    @Test func disconnectAllEndsEverything() throws {
        let harness = try Harness(.tcp)
        let (client, server) = try harness.connect()
        harness.reactor.disconnectAll()
        #expect(!client.isLost && !server.isLost)
        harness.idle()
        #expect(client.ending == "aborted" && server.ending == "aborted")
        #expect(try !harness.listener.isListening)
    }

    @Test(arguments: SocketKind.allCases)
    func aStreamingProducerIsPausedAndResumed(kind: SocketKind) throws {
        let harness = try Harness(kind)
        let (client, server) = try harness.connect()
        let producer = CountingProducer()
        client.keepsBytes = false
        client.transport?.pauseProducing()
        try server.transport?.registerProducer(producer, streaming: true)
        #expect(throws: TransportMisuse.producerRegisteredTwice) {
            try server.transport?.registerProducer(producer, streaming: true)
        }
        server.transport?.write([UInt8](repeating: 1, count: StreamLimits.producerHighWater))
        #expect(producer.pauses == 0)
        server.transport?.write([UInt8](repeating: 1, count: 4 << 20))
        server.transport?.write([1])
        #expect(producer.pauses == 1 && producer.resumes == 0)
        client.transport?.resumeProducing()
        try harness.run { producer.resumes == 1 }
        #expect(server.transport?.bufferedByteCount == 0)
        server.transport?.loseConnection()
        harness.idle()
        #expect(!server.isLost, "the close waits for the producer")
        server.transport?.unregisterProducer()
        try harness.run { server.isLost && client.isLost }
        #expect(producer.stops == 0)
        try server.transport?.registerProducer(producer, streaming: true)
        #expect(producer.stops == 1)
    }

    @Test(arguments: SocketKind.allCases)
    func aPullProducerIsAskedForEachPiece(kind: SocketKind) throws {
        let harness = try Harness(kind)
        let (client, server) = try harness.connect()
        let producer = CountingProducer()
        producer.onResume = { [weak producer] in
            guard let producer, producer.resumes <= 3 else { return server.transport?.unregisterProducer() ?? () }
            server.transport?.write("\(producer.resumes)")
        }
        try server.transport?.registerProducer(producer, streaming: false)
        #expect(producer.resumes == 1)
        try harness.run { client.text == "123" }
        harness.idle()
        #expect(producer.resumes == 4)
    }

    @Test(arguments: SocketKind.allCases)
    func aProducerIsStoppedWhenTheConnectionIsLost(kind: SocketKind) throws {
        let harness = try Harness(kind)
        let (client, server) = try harness.connect()
        let producer = CountingProducer()
        try server.transport?.registerProducer(producer, streaming: true)
        client.transport?.abortConnection()
        try harness.run { server.isLost }
        #expect(producer.stops == 1)
    }

    @Test(arguments: SocketKind.allCases)
    func aPeerThatTakesNothingIsCutOff(kind: SocketKind) throws {
        let harness = try Harness(kind)
        let (client, server) = try harness.connect()
        client.transport?.pauseProducing()
        server.transport?.write([UInt8](repeating: 1, count: 8 << 20))
        server.transport?.loseConnection(within: .milliseconds(5))
        try harness.run { server.isLost }
        #expect(server.ending == "timedOut")
        #expect(server.lossCount == 1)
    }

    @Test(arguments: SocketKind.allCases)
    func writingToAPeerThatIsGoneEndsInOneLoss(kind: SocketKind) throws {
        let harness = try Harness(kind)
        let (client, server) = try harness.connect()
        client.transport?.abortConnection()
        server.transport?.write([UInt8](repeating: 1, count: 1 << 20))
        try harness.run { server.isLost && client.isLost }
        harness.idle()
        #expect(server.lossCount == 1 && client.lossCount == 1)
    }

    @Test func oneProtocolsCloseOfItsNeighbourInTheSamePass() throws {
        let harness = try Harness(.tcp)
        harness.onData = { [weak harness] recorder, _ in
            for other in harness?.accepted ?? [] where other !== recorder { other.transport?.abortConnection() }
        }
        let (first, second) = (try harness.connect(), try harness.connect())
        first.client.transport?.write("x")
        second.client.transport?.write("x")
        try harness.run { harness.accepted.contains { $0.isLost } }
        harness.idle()
        #expect(harness.accepted.map(\.lossCount).reduce(0, +) == 1)
        #expect(harness.accepted.map(\.receivedCount).reduce(0, +) == 1)
        harness.onData = nil
    }

    @Test func abortingResetsTheConnection() throws {
        let harness = try Harness(.tcp)
        let peer = try RawPeer(harness.endpoint)
        try harness.run { harness.accepted.count == 1 }
        harness.accepted[0].transport?.write("dropped")
        harness.accepted[0].transport?.abortConnection()
        var octet: UInt8 = 0
        #expect(read(peer.descriptor, &octet, 1) == -1 && errno == ECONNRESET)
        harness.idle()
        #expect(harness.accepted[0].ending == "aborted")
    }

    /// A peer that has closed answers octets with a reset; what it sent before is delivered, and pausing
    /// then, with more written in vain, keeps nobody busy.
    @Test(arguments: SocketKind.allCases)
    func aBrokenWriteLeavesReadingToItsEnd(kind: SocketKind) throws {
        let harness = try Harness(kind)
        let (client, server) = try harness.connect()
        server.onData = { recorder, _ in
            recorder.transport?.pauseProducing()
            recorder.transport?.write([UInt8](repeating: 1, count: 1 << 20))
        }
        client.transport?.write("last words")
        client.transport?.loseConnection()
        try harness.run { client.isLost && server.text == "last words" }
        server.transport?.write([UInt8](repeating: 1, count: 1 << 20))
        harness.idle()
        server.transport?.resumeProducing()
        try harness.run { server.isLost }
        harness.idle()
        #expect(harness.reactor.runOnePass(waitingAtMost: .zero) == 0, "no spinning")
        #expect(server.lossCount == 1 && server.transport?.bufferedByteCount == 0)
        server.onData = nil
    }

    @Test func aHalfCloseIsSeenAsTheEndOfFile() throws {
        let harness = try Harness(.tcp)
        let peer = try RawPeer(harness.endpoint)
        try harness.run { harness.accepted.count == 1 }
        harness.accepted[0].transport?.write("all")
        harness.accepted[0].transport?.loseWriteConnection()
        harness.idle()
        #expect(peer.receiveAll() == "all")
        #expect(peer.send("answer"))
        try harness.run { harness.accepted[0].text == "answer" }
        #expect(!harness.accepted[0].isLost)
    }

    @Test func aClientMayChooseItsOwnAddress() throws {
        let harness = try Harness(.tcp)
        let mine = SocketAddress.ipv4(IPv4Host(bits: 0x7F00_0002), port: 0)
        let client = Recorder()
        harness.reactor.connect(harness.endpoint, from: mine, protocol: client).whenDone { _ in }
        try harness.run { client.isMade && harness.accepted.count == 1 }
        #expect(client.transport?.host.host == "127.0.0.2")
        #expect(harness.accepted[0].transport?.peer == client.transport?.host)

        let foreign = SocketAddress.ipv4(IPv4Host(bits: 0xC000_0201), port: 0)
        for address in [foreign, .unix(String(repeating: "x", count: 200))] {
            var failure: (any Error)?
            harness.reactor.connect(harness.endpoint, from: address, protocol: Recorder())
                .whenDone { if case .failure(let error) = $0 { failure = error } }
            #expect(failure == nil, "in a later pass")
            try harness.run { failure != nil }
            guard case .refused(_, let cause)? = failure as? ConnectFailure else {
                Issue.record("\(String(describing: failure))")
                continue
            }
            #expect(cause.call == "bind")
        }
    }

    @Test func aSocketKnowsItsPeersUser() throws {
        let harness = try Harness(.unix)
        let (_, server) = try harness.connect()
        let credentials = server.transport?.peerCredentials
        #expect(credentials?.uid == getuid() && credentials?.gid == getgid() && credentials?.pid == getpid())
        let tcp = try Harness(.tcp)
        let pair = try tcp.connect()
        #expect(pair.server.transport?.peerCredentials == nil)
    }

    @Test func lostConnectionsAreFreed() throws {
        let harness = try Harness(.tcp)
        weak var transport: (any Transport)?
        weak var client: Recorder?
        try {
            let made = Recorder()
            client = made
            harness.reactor.connect(harness.endpoint, protocol: made).whenDone { _ in }
            try harness.run { made.isMade }
            transport = made.transport
            made.transport?.loseConnection()
            try harness.run { made.isLost }
        }()
        harness.idle()
        #expect(client == nil)
        #expect(transport == nil)
    }
}

/// A plain blocking socket that plays the peer.
final class RawPeer {
    let descriptor: Int32

    init(_ endpoint: EndpointDescription) throws {
        switch endpoint.kind {
        case .tcp(_, let port):
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            try join(&address)
        case .tcp6(_, let port):
            descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            try #require(inet_pton(AF_INET6, "::1", &address.sin6_addr) == 1)
            try join(&address)
        case .unix(let path, _):
            descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            try join(&address)
        }
    }

    deinit { close(descriptor) }

    private func join<Address>(_ address: inout Address) throws {
        let size = socklen_t(MemoryLayout<Address>.size)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        try #require(code == 0)
        // A connection that is not closed as it should be must fail a test, not hold it up for ever.
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    func send(_ text: String) -> Bool { write(descriptor, text, text.utf8.count) == text.utf8.count }

    /// Whether the server has closed and nothing is left to read.
    var hasEnded: Bool {
        var octet: UInt8 = 0
        return recv(descriptor, &octet, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) == 0
    }

    func receiveAll() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1024)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EAGAIN { Issue.record("the connection has not ended in 20 s") }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }
}
