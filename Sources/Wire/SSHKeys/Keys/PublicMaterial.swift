/// What a public key consists of, as its octets say.
///
/// ```text
///   ssh-ed25519              string key (32)
///   ecdsa-sha2-*             string curve │ string point
///   ssh-rsa                  mpint e │ mpint n
///   sk-ssh-ed25519@…         string key (32) │ string application
///   sk-ecdsa-sha2-nistp256@… string curve │ string point │ string application
/// ```
///
/// - Source: RFC 8709 section 4, RFC 5656 section 3.1, RFC 4253 section 6.6, OpenSSH's PROTOCOL.u2f.
enum PublicMaterial: Sendable {
    case ed25519(key: [UInt8], application: [UInt8])
    case ecdsa(curve: SSHCurve, point: [UInt8], application: [UInt8])
    case rsa(modulus: [UInt8], exponent: [UInt8])

    /// Octets of an Ed25519 key, public or private.
    static let ed25519Length = 32
    /// Octets of the name of what a security key's key is for, usually `ssh:`.
    static let longestApplication = 256
    /// Octets of RSA's public exponent; libcrypto takes no longer one with a long modulus.
    static let longestExponent = 8

    /// Reads the parts behind the type.
    init(_ type: SSHKeyType, _ reader: inout SSHReader) throws(SSHKeyFailure) {
        do throws(SSHDataFailure) {
            switch type {
            case .ed25519, .securityKeyEd25519:
                let key = Array(try reader.string(limit: Self.ed25519Length))
                if key.count < Self.ed25519Length { throw .truncated }
                self = .ed25519(key: key, application: try Self.application(type, &reader))
            case .ecdsaP256, .ecdsaP384, .ecdsaP521, .securityKeyP256:
                guard let curve = type.curve, try reader.text(limit: 16) == curve.rawValue else { throw .notText }
                let point = Array(try reader.string(limit: curve.pointLength))
                if point.count < curve.pointLength || point.first != 4 { throw .truncated }
                self = .ecdsa(curve: curve, point: point, application: try Self.application(type, &reader))
            case .rsa:
                let exponent = Array(try reader.magnitude(limit: Self.longestExponent + 1))
                if exponent.count > Self.longestExponent { throw .tooLong }
                self = .rsa(modulus: Array(try reader.magnitude(limit: 2056)), exponent: exponent)
            }
        } catch {
            throw SSHKeyFailure(error, in: "the \(type.title) key")
        }
        try checkSize()
    }

    private static func application(
        _ type: SSHKeyType, _ reader: inout SSHReader
    ) throws(SSHDataFailure) -> [UInt8] {
        type.isSecurityKey ? Array(try reader.string(limit: longestApplication)) : []
    }

    private func checkSize() throws(SSHKeyFailure) {
        guard case .rsa(let modulus, let exponent) = self else { return }
        guard SSHPublicKey.rsaBits.contains(bits) else {
            throw SSHKeyFailure(.badSize, "an RSA key of \(bits) bits; it has to have 2048 to 8192")
        }
        let isOdd = (modulus.last ?? 0) & 1 == 1 && (exponent.last ?? 0) & 1 == 1
        guard isOdd, exponent != [1] else { throw SSHKeyFailure(.malformed, "the RSA key has impossible numbers") }
    }

    /// Bits of the key, which people quote.
    var bits: Int {
        switch self {
        case .ed25519: 256
        case .ecdsa(let curve, _, _): curve.bits
        case .rsa(let modulus, _): modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
        }
    }

    /// Names what a security key's key is for; empty for other keys.
    var application: [UInt8] {
        switch self {
        case .ed25519(_, let application), .ecdsa(_, _, let application): application
        case .rsa: []
        }
    }

    /// Makes libcrypto's key of it; nil for a point that is not on its curve.
    var handle: KeyHandle? {
        switch self {
        case .ed25519(let key, _): KeyHandle(ed25519Public: key)
        case .ecdsa(let curve, let point, _): KeyHandle(curve, point: point, secret: [])
        case .rsa(let modulus, let exponent): KeyHandle(rsaModulus: modulus, exponent: exponent)
        }
    }
}
