import Basics
import ReactorCore
import ReactorTesting
import Transports

@testable import ChatPeers

/// A server that says what the test has it say, and keeps what it hears.
final class ScriptedServer: StreamProtocol, ProtocolFactory {
    private(set) var transport: (any Transport)?
    private(set) var lines: [String] = []
    private(set) var connectionCount = 0
    private var rest: [UInt8] = []
    /// Answers each line with lines.
    var answer: (String) -> [String] = { _ in [] }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { self }

    func connectionMade(over transport: any Transport) {
        self.transport = transport
        connectionCount += 1
        rest = []
    }

    func dataReceived(_ bytes: Span<UInt8>) {
        for index in 0..<bytes.count { rest.append(bytes[index]) }
        while let end = rest.firstIndex(of: 0x0A) {
            let line = String(decoding: rest[..<end].filter { $0 != 0x0D }, as: UTF8.self)
            rest.removeFirst(end + 1)
            lines.append(line)
            for reply in answer(line) { say(reply) }
        }
    }

    func connectionLost(_ reason: DisconnectReason) { transport = nil }

    func say(_ lines: String...) { for line in lines { transport?.write(line + "\r\n") } }

    /// The lines since the last call.
    func takeLines() -> [String] {
        defer { lines = [] }
        return lines
    }

    /// Registers whoever comes, with these capabilities; answers PING.
    func serve(capabilities: String? = "", support: String = "CHANTYPES=# CASEMAPPING=ascii") {
        answer = { line in
            let words = line.split(separator: " ").map(String.init)
            switch words[0] {
            case "CAP" where capabilities == nil: return [":irc.test 421 * CAP :Unknown command"]
            case "CAP" where words[1] == "LS": return [":irc.test CAP * LS :\(capabilities ?? "")"]
            case "CAP" where words[1] == "REQ":
                let names = words[2...].joined(separator: " ")
                return [":irc.test CAP * ACK :" + String(names.drop { $0 == ":" })]
            case "CAP" where words[1] == "END": return Self.welcome(support)
            case "USER" where capabilities == nil: return Self.welcome(support)
            case "PING": return [":irc.test PONG irc.test \(words[1])"]
            default: return []
            }
        }
    }

    static func welcome(_ support: String) -> [String] {
        [
            ":irc.test 001 Heron :Welcome", ":irc.test 005 Heron \(support) :are supported by this server",
            ":irc.test 422 Heron :No message",
        ]
    }
}

/// A client on a network in memory, with a server that follows a script, and all events.
final class ClientStage: IRCClientHandler {
    let test: TestReactor
    let network: MemoryNetwork
    let server = ScriptedServer()
    let client: IRCClient
    private(set) var events: [IRCClientEvent] = []
    /// What the handler does with an event.
    var react: (IRCClientEvent) -> Void = { _ in }

    init(_ change: (inout IRCClientSettings) -> Void = { _ in }) throws {
        test = try TestReactor()
        network = MemoryNetwork(test)
        _ = try network.server("irc.test:6667").listen(with: server, on: test.reactor)
        var settings = IRCClientSettings(nick: "Heron", user: "bird", realName: "A bird")
        settings.pace = .unlimited
        change(&settings)
        var backOff = BackOff()
        backOff.jitter = 0
        client = IRCClient(settings, endpoint: network.client("irc.test:6667"), on: test.reactor, backOff: backOff)
        client.handler = self
    }

    func received(_ event: IRCClientEvent, from client: IRCClient) {
        events.append(event)
        react(event)
    }

    /// Connects and registers.
    func begin(capabilities: String? = "", support: String = "CHANTYPES=# CASEMAPPING=ascii") {
        server.serve(capabilities: capabilities, support: support)
        client.start()
        test.settle()
        _ = server.takeLines()
        _ = takeEvents()
    }

    func say(_ lines: String...) {
        for line in lines { server.say(line) }
        test.settle()
    }

    func takeEvents() -> [IRCClientEvent] {
        defer { events = [] }
        return events
    }
}
