import AuditCore
import GatewayCore
import ReactorCore
import SSHWire
import ShellPeers
import WorldModel

extension SSHVisit {
    /// Connects to where an administrator wants to, if the configuration lets them.
    func forward(to target: SSHForwarding) -> Deferred<any SSHChannelHandler> {
        guard let dial = services.dial else {
            return .failed(SSHChannelRefusal(.prohibited, "This server makes no connections for its clients."))
        }
        guard let entry, let persona = game.character(of: entry), game.role(of: persona) >= .admin else {
            return .failed(SSHChannelRefusal(.prohibited, "Connections are made for administrators only."))
        }
        guard let endpoint = dial(target.host, target.port) else {
            return .failed(SSHChannelRefusal(.connectFailed, "That is no address."))
        }
        let (actor, origin) = (persona.name, "\(origin)")
        return SSHForwardedConnection.connect(to: endpoint, on: game.reactor).mapResult { [game] result in
            let outcome: AuditEvent.Outcome = (try? result.get()) == nil ? .refused : .done
            game.audit(
                AuditEvent(.forward, outcome, actor: actor, origin: origin, subject: "\(target.host):\(target.port)"))
            return try result.get()
        }
    }
}
