package import GatewayCore
package import Transports

/// The telnet door: lets every connection into the game.
///
/// It may listen before there is a game; nobody is accepted then, or turned away.
package final class TelnetFactory: ProtocolFactory {
    package var game: Game?

    package init(game: Game? = nil) {
        self.game = game
    }

    package func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        game.map { TelnetDoor(game: $0) }
    }
}
