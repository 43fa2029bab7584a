import Testing
import WorldModel
import WorldText

/// A sound world of one area, with a line more where a case needs one.
enum Cove {
    static let world = ContentSource(path: "world.yaml", text: "start: cove/beach\ntitle: Cove\n")

    static let good = """
        area: cove
        title: The Cove
        rooms:
          beach:
            name: Beach
            description: Sand.
            details:
              sand, grains: Grey.
            exits:
              north: {to: pier, door: gate, names: [stairs], text: Up you go.}
            things:
              chest:
                name: sea chest
                description: Teak.
                container: {openable: true, locked: true, key: small-key}
                contains:
                  hat: {name: straw hat, description: Chewed., wearable: head}
              small-key: {name: small key, description: Green., stays: true}
          pier:
            name: Pier
            description: Planks.
            dark: true
            exits:
              south: {to: beach, door: gate}
            things:
              ada:
                name: Ada
                article: none
                description: Tall.
                persona: {pronouns: she, greeting: Hm., topics: {"tide, sea": Low.}, default: No.}
                contains:
                  cap: {name: cap, description: Blue., wearable: head, worn: true}
              lamp: {prototype: lamp-kind, initial: A lamp stands here.}
        doors:
          gate: {name: iron gate, description: Rust.}
        prototypes:
          lamp-kind: {name: oil lamp, description: Brass., light: true, size: 2}

        """

    static func read(_ text: String, with others: [ContentSource] = [world]) -> (WorldContent, [String]) {
        let (content, diagnostics) = ContentReader.read(others + [ContentSource(path: "cove.yaml", text: text)])
        return (content, diagnostics.map(\.description))
    }
}

@Suite struct ContentReaderTests {
    @Test func readsEverythingOfAGoodFile() throws {
        let (content, diagnostics) = Cove.read(Cove.good)
        #expect(diagnostics == [])
        #expect(content.rooms.map(\.key) == ["cove/beach", "cove/pier"])
        #expect(content.things.count == 6)
        #expect(content.doors.map(\.key) == ["cove/gate"])
        #expect(content.prototypes.map(\.key) == ["cove/lamp-kind"])
        #expect(content.exits.map(\.key).sorted() == ["cove/beach:north", "cove/pier:south"])
        #expect(content.startPlace?.key == "cove/beach")
        #expect(content.title == "Cove")
        let hat = try #require(content["cove/hat"])
        #expect(hat.location?.key == "cove/chest")
        #expect(hat.position == SourcePosition(file: "cove.yaml", line: 17, column: 11))
    }

    @Test func orderOfFilesDoesNotMatter() {
        let help = ContentSource(path: "help/light.md", text: "---\ntopic: light\ntitle: Light\n---\nText.\n")
        let sources = [Cove.world, ContentSource(path: "cove.yaml", text: Cove.good), help]
        let forward = ContentReader.read(sources)
        let backward = ContentReader.read(sources.reversed())
        #expect(forward.diagnostics == backward.diagnostics)
        #expect(forward.content.things.map(\.key) == backward.content.things.map(\.key))
    }

    /// A line of the good file, what replaces it, and everything that is then wrong.
    struct Slip: CustomTestStringConvertible, Sendable {
        let old: String
        let new: String
        let diagnostics: [String]

        init(_ old: String, _ new: String, _ diagnostics: String...) {
            self.old = old
            self.new = new
            self.diagnostics = diagnostics
        }

        var testDescription: String { new.isEmpty ? "without \(old)" : new }
    }

