import Basics
import Testing
import WorldModel

@testable import WorldLanguage

@Suite struct CatalogueTests {
    private let lamp = Thing.makeNobody()

    @Test func keys() {
        let sentence: Sentence = "\(lamp) \(verb: "take") \(plain: "this"), and \(number: 3)."
        #expect(sentence.key == "{1} <take> {2}, and {3}.")
        #expect(sentence.modified(by: "slowly").key == sentence.key)
        #expect(Sentence(message: "Nothing.").key == "Nothing.")
    }

    @Test func patterns() {
        typealias Pattern = Catalogue.Pattern
        #expect(Pattern("{2}x{1}").parts == [.argument(2), .text("x"), .argument(1)])
        #expect(Pattern("{how}{1}{2").parts == [.adverb, .argument(1), .text("{2")])
        #expect(Pattern("{0}{100}{x}").parts == [.text("{0}{100}{x}")])
        #expect(Pattern("{1}{3}").arguments == 3)
        #expect(Catalogue.problem(of: "{2}{1}", for: "{1} and {2}") == nil)
        #expect(Catalogue.problem(of: "{3}", for: "{1} and {2}") != nil)
    }

    private func language() -> Language {
        var parts = Language.Parts()
        parts.code = "zh"
        parts.grammar.you = "你"
        parts.grammar.possessive = "{1}的"
        parts.grammar.separator = "、"
        parts.grammar.or = "或"
        parts.grammar.isSpaced = true
        parts.catalogue["Say {1} or {2}."] = Catalogue.Pattern("{2}或{1}")
        parts.catalogue["north"] = Catalogue.Pattern("北")
        return Language(parts)
    }

    @Test func aSentenceIsPutTogetherInAnotherOrder() {
        let text = Sentence("Say \(plain: "one") or \(plain: "两").").rendered(for: lamp, in: language()) { _ in true }
        #expect(text.plain == "两或 one")
    }

    @Test func whatIsMissingIsEnglish() {
        let text = Sentence("go \(Sentence(message: "north")).").rendered(for: lamp, in: language()) { _ in true }
        #expect(text.plain == "go north.")
    }

    @Test func partsAreTranslatedToo() {
        let list: Sentence = "\(list: ["\(plain: "a")", Sentence(message: "north")], isChoice: true)"
        #expect(list.rendered(for: lamp, in: language()) { _ in true }.plain == "a 或北")
    }
}
