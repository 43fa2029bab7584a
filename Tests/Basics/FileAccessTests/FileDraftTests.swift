import FileAccess
import FileAccessTesting
import Glibc
import Testing

/// Files that take the place of others as a whole.
@Suite struct FileDraftTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func mode(_ path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode : nil
    }

    @Test(arguments: [0, 1, 200_000]) func aDraftTakesThePlaceOfAFile(count: Int) throws {
        let content = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let path = try folder.write([1, 2, 3], to: "file")
        let draft = try FileDraft(content, at: path + ".new", mode: 0o640)
        #expect(try readFile(path, limit: 10) == [1, 2, 3])
        try draft.replace(path)
        #expect(try readFile(path, limit: count) == content)
        #expect(mode(path).map { $0 & 0o777 } == 0o640 && mode(draft.path) == nil)
    }

    @Test func aDraftMayBeTheFirst() throws {
        try FileDraft([7], at: folder.path + "/draft", mode: 0o600).replace(folder.path + "/file")
        #expect(try readFile(folder.path + "/file", limit: 1) == [7])
    }

    @Test func whatStandsInItsPlaceIsNotTouched() throws {
        let path = try folder.write([1], to: "draft")
        #expect(throws: FileFailure(code: EEXIST)) { _ = try FileDraft([2], at: path, mode: 0o600) }
        #expect(try readFile(path, limit: 1) == [1])
        // Nor is what a link leads to.
        let link = folder.path + "/link"
        try #require(symlink("elsewhere", link) == 0)
        #expect(throws: FileFailure(code: EEXIST)) { _ = try FileDraft([2], at: link, mode: 0o600) }
        #expect(mode(folder.path + "/elsewhere") == nil)
    }

    @Test func nothingIsLeftOfWhatCannotBeWritten() throws {
        // Without the rights of root, nobody gives files away.
        guard geteuid() != 0 else { return }
        let path = folder.path + "/draft"
        #expect(throws: FileFailure.self) { _ = try FileDraft([2], at: path, mode: 0o600, owner: (0, 0)) }
        #expect(mode(path) == nil)
    }

    @Test func aFailedReplacementCanBeTriedAgain() throws {
        let draft = try FileDraft([2], at: folder.path + "/draft", mode: 0o600)
        let target = folder.path + "/place"
        try #require(mkdir(target, 0o700) == 0)
        #expect(throws: FileFailure(code: EISDIR)) { try draft.replace(target) }
        try #require(rmdir(target) == 0)
        try draft.replace(target)
        #expect(try readFile(target, limit: 1) == [2])
        draft.discard()
    }
}
