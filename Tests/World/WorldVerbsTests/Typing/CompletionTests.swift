import Testing
import WorldLanguage
import WorldModel
import WorldTesting

@testable import WorldVerbs

@Suite struct CompletionTests {
    private let stage = House.make()

    private var ada: Thing { stage.players[0] }

    private func complete(_ text: String, cursor: Int? = nil, role: Role = .player) -> Completion? {
        stage.interpreter.completion(of: text, cursor: cursor ?? text.count, for: ada, role: role)
    }

    @Test func aLineBeginsWithACommandOrADirection() {
        #expect(complete("inv") == Completion(start: 0, candidates: ["inventory"]))
        #expect(complete("  northw") == Completion(start: 2, candidates: ["northwest"]))
        #expect(complete("LOO")?.candidates == ["look"])
        #expect(complete("xyzzy") == nil)
        #expect((complete("")?.candidates.count ?? 0) > 30)
    }

    @Test func commandsThatOneMayNotUseAreNone() {
        #expect(complete("inspe", role: .guest)?.candidates.contains("inspect") != true)
        #expect(complete("inspe", role: .owner)?.candidates == ["inspect"])
    }

    @Test func whatIsSeenFollows() {
        #expect(complete("get br") == Completion(start: 4, candidates: ["brass lamp"]))
        #expect(complete("get brass la") == Completion(start: 4, candidates: ["brass lamp"]))
        #expect(complete("get lam") == Completion(start: 4, candidates: ["lamp"]))
        #expect(complete("put lamp in wood") == Completion(start: 12, candidates: ["wooden chest"]))
        #expect(complete("get br", cursor: 5) == Completion(start: 4, candidates: ["brass lamp"]))
        #expect(complete("get zzz") == nil)
        let all = complete("look ")?.candidates ?? []
        #expect(all.contains("brass lamp") && all.contains("Ben") && all.contains("north"))
    }

    @Test func nothingIsToldOfWhatCannotBeSeen() {
        stage.thing("golden ring", in: stage.world.things.values.first { $0.name == "Cellar" })
        _ = stage.play("down", by: ada)
        let candidates = complete("look ")?.candidates ?? []
        #expect(candidates.contains("up"))
        #expect(!candidates.contains("golden ring") && !candidates.contains("brass lamp"))
        #expect(complete("get gol") == nil)
    }

    @Test func aVerbIsOfferedWhatItTakes() {
        let things = complete("get ")?.candidates ?? []
        #expect(things.contains("brass lamp") && things.contains("iron key"))
        #expect(!things.contains("Ben") && !things.contains("north"))
        #expect(complete("go ") == Completion(start: 3, candidates: ["down", "east", "north"]))
        #expect(complete("go st") == Completion(start: 3, candidates: ["stairs"]))
        #expect(complete("go b") == nil)
        let players = complete("tell ")?.candidates ?? []
        #expect(players.contains("Ben") && players.contains("Cy"))
        #expect(!players.contains("north") && !players.contains("brass lamp"))
        #expect(complete("ask b") == Completion(start: 4, candidates: ["Ben"]))
        #expect(complete("inventory ") == nil)
        // Creatures are not opened, but they may follow somebody.
        #expect(complete("open ")?.candidates.contains("Ben") == false)
        #expect(complete("lose be") == Completion(start: 5, candidates: ["Ben"]))
    }

    @Test func whatIsCarriedAndWornIsOfferedWhereItIsMeant() {
        #expect(complete("drop ") == nil)
        _ = stage.play("get brass lamp", by: ada)
        #expect(complete("drop ") == Completion(start: 5, candidates: ["brass lamp"]))
        #expect(complete("remove ") == nil)
        let hat = stage.thing("felt hat", in: ada, .wearable)
        stage.change { world in world.set(.isWorn, to: true, on: hat) }
        #expect(complete("remove ") == Completion(start: 7, candidates: [hat.name]))
    }

    @Test func whatFollowsDependsOnWhatWasTyped() {
        _ = stage.play("get brass lamp", by: ada)
        #expect(complete("give brass lamp t") == Completion(start: 16, candidates: ["to"]))
        #expect(complete("give brass lamp to b") == Completion(start: 19, candidates: ["Ben"]))
        #expect(complete("give brass lamp to ")?.candidates == ["Ben", "Cy"])
        #expect(complete("put brass lamp in b") == Completion(start: 18, candidates: ["Ben", "brass lamp"]))
        #expect(complete("put brass lamp in o")?.candidates.contains("oil lamp") == true)
        #expect(complete("map l") == Completion(start: 4, candidates: ["list"]))
        #expect(complete("set screenreader ")?.candidates == ["auto", "off", "on"])
        #expect(complete("set nonsense o") == nil)
    }

    @Test func settingsAndTopicsFollowTheirCommands() {
        #expect(complete("set statu") == Completion(start: 4, candidates: ["statusline"]))
        #expect(complete("help invent") == Completion(start: 5, candidates: ["inventory"]))
    }

    @Test func anotherLanguageNeedsNoSpaces() {
        var parts = Language.Parts()
        parts.code = "zh"
        parts.commands.verbs = ["\u{770B}": "look", "\u{62FF}\u{8D77}": "get"]
        parts.content.names = ["brass lamp": ContentTexts.Name(name: "\u{94DC}\u{706F}")]
        stage.interpreter.languages = LanguageTable([Language(parts)])
        #expect(complete("\u{62FF}") == nil)
        stage.change { world in world.set(.language, to: "zh", on: ada) }
        #expect(complete("\u{62FF}") == Completion(start: 0, candidates: ["\u{62FF}\u{8D77}"]))
        #expect(complete("\u{62FF}\u{8D77}\u{94DC}") == Completion(start: 2, candidates: ["\u{94DC}\u{706F}"]))
        #expect(complete("\u{770B} \u{94DC}") == Completion(start: 2, candidates: ["\u{94DC}\u{706F}"]))
        #expect(complete("get br") == nil)
    }

    @Test func candidatesAreBounded() {
        for number in 0..<500 { stage.thing("pebble \(number)", in: ada.location) }
        #expect((complete("get ")?.candidates.count ?? 0) <= Completion.mostCandidates)
    }

    @Test(arguments: [-5, 0, 3, 99]) func anyCursorWillDo(cursor: Int) {
        _ = complete("get", cursor: cursor)
        _ = complete("", cursor: cursor)
    }
}