    static let slips: [Slip] = [
        // Keys and types.
        Slip(
            "    dark: true", "    drak: true",
            "cove.yaml:22:5: error: room cove/pier has no key drak (did you mean dark?)"),
        Slip(
            "title: The Cove", "tilte: The Cove",
            "cove.yaml:2:1: error: the file has no key tilte (did you mean title?)"),
        Slip("dark: true", "dark: maybe", "cove.yaml:22:11: error: dark of room cove/pier must be true or false"),
        Slip(
            "size: 2", "size: big",
            "cove.yaml:37:71: error: size of prototype cove/lamp-kind must be a number from 0 to 1000"),
        Slip(
            "size: 2", "size: 1001",
            "cove.yaml:37:71: error: size of prototype cove/lamp-kind must be a number from 0 to 1000"),
        Slip(
            "description: Planks.", "description: [Planks]",
            "cove.yaml:21:18: error: description of room cove/pier must be text, not a list"),
        Slip(
            "description: Planks.", #"description: "Pl\u001banks.""#,
            "cove.yaml:21:18: error: description of room cove/pier contains a control character"),
        Slip("name: Pier", "name: ''", "cove.yaml:20:11: error: name of room cove/pier is empty"),
        Slip(
            "  pier:", "  Pier!:",
            "cove.yaml:19:3: error: Pier! cannot name a room; use lower-case letters, digits and hyphens",
            "cove.yaml:10:19: error: exit north of cove/beach leads to cove/pier, which does not exist",
            "cove.yaml:35:3: warning: door cove/gate bars only exit north of cove/beach, not the way back"),
        Slip(
            "pronouns: she", "pronouns: ze",
            "cove.yaml:30:29: error: pronouns of thing cove/ada must be she, he, they or it"),
        Slip(
            "article: none", "article: le",
            "cove.yaml:28:18: error: article of thing cove/ada must be a, an, some, the or none"),
        // Missing.
        Slip("    description: Planks.\n", "", "cove.yaml:19:3: error: room cove/pier has no description"),
        Slip("        name: Ada\n", "", "cove.yaml:26:7: error: creature cove/ada has no name"),
        Slip("name: straw hat, ", "", "cove.yaml:17:11: error: thing cove/hat has no name"),
        Slip("description: Chewed., ", "", "cove.yaml:17:11: warning: thing cove/hat has no description"),
        Slip("name: iron gate, ", "", "cove.yaml:35:3: error: door cove/gate has no name"),
        Slip(
            "{to: beach, door: gate}", "{door: gate}",
            "cove.yaml:24:7: error: exit south of cove/pier leads nowhere; give it `to`",
            "cove.yaml:10:7: warning: exit north of cove/beach leads to cove/pier, from which no exit leads back; if so meant, add `oneway: true`",
            "cove.yaml:35:3: error: door cove/gate is in exit north of cove/beach and exit south of cove/pier, which are not the two sides of one way"
        ),
        // References.
        Slip(
            "to: pier,", "to: peir,",
            "cove.yaml:10:19: error: exit north of cove/beach leads to cove/peir, which does not exist (did you mean cove/pier?)",
            "cove.yaml:19:3: warning: room cove/pier cannot be reached from cove/beach",
            "cove.yaml:24:7: warning: exit south of cove/pier leads to cove/beach, from which no exit leads back; if so meant, add `oneway: true`",
            "cove.yaml:35:3: error: door cove/gate is in exit north of cove/beach and exit south of cove/pier, which are not the two sides of one way"
        ),
        Slip(
            "key: small-key", "key: smal-key",
            "cove.yaml:15:56: error: the key of thing cove/chest is cove/smal-key, which does not exist (did you mean cove/small-key?)"
        ),
        Slip(
            "key: small-key", "key: beach",
            "cove.yaml:15:56: error: the key of thing cove/chest is room cove/beach, which is not a thing"),
        Slip(
            "prototype: lamp-kind", "prototype: lampkind",
            "cove.yaml:33:25: error: the prototype of thing cove/lamp is cove/lampkind, which does not exist (did you mean cove/lamp-kind?)",
            "cove.yaml:33:7: error: thing cove/lamp has no name",
            "cove.yaml:33:7: warning: thing cove/lamp has no description"),
        Slip(
            "to: pier,", "to: a/b/c,",
            "cove.yaml:10:19: error: to of exit north of cove/beach must be a key such as pier or cove/pier, not a/b/c",
            "cove.yaml:19:3: warning: room cove/pier cannot be reached from cove/beach",
            "cove.yaml:24:7: warning: exit south of cove/pier leads to cove/beach, from which no exit leads back; if so meant, add `oneway: true`",
            "cove.yaml:35:3: error: door cove/gate is in exit north of cove/beach and exit south of cove/pier, which are not the two sides of one way"
        ),
        // Doors, ways and locks.
        Slip(
            "door: gate, names", "names",
            "cove.yaml:35:3: warning: door cove/gate bars only exit south of cove/pier, not the way back"),
        Slip(
            "      south: {to: beach, door: gate}", "      south: beach\n      up: {to: pier, door: gate}",
            "cove.yaml:36:3: error: door cove/gate is in exit north of cove/beach and exit up of cove/pier, which are not the two sides of one way"
        ),
        Slip(
            "      south: {to: beach, door: gate}",
            "      south: {to: beach, door: gate}\n      up: {to: beach, door: gate}",
            "cove.yaml:36:3: error: door cove/gate is in 3 exits; a door has two sides"),
        Slip(
            "  gate: {", "  hatch: {name: hatch, description: Lead.}\n  gate: {",
            "cove.yaml:35:3: error: door cove/hatch is in no exit; name it by `door: …` in one"),
        Slip(
            "      south: {to", "      suoth: {to",
            "cove.yaml:24:7: error: suoth of room cove/pier is not a direction (did you mean south?)",
            "cove.yaml:10:7: warning: exit north of cove/beach leads to cove/pier, from which no exit leads back; if so meant, add `oneway: true`",
            "cove.yaml:35:3: warning: door cove/gate bars only exit north of cove/beach, not the way back"),
        Slip(
            ", key: small-key}", "}",
            "cove.yaml:15:45: error: thing cove/chest is locked, but no key fits it; give it `key`"),
        Slip(
            "openable: true, locked", "locked",
            "cove.yaml:15:29: error: thing cove/chest is locked, but cannot be opened"),
        Slip(
            "locked: true", "locked: true, open: true",
            "cove.yaml:15:45: error: thing cove/chest is open and locked at once"),
        Slip(
            "      small-key: {", "          small-key: {",
            "cove.yaml:12:7: warning: thing cove/chest can never be unlocked: cove/small-key is out of reach"),
        Slip(
            "name: small key, ", "name: small key, fixed: true, ",
            "cove.yaml:12:7: warning: thing cove/chest can never be unlocked: cove/small-key is out of reach"),
        // Things in things.
        Slip(
            "doors:", "things:\n  cup: {in: hat, name: cup, description: Tin.}\ndoors:",
            "cove.yaml:35:13: error: thing cove/cup is in thing cove/hat, which holds nothing"),
        Slip(
            "doors:", "things:\n  cup: {name: cup, description: Tin.}\ndoors:",
            "cove.yaml:35:3: error: thing cove/cup is nowhere; give it `in`"),
        Slip(
            "doors:",
            "things:\n  a: {in: b, name: a, description: A., container: true}\n  b: {in: a, name: b, description: B., container: true}\ndoors:",
            "cove.yaml:35:11: error: thing cove/a is inside itself",
            "cove.yaml:36:11: error: thing cove/b is inside itself"),
        Slip(
            "size: 2}", "size: 2, prototype: lamp-kind}",
            "cove.yaml:37:3: error: prototype cove/lamp-kind is its own prototype"),
        Slip(
            "wearable: head, worn", "worn",
            "cove.yaml:32:11: error: thing cove/cap is worn, but is not a wearable on a creature"),
        Slip(
            "wearable: head}", "wearable: head, size: 11}",
            "cove.yaml:12:7: warning: thing cove/chest holds 11, but has room for 10"),
        Slip(
            "openable: true, locked: true, key: small-key", "open: false",
            "cove.yaml:12:7: warning: thing cove/chest is closed and cannot be opened"),
        Slip(
            "name: straw hat, ", "name: straw hat, initial: A hat., ",
            "cove.yaml:17:11: warning: initial of thing cove/hat is never shown, because it is in thing cove/chest"),
        // Words and keys given twice.
        Slip("grains: Grey.", "sand: Grey.", "cove.yaml:8:7: error: room cove/beach has two details called sand"),
        Slip(
            "grains: Grey.", "chest: Grey.",
            "cove.yaml:4:3: warning: detail chest of room cove/beach is also a noun of thing cove/chest"),
        Slip(
            "\"tide, sea\": Low.", "\"tide, tide\": Low.",
            "cove.yaml:30:58: error: thing cove/ada has two topics called tide"),
        Slip(
            "      small-key: {", "      hat: {",
            "cove.yaml:18:7: error: thing cove/hat has the key of thing cove/hat at cove.yaml:17:11",
            "cove.yaml:15:56: error: the key of thing cove/chest is cove/small-key, which does not exist"),
        Slip(
            "    dark: true", "    name: Pier two\n    dark: true",
            "cove.yaml:22:5: error: name is given twice; the first is on line 20"),
    ]

