package import GatewayCore
package import Logging
package import ReactorCore
package import ServiceCore
package import Transports

/// What a program with a game in it has for bridges.
package struct IRCBridgeHost {
    /// The game and the hub of its bridges, once it is open.
    package let game: () -> (game: Game, hub: IRCBridgeHub)?

    package init(game: @escaping () -> (game: Game, hub: IRCBridgeHub)?) { self.game = game }
}

/// Keeps a bridge while it runs; a network that is away keeps nothing else from starting.
package final class IRCBridgeService: Service {
    /// Why a bridge cannot start.
    package enum Failure: Error, CustomStringConvertible {
        case noGame

        package var description: String { "the game is not open" }
    }

    /// The bridge, while it runs.
    package private(set) var bridge: IRCBridge?
    private let settings: IRCBridgeSettings
    private let endpoint: any ClientEndpoint
    private let host: IRCBridgeHost
    private let log: Logger

    package init(_ settings: IRCBridgeSettings, endpoint: any ClientEndpoint, host: IRCBridgeHost, log: Logger) {
        self.settings = settings
        self.endpoint = endpoint
        self.host = host
        self.log = log
    }

    package func start(_ post: ServicePost) throws -> Deferred<Void>? {
        guard let (game, hub) = host.game() else { throw Failure.noGame }
        let bridge = IRCBridge(settings, endpoint: endpoint, game: game, hub: hub, log: log)
        self.bridge = bridge
        bridge.start()
        return nil
    }

    package func stop(_ post: ServicePost) throws -> Deferred<Void>? {
        defer { bridge = nil }
        return bridge?.stop()
    }
}
