import COpenSSL

/// `aes256-ctr` and its sisters with a MAC over what was encrypted: the length stays readable.
///
/// ```text
///   4 octets          length
///   n octets          the packet, encrypted; the key stream goes on from packet to packet
///   32 or 64 octets   HMAC over the packet's number, the length and the encrypted packet
/// ```
///
/// - Source: RFC 4344 section 4, RFC 6668, OpenSSH PROTOCOL section 1.5.
struct SSHCounterMode: ~Copyable {
    private let cipher: SSHCipherContext
    private let mac: SSHMACContext
    /// Octets of the code.
    let tagOctets: Int

    /// Octets of the initialization vector.
    static let vectorOctets = 16

    init(key: [UInt8], vector: [UInt8], mac name: SSHMACName, macKey: [UInt8], seals: Bool) throws(SSHFailure) {
        let kind =
            switch key.count {
            case 16: EVP_aes_128_ctr()
            case 24: EVP_aes_192_ctr()
            default: EVP_aes_256_ctr()
            }
        guard vector.count == Self.vectorOctets else { throw .cryptography }
        let cipher = try SSHCipherContext(kind, key: key, vector: vector, seals: seals)
        let mac = try SSHMACContext("HMAC", digest: name == .sha256 ? "SHA256" : "SHA512", key: macKey)
        self.cipher = cipher
        self.mac = mac
        tagOctets = name.octets
    }

    /// Encrypts a packet in place and writes the code behind it.
    func seal(_ packet: UnsafeMutablePointer<UInt8>, _ count: Int, sequence: UInt32) -> Bool {
        cipher.update(packet + 4, packet + 4, count - 4) && startCode(sequence) && mac.update(packet, count)
            && mac.finish(packet + count, tagOctets)
    }

    /// Checks the code, and decrypts what follows the length in place.
    func open(_ packet: UnsafeMutablePointer<UInt8>, _ count: Int, sequence: UInt32) -> Bool {
        startCode(sequence) && mac.update(packet, count) && mac.matches(packet + count, tagOctets)
            && cipher.update(packet + 4, packet + 4, count - 4)
    }

    private func startCode(_ sequence: UInt32) -> Bool {
        withUnsafeBytes(of: sequence.bigEndian) {
            guard let octets = $0.assumingMemoryBound(to: UInt8.self).baseAddress else { return false }
            return mac.start() && mac.update(octets, 4)
        }
    }
}

extension SSHMACName {
    /// Octets of the code, and of its key.
    var octets: Int { self == .sha256 ? 32 : 64 }
}
