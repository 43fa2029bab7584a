import ReactorCore
import ReactorTesting
import Testing
import Transports

@Suite struct LoopbackPairTests {
    @Test(arguments: [false, true], [1, 2, 7, 65_536])
    func carriesOctetsInTheAskedPieces(hasReactor: Bool, size: Int) throws {
        let (client, server) = (Recorder(), Recorder())
        var pieces: [Int] = []
        server.onData = { recorder, bytes in
            pieces.append(bytes.count)
            recorder.transport?.write(bytes)
        }
        let pair = LoopbackPair(client: client, server: server, test: hasReactor ? try TestReactor() : nil)
        pair.octetsPerDelivery = size
        client.transport?.write("hello world")
        #expect(server.received.isEmpty, "nothing moves by itself")
        pair.pump()
        #expect(client.text == "hello world" && server.text == "hello world")
        #expect(pieces.allSatisfy { $0 <= size } && pieces.count == (11 + size - 1) / size)
        server.transport?.loseConnection()
        pair.pump()
        #expect(client.ending == "done" && server.ending == "done")
        server.onData = nil
    }

    @Test(arguments: [false, true])
    func theCableBreaksAtEveryOctet(hasReactor: Bool) throws {
        let message = "GET / HTTP/1.1"
        for place in 0...message.utf8.count {
            let (client, server) = (Recorder(), Recorder())
            let pair = LoopbackPair(client: client, server: server, test: hasReactor ? try TestReactor() : nil)
            client.transport?.write(message)
            pair.cut(after: place, from: .client)
            pair.pump()
            #expect(server.text == String(message.prefix(place)))
            for end in [client, server] { #expect(end.ending == "lost" && end.lossCount == 1) }
        }
    }

    @Test func stepsAreTheTests() throws {
        let (client, server) = (Recorder(), Recorder())
        let pair = LoopbackPair(client: client, server: server)
        pair.octetsPerDelivery = 2
        client.transport?.write("abc")
        server.transport?.write("x")
        #expect(pair.step(from: .client) && server.text == "ab" && client.text.isEmpty)
        #expect(pair.step(from: .client) && server.text == "abc")
        #expect(!pair.step(from: .client))
        server.transport?.pauseProducing()
        client.transport?.write("d")
        #expect(!pair.step(from: .client), "the server does not read")
        #expect(pair.step(from: .server) && client.text == "x")
        #expect(pair[.client].bufferedByteCount == 1)
    }

    @Test func aDripFeedKnowsAllWays() {
        #expect(DripFeed.allWays(of: []) == [])
        #expect(DripFeed.allWays(of: [1]) == [[[1]], [[1]]])
        #expect(
            DripFeed.allWays(of: [1, 2, 3]) == [
                [[1, 2, 3]], [[1], [2], [3]], [[1], [2, 3]], [[1, 2], [3]],
            ])
        #expect(DripFeed.pieces(of: [1, 2, 3], size: 0) == [[1], [2], [3]])
    }

    @Test func aDripFedTransportDeliversInPieces() {
        let transport = MemoryTransport()
        let recorder = Recorder()
        var pieces: [[UInt8]] = []
        recorder.onData = { _, bytes in pieces.append(bytes) }
        transport.connect(recorder)
        transport.deliver([1, 2, 3, 4, 5], inPiecesOf: 2)
        #expect(pieces == [[1, 2], [3, 4], [5]])
        transport.deliverEndOfFile()
        #expect(recorder.ending == "done")
    }
}

@Suite struct MemoryDatagramNetworkTests {
    private func pair(_ network: MemoryDatagramNetwork) throws -> (left: DatagramRecorder, right: DatagramRecorder) {
        let (left, right) = (DatagramRecorder(), DatagramRecorder())
        try network.listenDatagrams(on: .ipv4(.loopback, port: 0), protocol: left)
        try network.listenDatagrams(on: .ipv4(.loopback, port: 0), protocol: right)
        return (left, right)
    }

