import AdminGateway
import DaemonCore
import GatewayCore
import Logging

/// The folder of the world's texts, as the server uses it.
struct WorldFiles {
    let folder: String

    func mustBeSound() throws(DaemonFailure) {}
    func load(into game: Game) throws(DaemonFailure) {}
    func reload(into game: Game) throws(AdminFailure) -> String { "" }
    func loadHelp(into game: Game, complaining logger: Logger) {}
}
