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
    struct Entry: Sendable {
        var hash: String
        var lastChange: Int
        var longestAge: Int
        var expiry: Int

        /// Locked accounts have a hash that is none.
        var isUsable: Bool { CryptHash.isOne(hash) }
    }

    /// What was found under a name.
    struct Finding: Sendable {
        /// Nil when there is no such name.
        let entry: Entry?
        /// The hash to compare with: the entry's, or in vain that of the ``StandIn``; where there is none either, one of the kind
        /// that the system prefers.
        let hashToCheck: String
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
            throw CheckerFailure("\(path): \(SystemReason.text(of: errno)); its readers are root and its group")
        }
    }

    func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        guard case .password(let name, let password, _) = credential else { return .succeeded(.refused("no password")) }
        return desk.runBlocking { [path, type] in
            let finding = try Self.find(name, path)
            let isRight = CryptHash.verify(password, against: finding.hashToCheck)
            guard let entry = finding.entry else { return .unknown("no such name") }
            guard entry.isUsable else { return .refused("locked or without a password") }
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

    /// Looks a name up in a file, or in the machine's own database; as much is done for every name.
    static func find(_ name: String, _ path: String?) throws(CheckerFailure) -> Finding {
        guard let path else {
            let entry = try lookUp(name)
            // Accounts that come from elsewhere can be found where the file cannot be read.
            let others = try? scan("/etc/shadow", for: name)
            return choose(entry, others?.standIn)
        }
        let (entry, standIn) = try scan(path, for: name)
        return choose(entry, standIn)
    }

    private static func choose(_ entry: Entry?, _ standIn: String?) -> Finding {
        let own = entry.flatMap { $0.isUsable ? $0.hash : nil }
        return Finding(entry: entry, hashToCheck: own ?? standIn ?? CryptHash.decoy)
    }

    /// Asks the machine's own database.
    private static func lookUp(_ name: String) throws(CheckerFailure) -> Entry? {
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
        let code = getspnam_r(name, entry, buffer.baseAddress, buffer.count, &found)
        if found == nil {
            if code == 0 || code == ENOENT { return nil }
            throw CheckerFailure("getspnam: \(SystemReason.text(of: code))")
        }
        return read(found)
    }

    /// Reads a file to its end, for the first entry of a name and the hash that stands in for it if there is none.
    private static func scan(
        _ path: String, for name: String
    ) throws(CheckerFailure) -> (entry: Entry?, standIn: String?) {
        let file: UnsafeMutablePointer<FILE>
        do throws(FileFailure) {
            file = try openStream(path)
        } catch {
            throw CheckerFailure("\(path): \(error.reason)")
        }
        let memory = UnsafeMutablePointer<spwd>.allocate(capacity: 1)
        let buffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: longestLine)
        defer {
            fclose(file)
            memory.deallocate()
            buffer.deallocate()
        }
        var entry: Entry?
        var standIn = StandIn(for: name)
        while true {
            var found: UnsafeMutablePointer<spwd>?
            let code = fgetspent_r(file, memory, buffer.baseAddress, buffer.count, &found)
            if code == 0, let candidate = read(found), let text = found?.pointee.sp_namp {
                let owner = String(cString: text)
                if entry == nil, owner == name { entry = candidate }
                if candidate.isUsable { standIn.consider(owner, candidate.hash) }
            } else if code == ENOENT {
                return (entry, standIn.hash)
            } else {
                throw CheckerFailure("\(path): \(SystemReason.text(of: code))")
            }
        }
    }

    private static func openStream(_ path: String) throws(FileFailure) -> UnsafeMutablePointer<FILE> {
        let regular = try RegularFile(path)
        let copy = fcntl(regular.descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw FileFailure(code: errno) }
        guard let stream = fdopen(copy, "r") else {
            let failure = FileFailure(code: errno)
            close(copy)
            throw failure
        }
        return stream
    }

    private static func read(_ entry: UnsafeMutablePointer<spwd>?) -> Entry? {
        guard let entry = entry?.pointee else { return nil }
        return Entry(
            hash: entry.sp_pwdp.map { String(cString: $0) } ?? "", lastChange: entry.sp_lstchg,
            longestAge: entry.sp_max,
            expiry: entry.sp_expire)
    }
}
