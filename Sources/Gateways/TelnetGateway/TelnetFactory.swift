package import GatewayCore
package import ReactorCore
package import Transports

/// The telnet door: listens, and lets every connection into the game.
package final class TelnetFactory: ProtocolFactory {
    private let game: Game

    package init(game: Game) {
        self.game = game
    }

    package func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        TelnetDoor(game: game)
    }

    /// Opens the door at an address.
    ///
    /// - Throws: ``ListenFailure`` naming the endpoint and why it cannot be had.
    package static func listen(
        on endpoint: EndpointDescription, game: Game, reactor: Reactor
    ) throws(ListenFailure) -> Listener {
        try reactor.listen(endpoint, factory: TelnetFactory(game: game))
    }
}
