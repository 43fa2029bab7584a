package import Basics
import CredentialCore
import WorldLanguage

/// A password that was made for a program of an account's player, as the account keeps it; it opens one door.
///
/// It is kept as SHA-256, for mechanisms that send it, and as a secret of SCRAM, for those that do not: from neither does it
/// follow, and it is too random to be guessed.
///
/// - Isolation: none; a value type.
package struct AccountPassword: AccountCredential, Hashable, Sendable {
    /// The doors for which there can be one: those that programs come in by.
    package static let doors = ["irc"]

    let password: ApplicationPassword
    let scram: SCRAMSecret
    package let added: WallInstant
    package var lastUsed: WallInstant?

    init(_ password: ApplicationPassword, _ scram: SCRAMSecret, added: WallInstant) {
        self.password = password
        self.scram = scram
        self.added = added
    }

    /// The door.
    package var name: String { password.label }

    /// Not the same for two that follow each other.
    var means: String { "\(Self.means)\(name) \(password.digest.prefix(8))" }

    /// How ``means`` begins.
    static let means = "application password "

    // MARK: Making

    /// Makes one; slow on purpose, so do it on a worker.
    ///
    /// - Returns: The password to show, once, and what to keep of it.
    /// - Throws: When there are no random numbers.
    static func make(for door: String, at time: WallInstant) throws -> (text: String, kept: AccountPassword) {
        let (text, password) = try ApplicationPassword.make(label: door, doors: [door])
        return (text, AccountPassword(password, try SCRAMSecret(password: text), added: time))
    }

    // MARK: Keeping

    private enum Field {
        static let (password, scram) = ("password", "scram")
    }

    /// Reads what an account keeps; nil when it is damaged.
    init?(stored: [String: String]) {
        guard let password = stored[Field.password].flatMap({ ApplicationPassword(stored: $0[...]) }),
            let scram = stored[Field.scram].flatMap({ SCRAMSecret(stored: $0) })
        else { return nil }
        self.init(password, scram, added: stored.credentialAdded)
        lastUsed = stored.credentialUsed
    }

    var stored: [String: String] {
        storedWithTimes([Field.password: password.stored, Field.scram: scram.stored])
    }
}
