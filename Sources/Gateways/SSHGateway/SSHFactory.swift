package import GatewayCore
import SSHWire
import ShellPeers
package import Transports

/// The SSH door: lets every connection that logs in into the game.
///
/// It may listen before there is a game or a key; nobody is accepted then, or turned away.
package final class SSHFactory: ProtocolFactory {
    package var game: Game? { didSet { open() } }
    /// By which clients know the server; a change counts for new connections.
    package var keys: HostKeys?
    package var services = SSHServices()
    private let crowd = SSHCrowd()

    package init() {}

    /// Monitoring sees an open door before the first connection: what is absent raises no alarm.
    private func open() {
        _ = game?.traffic(of: SSHVisit.title)
    }

    /// Ends all connections: what they do has no world any more when the door is closed.
    package func close() {
        crowd.disperse()
        game = nil
    }

    package func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        guard let game, let keys else { return nil }
        // Before any key is exchanged, which is what costs most.
        guard game.penalty(of: peer.host) == nil, let knock = game.knock(from: peer.host) else {
            game.traffic(of: SSHVisit.title).refused += 1
            return nil
        }
        var settings = SSHConnectionSettings.server(hostKeys: keys.current)
        if let methods = services.keyExchanges { settings.transport.algorithms.keyExchanges = methods }
        settings.furtherHostKeys = keys.upcoming
        settings.banner = services.banner.map { $0 + "\n" }
        settings.loginGrace = game.settings.loginLimit
        settings.keepAlive = game.settings.keepAlive
        let visit = SSHVisit(game: game, services: services, crowd: crowd, knock: knock)
        return SSHConnection(settings, handler: visit, on: game.reactor)
    }
}
