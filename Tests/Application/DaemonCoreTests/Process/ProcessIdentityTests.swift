import FileAccess
import FileAccessTesting
import Glibc
import Testing

@testable import DaemonCore

@Suite struct ProcessIdentityTests {
    @Test func looksUpNamesAndNumbers() throws {
        let root = try ProcessIdentity(user: "root", group: nil)
        #expect(root.user == 0 && root.group == 0 && root.name == "root")
        #expect(try ProcessIdentity(user: "0", group: nil) == root)
        #expect(try ProcessIdentity(user: "root", group: "12").group == 12)
        #expect(try ProcessIdentity(user: "123456", group: "77").name == nil)
        let own = try ProcessIdentity(user: nil, group: nil)
        #expect(own.user == geteuid() && own.group == getegid())
    }

    @Test func whoIsNotKnownIsSaid() {
        #expect(throws: DaemonFailure(.noUser, "There is no user nobody-of-that-name.")) {
            try ProcessIdentity(user: "nobody-of-that-name", group: nil)
        }
        #expect(throws: DaemonFailure(.noUser, "There is no group no-such-group.")) {
            try ProcessIdentity(user: nil, group: "no-such-group")
        }
        #expect(throws: DaemonFailure.self) { try ProcessIdentity(user: "123456", group: nil) }
    }

    /// A process of its own, because the rights do not come back.
    @Test(.enabled(if: geteuid() == 0, "only root has rights to give up")) func rightsAreGivenUpForGood() async {
        await #expect(processExitsWith: .success) {
            try ProcessIdentity(user: "nobody", group: nil).assume()
            var groups = [gid_t](repeating: 0, count: 64)
            let count = getgroups(64, &groups)
            #expect(getuid() == geteuid() && geteuid() == 65_534 && getegid() == 65_534)
            #expect(count == 1 && groups[0] == 65_534)
            #expect(setuid(0) != 0 && open("/etc/shadow", O_RDONLY) < 0)
            let facts = try readFile("/proc/thread-self/status", limit: 1 << 16)
            let lines = Set(String(decoding: facts, as: UTF8.self).split(separator: "\n"))
            #expect(lines.contains("NoNewPrivs:\t1") && lines.contains("CapBnd:\t0000000000000000"))
        }
    }

    @Test func theRootAndTheFolderAreChanged() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            mkdir(folder.path + "/inner", 0o755)
            try folder.write("x", to: "inner/file")
            let isRoot = geteuid() == 0
            try ProcessSurroundings(
                root: isRoot ? folder.path : nil, folder: isRoot ? "/inner" : folder.path + "/inner", mask: 0o077
            ).enter()
            #expect(access("file", F_OK) == 0 && umask(0o022) == 0o077)
            #expect(!isRoot || access("/inner/file", F_OK) == 0)
            #expect(throws: DaemonFailure.self) { try ProcessSurroundings(folder: "/nowhere").enter() }
        }
    }
}
