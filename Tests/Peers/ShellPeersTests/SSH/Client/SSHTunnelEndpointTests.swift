import ReactorCore
import ReactorTesting
import SSHKeys
import SSHWire
import ShellPeers
import Testing
import Transports

@Suite struct SSHTunnelEndpointTests {
    /// Notes what a transport tells.
    private final class Reader: HalfCloseableProtocol {
        private(set) var transport: (any Transport)?
        private(set) var text = ""
        private(set) var hasEnded = false
        private(set) var reason: DisconnectReason?

        func connectionMade(over transport: any Transport) { self.transport = transport }
        func dataReceived(_ bytes: Span<UInt8>) {
            text += String(decoding: bytes.withUnsafeBufferPointer { Array($0) }, as: UTF8.self)
        }
        func readConnectionLost() { hasEnded = true }
        func writeConnectionLost() {}
        func connectionLost(_ reason: DisconnectReason) { self.reason = reason }
    }

    /// Writes a number of pieces, each when it is asked for one.
    private final class Writer: Producer {
        private(set) var left = 100
        private let transport: any Transport

        init(_ transport: any Transport) { self.transport = transport }

        func resumeProducing() {
            transport.write(Array("piece \(left) ".utf8))
            left -= 1
            if left == 0 { transport.unregisterProducer() }
        }
        func pauseProducing() {}
        func stopProducing() {}
    }

    private static func reader(_ stage: LoginStage, _ client: SSHClient) throws -> (Reader, any Transport) {
        let reader = try stage.result(
            of: SSHTunnelEndpoint(through: client, to: "echo", port: 7).connect(Reader(), on: stage.test.reactor))
        return (reader, try #require(reader.transport))
    }

    @Test func aServerIsReachedThroughAnother() throws {
        let stage = try LoginStage()
        let inner = StagedServer(
            try .generate(.ed25519), { $0.proof == .password("inner") ? .accept : .refuse() }, on: stage.test.reactor)
        let port = try stage.network.server("inner:22").listen(with: inner, on: stage.test.reactor)
        stage.server.inner = stage.network.client("inner:22")
        let outer = try stage.connect()
        var settings = SSHClientSettings(user: "eve", host: "inner")
        settings.unknownHosts = .trust
        stage.person.passwords = ["inner"]
        let endpoint = SSHTunnelEndpoint(through: outer, to: "inner", port: 22)
        #expect(endpoint.description == "inner:22 through mud.example")
        let client = try stage.result(of: endpoint.connectSSH(settings, prompter: stage.person, on: stage.test.reactor))
        #expect(client.connection.user == "eve")
        #expect(try stage.result(of: client.run("look")).text == "look\n")
        client.close()
        _ = stage.test.run { client.ended.isFired }
        #expect(client.ended.isFired && !outer.ended.isFired)
        stage.close(outer)
        port.stopListening()
    }

    @Test func whatTheServerRefusesFailsAndTellsTheProtocolNothing() throws {
        let stage = try LoginStage()
        let client = try stage.connect()
        let reader = Reader()
        #expect(throws: SSHChannelRefusal.self) {
            try stage.result(
                of: SSHTunnelEndpoint(through: client, to: "elsewhere", port: 7).connect(reader, on: stage.test.reactor)
            )
        }
        #expect(reader.transport == nil && reader.reason == nil)
        stage.close(client)
    }

    @Test func itCarriesAndEnds() throws {
        let stage = try LoginStage()
        let client = try stage.connect()
        let (reader, transport) = try Self.reader(stage, client)
        transport.write("hello")
        _ = stage.test.run { reader.text == "hello" }
        #expect(reader.text == "hello")
        transport.loseConnection()
        #expect(transport.isClosing && reader.reason == nil)
        _ = stage.test.run { reader.reason != nil }
        guard case .done? = reader.reason else {
            Issue.record("\(String(describing: reader.reason))")
            return
        }
        #expect(!client.ended.isFired)
        stage.close(client)
    }

    @Test func anAbortIsHeardLaterAndTheEndOfTheServerToo() throws {
        let stage = try LoginStage()
        let client = try stage.connect()
        let (first, transport) = try Self.reader(stage, client)
        transport.abortConnection()
        #expect(first.reason == nil)
        _ = stage.test.run { first.reason != nil }
        guard case .aborted? = first.reason else {
            Issue.record("\(String(describing: first.reason))")
            return
        }
        let (second, _) = try Self.reader(stage, client)
        stage.close(client)
        #expect(second.reason != nil)
    }

    @Test func producersWriteInStep() throws {
        let stage = try LoginStage()
        let client = try stage.connect()
        let (reader, transport) = try Self.reader(stage, client)
        let writer = Writer(transport)
        try transport.registerProducer(writer, streaming: false)
        transport.loseConnection()
        _ = stage.test.run { reader.reason != nil }
        #expect(writer.left == 0)
        stage.close(client)
    }
}
