import Basics

/// A file that holds a private key, read but not yet opened.
///
/// OpenSSH's own format tells the public key without the passphrase; PEM (PKCS #8, PKCS #1, SEC 1), which libcrypto
/// reads, does not.
///
/// ```text
///   -----BEGIN OPENSSH PRIVATE KEY-----          "openssh-key-v1" 0 │ string cipher │ string derivation
///   base64 in lines of 70                        string (string salt │ uint32 rounds) │ uint32 1
///   -----END OPENSSH PRIVATE KEY-----            string public key │ string private part │ tag
/// ```
///
/// - Isolation: none; a value type.
/// - Limits: ``SSHPrivateKeyFile/longest`` octets, ``SSHPrivateKeyFile/mostRounds`` rounds.
/// - Source: OpenSSH's PROTOCOL.key; RFC 7468, RFC 5958.
public struct SSHPrivateKeyFile: Sendable, CustomReflectable {
    /// Octets of the longest file that is read.
    public static let longest = 65_536
    /// Rounds of the derivation that are run at most: some seven seconds.
    public static let mostRounds: UInt32 = 1024
    /// Rounds for files that are written, as OpenSSH has it: about a tenth of a second.
    public static let usualRounds: UInt32 = 16

    enum Form: Sendable {
        case openSSH(OpenSSHEnvelope)
        case pem([UInt8])
    }

    private let form: Form

    /// The public key; nil when only the opened file tells it.
    public let publicKey: SSHPublicKey?

    /// Whether it takes a passphrase to open the file.
    public let isEncrypted: Bool

    /// Shows nothing of the secret.
    public var customMirror: Mirror { Mirror(self, children: ["isEncrypted": isEncrypted]) }

    /// Reads a file's octets.
    ///
    /// - Throws: ``SSHKeyFailure`` with `malformed`, `unsupported` for a cipher or kind of key, or `badSize`.
    public init(_ text: [UInt8]) throws(SSHKeyFailure) {
        guard text.count <= Self.longest else {
            throw SSHKeyFailure(.malformed, "the file is too long for a private key")
        }
        if let octets = try OpenSSHEnvelope.unwrapped(text) {
            let envelope = try OpenSSHEnvelope(octets)
            form = .openSSH(envelope)
            publicKey = envelope.publicKey
            isEncrypted = envelope.cipher != .none
        } else {
            let lines = text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0.trimmed, as: UTF8.self) }
            guard lines.contains(where: { $0.hasPrefix("-----BEGIN ") && $0.hasSuffix("PRIVATE KEY-----") }) else {
                throw SSHKeyFailure(.malformed, "the file holds no private key")
            }
            form = .pem(text)
            publicKey = nil
            isEncrypted = lines.contains {
                $0 == "-----BEGIN ENCRYPTED PRIVATE KEY-----" || $0 == "Proc-Type: 4,ENCRYPTED"
            }
        }
    }

    /// Opens the file.
    ///
    /// An encrypted file takes from a tenth of a second on: leave that to another thread.
    ///
    /// - Parameter passphrase: The passphrase's octets; nil or none for a file that needs none.
    /// - Returns: The key, and what the file calls it.
    /// - Throws: ``SSHKeyFailure`` with `passphraseNeeded`, `wrongPassphrase`, `mismatch`, `unsupported` or `malformed`.
    public func open(passphrase: [UInt8]? = nil) throws(SSHKeyFailure) -> (key: SSHPrivateKey, remark: String) {
        let passphrase = passphrase ?? []
        if isEncrypted, passphrase.isEmpty {
            throw SSHKeyFailure(.passphraseNeeded, "the private key is encrypted with a passphrase")
        }
        switch form {
        case .openSSH(let envelope): return try envelope.open(passphrase)
        case .pem(let text): return (try SSHPrivateKey(pem: text, passphrase: passphrase), "")
        }
    }

    /// Writes a key in OpenSSH's format.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - remark: What the file calls it.
    ///   - passphrase: Encrypts the file with AES-256; nil or none leaves it readable for everybody who has it.
    ///   - rounds: How dear each guess is, 1 to ``mostRounds``.
    ///   - generator: Gives the salt and the check words.
    /// - Returns: The file's octets.
    public static func text(
        of key: SSHPrivateKey, remark: String = "", passphrase: [UInt8]? = nil, rounds: UInt32 = usualRounds,
        using generator: inout some RandomNumberGenerator
    ) -> [UInt8] {
        OpenSSHEnvelope.text(
            of: key, remark, passphrase ?? [], rounds: min(max(rounds, 1), mostRounds), using: &generator)
    }

    /// Writes a key in OpenSSH's format, with salt and check words of the system's randomness.
    ///
    /// - Returns: The file's octets.
    public static func text(
        of key: SSHPrivateKey, remark: String = "", passphrase: [UInt8]? = nil, rounds: UInt32 = usualRounds
    ) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return text(of: key, remark: remark, passphrase: passphrase, rounds: rounds, using: &generator)
    }
}
