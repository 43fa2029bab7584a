import ReactorCore
import ShellPeers
import TelnetWire
import TransportTLS
import Transports

// snippet: telnet-client
/// The client's end: answers what a server asks at prompts, says a few lines once it is told something, and prints the rest.
private final class Caller: TelnetHandler {
    let ended = Deferred<Void>()
    private var answers: [String]
    private var lines: [String]
    private var connection: TelnetConnection?

    init(answers: [String], lines: [String]) {
        self.answers = answers
        self.lines = lines
    }

    func connected(_ connection: TelnetConnection) { self.connection = connection }

    func received(_ action: TelnetAction) {
        switch action {
        case .prompt(let octets):
            let isHidden = connection?.isEnabled(.echo, .remote) == true
            say(String(decoding: octets, as: UTF8.self) + (isHidden ? "(hidden)" : ""))
            if !answers.isEmpty { connection?.send(answers.removeFirst() + "\r\n") }
        case .line(let octets): say(String(decoding: octets, as: UTF8.self))
        case .message(.gmcp, let payload):
            say("GMCP \(String(decoding: payload, as: UTF8.self))")
            for line in lines { connection?.send(line + "\r\n") }
            lines = []
        default: break
        }
    }

    func inputEnded() { connection?.close() }

    func connectionLost(_ reason: DisconnectReason) {
        connection = nil
        if case .done = reason { ended.succeed() } else { ended.fail(reason) }
    }
}
// snippet ends

/// `call tcp:localhost:7000 ada sesame hello quit`: a telnet client that talks to `parlour`.
func call(_ reactor: Reactor, _ words: [String]) async throws {
    let registry = EndpointRegistry.complete(on: reactor)
    let caller = Caller(answers: Array(words[1...2]), lines: Array(words.dropFirst(3)))
    // A connection that TLS refuses is made and lost first; why, the failure of connecting tells.
    caller.ended.whenDone { _ in }
    // snippet: telnet-connect
    var settings = TelnetSettings(role: .client, compressors: CompressorPool(limit: 1))
    settings.policy.terminalTypes = ["CALL", "DUMB"]
    let connection = try await registry.client(words[0]).connectTelnet(settings, handler: caller, on: reactor).value
    // snippet ends
    try await caller.ended.value
    say("disconnected from \(connection.peer?.description ?? "nobody")")
}
