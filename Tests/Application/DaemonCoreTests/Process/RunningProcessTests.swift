import FileAccessTesting
import Glibc
import Testing

@testable import DaemonCore

@Suite struct RunningProcessTests {
    @Test func isFoundByTheLockItHolds() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/mudd.pid"
        #expect(try RunningProcess.holding(path) == nil)
        try folder.write("\(getpid())\n", to: "mudd.pid")
        #expect(try RunningProcess.holding(path) == nil)
        let file = try PidFile(path: path)
        let process = try #require(try RunningProcess.holding(path))
        #expect(process.processID == getpid())
        // Nothing is sent, but whether it could be is found out.
        try process.signal(0)
        #expect(!process.waitUntilGone(atMost: .zero) && !process.waitUntilGone(atMost: .milliseconds(2)))
        _ = file
    }

    @Test func whatIsNoFileIsNotWaitedFor() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/mudd.pid"
        try #require(mkfifo(path, 0o600) == 0)
        let sentence = "The file \(path) cannot be looked at: this is no regular file."
        #expect(throws: DaemonFailure(.damaged, sentence)) { try RunningProcess.holding(path) }
    }

    @Test func aHolderWhoIsNotThereIsSaid() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/mudd.pid"
        let file = try PidFile(path: path)
        for (text, sentence) in [
            ("4194305\n", "is it in another container?"), ("99999999999999999999\n", "is not known holds"),
            ("", "is not known holds"),
        ] {
            try folder.write(text, to: "mudd.pid")
            do throws(DaemonFailure) {
                _ = try RunningProcess.holding(path)
                Issue.record("somebody was found by “\(text)”")
            } catch {
                #expect(error.status == .tryAgain && error.description.contains(sentence))
            }
        }
        _ = file
    }
}
