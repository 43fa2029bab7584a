import FileAccess
import Glibc
import SSHKeys

/// The files of known hosts, as they were when they were read.
///
/// - Isolation: none; a value type, made and written on worker threads.
/// - Source: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT".
struct SSHHostTrust: Sendable {
    /// What the files say of a key.
    enum Answer: Equatable {
        case known
        case unknown(isNewKind: Bool)
    }

    let host: String
    let port: UInt16
    private let files: [(path: String, hosts: KnownHosts)]

    /// Octets of a file; OpenSSH's have some hundred for each host.
    private static let longestFile = 16 << 20

    init(host: String, port: UInt16, files: [(path: String, hosts: KnownHosts)]) {
        self.host = host
        self.port = port
        self.files = files
    }

    /// Reads the files; for a worker thread.
    ///
    /// - Throws: ``SSHClientFailure/file(_:reason:)`` for a file that is there and cannot be read.
    init(host: String, port: UInt16, paths: [String]) throws(SSHClientFailure) {
        var files: [(String, KnownHosts)] = []
        for path in paths { files.append((path, try Self.read(path))) }
        self.init(host: host, port: port, files: files)
    }

    private static func read(_ path: String) throws(SSHClientFailure) -> KnownHosts {
        do throws(FileFailure) {
            return KnownHosts(try readFile(path, limit: longestFile))
        } catch {
            if error.code == ENOENT { return KnownHosts() }
            throw .file(path, reason: error.reason)
        }
    }

    /// The host as files write it.
    var name: String { port == KnownHosts.usualPort ? host : "[\(host)]:\(port)" }

    /// The keys that are known for the host.
    var knownKeys: Set<SSHPublicKey> { Set(files.flatMap { $0.hosts.keys(of: host, port: port) }) }

    /// Whether a key is one that is not known yet, of a host that is.
    func isFresh(_ key: SSHPublicKey) -> Bool {
        let known = knownKeys
        if known.isEmpty || known.contains(key) { return false }
        return !files.contains {
            if case .revoked = $0.hosts.check(key, host: host, port: port) { true } else { false }
        }
    }

    /// Says what the files know of a key: a file that revokes it decides, then one that knows it, then one that knows another.
    ///
    /// - Throws: ``SSHClientFailure`` for a key that must not be trusted.
    func check(_ key: SSHPublicKey) throws(SSHClientFailure) -> Answer {
        let answers = files.map { ($0.path, $0.hosts.check(key, host: host, port: port)) }
        for case (let path, .revoked(let line)) in answers {
            throw .hostKeyRevoked(host: name, key: key, file: path, line: line)
        }
        var isNewKind = false
        for (_, answer) in answers {
            if case .known = answer { return .known }
            if case .otherKind = answer { isNewKind = true }
        }
        for case (let path, .changed(let line)) in answers {
            throw .hostKeyChanged(host: name, key: key, file: path, line: line)
        }
        return .unknown(isNewKind: isNewKind)
    }

    /// Writes keys to the end of a file, which is made if it is not there; for a worker thread.
    ///
    /// - Throws: ``SSHClientFailure/file(_:reason:)``.
    static func remember(
        _ keys: [SSHPublicKey], host: String, port: UInt16, isHashed: Bool, in path: String
    ) throws(SSHClientFailure) {
        var added = KnownHosts()
        do throws(SSHKeyFailure) {
            for key in keys { try added.add(key, host: host, port: port, isHashed: isHashed) }
        } catch {
            throw .file(path, reason: error.detail)
        }
        var octets = added.text
        if let before = try? readFile(path, limit: longestFile), let last = before.last, last != 0x0A {
            octets.insert(0x0A, at: 0)
        }
        let descriptor: Int32
        do throws(FileFailure) {
            descriptor = try openToAppend(path, followsLinks: true, takesPipes: false)
        } catch {
            throw .file(path, reason: error.reason)
        }
        defer { close(descriptor) }
        // One write, so that another client's line does not end up inside.
        guard write(descriptor, octets, octets.count) == octets.count else {
            throw .file(path, reason: FileFailure(code: errno).reason)
        }
    }
}
