import Testing
import WorldVerbs

@Suite struct FilePathTests {
    @Test(arguments: [
        "a", "index.html", "pictures/cat.png", "a/b/c.txt", ".profile", "..x", String(repeating: "n", count: 64),
    ])
    func survivesTheRoundTrip(_ text: String) throws {
        let path = try FilePath(.homepage, text: text)
        #expect(path.text == text && path.stored == "homepage/" + text)
        #expect(FilePath(stored: path.stored) == path)
        #expect(path.parent.names == Array(path.names.dropLast()))
    }

    @Test(arguments: [
        "", "/", ".", "..", "...", "../notes", "a/../b", "a b", "é", "a\u{0}", "a\\b", "C:", "a\n", "日记",
        String(repeating: "n", count: 65), "%2e%2e",
    ])
    func whatIsNoNameIsRefused(_ text: String) {
        #expect(throws: FileProblem.badName) { try FilePath(.homepage, text: text) }
    }

    @Test func foldersGoTwoDeep() {
        #expect(throws: FileProblem.tooDeep) { try FilePath(.notes, text: "a/b/c/d") }
    }

    @Test(arguments: ["", "mail/a", "homepage/..", "homepage//a", "homepage/a/", "/homepage/a", "homepage/a/b/c/d"])
    func nothingElseIsReadFromTheWorld(_ stored: String) {
        #expect(FilePath(stored: stored) == nil)
    }

    @Test func whatLiesBelowAFolderIsNotTheFolder() throws {
        let folder = try FilePath(.homepage, text: "a")
        #expect(try FilePath(.homepage, text: "a/b").isBelow(folder))
        #expect(try !FilePath(.homepage, text: "ab").isBelow(folder) && !folder.isBelow(folder))
        #expect(try !FilePath(.notes, text: "a/b").isBelow(folder))
        #expect(folder.isBelow(FilePath(.homepage)))
    }

    @Test(arguments: [
        ("index.html", "text/html"), ("CAT.PNG", "image/png"), ("a.tar.gz", MediaTypes.unknown),
        ("html", MediaTypes.unknown),
        (".", MediaTypes.unknown), ("a.", MediaTypes.unknown),
    ])
    func theEndingOfANameTellsTheType(_ name: String, _ type: String) {
        #expect(MediaTypes.type(ofName: name) == type)
    }
}
