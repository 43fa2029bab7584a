package import Basics
import WorldLanguage

/// A certificate of TLS by which the player of an account comes in, as the account keeps it.
///
/// Nobody vouches for it: the handshake proves that the client has its key, and the fingerprint stands for both.
///
/// - Isolation: none; a value type.
package struct AccountCertificate: AccountCredential, Hashable, Sendable {
    /// Certificates of one account at most.
    package static let most = 20

    /// The SHA-256 of the certificate in 64 small hexadecimal digits.
    package let fingerprint: String
    package let name: String
    package let added: WallInstant
    package var lastUsed: WallInstant?

    init(_ fingerprint: String, name: String, added: WallInstant) {
        self.fingerprint = fingerprint
        self.name = name
        self.added = added
    }

    var means: String { Self.means + fingerprint }

    /// How ``means`` begins.
    static let means = "certificate "

    /// Reads a fingerprint as programs show it: hexadecimal digits in any case, with or without colons.
    ///
    /// - Returns: As ``fingerprint`` has it; nil when it is none.
    static func fingerprint(_ text: String) -> String? {
        let digits = text.lowercased().filter { $0 != ":" }
        guard text.utf8.count <= 95, digits.utf8.count == 64, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
            return nil
        }
        return digits
    }

    // MARK: Keeping

    private enum Field {
        static let fingerprint = "sha256"
    }

    /// Reads what an account keeps; nil without a fingerprint.
    init?(stored: [String: String]) {
        guard let fingerprint = stored[Field.fingerprint] else { return nil }
        self.init(fingerprint, name: stored[CredentialField.name] ?? "", added: stored.credentialAdded)
        lastUsed = stored.credentialUsed
    }

    var stored: [String: String] {
        storedWithTimes([Field.fingerprint: fingerprint, CredentialField.name: name])
    }
}
