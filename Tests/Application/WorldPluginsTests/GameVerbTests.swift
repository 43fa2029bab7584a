import Basics
import PluginCore
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

@testable import WorldPlugins

private let fragrant = GameCapability("fragrant", summary: "It smells.")
private let count = GameProperty("count", of: "test")
private let note = GameProperty("note", of: "test")

private let smell = GameVerb(
    "smell", aliases: ["sniff"], usage: ["smell THING"], summary: "Smell.", help: "Smells.", forms: [[.thing], [.text]]
) { scene in
    guard let thing = scene.things.first else {
        throw scene.refuse("\(scene.actor) \(verb: "smell") no \(plain: scene.text).")
    }
    guard thing.has(fragrant) else { throw scene.refuse("\(thing) \(verb: "smell") of nothing.") }
    scene.set(count, of: thing, to: (thing.number(count) ?? 0) + 1)
    scene.set(note, of: thing, to: "smelt")
    scene.announce("\(scene.actor) \(verb: "smell") at \(the: thing).")
    scene.reply("\(plain: "\(thing.number(count) ?? -1) \(thing.text(note) ?? "")")")
}

private let perfume = GameVerb("perfume", usage: ["perfume THING"], summary: "", help: "", forms: [[.thing]]) { scene in
    for thing in scene.things { scene.set(fragrant, of: thing, to: !thing.has(fragrant)) }
}

@Suite struct GameVerbTests {
    private func told(_ outcome: Outcome, _ person: Thing) -> [String] {
        outcome.deliveries.filter { $0.recipients.contains { $0 === person } }.map(\.text.plain)
    }

    @Test func aVerbOfAPluginIsOneOfTheGames() throws {
        let stage = Stage()
        let hall = stage.room("Hall")
        let rose = stage.thing("rose", in: hall)
        stage.thing("stone", in: hall)
        let (ada, ben) = (stage.player("Ada", in: hall), stage.player("Ben", in: hall))
        #expect(told(stage.play("smell rose", by: ada), ada).first?.contains("smell") == true)
        stage.interpreter.verbs = GameVerb.table(with: [smell, perfume])
        #expect(told(stage.play("smell stone", by: ada), ada) == ["The stone smells of nothing."])
        _ = stage.play("perfume rose", by: ada)
        #expect(rose[.capabilities] == ["fragrant"])
        let outcome = stage.play("sniff rose", by: ada)
        #expect(told(outcome, ada) == ["You smell at the rose.", "1 smelt"])
        #expect(told(outcome, ben) == ["Ada smells at the rose."])
        #expect(told(stage.play("smell rose", by: ada), ada).last == "2 smelt")
        #expect(stage.failures.isEmpty)
        // Short forms of the game's own come first.
        #expect(stage.interpreter.verbs.verb(for: "s")?.name == VerbTable.standard.verb(for: "s")?.name)
    }

    @Test func namesOfTheGameAreTheGames() {
        var registry = PluginRegistry(reserved: [GameVerb.kind: GameVerb.reserved])
        for plugin in [Look.self, North.self, Odd.self, Smell.self] as [any Plugin.Type] { registry.add(plugin) }
        #expect(
            registry.failures.map(\.reason) == [
                "there is a verb called look already", "there is a verb called north already",
                "“two words” is no verb: 2 to 32 lower-case letters",
            ])
        #expect(registry.all(GameVerb.self).map(\.name) == ["smell"])
    }
}

private func idle(_ name: String) -> GameVerb { GameVerb(name, usage: [], summary: "", help: "") { _ in } }

private enum Look: Plugin {
    static let manifest = PluginManifest(name: "one", version: "1")
    static func register(in registry: inout PluginRegistry) { registry.add(idle("look")) }
}

private enum North: Plugin {
    static let manifest = PluginManifest(name: "two", version: "1")
    static func register(in registry: inout PluginRegistry) { registry.add(idle("north")) }
}

private enum Odd: Plugin {
    static let manifest = PluginManifest(name: "three", version: "1")
    static func register(in registry: inout PluginRegistry) { registry.add(idle("two words")) }
}

private enum Smell: Plugin {
    static let manifest = PluginManifest(name: "four", version: "1")
    static func register(in registry: inout PluginRegistry) { registry.add(smell) }
}
