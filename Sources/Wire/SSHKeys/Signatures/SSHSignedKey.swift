/// A public key with a signature that its private half made, to prove who somebody is.
///
/// - Isolation: none; a value type, to be verified on a worker thread.
/// - Source: RFC 4252 section 7.
public struct SSHSignedKey: Hashable, Sendable {
    /// The key; whether the user has enrolled it is for others to say.
    public let key: SSHPublicKey
    /// How it was signed.
    public let algorithm: SSHSignatureAlgorithm
    /// What was signed; it must hold something that the verifier chose for this connection, or it could be shown again.
    public let message: [UInt8]
    /// The signature, an ``SSHSignature/blob``.
    public let signature: [UInt8]

    /// Puts the parts together; nothing is checked yet.
    public init(key: SSHPublicKey, algorithm: SSHSignatureAlgorithm, message: [UInt8], signature: [UInt8]) {
        self.key = key
        self.algorithm = algorithm
        self.message = message
        self.signature = signature
    }

    /// Whether the signature is that of the key over the message; takes up to a millisecond.
    public var isValid: Bool { key.verify(signature, of: message, as: algorithm) }
}
