import ReactorCore
import TransportTLS
import Transports

/// Asks for one page and collects the answer, up to a limit.
private final class Fetch: StreamProtocol {
    static let longestAnswer = 1 << 20
    let answer = Deferred<[UInt8]>()
    private let request: String
    private var received: [UInt8] = []

    init(request: String) {
        self.request = request
    }

    func connectionMade(over transport: any Transport) { transport.write(request) }

    func dataReceived(_ bytes: Span<UInt8>) throws {
        received.append(contentsOf: bytes)
        if received.count > Self.longestAnswer { throw ExitStatus(3) }
    }

    func connectionLost(_ reason: DisconnectReason) {
        if answer.isFired { return }
        if case .done = reason { answer.succeed(received) } else { answer.fail(reason) }
    }
}

/// `fetch tcp:example.org:80 /index.html 5`: a name, a time-out over all of it, and `await`.
func fetch(_ reactor: Reactor, _ words: [String]) async throws {
    let registry = EndpointRegistry.complete(on: reactor)
    let seconds = words.count > 2 ? Int64(words[2]) ?? 10 : 10
    let fetch = Fetch(request: "GET \(words[1]) HTTP/1.0\r\nHost: localhost\r\n\r\n")
    // A connection that TLS refuses is made and lost first; why, the failure of `connect` tells.
    fetch.answer.whenDone { _ in }
    // snippet: endpoint-fetch
    let answer = try registry.client(words[0]).connect(fetch, on: reactor)
        .flatMap { $0.answer }
        .timeout(after: .seconds(seconds), on: reactor)
    say(String(decoding: try await answer.value, as: UTF8.self))
    // snippet ends
}
