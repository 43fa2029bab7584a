import Basics
import FileAccess
import Glibc
package import SSHKeys

/// The keys by which clients of SSH know the server, each in a file of OpenSSH's form that only its owner may read.
///
/// ```text
///   ssh_host_ed25519_key      used; with ssh_host_ed25519_key.pub beside it, for people
///   ssh_host_rsa_key          used by clients that know nothing newer
///   next/ssh_host_…_key       told to clients that have logged in, so that they know it before it is used
/// ```
///
/// A folder without keys gets them at the first start. To change a key, put the new one into `next`, let everybody log in for a
/// while, and move it up; a reload sees both.
///
/// - Isolation: none; a value type.
/// - Limits: one key of each type is used.
/// - SeeAlso: `SSHGatewayTests/HostKeysTests`.
package struct HostKeys: Sendable {
    /// Those that are used, the best first.
    package let current: [SSHPrivateKey]
    /// Those that clients are only told of.
    package let upcoming: [SSHPrivateKey]

    /// What a first start makes: what every client of today prefers, and what older ones know.
    private static let usual: [(type: SSHKeyType, name: String)] = [(.ed25519, "ed25519"), (.rsa, "rsa")]

    package init(current: [SSHPrivateKey], upcoming: [SSHPrivateKey] = []) {
        self.current = current
        self.upcoming = upcoming
    }

    /// What people compare: the type and the fingerprint of each key that is used.
    package var fingerprints: [String] { current.map(\.publicKey.description) }

    /// Those, and behind them the ones that clients are only told of, marked as such.
    package var allFingerprints: [String] { fingerprints + upcoming.map { "\($0.publicKey) (next)" } }

    /// Whether both hold the same keys, used and to come.
    package func isSame(as other: HostKeys) -> Bool {
        current.map(\.publicKey) == other.current.map(\.publicKey)
            && upcoming.map(\.publicKey) == other.upcoming.map(\.publicKey)
    }

    // MARK: Files

    /// Reads the keys of a folder, and makes folder and keys where there are none.
    ///
    /// Takes up to seconds when keys are made, so it is not for the reactor's thread.
    ///
    /// - Throws: ``HostKeyFailure`` naming the file and what to do about it.
    package static func open(_ folder: String) throws(HostKeyFailure) -> HostKeys {
        if mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw HostKeyFailure(
                .cannotCreate, "The folder \(folder) cannot be created: \(SystemReason.text(of: errno)).")
        }
        let found = try read(folder)
        if !found.current.isEmpty { return found }
        var made: [SSHPrivateKey] = []
        for (type, name) in usual { made.append(try make(type, in: "\(folder)/ssh_host_\(name)_key")) }
        return HostKeys(current: made, upcoming: found.upcoming)
    }

    /// Reads the keys of a folder that a server has in use, and changes nothing.
    ///
    /// - Throws: ``HostKeyFailure``, as ``read(_:)`` does, and when there are none to be used.
    package static func reread(_ folder: String) throws(HostKeyFailure) -> HostKeys {
        let found = try read(folder)
        if found.current.isEmpty { throw HostKeyFailure(.damaged, "There is no key in \(folder).") }
        return found
    }

    /// Reads the keys of a folder, which need not be there, and changes nothing.
    ///
    /// - Throws: ``HostKeyFailure`` naming the file and what to do about it.
    package static func read(_ folder: String) throws(HostKeyFailure) -> HostKeys {
        let current = try keys(in: folder)
        let upcoming = try keys(in: folder + "/next").filter { key in
            !current.contains { $0.publicKey == key.publicKey }
        }
        var types: Set<SSHKeyType> = []
        for key in current where !types.insert(key.type).inserted {
            throw HostKeyFailure(
                .damaged,
                "Of the keys in \(folder) only one may be of the type \(key.type.name); move the others to \(folder)/next."
            )
        }
        return HostKeys(current: current, upcoming: upcoming)
    }

    private static func keys(in folder: String) throws(HostKeyFailure) -> [SSHPrivateKey] {
        let names: [String]
        do throws(FileFailure) {
            names = try namesInFolder(folder)
        } catch {
            if error.code == ENOENT { return [] }
            throw HostKeyFailure(.noPermission, "The folder \(folder) cannot be read: \(error.reason).")
        }
        var keys: [SSHPrivateKey] = []
        for name in names.sorted() where name.hasPrefix("ssh_host_") && name.hasSuffix("_key") {
            keys.append(try key(at: "\(folder)/\(name)"))
        }
        let order = SSHKeyType.allCases
        return keys.sorted { (order.firstIndex(of: $0.type) ?? 0) < (order.firstIndex(of: $1.type) ?? 0) }
    }

    private static func key(at path: String) throws(HostKeyFailure) -> SSHPrivateKey {
        let isShared: Bool
        let octets: [UInt8]
        do throws(FileFailure) {
            let file = try RegularFile(path)
            // Somebody else's file, such as root's, may be open to a group that the server is in.
            let shared: mode_t = file.status.st_uid == geteuid() ? 0o077 : 0o027
            isShared = file.status.st_mode & shared != 0
            octets = try file.read(limit: SSHPrivateKeyFile.longest)
        } catch {
            throw HostKeyFailure(.noPermission, "The key \(path) cannot be read: \(error.reason).")
        }
        if isShared { throw HostKeyFailure(.noPermission, "The key \(path) is open to others; run: chmod 600 \(path)") }
        do throws(SSHKeyFailure) {
            return try SSHPrivateKeyFile(octets).open().key
        } catch {
            throw HostKeyFailure(.damaged, "The key \(path) cannot be used: \(error).")
        }
    }

    private static func make(_ type: SSHKeyType, in path: String) throws(HostKeyFailure) -> SSHPrivateKey {
        let key: SSHPrivateKey
        do throws(SSHKeyFailure) {
            key = try SSHPrivateKey.generate(type)
        } catch {
            throw HostKeyFailure(.cannotCreate, "The key \(path) cannot be made: \(error).")
        }
        try write(Array((key.publicKey.line + " mudd\n").utf8), to: path + ".pub", mode: 0o644)
        // Last, so that there is no private key without its public one.
        try write(SSHPrivateKeyFile.text(of: key, remark: "mudd"), to: path, mode: 0o600)
        return key
    }

    /// Writes a file that is there as a whole or not at all.
    private static func write(_ octets: [UInt8], to path: String, mode: mode_t) throws(HostKeyFailure) {
        // What a crash has left.
        FileDraft(at: path + ".new").discard()
        do throws(FileFailure) {
            let draft = try FileDraft(octets, at: path + ".new", mode: mode)
            do throws(FileFailure) {
                try draft.replace(path)
            } catch {
                draft.discard()
                throw error
            }
        } catch {
            throw HostKeyFailure(.cannotCreate, "The key \(path) cannot be written: \(error.reason).")
        }
    }
}

/// Why the server has no keys to show to clients of SSH.
package struct HostKeyFailure: Error, Equatable, CustomStringConvertible {
    /// What kind of trouble it is.
    package enum Kind {
        case noPermission, cannotCreate, damaged
    }

    package let kind: Kind
    /// A sentence for the operator, which names the file and what to do.
    package let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
