import Glibc
import ReactorCore
import Transports

// An echo server on the reactor: `bench-echo PORT [--reactor NAME]` prints `LISTENING port` and runs until SIGTERM.

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

let words = CommandLine.arguments
guard words.count == 2 || words.count == 4 && words[2] == "--reactor" else {
    print("usage: bench-echo PORT [--reactor NAME]")
    exit(2)
}
let reactor: Reactor
do {
    reactor = try Reactor(words.count == 4 ? PollerKind(named: words[3]) : .preferred)
} catch {
    print("bench-echo: \(error)")
    exit(2)
}
let endpoint = try EndpointDescription("tcp:\(CommandLine.arguments[1]):interface=127.0.0.1")
let listener = try reactor.listen(endpoint, factory: EchoFactory())
reactor.onSignal(SIGTERM) { reactor.stop() }
print("LISTENING \(listener.address.port ?? 0)")
fflush(nil)
reactor.run()
