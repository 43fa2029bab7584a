import Basics

/// A public key: what a server shows as its own, and what a person may be known by.
///
/// ```text
///   string type │ parts of the key              the octets, on the wire
///   ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI…      the line, in files
/// ```
///
/// Two keys are the same when their octets are; a remark behind a line is no part of the key.
///
/// - Isolation: none; a value type.
/// - Limits: ``SSHPublicKey/longest`` octets; RSA as ``SSHPublicKey/rsaBits`` says.
/// - Source: RFC 4253 section 6.6, RFC 8709, RFC 5656, OpenSSH's PROTOCOL.u2f.
public struct SSHPublicKey: Hashable, Sendable, CustomStringConvertible {
    /// Octets of the longest key that is read: one of RSA with 8192 bits, with room for names.
    public static let longest = 2048

    /// Bits an RSA key may have; shorter ones can be broken, longer ones keep a server busy.
    public static let rsaBits = 2048...8192

    /// The kind of key.
    public let type: SSHKeyType

    /// The octets, as they travel.
    public let blob: [UInt8]

    let material: PublicMaterial

    /// Reads the octets of a key.
    ///
    /// Whether a point is on its curve shows at the first signature, which then does not verify.
    ///
    /// - Parameter blob: All of the key, and nothing else.
    /// - Throws: ``SSHKeyFailure`` with `malformed`, `unsupported` (kind) or `badSize` (RSA).
    public init(blob: [UInt8]) throws(SSHKeyFailure) {
        var reader: SSHReader
        let name: String
        do throws(SSHDataFailure) {
            if blob.count > Self.longest { throw .tooLong }
            reader = SSHReader(blob)
            name = try reader.text(limit: 64)
        } catch {
            throw SSHKeyFailure(error, in: "the key")
        }
        guard let type = SSHKeyType(name) else {
            throw SSHKeyFailure(.unsupported, "keys of the type \(SSHKeyFailure.shown(name)) are not known here")
        }
        material = try PublicMaterial(type, &reader)
        guard reader.isAtEnd else { throw SSHKeyFailure(.trailing, in: "the \(type.title) key") }
        self.type = type
        self.blob = blob
    }

    /// Reads a line as files have it: type, base64 and perhaps a remark, which is passed over.
    ///
    /// - Throws: ``SSHKeyFailure`` as ``init(blob:)``, and `malformed` when the type is not that of the octets.
    public init(line: some StringProtocol) throws(SSHKeyFailure) {
        let blanks = Array(" \t\r\n".utf8)
        let words = Array(line.utf8).split(maxSplits: 2) { blanks.contains($0) }
        guard words.count >= 2 else { throw SSHKeyFailure(.malformed, "expected the type of a key, and the key") }
        try self.init(type: String(decoding: words[0], as: UTF8.self), base64: words[1])
    }

    /// Reads both words of a key.
    init(type name: String, base64: some BidirectionalCollection<UInt8>) throws(SSHKeyFailure) {
        guard SSHKeyType(name) != nil else {
            throw SSHKeyFailure(.unsupported, "keys of the type \(SSHKeyFailure.shown(name)) are not known here")
        }
        guard base64.count <= (Self.longest + 2) / 3 * 4, let blob = Base64.decode(base64) else {
            throw SSHKeyFailure(.malformed, "the key is not written in base64")
        }
        try self.init(blob: blob)
        guard type.name == name else {
            throw SSHKeyFailure(.malformed, "the line says \(SSHKeyFailure.shown(name)), the key \(type.name)")
        }
    }

    /// The line for files, without a remark: type and base64.
    public var line: String { "\(type.name) \(Base64.text(blob))" }

    /// Bits of the key, which people quote.
    public var bits: Int { material.bits }

    /// Names what a security key's key is for, usually `ssh:`; empty for other keys.
    public var application: [UInt8] { material.application }

    /// The type and the fingerprint.
    public var description: String { "\(type.title) \(fingerprint)" }

    /// Whether two keys have the same octets.
    public static func == (left: SSHPublicKey, right: SSHPublicKey) -> Bool { left.blob == right.blob }

    /// Hashes the octets.
    public func hash(into hasher: inout Hasher) { hasher.combine(blob) }
}
