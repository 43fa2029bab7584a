import Basics
import IRCWire
import ReactorCore
import ReactorTesting
import Testing
import Transports

@testable import ChatPeers

/// A server in memory with a house that does what the test says, and clients that type.
final class IRCServerStage {
    let test: TestReactor
    let house: StubHouse
    let server: IRCServer

    init(_ change: (inout IRCServerSettings) -> Void = { _ in }) throws {
        test = try TestReactor()
        house = StubHouse()
        var settings = IRCServerSettings(name: "irc.test")
        change(&settings)
        server = IRCServer(settings, house: house, on: test.reactor)
        server.wallClock = { WallInstant(milliseconds: 1_700_000_000_000) }
    }

    /// A client that has just connected.
    func connect(from port: UInt16 = 50_000, host: IPv4Host = .loopback) -> IRCTypist {
        IRCTypist(server, test, from: .ipv4(host, port: port))
    }

    /// A client that is registered, whose greeting has been read.
    func join(_ nick: String, _ capabilities: String = "", host: IPv4Host = .loopback) -> IRCTypist {
        let typist = connect(host: host)
        typist.register(nick, capabilities)
        return typist
    }
}

/// A house without rules: everybody may come in, and a `PRIVMSG` is told to everybody else.
final class StubHouse: IRCHouse {
    var facts = IRCServerFacts(network: "Test", version: "test-1", created: "today")
    var offered: IRCCapabilitySet = [.accountTag]
    var offeredMechanisms: [String] = []
    var makeExchange: (String) -> (any IRCSASLExchange)? = { _ in nil }
    var verdict: (IRCServerConnection) -> Deferred<IRCRegistrationVerdict> = { connection in
        let said = connection.registration
        return .succeeded(
            .accepted(nick: said?.nick ?? "*", user: said?.user ?? "*", host: "host.test"))
    }
    var refusal: (String) -> IRCReply? = { _ in nil }
    var answer: (IRCRequest, IRCServerConnection) -> Void = { _, _ in }
    private(set) var members: [IRCServerConnection] = []
    private(set) var requests: [IRCRequest] = []
    private(set) var losses: [String] = []
    private(set) var accounts: [String?] = []

    func capabilities(for connection: IRCServerConnection) -> IRCCapabilitySet { offered }
    func mechanisms(for connection: IRCServerConnection) -> [String] { offeredMechanisms }
    func makeExchange(_ mechanism: String, for connection: IRCServerConnection) -> (any IRCSASLExchange)? {
        makeExchange(mechanism)
    }
    func nickRequested(_ nick: String, by connection: IRCServerConnection) -> IRCReply? { refusal(nick) }
    func register(_ connection: IRCServerConnection) -> Deferred<IRCRegistrationVerdict> { verdict(connection) }
    func registered(_ connection: IRCServerConnection) { members.append(connection) }
    func accountChanged(of connection: IRCServerConnection) { accounts.append(connection.account) }

    func handle(_ request: IRCRequest, from connection: IRCServerConnection) {
        requests.append(request)
        answer(request, connection)
    }

    func lost(_ connection: IRCServerConnection, ending: IRCEnding) {
        members.removeAll { $0 === connection }
        losses.append(ending.words)
    }
}
