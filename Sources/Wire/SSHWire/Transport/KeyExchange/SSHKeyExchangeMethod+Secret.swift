import SSHKeys

extension SSHKeyExchangeMethod {
    /// The curve of methods that need nothing else.
    var curve: SSHAgreementCurve? {
        switch self {
        case .curve25519, .curve25519Libssh: .x25519
        case .nistp256: .p256
        case .nistp384: .p384
        case .nistp521: .p521
        case .mlkem768x25519: nil
        }
    }

    /// A server's answer to a client's value, and the secret of both.
    func respond(to value: ArraySlice<UInt8>) throws(SSHFailure) -> (value: [UInt8], secret: [UInt8]) {
        guard let curve else { return try SSHHybridKey.respond(to: value) }
        let key = try SSHEphemeralKey(curve)
        return (key.publicValue, try key.agree(with: value))
    }

    /// The secret as it is hashed: a number, or for a hybrid the octets (draft-ietf-sshm-mlkem-hybrid-kex section 2.4).
    func encode(secret: [UInt8]) -> [UInt8] {
        var writer = SSHWriter(reserving: secret.count + 5)
        if curve == nil { writer.string(secret) } else { writer.magnitude(secret) }
        return writer.octets
    }
}
