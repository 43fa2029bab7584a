import HTTPWire
import ReactorCore
import ReactorTesting
import Transports
import WebPeers

/// Notes what it is given, as a stream.
class NotingProtocol: StreamProtocol {
    private(set) var transport: (any Transport)?
    private(set) var pieces: [String] = []
    private(set) var reason: DisconnectReason?
    /// Pieces after which reading is paused.
    var pausesAfter = Int.max
    /// Written as soon as there is a connection.
    var greeting = ""

    func connectionMade(over transport: any Transport) {
        self.transport = transport
        if !greeting.isEmpty { transport.write(greeting) }
    }

    func dataReceived(_ bytes: Span<UInt8>) throws {
        var octets: [UInt8] = []
        for index in 0..<bytes.count { octets.append(bytes[index]) }
        pieces.append(String(decoding: octets, as: UTF8.self))
        if pieces.count % pausesAfter == 0 { transport?.pauseProducing() }
    }

    func connectionLost(_ reason: DisconnectReason) { self.reason = reason }

    var end: String { reason.map { "\($0)" } ?? "not ended" }
}

/// Notes messages.
final class MessageProtocol: NotingProtocol, WebSocketProtocol {
    private(set) var socket: WebSocketTransport?
    private(set) var messages: [WebSocketMessage] = []

    func webSocketOpened(_ subprotocol: WebSocketSubprotocol?, over transport: WebSocketTransport) {
        socket = transport
    }

    func messageReceived(_ message: WebSocketMessage) { messages.append(message) }
}

/// Our client and our server, joined in memory.
final class WebSocketStage {
    static let text = WebSocketSubprotocol("text.ircv3.net", .text)
    static let binary = WebSocketSubprotocol("binary.ircv3.net", .binary)

    let test: TestReactor
    let client: NotingProtocol
    let server: NotingProtocol
    let clientSocket: WebSocketTransport
    let serverSocket: WebSocketTransport
    let pair: LoopbackPair

    init(
        form: WebSocketSettings.Form = .lines, rules: WebSocketRules = WebSocketRules(subprotocols: [text, binary]),
        request: WebSocketRequest = WebSocketRequest(host: "a.example", subprotocols: [text]),
        client: NotingProtocol = NotingProtocol(), server: NotingProtocol = NotingProtocol(), limit: Int = 1000,
        pingInterval: Duration? = nil
    ) throws {
        test = try TestReactor()
        (self.client, self.server) = (client, server)
        let limits = WebSocketLimits(messageOctets: limit)
        var asking = WebSocketSettings(.client(request), form: form, limits: limits)
        var number: UInt32 = 0
        asking.randomNumber = {
            number = number &* 1_664_525 &+ 1_013_904_223
            return number
        }
        var answering = WebSocketSettings(.server(rules), form: form, limits: limits)
        answering.pingInterval = pingInterval
        clientSocket = WebSocketTransport(below: client, asking, on: test.reactor)
        serverSocket = WebSocketTransport(below: server, answering, on: test.reactor)
        pair = LoopbackPair(client: clientSocket, server: serverSocket, test: test)
    }
}