    @Test func datagramsMoveWhenPumpedAndMeetTheirFate() throws {
        let network = MemoryDatagramNetwork()
        let (left, right) = try pair(network)
        let (here, there) = (try #require(left.transport), try #require(right.transport))
        right.onDatagram = { recorder, bytes, sender in try recorder.transport?.write(bytes, to: sender) }
        network.fate = { $0.bytes.first == 7 ? [] : [$0, $0] }
        for bytes in [[7], [1], []] as [[UInt8]] { try here.write(bytes, to: there.host) }
        #expect(right.datagrams.isEmpty)
        network.pump()
        #expect(right.datagrams == [[1], [1], [], []])
        #expect(left.datagrams.count == 8)
        #expect(right.senders.allSatisfy { $0 == here.host })
    }

    /// The example of `DatagramProtocol`, as it stands there.
    private final class Echo: DatagramProtocol {
        private var transport: (any DatagramTransport)?

        func started(over transport: any DatagramTransport) { self.transport = transport }

        func datagramReceived(_ bytes: Span<UInt8>, from sender: SocketAddress) throws {
            try transport?.write(bytes, to: sender)
        }
    }

    @Test func aProtocolCannotTellTheMemoryNetworkFromUDP() throws {
        let network = MemoryDatagramNetwork()
        let port = try network.listenDatagrams(on: .ipv4(.any, port: 7), protocol: Echo())
        let client = DatagramRecorder()
        try network.listenDatagrams(on: .ipv4(.loopback, port: 0), protocol: client)
        try client.transport?.write([1, 2], to: port.host)
        network.pump()
        #expect(client.datagrams == [[1, 2]])

        let harness = try DatagramHarness(.udp4)
        let real = try harness.reactor.listenDatagrams(on: .ipv4(.loopback, port: 0), protocol: Echo())
        let peer = DatagramRecorder()
        try harness.reactor.connectDatagrams(to: real.host, protocol: peer)
        try peer.transport?.write([3])
        try harness.run { peer.datagrams == [[3]] }
    }

    @Test func portsConnectRefusePauseAndStop() throws {
        let network = MemoryDatagramNetwork()
        let (left, right) = try pair(network)
        let (here, there) = (try #require(left.transport), try #require(right.transport))
        #expect(throws: SystemFailure.self) { try here.write([1]) }
        try here.connect(to: there.host)
        there.pauseProducing()
        try here.write([1])
        network.pump()
        #expect(right.datagrams.isEmpty)
        there.resumeProducing()
        network.pump()
        #expect(right.datagrams == [[1]])
        there.stopListening()
        #expect(right.stops == 0)
        try here.write([2])
        network.pump()
        #expect(right.stops == 1 && left.refusals == 1)
        #expect(try there.write([3], to: here.host) == .dropped)
        #expect(throws: DatagramBindFailure.self) {
            try network.listenDatagrams(on: here.host, protocol: DatagramRecorder())
        }
    }

    @Test func groupsAreHeardByTheirMembers() throws {
        let network = MemoryDatagramNetwork()
        let group = IPv4Host(bits: 0xEFFF_2A09)
        let members = [DatagramRecorder(), DatagramRecorder()]
        for (index, member) in members.enumerated() {
            let host = IPv4Host(bits: 0x0A00_0001 + UInt32(index))
            let port = try network.listenDatagrams(on: .ipv4(host, port: 9), protocol: member)
            try port.join(MulticastGroup(group))
        }
        try members[0].transport?.write([1], to: .ipv4(group, port: 9))
        network.pump()
        try members[1].transport?.leave(MulticastGroup(group))
        try members[0].transport?.write([2], to: .ipv4(group, port: 9))
        network.pump()
        #expect(members[0].datagrams == [[1], [2]])
        #expect(members[1].datagrams == [[1]])
    }
}
