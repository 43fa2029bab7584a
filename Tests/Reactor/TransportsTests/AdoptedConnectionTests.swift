import Glibc
import ReactorCore
import ReactorTesting
import ReactorTestingTraits
import Testing
import Transports

@Suite(.everyPoller) struct AdoptedConnectionTests {
    /// Two connected stream sockets that block, as a parent might leave them.
    private func pair() -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        #expect(unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        return (ends[0], ends[1])
    }

    @Test func goesOnWithAConnectionMadeElsewhere() throws {
        let reactor = try Reactor()
        let (ours, theirs) = pair()
        let (near, far) = (Recorder(), Recorder())
        let descriptor = OwnedDescriptor(ours)
        try reactor.adoptConnection(descriptor, protocol: near)
        #expect(descriptor.number == -1 && near.isMade)
        #expect(fcntl(ours, F_GETFD) == FD_CLOEXEC && fcntl(ours, F_GETFL) & O_NONBLOCK != 0)
        try reactor.adoptConnection(OwnedDescriptor(theirs), protocol: far)
        #expect(near.transport?.peerCredentials?.pid == getpid())
        near.transport?.write("question")
        far.transport?.write("answer")
        for _ in 0..<4 { reactor.runOnePass(waitingAtMost: .zero) }
        #expect(near.text == "answer" && far.text == "question")
        near.transport?.loseConnection()
        // A child that another test starts at this moment holds a copy until it runs its program.
        #expect(reactor.run { near.lossCount == 1 && far.lossCount == 1 })
    }

    @Test func aDescriptorIsAdoptedOnce() throws {
        let reactor = try Reactor()
        let (ours, theirs) = pair()
        let (near, second, far) = (Recorder(), Recorder(), Recorder())
        try reactor.adoptConnection(OwnedDescriptor(ours), protocol: near)
        let again = OwnedDescriptor(ours)
        #expect(throws: SystemFailure(code: EEXIST, call: "add")) {
            try reactor.adoptConnection(again, protocol: second)
        }
        #expect(again.take() == ours && !second.isMade && !second.isLost)
        try reactor.adoptConnection(OwnedDescriptor(theirs), protocol: far)
        near.transport?.write("still here")
        for _ in 0..<4 { reactor.runOnePass(waitingAtMost: .zero) }
        #expect(far.text == "still here")
        reactor.disconnectAll()
        for _ in 0..<4 { reactor.runOnePass(waitingAtMost: .zero) }
        #expect(near.lossCount == 1)
    }

    @Test func closingNeverWaitsForThePeer() throws {
        let reactor = try Reactor()
        let (ours, theirs) = pair()
        let copy = fcntl(ours, F_DUPFD_CLOEXEC, 0)
        defer { for descriptor in [copy, theirs] { close(descriptor) } }
        func lingers() -> Bool {
            var (option, length) = (linger(), socklen_t(MemoryLayout<linger>.size))
            #expect(getsockopt(copy, SOL_SOCKET, SO_LINGER, &option, &length) == 0)
            return option.l_onoff != 0
        }
        var option = linger(l_onoff: 1, l_linger: 60)
        #expect(setsockopt(copy, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size)) == 0)
        // A descriptor that was sent to us is closed without waiting, too.
        OwnedDescriptor(fcntl(ours, F_DUPFD_CLOEXEC, 0)).close()
        #expect(!lingers())
        #expect(setsockopt(copy, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size)) == 0)
        let near = Recorder()
        try reactor.adoptConnection(OwnedDescriptor(ours), protocol: near)
        #expect(!lingers())
        near.transport?.abortConnection()
        for _ in 0..<3 { reactor.runOnePass(waitingAtMost: .zero) }
    }

    /// Adopts, while it looks at what it was given, a connection whose protocol does not want it.
    private final class Distracted: StreamProtocol {
        let distraction: () throws -> Void
        var after: [UInt8] = []

        init(_ distraction: @escaping () throws -> Void) { self.distraction = distraction }

        func connectionMade(over transport: any Transport) {}
        func dataReceived(_ bytes: Span<UInt8>) throws {
            try distraction()
            bytes.withUnsafeBufferPointer { after += $0 }
        }
        func connectionLost(_ reason: DisconnectReason) {}
    }

    @Test func whatAProtocolIsGivenStaysAsItIs() throws {
        let reactor = try Reactor()
        let ((ours, theirs), (other, others)) = (pair(), pair())
        defer { for descriptor in [theirs, others] { close(descriptor) } }
        #expect(unsafe write(others, "EVIL EVIL", 9) == 9 && write(theirs, "good good", 9) == 9)
        let near = Distracted {
            let unwilling = Recorder()
            unwilling.onMade = { _ in throw SystemFailure(code: EINVAL, call: "test") }
            try reactor.adoptConnection(OwnedDescriptor(other), protocol: unwilling)
            #expect(unwilling.isLost)
        }
        try reactor.adoptConnection(OwnedDescriptor(ours), protocol: near)
        for _ in 0..<3 { reactor.runOnePass(waitingAtMost: .zero) }
        #expect(near.after == Array("good good".utf8))
        reactor.disconnectAll()
        for _ in 0..<3 { reactor.runOnePass(waitingAtMost: .zero) }
    }

    @Test func whoIsPausedWhenThePeerLeavesIsNotForgotten() throws {
        let reactor = try Reactor()
        let (ours, theirs) = pair()
        let near = Recorder()
        near.onMade = { $0.transport?.pauseProducing() }
        try reactor.adoptConnection(OwnedDescriptor(ours), protocol: near)
        close(theirs)
        for _ in 0..<5 { reactor.runOnePass(waitingAtMost: .zero) }
        #expect(!near.isLost && reactor.leftovers.count == 1)
        // Nor does it keep the poller busy.
        #expect(reactor.runOnePass(waitingAtMost: .zero) == 0)
        reactor.disconnectAll()
        for _ in 0..<3 { reactor.runOnePass(waitingAtMost: .zero) }
        #expect(near.lossCount == 1 && reactor.leftovers.isEmpty)
    }

    @Test func knowsBothEndsOfATCPConnection() throws {
        let harness = try Harness(.tcp)
        let port = UInt16(try #require(harness.listener.address.port))
        let peer = try RawPeer(harness.endpoint)
        try harness.run { harness.accepted.count == 1 }
        let client = Recorder()
        try harness.reactor.adoptConnection(OwnedDescriptor(fcntl(peer.descriptor, F_DUPFD, 0)), protocol: client)
        #expect(client.transport?.peer == .ipv4(.loopback, port: port))
        #expect(client.transport?.host == harness.accepted[0].transport?.peer)
        client.transport?.write("x")
        try harness.run { harness.accepted[0].text == "x" }
    }

    @Test func whatIsNoConnectionStaysTheCallers() throws {
        let reactor = try Reactor()
        let (stream, datagram) = (Int32(SOCK_STREAM.rawValue), Int32(SOCK_DGRAM.rawValue))
        let listening = socket(AF_INET, stream, 0)
        #expect(listen(listening, 1) == 0)
        let cases = [
            (listening, ENOTCONN), (socket(AF_INET, stream, 0), ENOTCONN),
            (socket(AF_INET, datagram, 0), EPROTOTYPE),
            (unsafe open("/dev/null", O_RDONLY), ENOTSOCK),
            (0x7FFF_FFF0, EBADF), (-1, EBADF),
        ]
        for (number, code) in cases {
            let descriptor = OwnedDescriptor(number)
            let failure = #expect(throws: SystemFailure.self) {
                try reactor.adoptConnection(descriptor, protocol: Recorder())
            }
            #expect(failure?.code == code && descriptor.number == number)
        }
    }
}
