import FileAccess
import FileAccessTesting
import Glibc
import Testing

/// Files that are written at their end, and what else may stand in their place.
@Suite struct AppendedFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func append(_ text: String, to path: String, followsLinks: Bool = false, takesPipes: Bool = false) throws {
        let descriptor = try openToAppend(path, followsLinks: followsLinks, takesPipes: takesPipes)
        defer { close(descriptor) }
        try #require(write(descriptor, text, text.utf8.count) == text.utf8.count)
    }

    @Test func aFileIsMadeForItsOwnerAloneAndGrows() throws {
        let path = folder.path + "/log"
        try append("one\n", to: path)
        try append("two\n", to: path)
        #expect(folder.read("log") == "one\ntwo\n" && folder.mode(of: "log") == 0o600)
    }

    @Test func aLinkIsFollowedOnlyWhenWanted() throws {
        try folder.write("", to: "real")
        let link = folder.path + "/link"
        try #require(symlink("real", link) == 0)
        #expect(throws: FileFailure(code: ELOOP)) { try append("x", to: link) }
        try append("x", to: link, followsLinks: true)
        #expect(folder.read("real") == "x")
    }

    @Test func aPipeIsNotWaitedFor() throws {
        let path = folder.path + "/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        #expect(throws: FileFailure(code: ENXIO)) { try append("x", to: path, takesPipes: true) }
        let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        try #require(reader >= 0)
        defer { close(reader) }
        #expect(throws: FileFailure.noRegularFile) { try append("x", to: path) }
        try append("x", to: path, takesPipes: true)
        var octet: UInt8 = 0
        #expect(read(reader, &octet, 1) == 1 && octet == UInt8(ascii: "x"))
    }

    @Test func aDeviceThatTakesCharactersWillDoAndAFolderWillNot() throws {
        try append("x", to: "/dev/null")
        #expect(throws: FileFailure(code: EISDIR)) { try append("x", to: folder.path) }
    }
}
