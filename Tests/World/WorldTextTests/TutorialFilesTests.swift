import Testing
import WorldModel
import WorldText

@Suite struct TutorialFilesTests {
    private static func read(_ steps: String) -> (WorldContent, [String]) {
        Cove.read(Cove.good, with: [Cove.world, ContentSource(path: "tutorial.yaml", text: "tutorial:\n\(steps)\n")])
    }

    @Test func stepsAreLoadedIntoTheWorldAndReplacedByAReload() throws {
        let (content, diagnostics) = Self.read(
            """
              - {name: look, place: cove/beach, verb: [look, examine], thing: Chest, text: Look., hint: Do., done: Good.}
              - {name: go, arrive: cove/pier, lend: cove/lamp-kind, text: Go.}
            """)
        #expect(diagnostics == [])
        let world = makeWorld(content)
        let root = try #require(world.root)
        #expect(
            root[.tutorial] == [
                [
                    "name": "look", "place": "cove/beach", "verb": "look,examine", "thing": "chest", "text": "Look.",
                    "hint": "Do.", "done": "Good.",
                ],
                ["name": "go", "arrive": "cove/pier", "lend": "cove/lamp-kind", "text": "Go."],
            ])
        _ = load(Cove.read(Cove.good).0, into: world)
        #expect(root[.tutorial] == [])
    }

    @Test(arguments: [
        ("  - {name: a, verb: look}", ["2:5: error: step a has no text"]),
        ("  - {verb: look, text: T.}", ["2:5: error: a step needs a name of lower-case letters, digits and hyphens"]),
        (
            "  - {name: A b, verb: look, text: T.}",
            ["2:5: error: a step needs a name of lower-case letters, digits and hyphens"]
        ),
        (
            "  - {name: a, text: T.}",
            ["2:5: error: step a must say by which verb it is done or where one has to arrive"]
        ),
        (
            "  - {name: a, text: T., verb: go, arrive: cove/pier}",
            ["2:5: error: step a must say by which verb it is done or where one has to arrive"]
        ),
        (
            "  - {name: a, text: T., verb: go}\n  - {name: a, text: T., verb: go}",
            ["3:5: error: step a is given twice"]
        ),
        ("  - {name: a, text: T., arrive: cove/gate}", ["2:33: error: the tutorial names cove/gate, which is no room"]),
        (
            "  - {name: a, text: T., verb: go, place: cove/none}",
            ["2:42: error: the tutorial names cove/none, which is no room"]
        ),
        (
            "  - {name: a, text: T., verb: go, lend: cove/chest}",
            ["2:41: error: the tutorial lends cove/chest, which is no prototype"]
        ),
        ("  look: now", ["2:3: error: tutorial must be a list of steps, not a map"]),
    ]) func saysWhereAMistakeIs(steps: String, mistakes: [String]) {
        #expect(Self.read(steps).1 == mistakes.map { "tutorial.yaml:" + $0 })
    }
}
