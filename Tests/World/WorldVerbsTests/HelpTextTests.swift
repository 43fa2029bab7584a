import Testing

@testable import WorldVerbs

@Suite struct HelpTextTests {
    private let page = HelpText(
        names: ["Gateways", "take off"], title: "Ways and gates", body: "A way; a WAYSIDE inn, and the gatekeeper.")

    private static let cases: [(String, HelpText.Places)] = [
        ("gateway", [.name, .partOfName]), ("gateways", [.name, .partOfName]), ("gatew", .partOfName),
        ("take", .partOfName), ("off", .partOfName), ("way", [.title, .body]), ("ways", [.title, .body]),
        ("waysi", .body), ("inn", .body), ("gate", [.partOfName, .title, .body]), ("zoo", []), ("aardvark", []),
    ]

    @Test(arguments: cases)
    func tellsWhereWordsBeginSo(word: String, places: HelpText.Places) {
        #expect(page.places(of: word) == places)
    }

    @Test func eachPageIsReadOnceInEachLanguage() {
        var texts = HelpTexts()
        var reads = 0
        for language in ["", "zh", "", "zh"] {
            for page in ["verb look", "page look", "verb look"] {
                _ = texts.text(page, in: language) {
                    reads += 1
                    return HelpText(names: [page], title: language, body: "")
                }
            }
        }
        #expect(reads == 4 && texts.count == 4)
        for number in 0..<HelpTexts.capacity {
            _ = texts.text("verb \(number)", in: "") { HelpText(names: [], title: "", body: "") }
        }
        #expect(texts.count <= HelpTexts.capacity && texts.count > 0)
    }
}
