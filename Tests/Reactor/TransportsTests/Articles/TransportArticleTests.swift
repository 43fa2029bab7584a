import FramingWire
import ReactorCore
import ReactorTesting
import Testing
import TransportTLS
import Transports

/// The code of the articles on transports, endpoints and TLS that is not in the runnable examples.
@Suite struct TransportArticleTests {
    final class Nothing: StreamProtocol {
        private(set) var transport: (any Transport)?

        func connectionMade(over transport: any Transport) { self.transport = transport }

        func dataReceived(_ bytes: Span<UInt8>) {}

        func connectionLost(_ reason: DisconnectReason) { transport = nil }
    }

    // snippet: transport-pull-producer
    /// Sends the numbers up to a last one, no faster than the peer reads.
    final class Counting: Producer {
        private let transport: any Transport
        private let last: Int
        private var number = 0

        init(to last: Int, over transport: any Transport) throws {
            self.transport = transport
            self.last = last
            try transport.registerProducer(self, streaming: false)
        }

        func resumeProducing() {
            number += 1
            if number <= last { return transport.write("\(number)\n") }
            transport.unregisterProducer()
            transport.loseConnection()
        }

        func pauseProducing() {}

        func stopProducing() { number = last }
    }
    // snippet ends

    @Test func aPullProducerEndsTheConnection() throws {
        let test = try TestReactor()
        let transport = MemoryTransport(reactor: test.reactor)
        transport.isPeerReading = false
        transport.connect(Nothing())
        _ = try Counting(to: 3, over: transport)
        var text: [UInt8] = []
        for _ in 0..<4 {
            text += transport.take(atMost: 100)
            test.settle()
        }
        #expect(String(decoding: text, as: UTF8.self) == "1\n2\n3\n")
        #expect(transport.lostReason.map { "\($0)" } == "connection closed")
    }

    @Test func ownKindsAreRegistered() throws {
        let test = try TestReactor()
        let resolver = SystemNameResolver(on: test.reactor)
        // snippet: endpoint-own-kind
        var registry = EndpointRegistry(resolver: resolver)
        registry.registerClient("here") { arguments, _ in
            let port = try arguments.port()
            let address = EndpointDescription(.tcp(interface: .loopback, port: port))
            return AddressClientEndpoint(address, timeout: try arguments.timeout())
        }
        let endpoint = try registry.client("here:4000:timeout=5")
        // snippet ends
        #expect("\(endpoint)" == "tcp:4000:interface=127.0.0.1")
        #expect(throws: EndpointFailure.self) { try registry.client("here:4000:colour=red") }
    }

    @Test func aClientComesBack() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        let endpoint = AddressClientEndpoint(EndpointDescription(.unix(path: "/nobody/is/here", mode: nil)))
        var states: [String] = []
        // snippet: endpoint-reconnecting
        let client = ReconnectingClient(endpoint: endpoint, on: reactor) { Nothing() }
        client.onChange = { state in states.append("\(state)") }
        client.start()
        // snippet ends
        test.settle()
        #expect(states == ["connecting", "waiting"])
        client.stop().whenDone { _ in }
        #expect(states.last == "stopped")
    }

    // snippet: tls-start
    /// Speaks in the clear until it is asked for TLS.
    final class Plain: StreamProtocol {
        private let context: TLSServerContext
        private let reactor: Reactor
        private var transport: (any Transport)?
        private var framer = LineFramer(limit: 500)

        init(context: TLSServerContext, reactor: Reactor) {
            self.context = context
            self.reactor = reactor
        }

        func connectionMade(over transport: any Transport) { self.transport = transport }

        func dataReceived(_ bytes: Span<UInt8>) throws {
            framer.receive(bytes)
            while let event = try framer.next() {
                guard event == .line(Array("STARTTLS".utf8)) else { continue }
                transport?.write("go on\r\n")
                try transport?.startTLS(
                    .server(context), from: self, to: Nothing(), unusedByteCount: framer.bufferedCount,
                    reactor: reactor)
                return
            }
        }

        func connectionLost(_ reason: DisconnectReason) { transport = nil }
    }
    // snippet ends

    @Test(arguments: [("STARTTLS\r\n", false), ("STARTTLS\r\nNOOP\r\n", true)])
    func plaintextBehindTheCommandIsRefused(text: String, isRefused: Bool) throws {
        let test = try TestReactor()
        guard case .server(let source) = try ContractCertificate.role(isServer: true, version: .tls13) else { return }
        let transport = MemoryTransport(reactor: test.reactor)
        transport.connect(Plain(context: source.initialContext, reactor: test.reactor))
        transport.deliver(text)
        test.settle()
        #expect((transport.lostReason != nil) == isRefused)
        transport.loseFromPeer()
        test.settle()
    }

    @Test func aClientVerifiesTheServer() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        // snippet: tls-client
        var options = TLSClientOptions()
        options.applicationProtocols = ["h2", "http/1.1"]
        let context = try TLSClientContext(options)
        let endpoint = EndpointDescription(.tcp(interface: .loopback, port: 1))
        let connecting = reactor.connectTLS(
            endpoint, serverName: "mud.example", context: context, protocol: Nothing())
        // snippet ends
        connecting.cancel()
        test.settle()
        #expect(connecting.isFired && test.reactor.leftovers.isEmpty)
    }
}
