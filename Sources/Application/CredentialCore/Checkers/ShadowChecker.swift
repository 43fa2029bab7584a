import CCrypt
import FileAccess
import Glibc
import ReactorCore

/// The accounts of this machine, by their hashes in `/etc/shadow` or a file of that form.
///
/// Accounts that are locked, expired, without a password, or whose password has run out are refused. The file can be read
/// by root and the group `shadow` only; where PAM decides more than that, use PAM.
///
/// - Isolation: belongs to the reactor's thread; the database is asked on workers.
/// - Source: shadow(5), getspnam(3), crypt(3).
final class ShadowChecker: CredentialChecker {
    static let row = CheckerType(
        "unix", arguments: "[:file=PATH]", help: "the accounts of this machine, by /etc/shadow or a file like it"
    ) { arguments, context in
        ShadowChecker(file: arguments.take("file"), context.desk)
    }

    /// Octets of an entry.
    private static let longestLine = 65_536

    /// What the database says of an account.
    private struct Entry: Sendable {
        var hash: String
        var lastChange: Int
        var longestAge: Int
        var expiry: Int
    }

    let type = "unix"
    let kinds: Set<Credential.Kind> = [.password]
    private let path: String?
    private let desk: CredentialDesk

    init(file path: String?, _ desk: CredentialDesk) {
        self.path = path
        self.desk = desk
    }

    func open() throws {
        let path = path ?? "/etc/shadow"
        guard access(path, R_OK) == 0 else {
            throw CheckerFailure("\(path): \(String(cString: strerror(errno))); its readers are root and its group")
        }
    }

    func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        guard case .password(let name, let password, _) = credential else { return .succeeded(.refused("no password")) }
        return desk.runBlocking { [path, type] in
            let entry = try Self.find(name, path)
            let hash = entry?.hash ?? ""
            // Locked accounts have a hash that is none; as much work is done for them as for others.
            let isUsable = CryptHash.isOne(hash)
            let isRight = CryptHash.verify(password, against: isUsable ? hash : CryptHash.decoy)
            guard let entry else { return .refused("no such name") }
            guard isUsable else { return .refused("locked or without a password") }
            guard isRight else { return .refused("wrong password") }
            if let problem = Self.problem(entry, today: time(nil) / 86_400) { return .refused(problem) }
            return .accepted(Identity(name: name, checker: type))
        }
    }

    /// What is wrong with an account whose password is right.
    private static func problem(_ entry: Entry, today: Int) -> String? {
        if entry.expiry > 0, today >= entry.expiry { return "the account has expired" }
        if entry.lastChange == 0 { return "the password must be changed first" }
        guard entry.lastChange > 0, (0...100_000).contains(entry.longestAge) else { return nil }
        let age = today - entry.lastChange
        return age > entry.longestAge ? "the password has run out" : nil
    }

    private static func find(_ name: String, _ path: String?) throws(CheckerFailure) -> Entry? {
        // NUL would end the name for C, and the others cannot stand in a line.
        if name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "\n") }) { return nil }
        // Memory with an address of its own, because what is found points into it.
        let entry = UnsafeMutablePointer<spwd>.allocate(capacity: 1)
        let buffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: longestLine)
        defer {
            entry.deallocate()
            buffer.deallocate()
        }
        var found: UnsafeMutablePointer<spwd>?
        guard let path else {
            let code = getspnam_r(name, entry, buffer.baseAddress, buffer.count, &found)
            if found == nil {
                if code == 0 || code == ENOENT { return nil }
                throw CheckerFailure("getspnam: \(String(cString: strerror(code)))")
            }
            return read(found)
        }
        let file: UnsafeMutablePointer<FILE>
        do throws(FileFailure) {
            let regular = try RegularFile(path)
            guard let stream = fdopen(fcntl(regular.descriptor, F_DUPFD_CLOEXEC, 0), "r") else {
                throw FileFailure(code: errno)
            }
            file = stream
        } catch {
            throw CheckerFailure("\(path): \(error.reason)")
        }
        defer { fclose(file) }
        while true {
            let code = fgetspent_r(file, entry, buffer.baseAddress, buffer.count, &found)
            if code == 0, let candidate = found {
                if let text = candidate.pointee.sp_namp, String(cString: text) == name { return read(candidate) }
            } else if code == ENOENT {
                return nil
            } else {
                throw CheckerFailure("\(path): \(String(cString: strerror(code)))")
            }
        }
    }

    private static func read(_ entry: UnsafeMutablePointer<spwd>?) -> Entry? {
        guard let entry = entry?.pointee else { return nil }
        return Entry(
            hash: entry.sp_pwdp.map { String(cString: $0) } ?? "", lastChange: entry.sp_lstchg,
            longestAge: entry.sp_max,
            expiry: entry.sp_expire)
    }
}
