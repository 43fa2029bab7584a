import COpenSSL

/// A private key, which signs.
///
/// It is kept as libcrypto's key and as the octets of OpenSSH's files; those are wiped with the last copy of the value.
/// No description shows more than the public key.
///
/// - Isolation: none; safe on any thread.
/// - Source: RFC 8032 (Ed25519), FIPS 186-4 (ECDSA), RFC 8017 (RSA).
public struct SSHPrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// Bits of an RSA key that is made here unless something else is asked for.
    public static let usualRSABits = 3072

    /// The key that others know it by.
    public let publicKey: SSHPublicKey

    private let handle: KeyHandle
    private let secret: SecretOctets

    /// The kind of key.
    public var type: SSHKeyType { publicKey.type }

    /// The type and the fingerprint of the public key.
    public var description: String { publicKey.description }

    /// Shows nothing of the secret.
    public var customMirror: Mirror { Mirror(self, children: ["publicKey": publicKey]) }

    /// Makes a new key.
    ///
    /// Ed25519 and ECDSA take less than a millisecond, RSA up to seconds: leave that to another thread.
    ///
    /// - Parameters:
    ///   - type: The kind; not a security key's.
    ///   - rsaBits: Bits of an RSA key; other kinds have theirs.
    /// - Returns: The key.
    /// - Throws: ``SSHKeyFailure`` with `unsupported` for a security key, `badSize` for RSA, or `library`.
    public static func generate(_ type: SSHKeyType, rsaBits: Int = usualRSABits) throws(SSHKeyFailure) -> SSHPrivateKey
    {
        let made: OpaquePointer?
        switch type {
        case .ed25519: made = copenssl_new_ed25519_key()
        case .ecdsaP256, .ecdsaP384, .ecdsaP521: made = copenssl_new_curve_key(type.curve?.libraryName)
        case .rsa:
            guard SSHPublicKey.rsaBits.contains(rsaBits) else {
                throw SSHKeyFailure(.badSize, "an RSA key has 2048 to 8192 bits, not \(rsaBits)")
            }
            made = copenssl_new_rsa_key(rsaBits)
        case .securityKeyEd25519, .securityKeyP256:
            throw SSHKeyFailure(.unsupported, "keys of security keys are made by the token")
        }
        guard let handle = KeyHandle(taking: made) else {
            throw SSHKeyFailure(.library, "libcrypto made no \(type.title) key")
        }
        return try SSHPrivateKey(taking: handle)
    }

    /// Makes the Ed25519 key of 32 random octets, which are all there is to it (RFC 8032 section 5.1.5).
    ///
    /// - Throws: ``SSHKeyFailure`` with `badSize`, or `library`.
    public init(ed25519Seed seed: [UInt8]) throws(SSHKeyFailure) {
        guard seed.count == PublicMaterial.ed25519Length else {
            throw SSHKeyFailure(.badSize, "the seed of an Ed25519 key has 32 octets, not \(seed.count)")
        }
        guard let handle = KeyHandle(ed25519Seed: seed) else {
            throw SSHKeyFailure(.library, "libcrypto made no ED25519 key")
        }
        try self.init(taking: handle)
    }

    /// Takes over a key that libcrypto made or read.
    init(taking handle: KeyHandle) throws(SSHKeyFailure) {
        guard let fields = PrivateFields(of: handle) else {
            throw SSHKeyFailure(.unsupported, "the private key is of a kind that SSH does not know")
        }
        try self.init(fields)
    }

    /// Puts together what a file or an agent's message told, and makes sure that it belongs together.
    init(_ fields: PrivateFields) throws(SSHKeyFailure) {
        publicKey = try SSHPublicKey(blob: fields.publicBlob)
        guard let handle = fields.handle else {
            throw SSHKeyFailure(.mismatch, "the numbers of the \(publicKey.type.title) key make no key")
        }
        self.handle = handle
        secret = SecretOctets(fields.octets)
        let probe: [UInt8] = Array("a key signs what its other half knows".utf8)
        guard let algorithm = type.signatureAlgorithms.first,
            publicKey.verify(try sign(probe, as: algorithm), of: probe, as: algorithm)
        else { throw SSHKeyFailure(.mismatch, "the halves of the \(type.title) key do not belong together") }
    }

    /// Signs a message.
    ///
    /// - Parameters:
    ///   - message: Any octets.
    ///   - algorithm: One of the type's ``SSHKeyType/signatureAlgorithms``.
    /// - Returns: The signature as it travels, an ``SSHSignature/blob``.
    /// - Throws: ``SSHKeyFailure`` with `wrongAlgorithm`, or `library`.
    /// - Complexity: O(*n*) in the message; Ed25519 some ten, RSA up to thousands of microseconds.
    public func sign(_ message: [UInt8], as algorithm: SSHSignatureAlgorithm) throws(SSHKeyFailure) -> [UInt8] {
        guard algorithm.keyType == type else {
            throw SSHKeyFailure(.wrongAlgorithm, "an \(type.title) key does not sign with \(algorithm.name)")
        }
        guard let made = handle.sign(message, algorithm.hash) else {
            throw SSHKeyFailure(.library, "libcrypto did not sign with the \(type.title) key")
        }
        guard type.curve != nil else { return SSHSignature(algorithm: algorithm, octets: made).blob }
        guard let numbers = ECDSASignature(der: made) else {
            throw SSHKeyFailure(.library, "libcrypto made a signature that is none")
        }
        return SSHSignature(algorithm: algorithm, octets: numbers.wire).blob
    }

    /// The type and all numbers, as OpenSSH's files and agents have them.
    var privateOctets: [UInt8] { secret.octets }
}
