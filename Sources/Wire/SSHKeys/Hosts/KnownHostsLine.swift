import Basics
import DigestWire

/// A line of a known hosts file.
///
/// ```text
///   [@revoked | @cert-authority]  names | hashed name   type  base64  remark
///   @revoked *.example.org ssh-ed25519 AAAA…
///   |1|salt|HMAC-SHA-1 of the name| …
/// ```
///
/// - Source: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT".
struct KnownHostsLine: Sendable {
    enum Mark: Sendable { case none, revoked, authority }

    private enum Names: Sendable {
        case patterns(HostPatternList)
        case hashed(salt: [UInt8], digest: [UInt8])
    }

    /// Octets of a line that is read; longer ones are kept and passed over.
    static let longest = 16_384
    /// Octets of a salt, as OpenSSH makes them.
    static let saltLength = 20

    let mark: Mark
    let key: SSHPublicKey
    private let names: Names

    /// Reads a line; nil for one that is empty, a remark, or not understood.
    init?(_ line: ArraySlice<UInt8>) {
        guard line.count <= Self.longest else { return nil }
        let blanks = Array(" \t\r".utf8)
        var words = line.split(maxSplits: 4) { blanks.contains($0) }[...]
        guard let first = words.first, first.first != UInt8(ascii: "#") else { return nil }
        switch String(decoding: first, as: UTF8.self) {
        case "@revoked": mark = .revoked
        case "@cert-authority": mark = .authority
        case let word:
            if word.hasPrefix("@") { return nil }
            mark = .none
        }
        if mark != .none { words.removeFirst() }
        guard words.count >= 3, let field = words.popFirst(), let type = words.popFirst(), let base64 = words.popFirst()
        else { return nil }
        if field.first == UInt8(ascii: "|") {
            let parts = field.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
            guard parts.count == 4, parts[1].elementsEqual("1".utf8), let salt = Base64.decode(parts[2]),
                salt.count == Self.saltLength, let digest = Base64.decode(parts[3]), digest.count == 20
            else { return nil }
            names = .hashed(salt: salt, digest: digest)
        } else {
            names = .patterns(HostPatternList(field))
        }
        guard let key = try? SSHPublicKey(type: String(decoding: type, as: UTF8.self), base64: base64) else {
            return nil
        }
        self.key = key
    }

    /// Whether the line is about a host, named as ``name(_:port:)`` has it.
    func matches(_ name: String) -> Bool {
        switch names {
        case .patterns(let patterns): patterns.matches(name)
        case .hashed(let salt, let digest): Self.digest(of: name, salt: salt) == digest
        }
    }

    /// Whether no other host is meant; a hashed name is always one.
    func isOnlyAbout(_ name: String) -> Bool {
        switch names {
        case .patterns(let patterns): patterns == HostPatternList(name.utf8)
        case .hashed: matches(name)
        }
    }

    /// A host as the file names it: in small letters, and in brackets when the port is not SSH's.
    static func name(_ host: String, port: UInt16) -> String {
        let host = String(decoding: HostPatternList.lowercased(host.utf8), as: UTF8.self)
        return port == KnownHosts.usualPort ? host : "[\(host)]:\(port)"
    }

    /// A name that others cannot read.
    static func hashed(_ name: String, salt: [UInt8]) -> String {
        "|1|\(Base64.text(salt))|\(Base64.text(digest(of: name, salt: salt)))"
    }

    private static func digest(of name: String, salt: [UInt8]) -> [UInt8] {
        HashFunction.sha1.authenticate(Array(name.utf8), key: salt)
    }
}
