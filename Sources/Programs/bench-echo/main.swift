import Glibc
import ReactorCore
import TransportTLS
import Transports

// An echo server on the reactor: `bench-echo PORT [--reactor NAME] [--tls CERTIFICATE KEY]` prints `LISTENING port`
// and runs until SIGTERM.

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

let usage = "usage: bench-echo PORT [--reactor NAME] [--tls CERTIFICATE KEY]"
var words = CommandLine.arguments.dropFirst()

func leave(_ text: String) -> Never {
    print(text)
    exit(2)
}

guard let port = words.popFirst() else { leave(usage) }
var poller = PollerKind.preferred
var identity: TLSIdentity?
let reactor: Reactor
do {
    while let word = words.popFirst() {
        switch (word, words.count) {
        case ("--reactor", 1...): poller = try PollerKind(named: words.removeFirst())
        case ("--tls", 2...):
            identity = try TLSIdentity(certificateFile: words.removeFirst(), keyFile: words.removeFirst())
        default: leave(usage)
        }
    }
    reactor = try Reactor(poller)
} catch {
    leave("bench-echo: \(error)")
}
var factory: any ProtocolFactory = EchoFactory()
if let identity {
    var options = TLSServerOptions()
    options.versions = .tls13 ... .tls13
    let context = try TLSServerContext(identity: identity, options: options)
    factory = TLSFactory(wrapping: factory, server: context, reactor: reactor)
}
let listener = try reactor.listen(EndpointDescription("tcp:\(port):interface=127.0.0.1"), factory: factory)
reactor.onSignal(SIGTERM) { reactor.stop() }
print("LISTENING \(listener.address.port ?? 0)")
fflush(nil)
reactor.run()
