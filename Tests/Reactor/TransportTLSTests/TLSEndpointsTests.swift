import ReactorCore
import Testing
import TransportTLS
import Transports

@Suite struct TLSEndpointsTests {
    /// Knows one name, this machine's.
    private final class Resolver: NameResolver {
        func resolve(_ name: String, port: UInt16) -> Deferred<[SocketAddress]> {
            name == "mud.example" ? .succeeded([.ipv4(.loopback, port: port)]) : .failed(NameFailure.unknown(name))
        }
    }

    private final class Factory: ProtocolFactory {
        var made: [Recorder] = []

        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
            let recorder = Recorder()
            made.append(recorder)
            return recorder
        }
    }

    private func registry(loaded: @escaping (TLSReloadingContext) -> Void = { _ in }) -> EndpointRegistry {
        var registry = EndpointRegistry(resolver: Resolver())
        registry.registerProxied()
        registry.registerTLS(resolver: Resolver(), loaded: loaded)
        return registry
    }

    @Test func describedEndpointsMeetByName() throws {
        let reactor = try Reactor()
        defer {
            reactor.disconnectAll()
            for _ in 0..<3 { reactor.runOnePass(waitingAtMost: .zero) }
        }
        var contexts: [TLSReloadingContext] = []
        let registry = registry { contexts.append($0) }
        let (certificate, key) = (try Certificates.path("chain.pem"), try Certificates.path("leaf.key"))
        let factory = Factory()
        let listening = try registry.server("tls:0:cert=\(certificate):key=\(key):interface=127.0.0.1")
            .listen(with: factory, on: reactor)
        #expect(contexts.count == 1)
        let port = try #require(listening.address.port)
        let client = Recorder()
        var outcome: Result<Recorder, any Error>?
        let text = "tls:mud.example:\(port):roots=\(try Certificates.path("root.pem"))"
        try registry.client(text).connect(client, on: reactor).whenDone { outcome = $0 }
        for _ in 0..<2000 where outcome == nil { reactor.runOnePass(waitingAtMost: .milliseconds(5)) }
        #expect(try outcome?.get() === client)

        var refused: (any Error)?
        try registry.client(text + ":name=other.example").connect(Recorder(), on: reactor).whenDone {
            if case .failure(let error) = $0 { refused = error }
        }
        for _ in 0..<2000 where refused == nil { reactor.runOnePass(waitingAtMost: .milliseconds(5)) }
        #expect(refused is TLSFailure)
        listening.stopListening()
    }

    @Test(arguments: [
        ("tls:4443", "cert=FILE"), ("tls", "cert=FILE"), ("tls:70000:cert=/none", "a port is a number"),
        ("tls:cert=/none:x", "unknown kind"), ("tls:tcp:1", "cert=FILE"), ("tls:1:cert=/none:min=1.1", "1.2 or 1.3"),
        ("tls:1:cert=/none:alpn=", "1 to 255 octets"), ("haproxy:tls:1:cert=/none", "comes before TLS"),
        ("tls:cert=/none:tcp:1:key=x", "unknown or repeated option"), ("tls6:cert=/none:tcp:1", "it is called tls"),
    ])
    func saysWhatIsMissing(text: String, problem: String) throws {
        let failure = #expect(throws: EndpointFailure.self) { try registry().server(text) }
        #expect(failure?.description.contains(problem) == true)
    }

    /// TLS stands around what stands around the socket: a proxy's header comes before the handshake.
    @Test func tlsStandsAroundAnyEndpoint() throws {
        let certificate = "cert=\(try Certificates.path("chain.pem")):key=\(try Certificates.path("leaf.key"))"
        let behindProxy = try #require(try registry().server("tls:\(certificate):haproxy:tcp:0") as? TLSServerEndpoint)
        #expect(behindProxy.inner is ProxiedEndpoint)
        let local = try #require(try registry().server("tls:\(certificate):alpn=a,b:unix:/run/x") as? TLSServerEndpoint)
        #expect(local.inner.description == "unix:/run/x")
    }

    /// What is said about protocols, versions and clients' certificates counts.
    @Test(arguments: [(false, nil), (true, "imap")] as [(Bool, String?)])
    func optionsReachBothEnds(showsCertificate: Bool, chosen: String?) throws {
        let reactor = try Reactor()
        defer {
            reactor.disconnectAll()
            for _ in 0..<3 { reactor.runOnePass(waitingAtMost: .zero) }
        }
        let (certificate, key) = (try Certificates.path("chain.pem"), try Certificates.path("leaf.key"))
        let root = try Certificates.path("root.pem")
        let factory = Factory()
        let listening = try registry().server(
            "tls:0:cert=\(certificate):key=\(key):interface=127.0.0.1:clients=\(root):alpn=imap:min=1.3"
        ).listen(with: factory, on: reactor)
        defer { listening.stopListening() }
        let port = try #require(listening.address.port)
        var text = "tls:mud.example:\(port):roots=\(root):alpn=imap"
        if showsCertificate { text += ":cert=\(certificate):key=\(key)" }
        let client = Recorder()
        try registry().client(text).connect(client, on: reactor).whenDone { _ in }
        // A server of TLS 1.3 judges the client after the client is done.
        for _ in 0..<2000 where client.session == nil && client.reason == nil {
            reactor.runOnePass(waitingAtMost: .milliseconds(5))
        }
        client.transport?.write(Array("hello".utf8))
        for _ in 0..<2000 where factory.made.first.map({ $0.received.isEmpty && $0.reason == nil }) ?? true {
            reactor.runOnePass(waitingAtMost: .milliseconds(5))
        }
        let server = try #require(factory.made.first)
        #expect((server.received == Array("hello".utf8)) == showsCertificate)
        #expect(server.session?.applicationProtocol == chosen)
    }

    @Test func aCompleteRegistryKnowsEveryKind() throws {
        let registry = EndpointRegistry.complete(on: try Reactor())
        #expect(
            registry.serverKinds == ["fd", "haproxy", "stdio", "systemd", "tcp", "tcp4", "tcp6", "tls", "tls6", "unix"])
        #expect(registry.clientKinds == ["tcp", "tcp4", "tcp6", "tls", "unix"])
    }

    @Test func aCertificateThatCannotBeReadIsNamed() {
        let failure = #expect(throws: TLSFailure.self) { try registry().server("tls:4443:cert=/none/chain.pem") }
        #expect(failure?.description.contains("/none/chain.pem") == true)
        #expect(throws: TLSFailure.self) { try registry().client("tls:mud.example:1:roots=/none/root.pem") }
    }
}
