import COpenSSL

/// The parts of a private key as OpenSSH's files and agents write them.
///
/// ```text
///   ssh-ed25519    string key (32) │ string seed, key (64)
///   ecdsa-sha2-*   string curve │ string point │ mpint secret
///   ssh-rsa        mpint n │ mpint e │ mpint d │ mpint q's inverse by p │ mpint p │ mpint q
/// ```
///
/// The type stands before them.
///
/// - Source: OpenSSH's PROTOCOL.key, draft-miller-ssh-agent section 3.2.
struct PrivateFields {
    private enum Parts {
        case ed25519(key: [UInt8], seed: [UInt8])
        case ecdsa(curve: SSHCurve, point: [UInt8], secret: [UInt8])
        case rsa(n: [UInt8], e: [UInt8], d: [UInt8], inverse: [UInt8], p: [UInt8], q: [UInt8])
    }

    private let type: SSHKeyType
    private let parts: Parts

    /// Reads the type and the parts, up to the remark that follows.
    init(_ reader: inout SSHReader) throws(SSHKeyFailure) {
        let name: String
        do throws(SSHDataFailure) {
            name = try reader.text(limit: 64)
        } catch {
            throw SSHKeyFailure(error, in: "the private key")
        }
        guard let type = SSHKeyType(name) else {
            throw SSHKeyFailure(.unsupported, "keys of the type \(SSHKeyFailure.shown(name)) are not known here")
        }
        if type.isSecurityKey {
            throw SSHKeyFailure(.unsupported, "the file only names a key that a security key holds")
        }
        do throws(SSHDataFailure) {
            parts = try Self.parts(type, &reader)
        } catch {
            throw SSHKeyFailure(error, in: "the private \(type.title) key")
        }
        self.type = type
    }

    private static func parts(_ type: SSHKeyType, _ reader: inout SSHReader) throws(SSHDataFailure) -> Parts {
        switch type {
        case .ed25519:
            let key = Array(try reader.string(limit: 32))
            let both = Array(try reader.string(limit: 64))
            guard key.count == 32, both.count == 64, both.suffix(32) == key[...] else { throw .truncated }
            return .ed25519(key: key, seed: Array(both.prefix(32)))
        case .ecdsaP256, .ecdsaP384, .ecdsaP521:
            guard let curve = type.curve, try reader.text(limit: 16) == curve.rawValue else { throw .notText }
            let point = Array(try reader.string(limit: curve.pointLength))
            let secret = Array(try reader.magnitude(limit: curve.coordinateLength + 1))
            if secret.isEmpty { throw .truncated }
            return .ecdsa(curve: curve, point: point, secret: secret)
        case .rsa:
            let numbers = [
                Array(try reader.magnitude(limit: 2056)), Array(try reader.magnitude(limit: 9)),
                Array(try reader.magnitude(limit: 2056)), Array(try reader.magnitude(limit: 2056)),
                Array(try reader.magnitude(limit: 2056)), Array(try reader.magnitude(limit: 2056)),
            ]
            return .rsa(n: numbers[0], e: numbers[1], d: numbers[2], inverse: numbers[3], p: numbers[4], q: numbers[5])
        case .securityKeyEd25519, .securityKeyP256:
            // The token has the private half.
            throw .notText
        }
    }

    /// Takes apart what libcrypto has; nil for a kind of key that is not SSH's.
    init?(of handle: KeyHandle) {
        switch EVP_PKEY_get_base_id(handle.key) {
        case EVP_PKEY_ED25519:
            var (key, seed) = ([UInt8](repeating: 0, count: 32), [UInt8](repeating: 0, count: 32))
            var (keyLength, seedLength) = (key.count, seed.count)
            guard EVP_PKEY_get_raw_public_key(handle.key, &key, &keyLength) == 1,
                EVP_PKEY_get_raw_private_key(handle.key, &seed, &seedLength) == 1
            else { return nil }
            (type, parts) = (.ed25519, .ed25519(key: key, seed: seed))
        case EVP_PKEY_EC:
            var name = [UInt8](repeating: 0, count: 64)
            var length = 0
            let isNamed = name.withUnsafeMutableBytes { bytes in
                EVP_PKEY_get_group_name(
                    handle.key, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, &length)
            }
            let group = String(decoding: name.prefix(min(length, name.count)), as: UTF8.self)
            guard isNamed == 1, let type = SSHKeyType.allCases.first(where: { $0.curve?.libraryName == group }),
                let curve = type.curve, let secret = handle.number(OSSL_PKEY_PARAM_PRIV_KEY),
                let x = handle.number(OSSL_PKEY_PARAM_EC_PUB_X), let y = handle.number(OSSL_PKEY_PARAM_EC_PUB_Y),
                x.count <= curve.coordinateLength, y.count <= curve.coordinateLength
            else { return nil }
            let coordinates = [x, y].map { [UInt8](repeating: 0, count: curve.coordinateLength - $0.count) + $0 }
            (self.type, parts) = (type, .ecdsa(curve: curve, point: [4] + coordinates.joined(), secret: secret))
        case EVP_PKEY_RSA:
            guard let n = handle.number(OSSL_PKEY_PARAM_RSA_N), let e = handle.number(OSSL_PKEY_PARAM_RSA_E),
                let d = handle.number(OSSL_PKEY_PARAM_RSA_D), let p = handle.number(OSSL_PKEY_PARAM_RSA_FACTOR + "1"),
                let q = handle.number(OSSL_PKEY_PARAM_RSA_FACTOR + "2"),
                let inverse = handle.number(OSSL_PKEY_PARAM_RSA_COEFFICIENT + "1")
            else { return nil }
            (type, parts) = (.rsa, .rsa(n: n, e: e, d: d, inverse: inverse, p: p, q: q))
        default: return nil
        }
    }

    /// The type and the parts, as they are written.
    var octets: [UInt8] {
        var writer = SSHWriter(reserving: 4096)
        writer.string(type.name)
        switch parts {
        case .ed25519(let key, let seed):
            writer.string(key)
            writer.string(seed + key)
        case .ecdsa(let curve, let point, let secret):
            writer.string(curve.rawValue)
            writer.string(point)
            writer.magnitude(secret)
        case .rsa(let n, let e, let d, let inverse, let p, let q):
            for number in [n, e, d, inverse, p, q] { writer.magnitude(number) }
        }
        return writer.octets
    }

    /// The public key's octets.
    var publicBlob: [UInt8] {
        var writer = SSHWriter(reserving: 1100)
        writer.string(type.name)
        switch parts {
        case .ed25519(let key, _): writer.string(key)
        case .ecdsa(let curve, let point, _):
            writer.string(curve.rawValue)
            writer.string(point)
        case .rsa(let n, let e, _, _, _, _):
            writer.magnitude(e)
            writer.magnitude(n)
        }
        return writer.octets
    }

    /// Makes libcrypto's key; nil when the parts make none.
    var handle: KeyHandle? {
        switch parts {
        case .ed25519(_, let seed): KeyHandle(ed25519Seed: seed)
        case .ecdsa(let curve, let point, let secret): KeyHandle(curve, point: point, secret: secret)
        case .rsa(let n, let e, let d, let inverse, let p, let q): KeyHandle(rsaNumbers: [n, e, d, p, q, inverse])
        }
    }
}
