import ReactorCore
import ReactorTesting
import SSHKeys
import ShellPeers
import Testing
import Transports

/// An agent in memory.
final class StagedAgent: ProtocolFactory {
    private let keys: [SSHPrivateKey]
    var refuses = false
    /// Answered in place of what was asked.
    var answer: SSHAgentAnswer?
    private(set) var connectionCount = 0

    init(_ keys: [SSHPrivateKey]) { self.keys = keys }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { Line(self) }

    private func answer(_ request: SSHAgentRequest) -> SSHAgentAnswer {
        if let answer { return answer }
        switch request {
        case .list: return .keys(keys.map { SSHAgentKey(blob: $0.publicKey.blob, remark: "a key") })
        case .sign(let blob, let message, let flags):
            let key = keys.first { $0.publicKey.blob == blob }
            guard !refuses, let key, let algorithm = key.type.signatureAlgorithms.first(where: { .init($0) == flags }),
                let signature = try? key.sign(message, as: algorithm)
            else { return .failure }
            return .signature(signature)
        default: return .failure
        }
    }

    private final class Line: StreamProtocol {
        private let agent: StagedAgent
        private var transport: (any Transport)?
        private var framer = SSHAgentFramer()

        init(_ agent: StagedAgent) { self.agent = agent }

        func connectionMade(over transport: any Transport) {
            self.transport = transport
            agent.connectionCount += 1
        }

        func dataReceived(_ bytes: Span<UInt8>) throws {
            framer.receive(bytes)
            while let message = try framer.next() {
                transport?.write(SSHAgentFramer.framed(agent.answer(try SSHAgentRequest(message: message)).message))
            }
        }

        func connectionLost(_ reason: DisconnectReason) { agent.connectionCount -= 1 }
    }
}

@Suite struct SSHAgentClientTests {
    private static func client(_ agent: StagedAgent, _ test: TestReactor) throws -> (SSHAgentClient, LoopbackPair) {
        let client = SSHAgentClient()
        let server = try #require(agent.makeProtocol(for: .ipv4(.loopback, port: 1)))
        return (client, LoopbackPair(client: client, server: server, test: test))
    }

    @Test(arguments: [1, 3, 65_536]) func keysAreListedAndSign(piece: Int) throws {
        let keys = [try SSHPrivateKey.generate(.ed25519), try SSHPrivateKey.generate(.rsa, rsaBits: 2048)]
        let (client, pair) = try Self.client(StagedAgent(keys), try TestReactor())
        pair.octetsPerDelivery = piece
        let listed = client.keys()
        let message = Array("message".utf8)
        let signatures = keys.map { client.sign(message, with: $0.publicKey, as: $0.type.signatureAlgorithms[0]) }
        pair.pump()
        #expect(try listed.resultNow().compactMap(\.publicKey) == keys.map(\.publicKey))
        for (key, signature) in zip(keys, signatures) {
            #expect(key.publicKey.verify(try signature.resultNow(), of: message, as: key.type.signatureAlgorithms[0]))
        }
    }

    @Test func aRefusalAndAnOldWayOfSigningAreTold() throws {
        let key = try SSHPrivateKey.generate(.rsa, rsaBits: 2048)
        let agent = StagedAgent([key])
        agent.refuses = true
        let (client, pair) = try Self.client(agent, try TestReactor())
        let refused = client.sign([1], with: key.publicKey, as: .rsaSHA512)
        pair.pump()
        #expect(throws: SSHAgentFailure.refused) { try refused.resultNow() }
        agent.answer = .signature(try key.sign([1], as: .rsaSHA256))
        let old = client.sign([1], with: key.publicKey, as: .rsaSHA512)
        pair.pump()
        #expect(throws: SSHAgentFailure.wrongAlgorithm) { try old.resultNow() }
    }

    @Test func whoWaitsHearsOfTheEnd() throws {
        let (client, pair) = try Self.client(StagedAgent([]), try TestReactor())
        pair.cut(after: 0, from: .server)
        let listed = client.keys()
        pair.pump()
        #expect(throws: SSHAgentFailure.gone) { try listed.resultNow() }
        #expect(throws: SSHAgentFailure.gone) { try client.keys().resultNow() }
    }

    @Test func answersThatNobodyAskedForEndIt() throws {
        let test = try TestReactor()
        let transport = MemoryTransport(reactor: test.reactor)
        transport.connect(SSHAgentClient())
        transport.deliver([0, 0, 0, 1, 6])
        #expect(transport.isClosing)
    }

    @Test func questionsAreBounded() throws {
        let test = try TestReactor()
        let transport = MemoryTransport(reactor: test.reactor)
        let client = SSHAgentClient()
        transport.connect(client)
        let waiting = (0..<SSHAgentClient.mostWaiting).map { _ in client.keys() }
        #expect(throws: SSHAgentFailure.tooManyQuestions) { try client.keys().resultNow() }
        transport.loseFromPeer()
        test.settle()
        for listed in waiting { #expect(throws: SSHAgentFailure.gone) { try listed.resultNow() } }
    }
}
