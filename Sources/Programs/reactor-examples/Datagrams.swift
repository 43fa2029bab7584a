import ReactorCore
import Transports

// snippet: transport-datagrams
/// Sends every datagram back to where it came from.
private final class DatagramEcho: DatagramProtocol {
    private var transport: (any DatagramTransport)?

    func started(over transport: any DatagramTransport) { self.transport = transport }

    func datagramReceived(_ bytes: Span<UInt8>, from sender: SocketAddress) throws {
        try transport?.write(bytes, to: sender)
    }
}
// snippet ends

/// `udp 7000`: a server without connections.
func datagrams(_ reactor: Reactor, _ words: [String]) async throws {
    guard let port = UInt16(words[0]) else { throw ExitStatus(2) }
    let listening = try reactor.listenDatagrams(on: .ipv4(.loopback, port: port), protocol: DatagramEcho())
    say("listening on \(listening.host)")
    try await untilCancelled()
}
