import Glibc
import ReactorCore
import Transports

// An echo server on the reactor: `bench-echo PORT` prints `LISTENING port` and runs until SIGTERM.

/// Sends back what it receives.
final class Echo: StreamProtocol {
    private var transport: (any Transport)?

    func connectionMade(over transport: any Transport) {
        self.transport = transport
    }

    func dataReceived(_ bytes: Span<UInt8>) {
        transport?.write(bytes)
    }

    func connectionLost(_ reason: DisconnectReason) {
        transport = nil
    }
}

final class EchoFactory: ProtocolFactory {
    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { Echo() }
}

guard CommandLine.arguments.count == 2 else {
    print("usage: bench-echo PORT")
    exit(2)
}
let reactor = try Reactor()
let endpoint = try EndpointDescription("tcp:\(CommandLine.arguments[1]):interface=127.0.0.1")
let listener = try reactor.listen(endpoint, factory: EchoFactory())
reactor.onSignal(SIGTERM) { reactor.stop() }
print("LISTENING \(listener.address.port ?? 0)")
fflush(nil)
reactor.run()
