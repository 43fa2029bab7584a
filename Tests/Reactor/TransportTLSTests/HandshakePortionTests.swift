import ReactorCore
import ReactorTesting
import Testing
import TransportTLS
import Transports

/// Many peers that begin handshakes at once keep nobody waiting for long.
@Suite struct HandshakePortionTests {
    /// A server whose every handshake costs three milliseconds.
    private final class Costly: TLSServerContextSource {
        let initialContext: TLSServerContext
        let time: ManualTime
        var askedCount = 0

        init(_ context: TLSServerContext, _ time: ManualTime) {
            initialContext = context
            self.time = time
        }

        func context(forServerName name: String?) -> TLSServerContext? {
            askedCount += 1
            time.advance(by: .milliseconds(3))
            return initialContext
        }
    }

    /// Clients and servers of one reactor; the first octets of the clients wait to be delivered.
    private struct Crowd {
        let test: TestReactor
        let source: Costly
        var clientWires: [MemoryTransport] = []
        var serverWires: [MemoryTransport] = []
        var servers: [Recorder] = []
        var hellos: [[UInt8]] = []

        init(_ count: Int) throws {
            test = try TestReactor()
            source = try Costly(TLSPair.serverContext(), test.time)
            let context = try TLSPair.clientContext()
            for _ in 0..<count {
                let (clientWire, serverWire) = (
                    MemoryTransport(reactor: test.reactor), MemoryTransport(reactor: test.reactor)
                )
                let server = Recorder()
                serverWire.connect(try TLSTransport(.server(source), protocol: server, reactor: test.reactor))
                let client = Recorder()
                client.onMade = { $0.transport?.write("hello") }
                clientWire.connect(
                    try TLSTransport(
                        .client(context, serverName: "mud.example"), protocol: client, reactor: test.reactor))
                clientWires.append(clientWire)
                serverWires.append(serverWire)
                servers.append(server)
            }
            test.settle()
            hellos = clientWires.map { $0.takeWritten() }
        }

        func pump() {
            for _ in 0..<20 {
                test.settle()
                for (client, server) in zip(clientWires, serverWires) {
                    client.deliver(server.takeWritten())
                    server.deliver(client.takeWritten())
                }
            }
        }

        func end() {
            for wire in clientWires + serverWires { wire.abortConnection() }
            test.settle()
            #expect(test.leftovers.isEmpty)
        }
    }

    @Test func handshakesTakeTurnsWithEverybodyElse() throws {
        let crowd = try Crowd(9)
        defer { crowd.end() }
        let reactor = crowd.test.reactor
        var asked: [Int] = []
        func look() {
            asked.append(crowd.source.askedCount)
            if asked.count < 6 { reactor.callLater(.zero, look) }
        }
        reactor.callLater(.zero) {
            for (wire, hello) in zip(crowd.serverWires, crowd.hellos) { wire.deliver(hello) }
            #expect(crowd.source.askedCount == 2)
            // An end behind what waits must not overtake it.
            #expect(crowd.serverWires.filter(\.isReadingPaused).count == 7)
        }
        reactor.callLater(.zero, look)
        for _ in 0..<6 { reactor.runOnePass(waitingAtMost: .zero) }
        #expect(asked == [2, 4, 6, 8, 9, 9])
        crowd.pump()
        #expect(crowd.servers.allSatisfy { $0.text == "hello" })
    }

    @Test func whoLeavesOrSendsMoreWhileItWaitsIsNoTrouble() throws {
        let crowd = try Crowd(6)
        defer { crowd.end() }
        let reactor = crowd.test.reactor
        reactor.callLater(.zero) {
            for (wire, hello) in zip(crowd.serverWires, crowd.hellos) {
                wire.deliver(Array(hello[..<100]))
                wire.deliver(Array(hello[100...]))
            }
        }
        reactor.runOnePass(waitingAtMost: .zero)
        let waiting = crowd.serverWires.filter(\.isReadingPaused)
        #expect(waiting.count == 4)
        waiting.last?.loseFromPeer()
        waiting.first?.deliver([UInt8](repeating: 0, count: 1000))
        crowd.pump()
        #expect(crowd.servers.filter { $0.text == "hello" }.count == 4)
        #expect(crowd.servers.filter { $0.lossCount == 1 }.count == 2)
    }
}
