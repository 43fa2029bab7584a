import Glibc
import ReactorCore
import Testing
import Transports

@testable import DaemonCore

@Suite struct ListeningPortsTests {
    private final class RefusingFactory: ProtocolFactory {
        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { nil }
    }

    @Test(arguments: ["tcp:0:interface=127.0.0.1", "tcp:0"])
    func whoListensIsKnown(text: String) throws {
        let reactor = try Reactor()
        let listener = try reactor.listen(try EndpointDescription(text), factory: RefusingFactory())
        defer { listener.stopListening() }
        let port = UInt16(clamping: listener.address.port ?? 0)
        let same = EndpointDescription(.tcp(interface: .loopback, port: port))
        #expect(ListeningPorts.areHeld(by: getpid(), for: same))
        // Nobody listens there.
        let free = EndpointDescription(.tcp6(interface: .loopback, port: port))
        #expect(!ListeningPorts.areHeld(by: getpid(), for: free))
    }
}
