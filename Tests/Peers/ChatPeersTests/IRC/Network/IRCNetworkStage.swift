import Basics
import CredentialCore
import IRCWire
import ReactorCore
import ReactorTesting
import Testing
import Transports

@testable import ChatPeers

/// A network in memory, and clients that type.
final class IRCNetworkStage {
    let test: TestReactor
    let network: IRCNetwork
    let server: IRCServer

    init(_ change: (inout IRCNetworkSettings) -> Void = { _ in }) throws {
        test = try TestReactor()
        // What the clock on the wall shows; moves by a second with each message.
        var clock = WallInstant(milliseconds: 1_700_000_000_000)
        var settings = IRCNetworkSettings()
        change(&settings)
        network = IRCNetwork(
            settings, on: test.reactor, desk: CredentialDesk(cost: .trivial), startedAt: clock, iterations: 4096)
        var serverSettings = IRCServerSettings(name: "irc.test")
        serverSettings.pace = nil
        server = IRCServer(serverSettings, house: network, on: test.reactor)
        server.wallClock = {
            clock.milliseconds += 1000
            return clock
        }
    }

    /// Somebody who has just connected.
    func connect(from address: SocketAddress = .ipv4(.loopback, port: 50_000)) -> IRCTypist {
        IRCTypist(server, test, from: address)
    }

    /// Somebody who is registered, whose greeting has been read.
    func enter(_ nick: String, _ capabilities: String = "") -> IRCTypist {
        let guest = connect()
        guest.register(nick, realName: "\(nick)'s name", capabilities)
        return guest
    }

    /// Several who are in a channel, the first one its operator.
    func meet(_ channel: String, _ nicks: String..., capabilities: String = "") -> [IRCTypist] {
        let guests = nicks.map { enter($0, capabilities) }
        for guest in guests { guest.type("JOIN \(channel)") }
        for guest in guests { _ = guest.read() }
        return guests
    }
}
