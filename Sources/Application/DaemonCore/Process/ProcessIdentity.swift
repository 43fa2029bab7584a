import CLinux
import FileAccess
import Glibc

/// The user and group a server goes on as, once it has what only root may take.
package struct ProcessIdentity: Equatable, Sendable {
    package let user: UInt32
    package let group: UInt32
    /// For the supplementary groups; nil when the user has no name.
    package let name: String?

    /// Looks up a user and a group, each by name or number.
    ///
    /// - Parameters:
    ///   - user: Nil stays who the process is.
    ///   - group: Nil takes the user's own.
    /// - Throws: ``DaemonFailure`` when one of them is not known.
    package init(user: String?, group: String?) throws(DaemonFailure) {
        var ownGroup = getegid()
        if let user {
            if let number = UInt32(user) {
                let entry = Self.entry { unsafe getpwuid_r(number, $0, $1, $2, $3) }
                self.user = number
                name = entry?.name
                if let entry {
                    ownGroup = entry.group
                } else if group == nil {
                    throw DaemonFailure(.noUser, "The user \(user) has no entry, so --group must say its group.")
                }
            } else {
                guard let entry = Self.entry({ unsafe getpwnam_r(user, $0, $1, $2, $3) }) else {
                    throw DaemonFailure(.noUser, "There is no user \(user).")
                }
                self.user = entry.user
                name = entry.name
                ownGroup = entry.group
            }
        } else {
            self.user = geteuid()
            name = nil
        }
        guard let group else {
            self.group = ownGroup
            return
        }
        if let number = UInt32(group) {
            self.group = number
        } else {
            var (entry, found) = (Glibc.group(), UnsafeMutablePointer<Glibc.group>?.none)
            var room = [CChar](repeating: 0, count: Self.room)
            guard unsafe getgrnam_r(group, &entry, &room, room.count, &found) == 0, unsafe found != nil else {
                throw DaemonFailure(.noUser, "There is no group \(group).")
            }
            unsafe self.group = entry.gr_gid
        }
    }

    /// Becomes this user and group for good: real, effective and saved, with the user's supplementary groups.
    ///
    /// Programs that it starts get no rights either, whatever their files say: when root has become somebody else, the bounding set
    /// of capabilities is empty, and new privileges are forbidden. These two belong to the calling thread and those it makes later,
    /// unlike the user: the loop's thread is the only one when a daemon settles, because the first job makes the first worker, and
    /// committer and watchdog start later.
    ///
    /// - Throws: ``DaemonFailure`` when the system does not permit it, or the way back is still open.
    package func assume() throws(DaemonFailure) {
        let isRoot = geteuid() == 0
        if user == geteuid(), group == getegid(), !isRoot { return }
        if let name {
            guard initgroups(name, group) == 0 else { throw Self.failure("The groups of \(name) cannot be taken") }
        } else if isRoot {
            var only = group
            guard setgroups(1, &only) == 0 else { throw Self.failure("The supplementary groups cannot be given up") }
        }
        guard clinux_set_group(group) == 0 else { throw Self.failure("The group \(group) cannot be taken") }
        // While there is the capability for it. Where root was given none, as in some containers, nothing much is in the set.
        if user != 0 { _ = clinux_drop_bounding_set() }
        guard clinux_set_user(user) == 0 else { throw Self.failure("The user \(user) cannot be taken") }
        if user != 0, clinux_forbid_new_privileges() != 0 { throw Self.failure("New privileges cannot be forbidden") }
        if user != 0, setuid(0) == 0 || seteuid(0) == 0 {
            throw DaemonFailure(.noPermission, "Root's rights could be taken back; they must be given up for good.")
        }
    }

    /// Enough for every entry seen in the wild; a longer one counts as none.
    private static let room = 65_536

    private static func entry(
        _ find: (
            UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
        ) -> Int32
    ) -> (name: String, user: UInt32, group: UInt32)? {
        var (entry, found) = (passwd(), UnsafeMutablePointer<passwd>?.none)
        var buffer = [CChar](repeating: 0, count: room)
        return unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress, unsafe find(&entry, start, buffer.count, &found) == 0,
                unsafe found != nil, let name = unsafe entry.pw_name
            else { return nil }
            return unsafe (String(cString: name), entry.pw_uid, entry.pw_gid)
        }
    }

    private static func failure(_ sentence: String) -> DaemonFailure {
        DaemonFailure(.noPermission, "\(sentence): \(SystemReason.text(of: errno)).")
    }
}

/// Where a process lives in the file system, and what its new files may be.
package struct ProcessSurroundings: Equatable, Sendable {
    /// The new root folder.
    package var root: String?
    /// The folder that relative paths count from, inside the new root.
    package var folder: String?
    /// The permissions that new files never have.
    package var mask: UInt32?

    package init(root: String? = nil, folder: String? = nil, mask: UInt32? = nil) {
        self.root = root
        self.folder = folder
        self.mask = mask
    }

    /// Moves the process there; the root needs root's rights.
    package func enter() throws(DaemonFailure) {
        if let mask { umask(mask) }
        if let root {
            guard chroot(root) == 0, chdir("/") == 0 else {
                throw DaemonFailure(
                    .noPermission, "The folder \(root) cannot become the root: \(SystemReason.text(of: errno)).")
            }
        }
        if let folder, chdir(folder) != 0 {
            throw DaemonFailure(
                .cannotCreate, "The folder \(folder) cannot be entered: \(SystemReason.text(of: errno)).")
        }
    }
}
