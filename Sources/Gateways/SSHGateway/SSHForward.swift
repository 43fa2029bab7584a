import AuditCore
import GatewayCore
import ReactorCore
import SSHWire
import ShellPeers
import WorldModel

extension SSHVisit {
    /// Refusals that are written down for one connection.
    private static let mostRefusedForwards = 20

    /// Connects to where an administrator wants to, if the configuration lets them; what is refused is on record, too.
    func forward(to target: SSHForwarding) -> Deferred<any SSHChannelHandler> {
        let name = "\(target.host):\(target.port)"
        func refuse(_ reason: SSHChannelRefusal.Reason, _ why: String) -> Deferred<any SSHChannelHandler> {
            noteRefusedForward(name, why)
            return .failed(SSHChannelRefusal(reason, why))
        }
        guard let dial = services.dial else {
            return refuse(.prohibited, "This server makes no connections for its clients.")
        }
        guard let entry, let persona = game.character(of: entry), game.role(of: persona) >= .admin else {
            return refuse(.prohibited, "Connections are made for administrators only.")
        }
        guard let endpoint = dial(target.host, target.port) else {
            return refuse(.connectFailed, "That is no address.")
        }
        knock.needs(.admin)
        let (actor, origin) = (persona.name, "\(origin)")
        return SSHForwardedConnection.connect(to: endpoint, on: game.reactor).mapResult { [game] result in
            let outcome: AuditEvent.Outcome = (try? result.get()) == nil ? .refused : .done
            game.audit(AuditEvent(.forward, outcome, actor: actor, origin: origin, subject: name))
            return try result.get()
        }
    }

    /// Refuses it, whoever asks.
    func listeningRequested(host: String, port: UInt16, on connection: SSHConnection) -> Deferred<UInt16> {
        let why = "This server does not listen for its clients."
        noteRefusedForward("\(host):\(port)", why)
        return .failed(SSHChannelRefusal(.prohibited, why))
    }

    private func noteRefusedForward(_ target: String, _ why: String) {
        refusedForwards += 1
        if refusedForwards > Self.mostRefusedForwards { return }
        let actor = entry.map { game.character(of: $0)?.name ?? $0.name } ?? ""
        game.audit(
            AuditEvent(.forward, .refused, actor: actor, origin: "\(origin)", subject: target, detail: why))
    }
}
