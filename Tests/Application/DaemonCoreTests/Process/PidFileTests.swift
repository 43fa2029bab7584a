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
            #expect(PidFile.holder(of: path) == Int(getpid()))
            let sentence = "A server runs already: process \(getpid()) holds \(path)."
            #expect(throws: DaemonFailure(.tryAgain, sentence)) { try PidFile(path: path) }
            _ = file
        }
        #expect(access(path, F_OK) != 0 && PidFile.holder(of: path) == nil)
    }

    @Test func whatACrashLeftIsTakenOver() throws {
        let folder = try TemporaryFolder()
        folder.write("999999 and more\n", to: "mudd.pid")
        let path = folder.path + "/mudd.pid"
        #expect(PidFile.holder(of: path) == nil)
        let file = try PidFile(path: path)
        #expect(folder.read("mudd.pid") == "\(getpid())\n")
        _ = file
    }

    @Test func aPathThatCannotBeWrittenIsSaid() throws {
        let folder = try TemporaryFolder()
        let sentence = "The pid file \(folder.path)/no/mudd.pid cannot be written: No such file or directory."
        #expect(throws: DaemonFailure(.cannotCreate, sentence)) { try PidFile(path: folder.path + "/no/mudd.pid") }
        symlink("/etc/passwd", folder.path + "/link.pid")
        #expect(throws: DaemonFailure.self) { try PidFile(path: folder.path + "/link.pid") }
    }
}
