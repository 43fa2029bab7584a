import Testing
import WorldLanguage
import WorldModel
import WorldText

@Suite struct LanguageFilesTests {
    private static let cove = """
        area: cove
        title: The Cove
        rooms:
          beach:
            name: The Beach
            description: Shingle.
            details: {"shingle, stones": Grey.}
            exits: {up: {to: hill, names: [stair]}}
            things:
              keeper: {name: keeper, description: Old., persona: {topics: {"lamp": It burns.}, greeting: "*nods.*"}}
          hill: {name: The Hill, description: Grass., exits: {down: beach}}
        """

    private func read(_ text: String, _ path: String = "World/languages/zh/cove.yaml") -> (Language?, [String]) {
        let (content, diagnostics) = ContentReader.read([
            ContentSource(path: "World/world.yaml", text: "start: cove/beach\ntitle: The Cove"),
            ContentSource(path: "World/areas/cove.yaml", text: Self.cove),
            ContentSource(path: "World/languages/zh/language.yaml", text: "language: zh\nname: 中文"),
            ContentSource(path: path, text: text),
        ])
        return (content.languages.first, diagnostics.map(\.description))
    }

    @Test func textsAreKnownByWhatTheyAreInEnglish() throws {
        let (language, diagnostics) = read(
            """
            area: cove
            texts:
              beach: {name: 海滩, description: 卵石。, details: {"stones, 石头": 灰色的。}}
              "beach:up": {names: [石阶]}
              keeper: {name: 看守, classifier: 位, nouns: [老人], topics: {"lamp, 灯": 它亮着。}, greeting: "*点了点头。*"}
            """)
        #expect(diagnostics == [])
        let content = try #require(language?.content)
        #expect(content.texts["Shingle."] == "卵石。" && content.texts["Grey."] == "灰色的。")
        #expect(content.texts["stair"] == "石阶" && content.texts["It burns."] == "它亮着。")
        #expect(content.texts["nods."] == "点了点头。")
        #expect(content.names["keeper"] == ContentTexts.Name(name: "看守", classifier: "位", nouns: ["老人"]))
        #expect(content.words["The Beach"] == ["石头": "stones"] && content.words["keeper"] == ["灯": "lamp"])
    }

    @Test(arguments: [
        (
            "messages: {\"{1} x.\": \"{2}\"}",
            "1:22: error: the message \"{1} x.\" speaks of {2}, and the sentence has only 1"
        ),
        (
            "area: cove\ntexts: {peach: {name: 桃}}",
            "2:9: warning: there is nothing called cove/peach (did you mean cove/beach?)"
        ),
        (
            "area: cove\ntexts: {hill: {initial: 山。}}",
            "2:9: warning: room cove/hill has no initial that could be translated"
        ),
        ("area: cove\ntexts: {beach: {details: {猫: 黑的。}}}", "2:9: warning: room cove/beach has no details for 猫"),
        ("mesages: {a: b}", "1:1: error: the file has no key mesages (did you mean messages?)"),
        (
            "commands: {lines: {\"拿{1}\": \"get {2}\"}}",
            "1:28: error: the line 拿{1} speaks of {2}, and the sentence has only 1"
        ),
    ])
    func saysWhereAMistakeIs(_ text: String, _ mistake: String) {
        #expect(read(text).1 == ["World/languages/zh/cove.yaml:" + mistake])
    }

    @Test func aLanguageStandsInItsOwnFolder() {
        let (_, diagnostics) = read("language: de\nname: Deutsch", "World/languages/fr/language.yaml")
        #expect(diagnostics == ["World/languages/fr/language.yaml:1:11: error: language de stands in the folder of fr"])
    }

    @Test func pagesOfHelpAreThoseOfTheLanguage() throws {
        let (language, diagnostics) = read(
            "---\ntopic: light\naliases: [光]\ntitle: 光\n---\n亮。", "World/languages/zh/help/light.md")
        #expect(diagnostics == [])
        #expect(LanguageTable([try #require(language)]).topic("光") == "light")
    }
}