    @Test(arguments: slips)
    func reportsASlip(_ slip: Slip) throws {
        let range = try #require(Cove.good.firstRange(of: slip.old), "the good file has no \(slip.old)")
        let (_, diagnostics) = Cove.read(
            String(Cove.good[..<range.lowerBound]) + slip.new + String(Cove.good[range.upperBound...]))
        #expect(diagnostics.sorted() == slip.diagnostics.sorted())
    }

    @Test func readsWaysOneSeesThroughAndClothesInLayers() throws {
        let text = Cove.good
            .replacing("text: Up you go.}", with: "view: true, sound: false, distance: 2, impassable: Too steep.}")
            .replacing("wearable: head, worn", with: "wearable: {slot: head, layer: 2, covers: [ears]}, worn")
            .replacing("light: true, size", with: "light: {glow: 3}, size")
            .replacing("description: Rust.}", with: "description: Rust., transparent: true}")
        let (content, diagnostics) = Cove.read(text)
        #expect(diagnostics == ["cove.yaml:19:3: warning: room cove/pier cannot be reached from cove/beach"])
        let exit = try #require(content.exits.first { $0.direction == .north })
        #expect(exit.looks[.view] == .bool(true) && exit.looks[.sound] == nil)
        #expect(exit.looks[.distance] == .int(2) && exit.looks[.impassable] == .text("Too steep."))
        #expect(content["cove/gate"]?.looks[.transparent] == .bool(true))
        #expect(content["cove/lamp-kind"]?.looks[.glow] == .int(3))
        let cap = try #require(content["cove/cap"])
        #expect(cap.looks[.layer] == .int(2) && cap.looks[.covers] == .list([.text("ears")]))
        #expect(Cove.read(Cove.good.replacing("wearable: head, worn", with: "wearable: {layer: 1}, worn")).1.count == 1)
    }
}
