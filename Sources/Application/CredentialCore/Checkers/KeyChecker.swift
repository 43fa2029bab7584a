import Basics
import COpenSSL
import ReactorCore

/// Public keys in a file, each with the name it lets in.
///
/// ```text
///   # a remark
///   ada ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI…  the laptop
/// ```
///
/// - Isolation: belongs to the reactor's thread; the file is read, and signatures are checked, on workers.
/// - Source: RFC 8709 (the form of the key), RFC 8032 (Ed25519).
final class KeyChecker: CredentialChecker {
    static let row = CheckerType(
        "keys", arguments: "PATH", help: "the owners of public keys, by a file of lines NAME ssh-ed25519 KEY"
    ) { arguments, context in
        guard let path = arguments.next(), !path.isEmpty else { throw CheckerFailure("expected the path of a file") }
        return KeyChecker(path, context.desk)
    }

    private static let algorithm = "ssh-ed25519"
    private static let keyLength = 32

    private struct Entry: Hashable, Sendable {
        /// Folded.
        let name: String
        let key: [UInt8]
    }

    /// The names as the file spells them.
    private typealias Keys = [Entry: String]

    let type = "keys"
    let kinds: Set<Credential.Kind> = [.publicKey]
    private let path: String
    private let desk: CredentialDesk
    private var file: WatchedFile<Keys>?

    init(_ path: String, _ desk: CredentialDesk) {
        self.path = path
        self.desk = desk
    }

    func open() throws { file = try Self.read(path, nil) }

    func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        guard case .publicKey(let name, let shown) = credential else { return .succeeded(.refused("no key")) }
        guard shown.algorithm == Self.algorithm else { return .succeeded(.refused("no \(Self.algorithm) key")) }
        return desk.run { [path, file] _ in
            let fresh = try Self.read(path, file)
            let isSigned = Self.verify(shown)
            return (fresh, isSigned)
        }.map { [self] (fresh: WatchedFile<Keys>, isSigned: Bool) in
            file = fresh
            guard let spelled = fresh.content[Entry(name: name.folded, key: shown.key)] else {
                return .refused("not a key of that name")
            }
            return isSigned ? .accepted(Identity(name: spelled, checker: type)) : .refused("wrong signature")
        }
    }

    private static func read(
        _ path: String, _ known: WatchedFile<Keys>?
    ) throws(CheckerFailure) -> WatchedFile<Keys> {
        try WatchedFile<Keys>.fresh(path, known: known) { text throws(CheckerFailure) in
            var entries: Keys = [:]
            for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            {
                let words = line.split(whereSeparator: \.isWhitespace)
                guard let name = words.first, !name.hasPrefix("#") else { continue }
                guard words.count >= 3, words[1] == algorithm, let key = key(words[2]) else {
                    throw CheckerFailure("\(path):\(index + 1): expected NAME \(algorithm) KEY")
                }
                entries[Entry(name: String(name).folded, key: key)] = String(name)
            }
            return entries
        }
    }

    /// The key inside SSH's form: the algorithm and the key, each after its length in four octets.
    private static func key(_ base64: Substring) -> [UInt8]? {
        let head = [0, 0, 0, UInt8(algorithm.utf8.count)] + Array(algorithm.utf8) + [0, 0, 0, UInt8(keyLength)]
        guard let octets = Base64.decode(base64.utf8), octets.count == head.count + keyLength, octets.starts(with: head)
        else { return nil }
        return Array(octets.dropFirst(head.count))
    }

    private static func verify(_ shown: PublicKeySignature) -> Bool {
        guard shown.key.count == keyLength,
            let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, shown.key, shown.key.count)
        else { return false }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { return false }
        return EVP_DigestVerify(
            context, shown.signature, shown.signature.count, shown.message, shown.message.count) == 1
    }
}
