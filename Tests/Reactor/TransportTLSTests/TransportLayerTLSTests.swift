import ReactorCore
import ReactorTesting
import Testing
import TransportTLS
import Transports

/// Policies below TLS, above it, and on both sides.
@Suite struct TransportLayerTLSTests {
    final class Aware: StreamProtocol, TLSAwareProtocol {
        var handshakes = 0
        var text = ""
        var transport: (any Transport)?
        var reasons: [DisconnectReason] = []

        func connectionMade(over transport: any Transport) { self.transport = transport }

        func handshakeCompleted(_ session: TLSSessionInformation) { handshakes += 1 }

        func dataReceived(_ bytes: Span<UInt8>) {
            for index in bytes.indices { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
        }

        func connectionLost(_ reason: DisconnectReason) { reasons.append(reason) }
    }

    private func policies(_ reactor: Reactor) -> [any ConnectionPolicy] {
        let rate = RateLimits.Rate(octetsPerSecond: 1 << 20)
        return [
            TrafficLog(reactor) { _ in }, TimeoutPolicy(reactor, idle: .seconds(60)),
            RatePolicy(reactor, RateLimits(reading: rate, writing: rate, totalReading: rate, totalWriting: rate)),
        ]
    }

    private func wrap(_ upper: any StreamProtocol, _ reactor: Reactor) -> any StreamProtocol {
        policies(reactor).reduce(upper) { $1.layer(below: $0, peer: .unix("")) }
    }

    private func pump(_ test: TestReactor, _ client: MemoryTransport, _ server: MemoryTransport) {
        for _ in 0..<12 {
            test.settle()
            server.deliver(client.takeWritten())
            client.deliver(server.takeWritten())
        }
        test.settle()
    }

    @Test(arguments: [(true, false), (false, true), (true, true)])
    func carriesTLSBelowAndAbove(isBelow: Bool, isAbove: Bool) throws {
        let test = try TestReactor()
        let (clientWire, serverWire) = (MemoryTransport(reactor: test.reactor), MemoryTransport(reactor: test.reactor))
        let (client, server) = (Recorder(), Aware())
        let serverTLS = try TLSTransport(
            .server(TLSPair.serverContext()), protocol: isAbove ? wrap(server, test.reactor) : server,
            reactor: test.reactor)
        let clientTLS = try TLSTransport(
            .client(TLSPair.clientContext(), serverName: "mud.example"), protocol: client, reactor: test.reactor)
        serverWire.connect(isBelow ? wrap(serverTLS, test.reactor) : serverTLS)
        clientWire.connect(clientTLS)
        client.transport?.write("question")
        pump(test, clientWire, serverWire)
        server.transport?.write("answer")
        pump(test, clientWire, serverWire)
        #expect(server.handshakes == 1 && server.text == "question" && client.text == "answer")
        client.transport?.loseConnection()
        pump(test, clientWire, serverWire)
        #expect(server.reasons.map { "\($0)" } == ["connection closed"])
    }

    @Test func aLimitHearsThroughTLSThatAPeerIsEstablished() throws {
        let test = try TestReactor()
        var limits = ConnectionLimits(total: 1000)
        limits.earlyDrop = ConnectionLimits.EarlyDrop(start: 1, rate: 100, full: 1)
        let policy = ConnectionLimitPolicy(limits)
        let (clientWire, serverWire) = (MemoryTransport(reactor: test.reactor), MemoryTransport(reactor: test.reactor))
        let (client, server) = (Recorder(), Aware())
        let serverTLS = try TLSTransport(
            .server(TLSPair.serverContext()), protocol: wrap(server, test.reactor), reactor: test.reactor)
        serverWire.connect(policy.layer(below: serverTLS, peer: .unix("")))
        clientWire.connect(
            try TLSTransport(
                .client(TLSPair.clientContext(), serverName: "mud.example"), protocol: client, reactor: test.reactor))
        pump(test, clientWire, serverWire)
        #expect(policy.startingCount == 1)
        policy.establish(try #require(server.transport))
        #expect(policy.startingCount == 0 && policy.currentCount == 1)
        client.transport?.loseConnection()
        pump(test, clientWire, serverWire)
        #expect(policy.startingCount == 0 && policy.currentCount == 0)
    }

    @Test func startsTLSAboveALayer() throws {
        let test = try TestReactor()
        let (clientWire, serverWire) = (MemoryTransport(reactor: test.reactor), MemoryTransport(reactor: test.reactor))
        let (plainClient, plainServer) = (Recorder(), Recorder())
        let (client, server) = (Recorder(), Aware())
        serverWire.connect(wrap(plainServer, test.reactor))
        clientWire.connect(wrap(plainClient, test.reactor))
        try plainServer.transport?.startTLS(
            .server(TLSPair.serverContext()), from: plainServer, to: server, unusedByteCount: 0,
            reactor: test.reactor)
        try plainClient.transport?.startTLS(
            .client(TLSPair.clientContext(), serverName: "mud.example"), from: plainClient, to: client,
            unusedByteCount: 0, reactor: test.reactor)
        client.transport?.write("secret")
        pump(test, clientWire, serverWire)
        #expect(server.handshakes == 1 && server.text == "secret" && plainServer.received.isEmpty)
        test.advance(by: .seconds(60))
        #expect(server.reasons.map { "\($0)" } == ["the peer was silent for 60.0 seconds"])
    }
}
