import Basics
import Testing
import WorldLanguage
import WorldModel

/// Sentences in a language whose words do not change.
@Suite struct LanguageWriterTests {
    private let world = World()
    private let ada: Thing
    private let lamp: Thing

    init() {
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
        ada = world.create([.persona, .player])
        world.set(.name, to: "Ada", on: ada)
        world.set(.article, to: "", on: ada)
        world.set(.pronouns, to: "she", on: ada)
        lamp = world.create()
        world.set(.name, to: "brass lamp", on: lamp)
    }

    private static let language: Language = {
        var parts = Language.Parts()
        parts.code = "zh"
        parts.grammar.you = "你"
        parts.grammar.possessive = "{1}的"
        parts.grammar.reflexive = "{1}自己"
        parts.grammar.someone = "某人"
        parts.grammar.something = "某物"
        parts.grammar.pronouns = ["she": "她", "it": "它"]
        parts.grammar.several = "它们"
        parts.grammar.unknown = "其"
        (parts.grammar.separator, parts.grammar.and, parts.grammar.or) = ("、", "和", "或")
        parts.grammar.numbers = ["零", "一", "两", "三"]
        (parts.grammar.classifier, parts.grammar.counted) = ("个", "{1}{2}")
        parts.grammar.others = "另外{1}样东西"
        parts.grammar.adverb = "{1}地"
        parts.grammar.isSpaced = true
        parts.adverbs = ["slowly": "慢慢"]
        parts.content.names["brass lamp"] = ContentTexts.Name(name: "黄铜灯", classifier: "盏")
        parts.content.texts["A lamp."] = "一盏灯。"
        for (key, text) in [
            ("{1} <take> {2}.", "{1}拿起{2}。"), ("{1} <wave>.", "{1}{how}挥手。"), ("{1} <wake> {2}.", "{1}叫醒了{2}。"),
            ("You see {1}.", "你看见{1}。"), ("It is {1} and {2}.", "那是{2}，{1}。"), ("north", "北"), ("{1} of {2}", "{2}{1}"),
        ] {
            parts.catalogue[key] = Catalogue.Pattern(text)
        }
        return Language(parts)
    }()

    private func read(_ sentence: Sentence, by reader: Thing? = nil, sees: Bool = true) -> String {
        sentence.rendered(for: reader ?? Thing.makeNobody(), in: Self.language) { _ in sees }.plain
    }

    @Test func eachReadsItFromTheirOwnSide() {
        let sentence: Sentence = "\(ada) \(verb: "take") \(the: lamp)."
        #expect(read(sentence, by: ada) == "你拿起黄铜灯。")
        // A space where two scripts meet.
        #expect(read(sentence) == "Ada 拿起黄铜灯。")
        #expect(read(sentence, sees: false) == "某人拿起某物。")
        #expect(read("\(ada) \(verb: "wake") \(themself: ada).", by: ada) == "你叫醒了你自己。")
        #expect(read("\(ada) \(verb: "wake") \(themself: ada).") == "Ada 叫醒了她自己。")
    }

    @Test func howItIsDoneStandsWhereTheLanguageHasIt() {
        let waves: Sentence = "\(ada) \(verb: "wave")."
        #expect(read(waves.modified(by: "slowly"), by: ada) == "你慢慢地挥手。")
        let takes: Sentence = "\(ada) \(verb: "take") \(the: lamp)."
        #expect(read(takes.modified(by: "slowly"), by: ada) == "你慢慢地拿起黄铜灯。")
        #expect(read(waves.modified(by: "oddly"), by: ada) == "你 oddly地挥手。")
    }

    @Test func thingsAreCounted() {
        let others = (0..<2).map { _ in
            let other = world.create()
            world.set(.name, to: "brass lamp", on: other)
            return other
        }
        let stone = world.create()
        world.set(.name, to: "stone", on: stone)
        #expect(read("You see \(a: lamp).") == "你看见一盏黄铜灯。")
        #expect(read("You see \(things: others + [stone]).") == "你看见两盏黄铜灯和一个 stone。")
        #expect(read("You see \(things: others + [lamp, stone, ada], .atMost(3)).") == "你看见三盏黄铜灯和另外2样东西。")
        #expect(read("You see \(number: 3).") == "你看见三。")
        #expect(read("You see \(number: 7).") == "你看见 7。")
        #expect(read("You see \(number: -1).") == "你看见-1。")
    }

    @Test func listsAndPronouns() {
        let parts: [Sentence] = ["\(name: ada)", "\(name: lamp)", "\(message)"]
        #expect(read("You see \(list: parts).") == "你看见 Ada、黄铜灯和北。")
        #expect(read("You see \(list: parts, isChoice: true).") == "你看见 Ada、黄铜灯或北。")
        #expect(read("You see \(list: []).") == "你看见。")
        #expect(read("You see \(their: ada).") == "你看见她的。")
        #expect(read("You see \(them: lamp).", sees: false) == "你看见其。")
        #expect(read("You see \(possessive: ada).") == "你看见 Ada 的。")
    }

    private var message: Sentence { Sentence(message: "north") }

    @Test func argumentsMayStandInAnotherOrder() {
        #expect(read("It is \(plain: "a") and \(plain: "b").") == "那是 b，a。")
        #expect(read("You see \("\(message) of \(name: lamp)" as Sentence).") == "你看见黄铜灯北。")
    }

    @Test func whatItDoesNotHaveIsEnglish() {
        #expect(read("\(ada) \(verb: "sing").") == "Ada sings.")
        // A sentence without words of its own needs no translation.
        #expect(read("\(message): \(plain: "x")") == "北: x")
        #expect(read("You see \(content: "A lamp.").") == "你看见一盏灯。。")
        #expect(read("You see \(content: "A stone.").") == "你看见 A stone.。")
    }
}
