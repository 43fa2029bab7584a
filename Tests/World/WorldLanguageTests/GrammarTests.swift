import Basics
import Testing
import WorldLanguage
import WorldModel

@Suite struct GrammarTests {
    private let world = World()

    init() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
    }

    private func thing(
        _ name: String, article: String = "auto", plural: String = "", pronouns: String = "it",
        _ faculties: Faculties = []
    ) -> Thing {
        let made = world.create(faculties)
        world.set(.name, to: name, on: made)
        world.set(.article, to: article, on: made)
        world.set(.pronouns, to: pronouns, on: made)
        if !plural.isEmpty { world.set(.plural, to: plural, on: made) }
        return made
    }

    private func plain(_ sentence: Sentence, sees: Bool = true) -> String {
        sentence.rendered(for: Thing.makeNobody()) { _ in sees }.plain
    }

    @Test(arguments: [
        ("sabra's key", ["sabra"], ["key"]), ("the old keeper's iron key", ["old", "keeper"], ["iron", "key"]),
        ("ada\u{2019}s hat", ["ada"], ["hat"]), ("james' hat", ["james"], ["hat"]),
    ])
    func possessivesNameTheOwner(_ text: String, _ owner: [String], _ words: [String]) throws {
        let possessive = try #require(NounPhrase(text.split(separator: " ").map(String.init))?.possessive)
        #expect(possessive.owner == owner && possessive.words == words)
    }

    @Test(arguments: ["key", "sabra's", "watch makers key"])
    func otherPhrasesHaveNoOwner(_ text: String) {
        #expect(NounPhrase(text.split(separator: " ").map(String.init))?.possessive == nil)
    }

    @Test func pluralThingsTakeThePlural() {
        let boots = thing("work boots", article: "some", plural: "work boots")
        #expect(boots.isPlural)
        #expect(
            plain("\(boots) \(verb: "be") wet; \(they: boots) \(verb: "have") holes.")
                == "The work boots are wet; they have holes.")
        #expect(plain("\(boots) \(verb: "have") laces.") == "The work boots have laces.")
        let sand = thing("sand", article: "some")
        #expect(!sand.isPlural)
        #expect(plain("\(sand) \(verb: "be") wet.") == "The sand is wet.")
    }

    @Test func aSinglePersonsTheyTakesThePlural() {
        let cy = thing("Cy", article: "", pronouns: "they", .persona)
        #expect(plain("\(cy) \(verb: "be") here and \(they: cy) \(verb: "wave").") == "Cy is here and they wave.")
        let ada = thing("Ada", article: "", pronouns: "she", .persona)
        #expect(plain("\(they: ada) \(verb: "wave").") == "She waves.")
        #expect(plain("\(they: ada) \(verb: "be") gone.", sees: false) == "They are gone.")
    }

    @Test func namesFollowTheirChanges() {
        let lamp = thing("lamp")
        #expect(Noun.indefinite(lamp).plain == "a lamp" && Noun.definite(lamp).plain == "the lamp")
        world.set(.name, to: "oil lamp", on: lamp)
        #expect(Noun.indefinite(lamp).plain == "an oil lamp" && Noun.definite(lamp).plain == "the oil lamp")
        world.set(.article, to: "", on: lamp)
        #expect(Noun.indefinite(lamp).plain == "oil lamp" && Noun.definite(lamp).plain == "oil lamp")
    }

    @Test(arguments: [
        ([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"),
    ])
    func lists(_ items: [String], _ text: String) {
        #expect(English.list(items.map { StyledText($0) }).plain == text)
    }

    @Test(arguments: [
        ("lamp", MatchQuality.exact), ("lam", .prefix), ("brass lamp", .exact), ("br lamp", .prefix),
        ("brass", .prefix),
        ("lamp lamp", .exact), ("l", nil), ("oil lamp", nil), ("lamps", nil), ("brass key", nil), ("", .exact),
    ])
    func wordsName(_ typed: String, _ quality: MatchQuality?) {
        let lamp = thing("brass lamp")
        #expect(lamp.words.match(typed.split(separator: " ").map(String.init), plural: false) == quality)
    }

    @Test(arguments: ["lamps", "brass lamps", "lamp", "lam"])
    func pluralsNameKinds(_ typed: String) {
        let words = thing("brass lamp").words
        #expect(words.match(typed.split(separator: " ").map(String.init), plural: true) != nil)
    }

    @Test(arguments: ["lamp", "lä", "ex", "brass", "ÉTOILE", "e\u{301}toile", "étoile"])
    func firstLettersNeverDenyAMatch(_ typed: String) {
        for name in ["brass lamp", "Lämpchen", "extra lamp", "étoile", "e\u{301}toile"] {
            let words = thing(name).words
            if words.match([typed.folded], plural: false) != nil {
                #expect(words.initials & Vocabulary.initial(of: typed.folded) != 0, "\(typed) of \(name)")
            }
        }
    }

    @Test func exceptionsAreLeftOut() {
        let phrase = NounPhrase(["all", "the", "coins", "except", "the", "old", "coin"])
        #expect(phrase?.amount == .all && phrase?.words == ["coins"] && phrase?.exception == ["old", "coin"])
        #expect(NounPhrase([]) == nil)
    }

    @Test(arguments: [
        ("second lamp", 2, ["lamp"]), ("2nd lamp", 2, ["lamp"]), ("2.lamp", 2, ["lamp"]), ("lamp 2", 2, ["lamp"]),
        ("the 21st lamp", 21, ["lamp"]), ("last brass lamp", NounPhrase.lastOrdinal, ["brass", "lamp"]),
    ])
    func ordinalsAreReadBothWays(_ text: String, _ ordinal: Int, _ words: [String]) {
        let phrase = NounPhrase(text.split(separator: " ").map(String.init))
        #expect(phrase?.ordinal == ordinal && phrase?.words == words)
    }

    @Test(arguments: ["last", "second", "2nd", "worst lamp", "nd lamp", "0th lamp"])
    func otherWordsAreNoOrdinals(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        #expect(NounPhrase(words)?.ordinal == nil && NounPhrase(words)?.words == words)
    }

    @Test(arguments: [("my lamp", "my"), ("his old lamp", "his"), ("the lamp", nil), ("my", nil)])
    func ownersAreRemembered(_ text: String, _ owner: String?) {
        #expect(NounPhrase(text.split(separator: " ").map(String.init))?.owner == owner)
    }

    @Test func anAdverbGoesBeforeTheVerb() {
        let lamp = thing("lamp")
        let sentence: Sentence = "\(lamp) \(verb: "shine") and \(verb: "glow")."
        #expect(
            sentence.modified(by: "softly").rendered(for: Thing.makeNobody()) { _ in true }.plain
                == "The lamp softly shines and glows.")
        #expect(("Nothing." as Sentence).modified(by: "softly").rendered(for: lamp) { _ in true }.plain == "Nothing.")
    }
}
