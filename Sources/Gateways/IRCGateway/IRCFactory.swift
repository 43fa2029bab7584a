import Basics
import ChatPeers
package import GatewayCore
import HTTPWire
package import IRCWire
import Logging
import ReactorCore
package import Transports
import WebPeers

/// What the operator decides about the IRC door.
package struct IRCDoorSettings: Sendable {
    package var house = GameHouseSettings()
    /// Connections of one source at the same time.
    package var connectionsPerSource = 16
    /// What clients in clear are told of the door with TLS; nil for nothing.
    package var strictTransport: IRCStrictTransport?
    /// Whose pages may come in by WebSocket, as `https://chat.example.org`; nil lets in any.
    package var origins: [String]?

    package init() {}
}

/// The IRC door: lets every connection that says who it is, or that a guest may make, into the game.
///
/// It may listen before there is a game; nobody is accepted then. One of these serves all its listeners, in clear, with TLS and by
/// WebSocket.
///
/// - Isolation: belongs to the reactor's thread.
package final class IRCFactory: ProtocolFactory {
    package var settings = IRCDoorSettings()
    /// By WebSocket.
    package let web = IRCWebFactory()
    private var server: IRCServer?
    private(set) var house: GameHouse?

    package init() {}

    /// Lets people into a game.
    package func open(_ game: Game) {
        if house?.game === game { return }
        let house = GameHouse(game: game, settings: settings.house)
        var rules = IRCServerSettings(name: settings.house.name)
        rules.registrationLimit = game.settings.loginLimit
        rules.pace = game.settings.linesPerSecond > 0 ? IRCPace() : nil
        rules.connectionsPerSource = settings.connectionsPerSource
        rules.newConnectionsPerSource = max(settings.connectionsPerSource * 8, rules.newConnectionsPerSource)
        rules.strictTransport = settings.strictTransport
        // Whoever reads too slowly is dropped by the rules of all doors.
        rules.sendQueue = 2 * SessionLimits.output
        let server = IRCServer(rules, house: house, on: game.reactor)
        let traffic = game.traffic(of: IRCDoor.title)
        server.wallClock = game.wallTime
        server.log = { [log = game.log] text in log.info("irc", metadata: ["detail": "\(text)"]) }
        server.counted = { received, sent in
            traffic.received += UInt64(received)
            traffic.sent += UInt64(sent)
        }
        web.inner = server.webSocket(origins: settings.origins.map { .only($0) } ?? .any)
        (self.server, self.house) = (server, house)
    }

    /// Ends all connections: what they do has no world any more when the door is closed.
    package func close() {
        server?.closeAll("The game stops")
        (server, house, web.inner) = (nil, nil, nil)
    }

    package func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { server?.makeProtocol(for: peer) }
}

/// The same for clients in browsers.
package final class IRCWebFactory: ProtocolFactory {
    fileprivate(set) var inner: (any ProtocolFactory)?

    package func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { inner?.makeProtocol(for: peer) }
}
