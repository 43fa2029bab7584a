import Glibc
import Testing

@testable import DaemonCore

@Suite struct FileReadingTests {
    /// Opened for reading, a pipe that nobody writes would be waited for without end.
    @Test func onlyRegularFilesAreRead() throws {
        let folder = try TemporaryFolder()
        let pipe = folder.path + "/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        for (path, code) in [(pipe, EINVAL), (folder.path, EISDIR), ("/dev/zero", EINVAL), (pipe + "2", ENOENT)] {
            let failure = #expect(throws: FileFailure.self) { try readFile(path, limit: 100) }
            #expect(failure?.code == code, "\(path)")
        }
    }
}
