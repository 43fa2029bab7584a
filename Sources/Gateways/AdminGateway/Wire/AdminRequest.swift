import WorldModel

/// One request as it stands on the wire: a JSON object on a line of its own.
///
/// ```text
///   {"v":1,"command":"kick","name":"Ada","reason":"Enough."}
/// ```
///
/// | Command | Fields |
/// | --- | --- |
/// | `status`, `who`, `accounts`, `metrics`, `health`, `check`, `reload-world`, `reload`, `cancel-shutdown` | |
/// | `log` | `text`, the levels to change to (may be absent) |
/// | `create-account` | `name`, `password`, `role` (player when absent) |
/// | `set-password` | `name`, `password` |
/// | `remove-authenticator`, `keys`, `revoke` | `name` |
/// | `add-key` | `name`, `text`, the line of the key |
/// | `remove-key` | `name`, `text`, the key's name or number |
/// | `set-role` | `name`, `role` |
/// | `kick` | `name`, `reason` (may be absent) |
/// | `broadcast` | `text` |
/// | `bans` | |
/// | `ban` | `text`, the address or network, `seconds` (for good when absent), `reason` (may be absent) |
/// | `unban` | `text` |
/// | `backup` | `path` (absolute), `replace` (false when absent) |
/// | `shutdown` | `seconds` (0 when absent), `reason` (may be absent) |
///
/// Fields that are not named here are ignored, so a newer client may talk to an older server.
package struct AdminRequest: Codable, Equatable, Sendable {
    /// The version of the shape; this server speaks 1.
    package var v = 1
    package var command: String
    package var name: String?
    package var password: String?
    package var role: String?
    package var reason: String?
    package var text: String?
    package var path: String?
    package var replace: Bool?
    package var seconds: Int?

    private init(name command: String) {
        self.command = command
    }

    package init(_ command: AdminCommand) {
        self.init(name: "")
        switch command {
        case .status: self.command = "status"
        case .who: self.command = "who"
        case .accounts: self.command = "accounts"
        case .metrics: self.command = "metrics"
        case .health: self.command = "health"
        case .createAccount(let name, let password, let role):
            self.command = "create-account"
            (self.name, self.password, self.role) = (name, password, role.rawValue)
        case .setPassword(let name, let password):
            self.command = "set-password"
            (self.name, self.password) = (name, password)
        case .removeAuthenticator(let name):
            self.command = "remove-authenticator"
            self.name = name
        case .keys(let name):
            self.command = "keys"
            self.name = name
        case .addKey(let name, let line):
            self.command = "add-key"
            (self.name, text) = (name, line)
        case .removeKey(let name, let key):
            self.command = "remove-key"
            (self.name, text) = (name, key)
        case .revoke(let name):
            self.command = "revoke"
            self.name = name
        case .setRole(let name, let role):
            self.command = "set-role"
            (self.name, self.role) = (name, role.rawValue)
        case .kick(let name, let reason):
            self.command = "kick"
            (self.name, self.reason) = (name, reason)
        case .broadcast(let text):
            self.command = "broadcast"
            self.text = text
        case .bans: self.command = "bans"
        case .ban(let network, let seconds, let reason):
            self.command = "ban"
            (text, self.seconds, self.reason) = (network, seconds, reason)
        case .unban(let network):
            self.command = "unban"
            text = network
        case .backup(let path, let replace):
            self.command = "backup"
            (self.path, self.replace) = (path, replace)
        case .check: self.command = "check"
        case .reloadWorld: self.command = "reload-world"
        case .reload: self.command = "reload"
        case .log(let levels):
            self.command = "log"
            text = levels
        case .shutdown(let seconds, let reason):
            self.command = "shutdown"
            (self.seconds, self.reason) = (seconds, reason)
        case .cancelShutdown: self.command = "cancel-shutdown"
        }
    }

    /// The command the request stands for.
    ///
    /// - Throws: ``AdminFailure`` with code `usage`: another version, an unknown command, a missing field.
    package func meaning() throws(AdminFailure) -> AdminCommand {
        guard v == 1 else { throw AdminFailure(.usage, "This server speaks version 1 of the protocol, not \(v).") }
        switch command {
        case "status": return .status
        case "who": return .who
        case "accounts": return .accounts
        case "metrics": return .metrics
        case "health": return .health
        case "create-account":
            return .createAccount(
                name: try need(name, "name"), password: try need(password, "password"),
                role: try readRole(role ?? Role.player.rawValue))
        case "set-password":
            return .setPassword(name: try need(name, "name"), password: try need(password, "password"))
        case "remove-authenticator": return .removeAuthenticator(name: try need(name, "name"))
        case "keys": return .keys(name: try need(name, "name"))
        case "add-key": return .addKey(name: try need(name, "name"), line: try need(text, "text"))
        case "remove-key": return .removeKey(name: try need(name, "name"), key: try need(text, "text"))
        case "revoke": return .revoke(name: try need(name, "name"))
        case "set-role": return .setRole(name: try need(name, "name"), role: try readRole(try need(role, "role")))
        case "kick": return .kick(name: try need(name, "name"), reason: reason ?? "")
        case "broadcast": return .broadcast(try need(text, "text"))
        case "bans": return .bans
        case "ban": return .ban(network: try need(text, "text"), seconds: seconds, reason: reason ?? "")
        case "unban": return .unban(network: try need(text, "text"))
        case "backup": return .backup(path: try readPath(), replace: replace ?? false)
        case "check": return .check
        case "reload-world": return .reloadWorld
        case "reload": return .reload
        case "log": return .log(levels: text)
        case "shutdown": return .shutdown(seconds: try readDelay(), reason: reason ?? "")
        case "cancel-shutdown": return .cancelShutdown
        default: throw AdminFailure(.usage, "There is no command “\(command)”.")
        }
    }

    /// The longest delay of a shutdown, in seconds: a week.
    package static let longestDelay = 7 * 86_400

    private func need(_ field: String?, _ name: String) throws(AdminFailure) -> String {
        guard let field, !field.isEmpty else {
            throw AdminFailure(.usage, "The command \(command) needs the field “\(name)”.")
        }
        return field
    }

    private func readRole(_ text: String) throws(AdminFailure) -> Role {
        guard let role = Role(rawValue: text), role != .guest else {
            let names = Role.allCases.filter { $0 != .guest }.map(\.rawValue).joined(separator: ", ")
            throw AdminFailure(.usage, "“\(text)” is no role; an account's role is one of \(names).")
        }
        return role
    }

    private func readPath() throws(AdminFailure) -> String {
        let path = try need(path, "path")
        guard path.hasPrefix("/"), !path.utf8.contains(0) else {
            throw AdminFailure(.usage, "The path of a backup must be absolute, not “\(path)”.")
        }
        return path
    }

    private func readDelay() throws(AdminFailure) -> Int {
        let delay = seconds ?? 0
        guard (0...Self.longestDelay).contains(delay) else {
            throw AdminFailure(.usage, "A shutdown may be at most a week away.")
        }
        return delay
    }
}
