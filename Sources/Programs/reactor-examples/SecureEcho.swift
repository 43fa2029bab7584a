import Glibc
import ReactorCore
import TransportTLS
import Transports

/// `tls tls:7000:cert=chain.pem:key=key.pem`: the echo server over TLS; SIGHUP loads the certificate anew.
func secureEcho(_ reactor: Reactor, _ words: [String]) async throws {
    // snippet: tls-server
    let registry = EndpointRegistry.complete(on: reactor) { contexts in
        reactor.onSignal(SIGHUP) {
            switch contexts.reload() {
            case .replaced(let warnings): say("new certificate" + warnings.map { "; " + $0 }.joined())
            case .kept(let failure): say("the old certificate stays: \(failure)")
            }
        }
    }
    // snippet ends
    let listening = try registry.server(words[0]).listen(with: EchoFactory(), on: reactor)
    say("listening on \(listening.address)")
    try await untilCancelled()
}
