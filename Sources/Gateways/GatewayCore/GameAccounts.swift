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

    package let type = "accounts"
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
        let stored = game.world.player(named: name).flatMap { game.world.thing($0, .account) }?[.passwordHash]
        return game.desk.compare(password, with: stored).flatMap { [self] isRight, renewed in
            guard let persona = game.world.player(named: name) else { return .succeeded(.unknown("no such account")) }
            let current = game.world.thing(persona, .account)
            // Somebody set a new one, or its hash was renewed, while this one was being checked.
            guard current?[.passwordHash] == stored else { return compare(name, password, code, origin, game) }
            guard let account = current, let stored else { return .succeeded(.unknown("no such account")) }
            if stored.isEmpty { return .succeeded(.unknown("an account without a password here")) }
            guard isRight else { return .succeeded(.refused("wrong password")) }
            let identity = Identity(name: persona.name, checker: type, renewedHash: renewed)
            return .succeeded(game.verdict(on: identity, code, of: account, from: origin))
        }
    }
}
