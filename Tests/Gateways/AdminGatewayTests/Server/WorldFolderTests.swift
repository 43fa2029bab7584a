import DaemonCore
import FileAccessTesting
import Glibc
import Testing
import WorldText

@testable import AdminGateway

@Suite struct WorldFolderTests {
    @Test func readsWhatIsThereAndNamesTheFile() throws {
        let folder = try TemporaryFolder()
        mkdir(folder.path + "/areas", 0o700)
        try folder.write("title: Test\nstart: cove/pier\n", to: "world.yaml")
        try folder.write("area: [\n", to: "areas/cove.yaml")
        try folder.write("not: content", to: ".hidden.yaml")
        try folder.write("# Not content", to: "README.md")
        let (content, diagnostics) = try WorldFolder(path: folder.path).read()
        #expect(content.title == "Test")
        #expect(diagnostics.first?.file == folder.path + "/areas/cove.yaml")
        #expect(diagnostics.first?.severity == .error)
    }

    @Test func absentFolderIsOneSentence() {
        let sentence = "There is no world folder /nowhere/World; mudd serve --world DIR takes another."
        #expect(throws: DaemonFailure(.configuration, sentence)) { try WorldFolder(path: "/nowhere/World").read() }
    }

    @Test func unreadableTextIsNamed() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/bad.yaml"
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        _ = write(descriptor, [0x61, 0xFF, 0xFE] as [UInt8], 3)
        close(descriptor)
        #expect(throws: DaemonFailure(.damaged, "\(path):1:1: error: this is not UTF-8 text")) {
            try WorldFolder(path: folder.path).read()
        }
        truncate(path, WorldFolder.longestFile + 1)
        #expect(
            throws: DaemonFailure(.damaged, "\(path) cannot be read: longer than \(WorldFolder.longestFile) octets.")
        ) {
            try WorldFolder(path: folder.path).read()
        }
    }

    @Test(arguments: [S_IFIFO, S_IFSOCK]) func whatIsNoFileIsSaid(kind: mode_t) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/odd.yaml"
        try #require(mknod(path, kind | 0o600, 0) == 0)
        #expect(throws: DaemonFailure(.damaged, "\(path) cannot be read: this is no regular file.")) {
            try WorldFolder(path: folder.path).read()
        }
    }

    @Test func circleOfFoldersEnds() throws {
        let folder = try TemporaryFolder()
        mkdir(folder.path + "/in", 0o700)
        try folder.write("title: Test\nstart: a/b\n", to: "world.yaml")
        #expect(symlink("..", folder.path + "/in/out") == 0)
        #expect(throws: Never.self) { _ = try WorldFolder(path: folder.path).read() }
        unlink(folder.path + "/in/out")
    }
}
