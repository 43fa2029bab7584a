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
        try folder.write("999999\n", to: "mudd.pid")
        let path = folder.path + "/mudd.pid"
        #expect(PidFile.standing(of: path) == .abandoned(999_999))
        let file = try PidFile(path: path)
        #expect(folder.read("mudd.pid") == "\(getpid())\n")
        _ = file
    }

    @Test(arguments: ["", "7", "7\n", "18446744073709551615"]) func whatAPidFileMayHoldIsTakenOver(content: String)
        throws
    {
        let folder = try TemporaryFolder()
        let path = try folder.write(content, to: "mudd.pid")
        try PidFile.tryOut(path)
        let file = try PidFile(path: path)
        #expect(folder.read("mudd.pid") == "\(getpid())\n")
        _ = file
    }

    @Test(arguments: ["SQLite format 3\0", "\n", "12 13\n", "1\n2\n", "12x", "111111111111111111111"])
    func anotherFileIsLeftAsItIs(content: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(content, to: "precious")
        let sentence =
            "The pid file \(path) cannot be written: what is there is no pid file, and is left as it is. Remove it, or name "
            + "another."
        #expect(throws: DaemonFailure(.cannotCreate, sentence)) { try PidFile(path: path) }
        #expect(throws: DaemonFailure(.cannotCreate, sentence)) { try PidFile.tryOut(path) }
        #expect(folder.read("precious") == content)
        #expect(PidFile.standing(of: path) != .held(Int(getpid())))
    }

    @Test func aPipeIsNoPidFile() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        #expect(throws: DaemonFailure.self) { try PidFile(path: path) }
        #expect(access(path, F_OK) == 0)
    }

    @Test func whatHasTakenItsPlaceIsLeftAsItIs() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/mudd.pid"
        do {
            let file = try PidFile(path: path)
            try #require(unlink(path) == 0)
            try folder.write("precious", to: "mudd.pid")
            _ = file
        }
        #expect(folder.read("mudd.pid") == "precious")
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
