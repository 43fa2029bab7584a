import Glibc
import ReactorCore
import ReactorTesting
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
        for _ in 0..<4 { reactor.runOnePass(waitingAtMost: .zero) }
        #expect(near.lossCount == 1 && far.lossCount == 1)
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
