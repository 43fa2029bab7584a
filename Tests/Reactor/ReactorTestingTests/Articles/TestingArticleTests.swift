import Glibc
import ReactorCore
import ReactorTesting
import Testing
import Transports

/// The code of the article on testing.
@Suite struct TestingArticleTests {
    final class Echo: StreamProtocol {
        private var transport: (any Transport)?
        private(set) var isLost = false

        func connectionMade(over transport: any Transport) { self.transport = transport }

        func dataReceived(_ bytes: Span<UInt8>) { transport?.write(bytes) }

        func connectionLost(_ reason: DisconnectReason) {
            isLost = true
            transport = nil
        }
    }

    /// Says something, and keeps the answer.
    final class Caller: StreamProtocol {
        private(set) var answer = ""
        private(set) var transport: (any Transport)?

        func connectionMade(over transport: any Transport) {
            self.transport = transport
            transport.write("hello")
        }

        func dataReceived(_ bytes: Span<UInt8>) {
            for index in bytes.indices { answer.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
        }

        func connectionLost(_ reason: DisconnectReason) { transport = nil }
    }

    final class DatagramEcho: DatagramProtocol {
        private var transport: (any DatagramTransport)?

        func started(over transport: any DatagramTransport) { self.transport = transport }

        func datagramReceived(_ bytes: Span<UInt8>, from sender: SocketAddress) throws {
            try transport?.write(bytes, to: sender)
        }
    }

    final class EchoFactory: ProtocolFactory {
        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { Echo() }
    }

    @Test func aRealConnection() throws {
        // snippet: testing-real
        let reactor = try Reactor()
        let port = try EndpointDescription("tcp:0:interface=127.0.0.1").listen(with: EchoFactory(), on: reactor)
        let caller = try reactor.result(of: AddressClientEndpoint(port.address).connect(Caller(), on: reactor))
        #expect(reactor.run { caller.answer == "hello" })
        // snippet ends
        port.stopListening()
        reactor.disconnectAll()
    }

    @Test func timeStandsStill() throws {
        // snippet: testing-time
        let test = try TestReactor()
        var rings = 0
        test.reactor.callLater(.seconds(3600)) { rings += 1 }
        test.advance(by: .seconds(3599))
        #expect(rings == 0)
        test.advance(by: .seconds(1))
        #expect(rings == 1)
        // snippet ends
    }

    @Test func theTestIsThePeer() {
        // snippet: testing-memory
        let transport = MemoryTransport()
        transport.connect(Echo())
        transport.deliver("hello")
        #expect(transport.takeWrittenText() == "hello")
        transport.loseFromPeer()
        #expect(transport.lostReason != nil)
        // snippet ends
    }

    @Test func twoProtocolsTalk() throws {
        // snippet: testing-pair
        let test = try TestReactor()
        let (caller, echo) = (Caller(), Echo())
        let pair = LoopbackPair(client: caller, server: echo, test: test)
        pair.octetsPerDelivery = 1
        pair.pump()
        #expect(caller.answer == "hello")
        pair.cut(after: 0, from: .client)
        pair.pump()
        #expect(echo.isLost)
        // snippet ends
    }

    @Test func whoListensIsFoundByName() throws {
        // snippet: testing-network
        let test = try TestReactor()
        let network = MemoryNetwork(test)
        let port = try network.server("mud.example:4000").listen(with: EchoFactory(), on: test.reactor)
        network.fate = { $0.number == 1 ? .refuse(ECONNREFUSED) : .accept }
        let client = ReconnectingClient(endpoint: network.client("mud.example:4000"), on: test.reactor) { Caller() }
        client.start()
        test.settle()
        #expect(client.state == .waiting)
        test.advance(by: .seconds(2))
        let caller = try client.whenConnected().resultNow()
        #expect(caller.answer == "hello")
        #expect(network.attempts.map(\.state) == [.refused(ECONNREFUSED), .connected])
        // snippet ends
        port.stopListening()
        client.stop().whenDone { _ in }
        test.settle()
        #expect(test.leftovers.isEmpty)
    }

    @Test func everyCutGivesTheSame() {
        // snippet: testing-drip-feed
        for pieces in DripFeed.allWays(of: Array("hello".utf8)) {
            let transport = MemoryTransport()
            transport.connect(Echo())
            for piece in pieces { transport.deliver(piece) }
            #expect(transport.takeWrittenText() == "hello")
        }
        // snippet ends
    }

    @Test func nothingIsLeftOver() throws {
        // snippet: testing-leftovers
        let leftovers = try TestReactor.leftovers { test in
            let caller = Caller()
            let pair = LoopbackPair(client: caller, server: Echo(), test: test)
            pair.pump()
            caller.transport?.loseConnection()
            pair.pump()
        }
        #expect(leftovers.isEmpty)
        // snippet ends
    }

    @Test func complaintsAreCollected() throws {
        // snippet: testing-reports
        let test = try TestReactor()
        test.reactor.addTrigger(.during, .startup) { throw CancellationError() }
        test.settle()
        #expect(test.reports.takeReports().count == 1)
        #expect(test.leftovers.isEmpty)
        // snippet ends
    }

    @Test func datagramsVanish() throws {
        // snippet: testing-datagrams
        let network = MemoryDatagramNetwork()
        network.fate = { $0.bytes.first == 7 ? [] : [$0, $0] }
        let server = try network.listenDatagrams(on: .ipv4(.loopback, port: 7), protocol: DatagramEcho())
        let client = try network.listenDatagrams(on: .ipv4(.loopback, port: 0), protocol: DatagramEcho())
        try client.write([7], to: server.host)
        network.pump()
        #expect(server.counters.received == 0)
        // snippet ends
    }
}
