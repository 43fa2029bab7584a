package import WorldModel

/// What an administrator can ask of a running server.
package enum AdminCommand: Equatable, Sendable {
    case status
    case who
    case accounts
    /// What monitoring is told, as Prometheus reads it.
    case metrics
    /// Whether the game can be played.
    case health
    case createAccount(name: String, password: String, role: Role)
    case setPassword(name: String, password: String)
    /// Takes away the authenticator of an account, whose player has lost it.
    case removeAuthenticator(name: String)
    /// Tells by which keys the player of an account comes in by SSH.
    case keys(name: String)
    /// Adds one, as its file has it in a line.
    case addKey(name: String, line: String)
    /// Takes the one of that name or number away.
    case removeKey(name: String, key: String)
    /// Takes all from an account by which somebody comes in without its password.
    case revoke(name: String)
    case setRole(name: String, role: Role)
    case kick(name: String, reason: String)
    case broadcast(String)
    /// Tells from where nobody is let in.
    case bans
    /// Lets nobody in any more from an address or a network, for some whole seconds or until it is taken back.
    case ban(network: String, seconds: Int?, reason: String)
    case unban(network: String)
    /// Copies the database to a file of the server's machine; the path is absolute.
    case backup(path: String, replace: Bool)
    case check
    case reloadWorld
    /// Reads the configuration again, and what else may change while people play.
    case reload
    /// Tells how much is logged, after a change to `levels` if there are any.
    case log(levels: String?)
    /// Stops the server after some whole seconds.
    case shutdown(seconds: Int, reason: String)
    case cancelShutdown
}

extension AdminCommand {
    /// Whether it does more than look.
    package var changesSomething: Bool {
        switch self {
        case .status, .who, .accounts, .keys, .bans, .metrics, .health, .check, .log(levels: nil): false
        case .createAccount, .setPassword, .removeAuthenticator, .addKey, .removeKey, .revoke, .setRole, .kick,
            .broadcast,
            .ban, .unban, .backup, .reloadWorld, .reload, .log, .shutdown, .cancelShutdown:
            true
        }
    }
}
