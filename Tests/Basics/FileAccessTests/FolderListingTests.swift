import FileAccess
import FileAccessTesting
import Glibc
import Testing

@Suite struct FolderListingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func everyNameIsToldButThoseOfFolders() throws {
        #expect(try namesInFolder(folder.path) == [])
        let long = String(repeating: "n", count: 255)
        for name in [".hidden", "a", long] { try folder.write("", to: name) }
        try folder.makeFolder("inner")
        #expect(try namesInFolder(folder.path).sorted() == [".hidden", "a", "inner", long])
    }

    @Test func whatIsNoFolderIsSaid() throws {
        let file = try folder.write("", to: "file")
        #expect(throws: FileFailure(code: ENOTDIR)) { try namesInFolder(file) }
        #expect(throws: FileFailure(code: ENOENT)) { try namesInFolder(file + ".none") }
    }

    @Test func aLinkTellsWhatItSays() throws {
        try #require(symlink("nowhere/at all", folder.path + "/link") == 0)
        #expect(targetOfLink(folder.path + "/link") == "nowhere/at all")
        #expect(targetOfLink(try folder.write("", to: "file")) == nil)
    }
}
