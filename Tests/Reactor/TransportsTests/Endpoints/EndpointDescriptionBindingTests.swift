import Glibc
import ReactorCore
import Testing

@testable import Transports

@Suite struct EndpointTrialTests {
    private final class RefusingFactory: ProtocolFactory {
        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { nil }
    }

    @Test func aPortThatSomebodyListensOnIsRefused() throws {
        let reactor = try Reactor()
        let listener = try reactor.listen(
            EndpointDescription(.tcp(interface: .loopback, port: 0)), factory: RefusingFactory())
        let port = UInt16(clamping: listener.address.port ?? 0)
        let endpoint = EndpointDescription(.tcp(interface: .loopback, port: port))
        let failure = #expect(throws: ListenFailure.self) { try endpoint.tryOut() }
        #expect(failure?.cause.code == EADDRINUSE && failure?.endpoint == endpoint)
        listener.stopListening()
        try endpoint.tryOut()
        // Nothing is left bound.
        try endpoint.tryOut()
    }

    @Test func aUnixSocketLeavesNoFile() throws {
        let path = "/tmp/mudd-trial-\(getpid())"
        try EndpointDescription(.unix(path: path, mode: nil)).tryOut()
        #expect(access(path, F_OK) != 0)
        for (path, code) in [("/nonexistent/socket", ENOENT), ("/tmp", EADDRINUSE)] {
            let failure = #expect(throws: ListenFailure.self) {
                try EndpointDescription(.unix(path: path, mode: nil)).tryOut()
            }
            #expect(failure?.cause.code == code)
        }
    }
}
