import Basics
package import CredentialCore
package import ReactorCore
package import SSHKeys
import WorldModel

/// The game's own accounts, as a checker of a portal: their passwords, their keys, and the passwords of their programs.
///
/// A player who has an authenticator is asked for its code behind the password, but not behind a key, which is something they have,
/// nor behind a password that was made for a program, which is as hard to guess and was made by whoever had the code.
/// Of the password alone nothing is kept that SCRAM could use: that mechanism is for passwords of programs.
///
/// - Isolation: belongs to the reactor's thread.
package final class GameAccounts: CredentialChecker, SCRAMSecretKeeper {
    /// The row for `--auth accounts`.
    package static let row = CheckerType("accounts", help: "the game's own accounts, which players make") { _, _ in
        GameAccounts()
    }

    /// What it is called in descriptions.
    static let title = "accounts"
    package let type = GameAccounts.title
    package let kinds: Set<Credential.Kind> = [.password, .publicKey]
    /// Set when the game takes it up.
    weak var game: Game?

    package init() {}

    package func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        guard let game else { return .succeeded(.unavailable("there is no game")) }
        switch credential {
        case .password(let name, let password, let code): return compare(name, password, code, origin, game)
        case .publicKey(let name, let shown): return verify(name, shown, origin, game)
        case .token, .proven, .anonymous: return .succeeded(.refused("neither password nor key"))
        }
    }

    package func mayAccept(_ key: SSHPublicKey, of name: String) -> Deferred<Bool> {
        .succeeded(game.map { $0.isKey(key, of: name) } ?? false)
    }

    private func verify(
        _ name: String, _ shown: SSHSignedKey, _ origin: LoginOrigin, _ game: Game
    ) -> Deferred<CheckerVerdict> {
        // Also for a name nobody has, so that it takes as long.
        game.desk.run { _ in shown.isValid }.map { [self] isRight in
            guard game.isKey(shown.key, of: name), let account = game.account(of: name) else {
                return .unknown("no such key: \(shown.key.fingerprint)")
            }
            guard isRight else { return .refused("wrong signature by \(shown.key.fingerprint)") }
            return .accepted(identity(name, account, game, means: "key \(shown.key.fingerprint)"))
        }
    }

    package func scramSecret(of name: String, from origin: LoginOrigin) -> Deferred<KeptSCRAMSecret?> {
        guard let game, let account = game.account(of: name),
            let own = game.appPasswords(of: account).first(where: { $0.password.opens(origin.door) })
        else { return .succeeded(nil) }
        let known = game.world.player(named: name)?.name ?? account.name
        return .succeeded(KeptSCRAMSecret(own.scram, of: known, checker: type, means: own.means))
    }

    package var scramIterations: UInt32? { SCRAMSecret.standardIterations }

    /// Who came in: as the character of that name, or else as the account.
    private func identity(
        _ name: String, _ account: Thing, _ game: Game, renewedHash: String? = nil, means: String
    ) -> Identity {
        let known = game.world.player(named: name)?.name ?? account.name
        return Identity(name: known, checker: type, renewedHash: renewedHash, means: means)
    }

    private func compare(
        _ name: String, _ password: String, _ code: String?, _ origin: LoginOrigin, _ game: Game
    ) -> Deferred<CheckerVerdict> {
        // One that is right may be found sooner: who has it has nothing to find out.
        if let account = game.account(of: name), let own = game.appPassword(password, of: account, at: origin.door) {
            return .succeeded(.accepted(identity(name, account, game, means: own.means)))
        }
        let stored = game.account(of: name)?[.passwordHash]
        return game.desk.compare(password, with: stored).flatMap { [self] isRight, renewed in
            let current = game.account(of: name)
            // Somebody set a new one, or its hash was renewed, while this one was being checked.
            guard current?[.passwordHash] == stored else { return compare(name, password, code, origin, game) }
            guard let account = current, let stored else { return .succeeded(.unknown("no such account")) }
            if stored.isEmpty { return .succeeded(.unknown("an account without a password here")) }
            guard isRight else { return .succeeded(.refused("wrong password")) }
            let means = code == nil ? "password" : "password and code"
            let identity = identity(name, account, game, renewedHash: renewed, means: means)
            return .succeeded(game.verdict(on: identity, code, of: account, from: origin))
        }
    }
}

extension Game {
    /// The account that a name belongs to: that of a character, else its own.
    func account(of name: String) -> Thing? {
        if let persona = world.player(named: name) { return world.thing(persona, .account) }
        return world.account(named: name)
    }
}
