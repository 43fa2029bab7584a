import FileAccessTesting
import Glibc
import Testing

@testable import DaemonCore

@Suite struct PidFileTests {
    @Test func namesTheProcessAndGoesWithIt() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/mudd.pid"
        do {
            let file = try PidFile(path: path)
            #expect(folder.read("mudd.pid") == "\(getpid())\n")
            #expect(PidFile.standing(of: path) == .held(Int(getpid())))
            let sentence = "A server runs already: process \(getpid()) holds \(path)."
            #expect(throws: DaemonFailure(.tryAgain, sentence)) { try PidFile(path: path) }
            _ = file
        }
        #expect(access(path, F_OK) != 0 && PidFile.standing(of: path) == .absent)
    }

    @Test func whatACrashLeftIsTakenOver() throws {
        let folder = try TemporaryFolder()
        folder.write("999999 and more\n", to: "mudd.pid")
        let path = folder.path + "/mudd.pid"
        #expect(PidFile.standing(of: path) == .abandoned(999_999))
        let file = try PidFile(path: path)
        #expect(folder.read("mudd.pid") == "\(getpid())\n")
        _ = file
    }

    @Test func aPathThatCannotBeWrittenIsSaid() throws {
        let folder = try TemporaryFolder()
        let sentence = "The pid file \(folder.path)/no/mudd.pid cannot be written: No such file or directory."
        #expect(throws: DaemonFailure(.cannotCreate, sentence)) { try PidFile(path: folder.path + "/no/mudd.pid") }
        #expect(PidFile.standing(of: folder.path + "/no/mudd.pid") == .absent)
        symlink("/etc/passwd", folder.path + "/link.pid")
        #expect(throws: DaemonFailure.self) { try PidFile(path: folder.path + "/link.pid") }
    }

    @Test func aFileThatIsOutOfReachIsEmptied() throws {
        let folder = try TemporaryFolder()
        do {
            let file = try PidFile(path: folder.path + "/mudd.pid")
            file.losePath()
        }
        #expect(folder.read("mudd.pid") == "" && PidFile.standing(of: folder.path + "/mudd.pid") == .abandoned(nil))
    }
}
