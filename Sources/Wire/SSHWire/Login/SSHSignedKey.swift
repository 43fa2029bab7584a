public import SSHKeys

/// A public key with the signature that a client made to be let in.
///
/// - Isolation: none; a value type, to be verified on a worker thread.
/// - Source: RFC 4252 section 7.
public struct SSHSignedKey: Hashable, Sendable {
    /// The key; whether the user has enrolled it is for the owner of the login to say.
    public let key: SSHPublicKey
    /// How it was signed.
    public let algorithm: SSHSignatureAlgorithm
    /// What was signed: the request, bound to this connection by its session id.
    public let message: [UInt8]
    /// The signature in SSH's form.
    public let signature: [UInt8]

    /// Puts the parts together; nothing is checked yet.
    public init(key: SSHPublicKey, algorithm: SSHSignatureAlgorithm, message: [UInt8], signature: [UInt8]) {
        self.key = key
        self.algorithm = algorithm
        self.message = message
        self.signature = signature
    }

    /// Whether the signature is that of the key over the message.
    public var isValid: Bool { key.verify(signature, of: message, as: algorithm) }
}
