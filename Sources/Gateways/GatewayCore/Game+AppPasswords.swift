import Basics
import CredentialCore
import WorldLanguage
package import WorldModel
import WorldVerbs

/// The passwords that were made for programs of the players of accounts, each for a door.
extension Game {
    /// Those of an account, in the order of their coming.
    package func appPasswords(of account: Thing) -> [AccountPassword] {
        account[.appPasswords].compactMap { AccountPassword(stored: $0) }
    }

    /// The one that somebody has typed at a door; nil when it is none of the account's for that door.
    func appPassword(_ typed: String, of account: Thing, at door: String) -> AccountPassword? {
        if account[.appPasswords].isEmpty { return nil }
        let digest = ApplicationPassword.digest(of: typed)
        return appPasswords(of: account).first { $0.password.digest == digest && $0.password.opens(door) }
    }

    /// Keeps the passwords of an account.
    ///
    /// With the first of all, what stands in for those that others do not have is kept for good as well, or the challenges of SCRAM
    /// would tell after a restart who has one.
    ///
    /// - Returns: Whether they could be kept.
    func store(_ passwords: [AccountPassword], in account: Thing) -> Bool {
        let outcome = makeTurn { turn in
            turn.world.set(.appPasswords, to: passwords.map(\.stored), on: account)
            if let root = turn.world.root, root[.decoyKey].isEmpty {
                turn.world.set(.decoyKey, to: Base64.text(decoyKey), on: root)
            }
        }
        run(outcome)
        return outcome.record != nil
    }

    /// What salts are made up from under names that have no secret of SCRAM: as it was kept, or else random.
    static func decoyKey(of world: World) -> [UInt8] {
        if let kept = world.root.flatMap({ Base64.decode($0[.decoyKey].utf8) }), kept.count == 32 { return kept }
        return (try? Digest.randomOctets(32)) ?? (0..<32).map { _ in UInt8.random(in: 0...255) }
    }
}
