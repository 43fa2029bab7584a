import Basics
import ReactorCore
import SSHKeys

/// Public keys in a file, each with the name it lets in.
///
/// ```text
///   # a remark
///   ada ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI…  the laptop
///   ada ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAI…
/// ```
///
/// Behind the name stands what `ssh-keygen` writes into a file that ends in `.pub`: a key of any type there is. The options that
/// OpenSSH's `authorized_keys` may have before it are refused, because nobody would heed them.
///
/// - Isolation: belongs to the reactor's thread; the file is read, and signatures are checked, on workers.
final class KeyChecker: CredentialChecker {
    static let row = CheckerType(
        "keys", arguments: "PATH", help: "the owners of public keys, by a file of lines NAME KEY, as in id_ed25519.pub"
    ) { arguments, context in
        guard let path = arguments.next(), !path.isEmpty else { throw CheckerFailure("expected the path of a file") }
        return KeyChecker(path, context.desk)
    }

    private struct Entry: Hashable, Sendable {
        /// Folded.
        let name: String
        let key: SSHPublicKey
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
        return desk.run { [path, file] _ in
            let fresh = try Self.read(path, file)
            let isSigned = shown.isValid
            return (fresh, isSigned)
        }.map { [self] (fresh: WatchedFile<Keys>, isSigned: Bool) in
            file = fresh
            guard let spelled = fresh.content[Entry(name: name.folded, key: shown.key)] else {
                return .unknown("not a key of that name")
            }
            guard isSigned else { return .refused("wrong signature by \(shown.key.fingerprint)") }
            return .accepted(
                Identity(name: spelled, checker: type, renewedHash: nil, means: "key \(shown.key.fingerprint)"))
        }
    }

    func mayAccept(_ key: SSHPublicKey, of name: String) -> Deferred<Bool> {
        desk.run { [path, file] _ in try Self.read(path, file) }.map { [self] fresh in
            file = fresh
            return fresh.content[Entry(name: name.folded, key: key)] != nil
        }
    }

    private static func read(
        _ path: String, _ known: WatchedFile<Keys>?
    ) throws(CheckerFailure) -> WatchedFile<Keys> {
        try WatchedFile<Keys>.fresh(path, known: known) { text throws(CheckerFailure) in
            var entries: Keys = [:]
            for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            {
                let words = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
                guard let name = words.first, !name.hasPrefix("#") else { continue }
                let place = "\(path):\(index + 1)"
                guard words.count == 2 else { throw CheckerFailure("\(place): expected NAME KEY") }
                do throws(SSHKeyFailure) {
                    entries[Entry(name: String(name).folded, key: try SSHPublicKey(line: words[1]))] = String(name)
                } catch {
                    throw CheckerFailure("\(place): \(error)")
                }
            }
            return entries
        }
    }
}
