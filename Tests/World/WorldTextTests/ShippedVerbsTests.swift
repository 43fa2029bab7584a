import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldText
import WorldVerbs

/// The shipped things that have verbs of their own, in both languages.
@Suite struct ShippedVerbsTests {
    let stage = Stage()

    private func place(_ key: String) throws -> Thing { try #require(stage.world.thing(forContentKey: key)) }

    private func load() throws {
        let content = try ShippedWorld.read()
        stage.change { world in _ = ContentLoader.load(content, into: world) }
        stage.interpreter.languages = LanguageTable(content.languages)
    }

    private func read(_ line: String, by player: Thing) -> [String] {
        stage.reading(of: stage.play(line, by: player), by: player)
    }

    @Test func waterIsDrawnFromTheWell() throws {
        try load()
        let ada = stage.player("Ada", "she", in: try place("town/garden"))
        stage.player("Ben", "he", in: try place("town/garden"))
        #expect(
            read("draw water", by: ada).sorted() == [
                "Ada: It tastes of iron and of last winter. Far below, the coin of daylight puts itself together again.",
                "Ada: You wind up a bucketful of water, black and smoking with cold, and let it down again.",
                "Ben: Ada winds up a bucketful of water, black and smoking with cold, and lets it down again.",
            ])
        #expect(read("look at well", by: ada).last == "Ada: To try: draw.")
        _ = stage.play("set language zh", by: ada)
        #expect(read("draw well", by: ada).first == "Ada: 你摇上来一桶黑沉沉、冒着寒气的水，又把它放了下去。")
        #expect(stage.failures == [])
    }

    @Test func theBellOfTheSchoolIsHeardInTheTown() throws {
        try load()
        let ada = stage.player("Ada", "she", in: try place("school/yard"))
        stage.player("Ben", "he", in: try place("town/lane"))
        stage.player("Cy", in: try place("river/island"))
        #expect(
            read("ring the bell", by: ada) == [
                "Ada: You jump for the rope of the bell, catch the last inch of it, and ring it.",
                "Ben: A school bell rings, once, and rather surprised at itself.",
            ])
        #expect(stage.failures == [])
    }
}
