package import Basics
package import SSHKeys
import WorldModel

/// A key that lets the player of an account in by SSH, as the account keeps it.
///
/// - Isolation: none; a value type.
package struct AccountKey: AccountCredential, Hashable, Sendable {
    /// Keys of one account at most.
    package static let most = 20
    /// Characters of a name at most; what is longer is cut.
    package static let longestName = 40
    /// Octets of a line that a player gives: a key of RSA with 8192 bits, and a remark.
    package static let longestLine = 4096

    /// Type and base64, as ``SSHPublicKey/line`` has them; compared as it stands, so that no login reads what it is not about.
    package let line: String
    /// What its player calls it; no two of an account have the same.
    package let name: String
    package let added: WallInstant
    /// Nil when nobody came in with it yet.
    package var lastUsed: WallInstant?

    init(_ key: SSHPublicKey, name: String, added: WallInstant) {
        line = key.line
        self.name = name
        self.added = added
    }

    /// The key itself; nil when what was kept is damaged.
    package var key: SSHPublicKey? { try? SSHPublicKey(line: line) }

    /// The fingerprint; what is damaged has none.
    package var fingerprint: String { key?.fingerprint ?? "?" }

    /// What an ``Identity`` and the audit trail say of a login with it.
    var means: String { "key \(fingerprint)" }

    // MARK: Keeping

    private enum Field {
        static let line = "key"
    }

    /// Reads what an account keeps; nil without a key.
    init?(stored: [String: String]) {
        guard let line = stored[Field.line] else { return nil }
        self.line = line
        name = stored[CredentialField.name] ?? ""
        added = stored.credentialAdded
        lastUsed = stored.credentialUsed
    }

    /// What an account keeps.
    var stored: [String: String] {
        storedWithTimes([Field.line: line, CredentialField.name: name])
    }
}
