import ProxyWire
import ReactorCore
import ReactorTesting
import Testing

@testable import Transports

@Suite struct ProxiedEndpointTests {
    private final class Factory: ProtocolFactory {
        var made: [Recorder] = []
        var peers: [SocketAddress] = []
        var turnsAway = false

        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
            peers.append(peer)
            if turnsAway { return nil }
            let recorder = Recorder()
            made.append(recorder)
            return recorder
        }
    }

    private let inner = Factory()
    private let test: TestReactor
    private let proxied: ProxiedFactory

    init() throws {
        test = try TestReactor()
        proxied = ProxiedFactory(inner, trusting: [try AddressPrefix("127.0.0.0/8")], reactor: test.reactor)
    }

    private func connect() throws -> MemoryTransport {
        let transport = MemoryTransport(reactor: test.reactor)
        transport.connect(try #require(proxied.makeProtocol(for: transport.peer)))
        return transport
    }

    private static let text = Array("PROXY TCP4 192.0.2.7 198.51.100.1 51234 4000\r\n".utf8)

    @Test(arguments: [1, 7, 1000]) func theProtocolSeesTheTruePeer(piece: Int) throws {
        let transport = try connect()
        let octets = Self.text + Array("look\r\n".utf8)
        for start in stride(from: 0, to: octets.count, by: piece) {
            transport.deliver(Array(octets[start..<min(start + piece, octets.count)]))
        }
        let recorder = try #require(inner.made.first)
        #expect(inner.peers == [.ipv4(IPv4Host(bits: 0xC000_0207), port: 51234)])
        #expect(recorder.transport?.peer.description == "192.0.2.7:51234")
        #expect(recorder.transport?.host.description == "198.51.100.1:4000")
        #expect(recorder.received == Array("look\r\n".utf8))
        recorder.transport?.write("hello")
        #expect(transport.takeWrittenText() == "hello")
        test.advance(by: .seconds(60))
        #expect(transport.isOpen)
        transport.loseFromPeer()
        test.settle()
        #expect(recorder.lossCount == 1)
    }

    @Test func aProxysOwnConnectionKeepsItsAddress() throws {
        let transport = try connect()
        transport.deliver(ProxyHeader(.own).encoded + [1])
        #expect(inner.peers == [transport.peer])
        #expect(inner.made.first?.received == [1])
    }

    @Test func strangersAreTurnedAwayAndUnixSocketsAreNot() {
        #expect(proxied.makeProtocol(for: .ipv4(IPv4Host(bits: 0x0A00_0001), port: 1)) == nil)
        #expect(proxied.makeProtocol(for: .ipv6(.loopback, port: 1)) == nil)
        #expect(proxied.makeProtocol(for: .unix("")) != nil)
    }

    @Test(arguments: ["GET / HTTP/1.1\r\n", "PROXY TCP4 1.2.3.4 5.6.7.8 1 x\r\n"]) func noHeaderNoConnection(
        text: String
    ) throws {
        let transport = try connect()
        transport.deliver(text)
        test.settle()
        #expect(!transport.isOpen)
        #expect(inner.peers.isEmpty)
        #expect(transport.takeWritten().isEmpty)
    }

    @Test func aHeaderThatDoesNotComeEndsTheConnection() throws {
        let transport = try connect()
        transport.deliver("PROXY TCP4 ")
        test.advance(by: ProxiedEndpoint.headerTimeout)
        #expect(!transport.isOpen)
        #expect(test.reactor.delayedCallCount == 0)
    }

    @Test func aFactoryMayTurnTheTruePeerAway() throws {
        inner.turnsAway = true
        let transport = try connect()
        transport.deliver(Self.text)
        test.settle()
        #expect(!transport.isOpen)
    }

    @Test func descriptionsAreParsedWithTheirTrust() throws {
        var registry = EndpointRegistry(resolver: ScriptedResolver())
        registry.registerProxied()
        let text = #"haproxy:trust=10.0.0.0/8,2001\:db8\:\:/32:tcp:4000:interface=127.0.0.1"#
        #expect(try registry.server(text).description == text)
        #expect((try registry.server("haproxy:unix:/run/mud") as? ProxiedEndpoint)?.trusted.count == 2)
        for wrong in ["haproxy", "haproxy:trust=nonsense:tcp:1", "haproxy:trust=10.0.0.0/33:tcp:1", "haproxy:udp:1"] {
            #expect(throws: EndpointFailure.self) { try registry.server(wrong) }
        }
    }
}
