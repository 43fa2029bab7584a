import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// What players see of each other's homepages.
@Suite struct HomepageTests {
    private let stage = Stage()
    private let ada: Thing
    private let ben: Thing

    init() {
        let hall = stage.room("Hall")
        ada = stage.player("Ada", in: hall)
        ben = stage.player("Ben", in: hall)
        write(Array("<p>Hello,\r\n\u{1B}[2J  Ben.</p>\n".utf8), "index.html")
        write([0xFF, 0xD8], "cat.jpg")
        write([UInt8](repeating: UInt8(ascii: "x"), count: 65 << 10), "long.txt")
    }

    private func write(_ content: [UInt8], _ name: String) {
        _ = stage.turn(by: ada) { turn in
            try PlayerFiles(of: turn.actor, in: turn.world).write(content, to: FilePath(.homepage, text: name))
        }
    }

    private func ben(_ line: String) -> [String] { stage.reading(of: stage.play(line, by: ben), by: ben) }

    @Test func everybodySeesTheList() {
        #expect(
            ben("homepage ada") == [
                "Ben: The homepage of Ada", "Ben: - cat.jpg, 1 KiB, image/jpeg", "Ben: - index.html, 1 KiB, text/html",
                "Ben: - long.txt, 65 KiB, text/plain", "Ben: homepage NAME FILE shows a text of it.",
            ])
        #expect(stage.failures == [])
    }

    @Test func aTextIsShownAndNothingElse() {
        write(Array("<p>Hello,\r\nBen.</p>".utf8), "plain.html")
        #expect(ben("homepage ada plain.html") == ["Ben: plain.html", "Ben: <p>Hello,", "Ben: Ben.</p>"])
        for name in ["cat.jpg", "index.html"] {
            #expect(ben("homepage ada \(name)") == ["Ben: The file \(name) is no text, and cannot be shown here."])
        }
        #expect(stage.failures == [])
    }

    @Test func aLongTextIsCut() {
        let told = ben("homepage ada long.txt")
        #expect(told.count == 3 && told[1].count == 5 + (64 << 10))
        #expect(told.last == "Ben: These are the first 64 of 65 KiB.")
    }

    @Test func notesAreNobodyElses() {
        _ = stage.play("note diary = Nobody reads this.", by: ada)
        for line in ["homepage ada diary.txt", "homepage ada notes/diary.txt"] {
            #expect(ben(line) == ["Ben: There is no such file."])
        }
        #expect(ben("homepage ada ../notes/diary.txt").first?.contains("The name of a file") == true)
    }
}
