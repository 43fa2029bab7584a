import COpenSSL

/// How the private part of an OpenSSH file is encrypted.
///
/// - Source: OpenSSH's PROTOCOL.key; RFC 4344 section 4, RFC 4253 section 6.3, RFC 5647.
enum FileCipher: String {
    case none
    case aes128CTR = "aes128-ctr"
    case aes192CTR = "aes192-ctr"
    case aes256CTR = "aes256-ctr"
    case aes128CBC = "aes128-cbc"
    case aes192CBC = "aes192-cbc"
    case aes256CBC = "aes256-cbc"
    case aes128GCM = "aes128-gcm@openssh.com"
    case aes256GCM = "aes256-gcm@openssh.com"

    var keyLength: Int {
        switch self {
        case .none: 0
        case .aes128CTR, .aes128CBC, .aes128GCM: 16
        case .aes192CTR, .aes192CBC: 24
        case .aes256CTR, .aes256CBC, .aes256GCM: 32
        }
    }

    /// Octets of the starting value, which is derived together with the key.
    var startLength: Int {
        switch self {
        case .none: 0
        case .aes128GCM, .aes256GCM: 12
        default: 16
        }
    }

    /// Octets to whose multiple the private part is filled up.
    var blockLength: Int { self == .none ? 8 : 16 }

    /// Octets behind the private part that prove it was not changed.
    var tagLength: Int { self == .aes128GCM || self == .aes256GCM ? 16 : 0 }

    private var function: OpaquePointer? {
        switch self {
        case .none: nil
        case .aes128CTR: EVP_aes_128_ctr()
        case .aes192CTR: EVP_aes_192_ctr()
        case .aes256CTR: EVP_aes_256_ctr()
        case .aes128CBC: EVP_aes_128_cbc()
        case .aes192CBC: EVP_aes_192_cbc()
        case .aes256CBC: EVP_aes_256_cbc()
        case .aes128GCM: EVP_aes_128_gcm()
        case .aes256GCM: EVP_aes_256_gcm()
        }
    }

    /// Encrypts or decrypts (`EVP_CipherUpdate`).
    ///
    /// - Parameters:
    ///   - octets: Whole blocks.
    ///   - material: The key and the starting value, one behind the other.
    ///   - tag: What proves the octets, to decrypt with GCM; files are not written with it.
    ///   - encrypts: Whether to encrypt.
    /// - Returns: As many octets; nil when the tag is wrong, or libcrypto refuses.
    func run(_ octets: [UInt8], _ material: [UInt8], tag: [UInt8] = [], encrypts: Bool) -> [UInt8]? {
        if self == .none { return octets }
        defer { ERR_clear_error() }
        guard material.count == keyLength + startLength, tag.count == tagLength, let context = EVP_CIPHER_CTX_new()
        else {
            return nil
        }
        defer { EVP_CIPHER_CTX_free(context) }
        let (key, start) = (Array(material.prefix(keyLength)), Array(material.suffix(startLength)))
        guard EVP_CipherInit_ex(context, function, nil, key, start, encrypts ? 1 : 0) == 1 else { return nil }
        EVP_CIPHER_CTX_set_padding(context, 0)
        var proof = tag
        if !tag.isEmpty, EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(proof.count), &proof) != 1 {
            return nil
        }
        var (result, length, more) = ([UInt8](repeating: 0, count: octets.count + 16), Int32(0), Int32(0))
        guard EVP_CipherUpdate(context, &result, &length, octets, Int32(clamping: octets.count)) == 1 else {
            return nil
        }
        var last = [UInt8](repeating: 0, count: 32)
        guard EVP_CipherFinal_ex(context, &last, &more) == 1, more == 0 else { return nil }
        return Array(result.prefix(Int(length)))
    }
}
