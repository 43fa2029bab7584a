import FileAccess
import FileAccessTesting
import Glibc
import Testing

/// Files that are read, and what else may stand in their place.
@Suite struct RegularFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [0, 1, 65_535, 65_536, 200_000]) func aFileIsReadWhole(count: Int) throws {
        let content = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let path = try folder.write(content, to: "file")
        #expect(try readFile(path, limit: count) == content)
    }

    @Test func aLinkIsFollowed() throws {
        try folder.write([1, 2], to: "file")
        let link = folder.path + "/link"
        try #require(symlink("file", link) == 0)
        #expect(try readFile(link, limit: 10) == [1, 2])
    }

    @Test func aFileThatIsTooLongIsRefused() throws {
        let path = try folder.write([1, 2, 3], to: "file")
        #expect(throws: FileFailure.tooLong(2)) { try readFile(path, limit: 2) }
    }

    @Test func aPipeIsNotWaitedFor() throws {
        let path = folder.path + "/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        #expect(throws: FileFailure.noRegularFile) { try readFile(path, limit: 10) }
    }

    @Test func aSocketIsRefused() throws {
        let path = folder.path + "/socket"
        try #require(mknod(path, S_IFSOCK | 0o600, 0) == 0)
        #expect(throws: FileFailure.noRegularFile) { try readFile(path, limit: 10) }
    }

    @Test func aDeviceIsRefused() {
        #expect(throws: FileFailure.noRegularFile) { try readFile("/dev/zero", limit: 10) }
    }

    @Test func aFolderIsRefusedInTheSystemsWords() {
        #expect(throws: FileFailure(code: EISDIR)) { try readFile(folder.path, limit: 10) }
    }

    @Test func whatIsMissingIsSaid() {
        #expect(throws: FileFailure(code: ENOENT)) { try readFile(folder.path + "/none", limit: 10) }
    }

    @Test func nothingStaysOpen() throws {
        let path = try folder.write([1], to: "file")
        let descriptor = try RegularFile(path).descriptor
        // Another test may have taken the number by now, but for another file.
        var (named, open) = (stat(), stat())
        try #require(stat(path, &named) == 0)
        #expect(fstat(descriptor, &open) != 0 || open.st_ino != named.st_ino)
    }
}
