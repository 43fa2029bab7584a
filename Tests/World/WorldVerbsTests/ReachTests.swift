import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// What is named is found wherever in a crowd of things it lies.
@Suite struct ReachTests {
    private func heap(_ count: Int, _ make: (Stage, Thing, Int) -> Void) -> (Stage, ada: Thing, hall: Thing) {
        let stage = Stage()
        stage.isChecking = false
        let hall = stage.room("Hall")
        for index in 0..<count { make(stage, hall, index) }
        return (stage, stage.player("Ada", "she", in: hall), hall)
    }

    private func read(_ stage: Stage, _ line: String, _ ada: Thing) -> String {
        stage.play(line, by: ada).deliveries.map(\.text.plain).joined(separator: "\n")
    }

    /// More boxes than one look meets, each with something in it, and at last what is looked for.
    @Test func fullBoxesHideNothingThatLiesBesideThem() {
        let (stage, ada, hall) = heap(1_600) { stage, hall, _ in
            let box = stage.thing("box", in: hall, .container) { $0.set(.isOpen, true) }
            stage.thing("pebble", in: box)
        }
        stage.thing("golden lamp", in: hall) { $0.set(.description, "It is of gold.") }
        for line in ["x golden lamp", "x lamp", "x golden", "look at lam"] {
            #expect(read(stage, line, ada) == "It is of gold.", "\(line)")
        }
        #expect(read(stage, "x pebble", ada).hasPrefix("Which do you mean: the pebble in the box (1), "))
        #expect(stage.world.violations() == [])
    }

    @Test func aFullChestHidesNothingThatLiesBesideIt() {
        let (stage, ada, hall) = heap(1) { stage, hall, _ in
            let chest = stage.thing("chest", in: hall, .container) { $0.set(.isOpen, true) }
            for _ in 0..<1_600 { stage.thing("pebble", in: chest) }
        }
        stage.thing("golden pebble", in: hall) { $0.set(.description, "It is of gold.") }
        #expect(read(stage, "x golden pebble", ada) == "It is of gold.")
    }

    @Test func oneOfManyAlikeIsFoundByWhatOnlyItHas() {
        let (stage, ada, hall) = heap(2_000) { stage, hall, _ in stage.thing("brass lamp", in: hall) }
        stage.thing("golden lamp", in: hall) { $0.set(.description, "It is of gold.") }
        #expect(read(stage, "x golden lamp", ada) == "It is of gold.")
        #expect(read(stage, "get golden lamp", ada) == "You take the golden lamp.")
        #expect(read(stage, "drop it", ada) == "You drop the golden lamp.")
        #expect(stage.world.violations() == [])
    }

    /// Each adds a look around to a line, so that a long line must not become a long wait.
    @Test(arguments: [
        "get ", "x ", "put lamp in ", "give lamp to ", "go ", "ask ada about ", "smile at ", "",
    ])
    func aHostileLineIsReadSoon(_ verb: String) {
        let (stage, ada, _) = heap(300) { stage, hall, index in
            let box = stage.thing("old box", in: hall, .container) { $0.set(.isOpen, true) }
            stage.thing(index.isMultiple(of: 2) ? "brass lamp" : "oil lamp", in: box)
        }
        for piece in [
            "lamp and ", "zebra and ", "box in ", "ada's ", "old old ", "all except lamp and ", "lamp. get ", "2.x ",
        ] {
            let line = verb + String(repeating: piece, count: 2048 / piece.utf8.count)
            let clock = ContinuousClock()
            let best = (0..<3).map { _ in clock.measure { _ = stage.play(line, by: ada) } }.min() ?? .zero
            // A hundred times what it takes on an idle machine.
            #expect(best < .seconds(3), "\(line.prefix(40)) took \(best)")
        }
    }
}
