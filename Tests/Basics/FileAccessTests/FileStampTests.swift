import FileAccess
import FileAccessTesting
import Glibc
import Testing

/// Versions of a file, told from each other without reading them.
@Suite struct FileStampTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aFileThatNobodyTouchesKeepsItsStamp() throws {
        let path = try folder.write("one", to: "file")
        let stamp = FileStamp(path: path)
        #expect(stamp != nil && FileStamp(path: path) == stamp)
        let opened = FileStamp(try RegularFile(path).status)
        #expect(opened == stamp)
        #expect(FileStamp(path: folder.path + "/none") == nil)
    }

    /// The clock of the file system may stand still between two of these.
    @Test func everyWayOfSavingChangesIt() throws {
        let path = try folder.write("one", to: "file")
        var stamp = FileStamp(path: path)
        func isChanged() -> Bool {
            let former = stamp
            stamp = FileStamp(path: path)
            return stamp != former
        }
        try folder.write("longer", to: "file")
        #expect(isChanged(), "another size")
        let times = [timespec(tv_sec: 1_000_000_000, tv_nsec: 1), timespec(tv_sec: 1_000_000_000, tv_nsec: 1)]
        try #require(utimensat(AT_FDCWD, path, times, 0) == 0)
        #expect(isChanged(), "another time")
        let other = try folder.write("longer", to: "other")
        try #require(utimensat(AT_FDCWD, other, times, 0) == 0 && rename(other, path) == 0)
        #expect(isChanged(), "another file of the same size and time")
    }

    @Test func aLinkHasTheStampOfWhatItLeadsTo() throws {
        let path = try folder.write("one", to: "file")
        let link = folder.path + "/link"
        try #require(symlink("file", link) == 0)
        #expect(FileStamp(path: link) == FileStamp(path: path))
    }
}
