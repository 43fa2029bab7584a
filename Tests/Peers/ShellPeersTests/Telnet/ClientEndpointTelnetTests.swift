import ReactorCore
import ReactorTesting
import ShellPeers
import TelnetWire
import Testing
import Transports

@Suite struct ClientEndpointTelnetTests {
    /// Gives every connection the same handler, which notes what comes.
    private final class Door: ProtocolFactory {
        let handler = NotingHandler()
        private let reactor: Reactor

        init(on reactor: Reactor) { self.reactor = reactor }

        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
            TelnetConnection(TelnetSettings(role: .server), handler: handler, on: reactor)
        }
    }

    @Test func aClientIsConnectedAndTalks() throws {
        let test = try TestReactor()
        let network = MemoryNetwork(test)
        let door = Door(on: test.reactor)
        let port = try network.server("mud.example:4000").listen(with: door, on: test.reactor)
        let reader = NotingHandler()
        let connecting = network.client("mud.example:4000").connectTelnet(handler: reader, on: test.reactor)
        test.settle()
        let connection = try connecting.resultNow()
        #expect(connection === reader.connection)
        connection.send("look\r\n")
        let server = try #require(door.handler.connection)
        server.send("A hall.\r\n")
        server.send(Array("> ".utf8) + server.promptMark)
        test.settle()
        #expect(door.handler.lines == ["look"])
        #expect(reader.lines == ["A hall."])
        #expect(reader.actions.contains(.prompt(Array("> ".utf8))))
        // The settings were those of a client without being asked for.
        #expect(connection.isEnabled(.gmcp, .remote) && server.isEnabled(.windowSize, .remote))
        connection.close()
        test.settle()
        server.close()
        test.settle()
        guard case .done = reader.reason else {
            Issue.record("\(String(describing: reader.reason))")
            return
        }
        port.stopListening()
    }

    @Test func whoIsNotThereFailsTheDeferredAndTellsTheHandlerNothing() throws {
        let test = try TestReactor()
        let network = MemoryNetwork(test)
        let reader = NotingHandler()
        let connecting = network.client("mud.example:4000").connectTelnet(handler: reader, on: test.reactor)
        test.settle()
        #expect(throws: ConnectFailure.self) { try connecting.resultNow() }
        #expect(reader.connection == nil && reader.reason == nil)
    }
}
