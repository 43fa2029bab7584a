import Basics

/// What an OpenSSH file says around the private part, and how that part is opened and made.
///
/// ```text
///   uint32 check │ uint32 check, the same │ private key │ string remark │ 1 2 3 … up to a whole block
/// ```
///
/// - Source: OpenSSH's PROTOCOL.key.
struct OpenSSHEnvelope: Sendable {
    private static let magic = Array("openssh-key-v1\0".utf8)
    private static let head = "-----BEGIN OPENSSH PRIVATE KEY-----"
    private static let foot = "-----END OPENSSH PRIVATE KEY-----"
    /// Characters of a line.
    private static let lineLength = 70
    /// Octets of a salt, as OpenSSH makes them.
    private static let saltLength = 16

    let cipher: FileCipher
    let publicKey: SSHPublicKey
    private let salt: [UInt8]
    private let rounds: UInt32
    private let locked: [UInt8]
    private let tag: [UInt8]

    /// The octets between the lines of dashes; nil when the text has none of this format.
    static func unwrapped(_ text: [UInt8]) throws(SSHKeyFailure) -> [UInt8]? {
        let lines = text.split(separator: UInt8(ascii: "\n")).map(\.trimmed)
        guard let start = lines.firstIndex(where: { $0.elementsEqual(head.utf8) }) else { return nil }
        let rest = lines[(start + 1)...]
        guard let end = rest.firstIndex(where: { $0.elementsEqual(foot.utf8) }) else {
            throw SSHKeyFailure(.malformed, "the private key does not end")
        }
        guard let octets = Base64.decode(Array(rest[..<end].joined())) else {
            throw SSHKeyFailure(.malformed, "the private key is not written in base64")
        }
        return octets
    }

    init(_ octets: [UInt8]) throws(SSHKeyFailure) {
        guard octets.starts(with: Self.magic) else {
            throw SSHKeyFailure(.malformed, "the private key is not of the format openssh-key-v1")
        }
        let (cipher, derivation, blob): (String, String, [UInt8])
        do throws(SSHDataFailure) {
            var reader = SSHReader(octets, from: Self.magic.count)
            cipher = try reader.text(limit: 64)
            derivation = try reader.text(limit: 64)
            var options = SSHReader(try reader.string(limit: 1024))
            salt = derivation == "bcrypt" ? Array(try options.string()) : []
            rounds = derivation == "bcrypt" ? try options.uint32() : 0
            try options.finish()
            if try reader.uint32() != 1 { throw .tooLong }
            blob = Array(try reader.string())
            locked = Array(try reader.string())
            tag = Array(reader.rest)
        } catch {
            throw SSHKeyFailure(error, in: "the private key's file")
        }
        guard let cipher = FileCipher(rawValue: cipher) else {
            throw SSHKeyFailure(.unsupported, "the cipher \(SSHKeyFailure.shown(cipher)) is not known here")
        }
        guard derivation == (cipher == .none ? "none" : "bcrypt") else {
            throw SSHKeyFailure(.unsupported, "the derivation \(SSHKeyFailure.shown(derivation)) is not known here")
        }
        let isDerivable = !salt.isEmpty && (1...SSHPrivateKeyFile.mostRounds).contains(rounds)
        guard cipher == .none || isDerivable, tag.count == cipher.tagLength, locked.count % cipher.blockLength == 0
        else {
            throw SSHKeyFailure(.malformed, "the private key's file has impossible lengths")
        }
        self.cipher = cipher
        publicKey = try SSHPublicKey(blob: blob)
    }

    func open(_ passphrase: [UInt8]) throws(SSHKeyFailure) -> (key: SSHPrivateKey, remark: String) {
        let length = cipher.keyLength + cipher.startLength
        let material =
            cipher == .none
            ? [] : BcryptDerivation.key(passphrase: passphrase, salt: salt, rounds: rounds, length: length)
        let wrong = SSHKeyFailure(.wrongPassphrase, "the passphrase is wrong")
        guard let octets = cipher.run(locked, material, tag: tag, encrypts: false) else { throw wrong }
        var reader = SSHReader(octets)
        let checks = (try? reader.uint32(), try? reader.uint32())
        guard let check = checks.0, check == checks.1 else {
            throw cipher == .none ? SSHKeyFailure(.malformed, "the private key's check words differ") : wrong
        }
        let fields = try PrivateFields(&reader)
        let remark: String
        do throws(SSHDataFailure) {
            remark = String(decoding: try reader.string(limit: 4096), as: UTF8.self)
            let isPadded = reader.rest.enumerated().allSatisfy { $1 == UInt8(truncatingIfNeeded: $0 + 1) }
            if reader.count >= cipher.blockLength || !isPadded { throw .trailing }
        } catch {
            throw SSHKeyFailure(error, in: "the private key")
        }
        let key = try SSHPrivateKey(fields)
        guard key.publicKey == publicKey else {
            throw SSHKeyFailure(.mismatch, "the file's private key does not belong to its public key")
        }
        return (key, remark)
    }

    static func text(
        of key: SSHPrivateKey, _ remark: String, _ passphrase: [UInt8], rounds: UInt32,
        using generator: inout some RandomNumberGenerator
    ) -> [UInt8] {
        let cipher = passphrase.isEmpty ? FileCipher.none : .aes256CTR
        let salt = (0..<saltLength).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let check = UInt32.random(in: 0...UInt32.max, using: &generator)
        var inside = SSHWriter(reserving: 4096)
        inside.uint32(check)
        inside.uint32(check)
        inside.raw(key.privateOctets)
        inside.string(Array(remark.utf8.prefix(4096)))
        var count: UInt8 = 1
        while inside.octets.count % cipher.blockLength != 0 {
            inside.octet(count)
            count += 1
        }
        let length = cipher.keyLength + cipher.startLength
        let material =
            cipher == .none
            ? [] : BcryptDerivation.key(passphrase: passphrase, salt: salt, rounds: rounds, length: length)
        guard let locked = cipher.run(inside.octets, material, encrypts: true) else {
            preconditionFailure("AES is not available")
        }
        var options = SSHWriter()
        if cipher != .none {
            options.string(salt)
            options.uint32(rounds)
        }
        var outside = SSHWriter(reserving: locked.count * 2)
        outside.raw(magic)
        outside.string(cipher.rawValue)
        outside.string(cipher == .none ? "none" : "bcrypt")
        outside.string(options.octets)
        outside.uint32(1)
        outside.string(key.publicKey.blob)
        outside.string(locked)
        return wrapped(outside.octets)
    }

    private static func wrapped(_ octets: [UInt8]) -> [UInt8] {
        let characters = Base64.encode(octets)
        let lines = stride(from: 0, to: characters.count, by: lineLength).flatMap {
            characters[$0..<min($0 + lineLength, characters.count)] + [UInt8(ascii: "\n")]
        }
        return Array("\(head)\n".utf8) + lines + Array("\(foot)\n".utf8)
    }
}
