import FileAccessTesting
import Glibc
import ReactorCore
import Testing

@testable import DaemonCore

@Suite struct ProfileFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aNewFileIsItsOwnersAlone() throws {
        let descriptor = try ProfileFile.open(folder.path + "/profile")
        close(descriptor)
        #expect(folder.mode(of: "profile").map { $0 & 0o077 } == 0 && folder.read("profile") == "")
    }

    @Test func anEarlierProfileIsReplaced() throws {
        let text = LoopProfile.firstWords + "1.000 ms, and busy"
        let path = try folder.write(text, to: "profile")
        try ProfileFile.tryOut(path, at: path)
        #expect(folder.read("profile") == text)
        let descriptor = try ProfileFile.open(path)
        close(descriptor)
        #expect(folder.read("profile") == "")
    }

    @Test(arguments: ["SQLite format 3\0", "The loop", "root:x:0:0:root:/root:/bin/bash\nThe loop was watched for "])
    func anotherFileIsLeftAsItIs(content: String) throws {
        let path = try folder.write(content, to: "precious")
        let sentence = "The profile \(path) cannot be opened: what is there is no profile, and is left as it is."
        #expect(throws: DaemonFailure(.cannotCreate, sentence)) { try ProfileFile.open(path) }
        #expect(throws: DaemonFailure(.cannotCreate, sentence)) { try ProfileFile.tryOut(path, at: path) }
        #expect(folder.read("precious") == content)
    }

    @Test func aPipeThatNobodyReadsIsNotWaitedFor() throws {
        let path = folder.path + "/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        #expect(throws: DaemonFailure.self) { try ProfileFile.open(path) }
    }
}
