import COpenSSL

/// `chacha20-poly1305@openssh.com`: the length is encrypted by a key of its own, and a code over everything follows.
///
/// ```text
///   4 octets   length, ChaCha20 with the second half of the key, counter 0
///   n octets   the packet, ChaCha20 with the first half of the key, from counter 1
///   16 octets  Poly1305 over all that, its key is what the first half makes of 32 zeros at counter 0
/// ```
///
/// The nonce is the number of the packet, 8 octets, highest first.
///
/// - Source: OpenSSH PROTOCOL.chacha20poly1305.
struct SSHChaChaPoly: ~Copyable {
    private let packets: SSHCipherContext
    private let lengths: SSHCipherContext
    private let mac: SSHMACContext

    /// Octets of the key.
    static let keyOctets = 64
    /// Octets of the code.
    static let tagOctets = 16

    init(key: [UInt8], seals: Bool) throws(SSHFailure) {
        guard key.count == Self.keyOctets else { throw .cryptography }
        let packets = try SSHCipherContext(EVP_chacha20(), key: Array(key[..<32]), seals: seals)
        let lengths = try SSHCipherContext(EVP_chacha20(), key: Array(key[32...]), seals: seals)
        let mac = try SSHMACContext("POLY1305")
        self.packets = packets
        self.lengths = lengths
        self.mac = mac
    }

    /// The length that a packet begins with, which nothing has proven yet.
    func length(_ packet: UnsafePointer<UInt8>, sequence: UInt32) -> UInt32 {
        var length: UInt32 = 0
        let isRead = withUnsafeMutableBytes(of: &length) {
            guard let target = $0.assumingMemoryBound(to: UInt8.self).baseAddress else { return false }
            return lengths.restart((0, UInt64(sequence).bigEndian)) && lengths.update(target, packet, 4)
        }
        return isRead ? UInt32(bigEndian: length) : .max
    }

    /// Encrypts a packet in place and writes the code behind it.
    func seal(_ packet: UnsafeMutablePointer<UInt8>, _ count: Int, sequence: UInt32) -> Bool {
        let nonce = UInt64(sequence).bigEndian
        return startCode(nonce)
            && lengths.restart((0, nonce)) && lengths.update(packet, packet, 4)
            && packets.restart((UInt64(1).littleEndian, nonce)) && packets.update(packet + 4, packet + 4, count - 4)
            && mac.update(packet, count) && mac.finish(packet + count, Self.tagOctets)
    }

    /// Checks the code, and decrypts what follows the length in place.
    func open(_ packet: UnsafeMutablePointer<UInt8>, _ count: Int, sequence: UInt32) -> Bool {
        let nonce = UInt64(sequence).bigEndian
        guard startCode(nonce), mac.update(packet, count), mac.matches(packet + count, Self.tagOctets) else {
            return false
        }
        return packets.restart((UInt64(1).littleEndian, nonce)) && packets.update(packet + 4, packet + 4, count - 4)
    }

    private func startCode(_ nonce: UInt64) -> Bool {
        var key: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        return withUnsafeMutableBytes(of: &key) {
            guard let octets = $0.assumingMemoryBound(to: UInt8.self).baseAddress else { return false }
            defer { OPENSSL_cleanse(octets, 32) }
            return packets.restart((0, nonce)) && packets.update(octets, octets, 32) && mac.start(key: octets)
        }
    }
}
