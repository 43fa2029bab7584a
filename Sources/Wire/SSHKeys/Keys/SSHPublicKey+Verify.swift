import DigestWire

extension SSHPublicKey {
    /// Checks a signature that arrived as octets.
    ///
    /// - Parameters:
    ///   - blob: The signature as ``SSHSignature`` has it.
    ///   - message: What should be signed.
    ///   - algorithm: How it was agreed to be signed; another one in the signature is refused.
    ///   - demand: What a security key has to say.
    /// - Returns: Whether this key's owner signed the message, in that way.
    /// - Complexity: O(*n*) in the message.
    public func verify(
        _ blob: [UInt8], of message: [UInt8], as algorithm: SSHSignatureAlgorithm,
        demanding demand: SSHTokenDemand = .presence
    ) -> Bool {
        guard let signature = try? SSHSignature(blob: blob), signature.algorithm == algorithm else { return false }
        return verify(signature, of: message, demanding: demand)
    }

    /// Checks a signature.
    ///
    /// - Returns: Whether this key's owner signed the message, in a way that is right for the key.
    public func verify(_ signature: SSHSignature, of message: [UInt8], demanding demand: SSHTokenDemand = .presence)
        -> Bool
    {
        guard signature.algorithm.keyType == type, let handle = material.handle else { return false }
        guard let octets = libraryForm(of: signature) else { return false }
        guard type.isSecurityKey else { return handle.verify(octets, of: message, signature.algorithm.hash) }
        let wanted: UInt8 =
            switch demand {
            case .nothing: 0
            case .presence: SSHSignature.presenceFlag
            case .verification: SSHSignature.presenceFlag | SSHSignature.verifiedFlag
            }
        guard signature.flags & wanted == wanted else { return false }
        return handle.verify(octets, of: tokenMessage(signature, message), signature.algorithm.hash)
    }

    /// The signature as libcrypto takes it; nil when it cannot be one.
    private func libraryForm(of signature: SSHSignature) -> [UInt8]? {
        switch material {
        case .ed25519: return signature.octets.count == 64 ? signature.octets : nil
        case .ecdsa(let curve, _, _): return try? ECDSASignature(signature.octets[...], curve).der
        case .rsa(let modulus, _):
            // Some leave out zeros at the front (RFC 8332 section 3 wants them).
            let missing = modulus.count - signature.octets.count
            return missing < 0 || signature.octets.isEmpty
                ? nil : [UInt8](repeating: 0, count: missing) + signature.octets
        }
    }

    /// What a token signs: hashes of the application and the message around what it says itself.
    private func tokenMessage(_ signature: SSHSignature, _ message: [UInt8]) -> [UInt8] {
        var writer = SSHWriter(reserving: 69)
        writer.raw(HashFunction.sha256.hash(application))
        writer.octet(signature.flags)
        writer.uint32(signature.counter)
        writer.raw(HashFunction.sha256.hash(message))
        return writer.octets
    }
}
