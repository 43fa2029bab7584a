import Basics
package import CredentialCore
package import ReactorCore
import WorldModel

/// The game's own accounts, as a checker of a portal; a player who has an authenticator is asked for its code, too.
///
/// - Isolation: belongs to the reactor's thread.
package final class GameAccounts: CredentialChecker {
    /// The row for `--auth accounts`.
    package static let row = CheckerType("accounts", help: "the game's own accounts, which players make") { _, _ in
        GameAccounts()
    }

    /// What it is called in descriptions.
    static let title = "accounts"
    package let type = GameAccounts.title
    package let kinds: Set<Credential.Kind> = [.password]
    /// Set when the game takes it up.
    weak var game: Game?

    package init() {}

    package func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        guard let game else { return .succeeded(.unavailable("there is no game")) }
        guard case .password(let name, let password, let code) = credential else {
            return .succeeded(.refused("no password"))
        }
        return compare(name, password, code, origin, game)
    }

    private func compare(
        _ name: String, _ password: String, _ code: String?, _ origin: LoginOrigin, _ game: Game
    ) -> Deferred<CheckerVerdict> {
        let stored = game.account(of: name)?[.passwordHash]
        return game.desk.compare(password, with: stored).flatMap { [self] isRight, renewed in
            let current = game.account(of: name)
            // Somebody set a new one, or its hash was renewed, while this one was being checked.
            guard current?[.passwordHash] == stored else { return compare(name, password, code, origin, game) }
            guard let account = current, let stored else { return .succeeded(.unknown("no such account")) }
            if stored.isEmpty { return .succeeded(.unknown("an account without a password here")) }
            guard isRight else { return .succeeded(.refused("wrong password")) }
            let known = game.world.player(named: name)?.name ?? account.name
            let identity = Identity(name: known, checker: type, renewedHash: renewed)
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
