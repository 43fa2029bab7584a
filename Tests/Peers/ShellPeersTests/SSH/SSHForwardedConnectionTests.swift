import Basics
import ReactorCore
import ReactorTesting
import SSHKeys
import SSHWire
import ShellPeers
import Testing
import Transports

/// Connections that go through a channel, for who allows it.
struct SSHForwardedConnectionTests {
    /// A target in memory, behind the server.
    final class Target: HalfCloseableProtocol {
        private(set) var transport: (any Transport)?
        private(set) var octets: [UInt8] = []
        private(set) var hasEnded = false
        private(set) var isLost = false
        func connectionMade(over transport: any Transport) { self.transport = transport }
        func dataReceived(_ bytes: Span<UInt8>) { octets.append(contentsOf: bytes) }
        func readConnectionLost() { hasEnded = true }
        func writeConnectionLost() {}
        func connectionLost(_ reason: DisconnectReason) { isLost = true }
    }

    final class Factory: ProtocolFactory {
        private(set) var made: [Target] = []
        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
            let target = Target()
            made.append(target)
            return target
        }
    }

    static let target = SSHForwarding(host: "target", port: 4000)

    private static func settle(_ stage: SSHStage) {
        for _ in 0..<100 {
            stage.pair.pump()
            stage.test.settle()
        }
    }

    /// A channel to a target that listens in memory.
    private static func connected() throws -> (SSHStage, NotingChannel, Target, Factory) {
        let stage = try SSHStage()
        let network = MemoryNetwork(stage.test)
        let factory = Factory()
        _ = try network.server("target").listen(with: factory, on: stage.test.reactor)
        stage.server.onChannel = { [test = stage.test] _ in
            SSHForwardedConnection.connect(to: network.client("target"), on: test.reactor)
        }
        let near = NotingChannel()
        near.closesAtEnd = false
        stage.client.connection?.openChannel(.direct(target), handler: near).whenDone { _ in }
        settle(stage)
        guard near.channel != nil, let made = factory.made.first else { throw StageFailure.noChannel }
        return (stage, near, made, factory)
    }

    @Test func octetsGoBothWaysAndHalvesEndAlone() throws {
        let (stage, near, target, _) = try Self.connected()
        near.channel?.send("GET")
        target.transport?.write("200")
        Self.settle(stage)
        #expect(near.text == "200" && String(decoding: target.octets, as: UTF8.self) == "GET")
        near.channel?.endOutput()
        Self.settle(stage)
        #expect(target.hasEnded && !target.isLost)
        target.transport?.write("more")
        Self.settle(stage)
        #expect(near.text == "200more")
        target.transport?.loseConnection()
        Self.settle(stage)
        #expect(near.endCount <= 1 && near.closedCount == 1 && target.isLost)
    }

    @Test func aTargetThatDoesNotReadSlowsTheClientDown() throws {
        let (stage, near, target, _) = try Self.connected()
        target.transport?.pauseProducing()
        near.channel?.send([UInt8](repeating: 1, count: 3_000_000))
        Self.settle(stage)
        #expect(target.octets.isEmpty)
        #expect(near.channel?.bufferedByteCount ?? 0 > 2_000_000)
        target.transport?.resumeProducing()
        Self.settle(stage)
        #expect(target.octets.count == 3_000_000)
    }

    @Test func aClientThatDoesNotReadSlowsTheTargetDown() throws {
        let (stage, near, target, _) = try Self.connected()
        near.channel?.pauseInput()
        target.transport?.write([UInt8](repeating: 1, count: 5_000_000))
        Self.settle(stage)
        #expect(target.transport?.bufferedByteCount ?? 0 > 4_000_000)
        near.channel?.resumeInput()
        Self.settle(stage)
        #expect(near.octets.count == 5_000_000)
    }

    @Test func theEndOfEitherSideIsTheEndOfTheOther() throws {
        let (stage, near, target, _) = try Self.connected()
        target.transport?.abortConnection()
        Self.settle(stage)
        #expect(near.closedCount == 1)
        let (again, _, second, _) = try Self.connected()
        again.client.connection?.abort()
        Self.settle(again)
        #expect(second.hasEnded || second.isLost)
    }

    @Test func aTargetThatIsNotThereRefusesTheChannel() throws {
        let stage = try SSHStage()
        let network = MemoryNetwork(stage.test)
        stage.server.onChannel = { [test = stage.test] _ in
            SSHForwardedConnection.connect(to: network.client("nobody"), on: test.reactor)
        }
        var refusal: SSHChannelRefusal?
        stage.client.connection?.openChannel(.direct(Self.target), handler: NotingChannel()).whenDone {
            if case .failure(let error) = $0 { refusal = error as? SSHChannelRefusal }
        }
        Self.settle(stage)
        #expect(refusal?.reason == .connectFailed)
    }

    @Test func aListenerOpensAChannelForEachVisitor() throws {
        let stage = try SSHStage()
        let network = MemoryNetwork(stage.test)
        let connection = try #require(stage.server.connection)
        let port = network.server("port")
        _ = try port.listen(with: SSHListeningForwarder(for: connection, host: "", port: 4000), on: stage.test.reactor)
        let near = NotingChannel()
        var kind: SSHChannelKind?
        stage.client.onChannel = {
            kind = $0
            return .succeeded(near)
        }
        let visitor = Target()
        network.client("port").connect(visitor, on: stage.test.reactor).whenDone { _ in }
        Self.settle(stage)
        visitor.transport?.write("hello")
        Self.settle(stage)
        #expect(near.text == "hello")
        guard case .forwarded(let forwarding) = kind else { throw StageFailure.noChannel }
        #expect(forwarding.port == 4000 && forwarding.originHost == "127.0.0.1")
        // A client that refuses has the visitor turned away.
        stage.client.onChannel = nil
        let second = Target()
        network.client("port").connect(second, on: stage.test.reactor).whenDone { _ in }
        Self.settle(stage)
        #expect(second.hasEnded || second.isLost)
    }
}
