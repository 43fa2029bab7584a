/// A signature as it travels: the algorithm's name, the octets, and what a security key adds.
///
/// ```text
///   string  algorithm
///   string  signature         Ed25519: 64 octets; RSA: as long as the modulus; ECDSA: mpint r, mpint s
///   byte    flags             security keys only: 1 somebody was there, 4 it was the owner
///   uint32  counter           security keys only: signatures made so far
/// ```
///
/// - Limits: ``SSHSignature/longest`` octets.
/// - Source: RFC 4253 section 6.6, RFC 5656 section 3.1.2, RFC 8332 section 3, OpenSSH's PROTOCOL.u2f.
public struct SSHSignature: Hashable, Sendable {
    /// Octets of the longest signature that is read: one of RSA with 8192 bits, with names and lengths.
    public static let longest = 1024 + 64

    /// Said by a security key when somebody touched it.
    public static let presenceFlag: UInt8 = 0x01
    /// Said by a security key when it was told its PIN or shown a finger.
    public static let verifiedFlag: UInt8 = 0x04

    /// How it was made.
    public let algorithm: SSHSignatureAlgorithm
    /// What the algorithm gave.
    public let octets: [UInt8]
    /// What a security key says of the person; zero for other keys.
    public let flags: UInt8
    /// How often the security key has signed; zero for other keys, and for tokens that do not count.
    public let counter: UInt32

    /// Puts a signature together.
    public init(algorithm: SSHSignatureAlgorithm, octets: [UInt8], flags: UInt8 = 0, counter: UInt32 = 0) {
        self.algorithm = algorithm
        self.octets = octets
        self.flags = flags
        self.counter = counter
    }

    /// Reads what arrived.
    ///
    /// - Throws: ``SSHKeyFailure`` with `malformed`, or `unsupported` for an algorithm that is not known or not safe.
    public init(blob: [UInt8]) throws(SSHKeyFailure) {
        let name: String
        do throws(SSHDataFailure) {
            if blob.count > Self.longest { throw .tooLong }
            var reader = SSHReader(blob)
            name = try reader.text(limit: 64)
            if let algorithm = SSHSignatureAlgorithm(name) {
                let octets = Array(try reader.string())
                let isByToken = algorithm.keyType.isSecurityKey
                let flags = isByToken ? try reader.octet() : 0
                let counter = isByToken ? try reader.uint32() : 0
                try reader.finish()
                self.init(algorithm: algorithm, octets: octets, flags: flags, counter: counter)
                return
            }
        } catch {
            throw SSHKeyFailure(error, in: "the signature")
        }
        throw SSHKeyFailure(.unsupported, "signatures of the algorithm \(SSHKeyFailure.shown(name)) are not known here")
    }

    /// The form that travels.
    public var blob: [UInt8] {
        var writer = SSHWriter(reserving: octets.count + 48)
        writer.string(algorithm.name)
        writer.string(octets)
        if algorithm.keyType.isSecurityKey {
            writer.octet(flags)
            writer.uint32(counter)
        }
        return writer.octets
    }
}
