import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// Every choice the game prints can be typed.
@Suite struct QuestionTests {
    /// Things of few names lying everywhere, each with a description of its own.
    private func makeWorld(_ seed: UInt64) -> Stage {
        var random = SeededGenerator(seed: seed)
        let stage = Stage()
        let hall = stage.room("Hall")
        let ada = stage.player("Ada", "she", in: hall)
        let ben = stage.player("Ben", "he", in: hall)
        var places = [hall, ada, ben]
        for index in 0..<4 {
            let place = places.randomElement(using: &random) ?? hall
            let name = ["box", "tin box", "table", "box"][index]
            places.append(
                stage.thing(name, in: place, .container) {
                    $0.set(index == 2 ? .isSurface : .isOpen, true)
                    $0.set(.description, "It is container \(index).")
                })
        }
        let names = [
            "lamp", "brass lamp", "oil lamp", "old brass lamp", "2 lamp", "the lamp", "Lamp", "lamp of oil", "light",
            "north",
            "lamp and oil", "oil-lamp", "Lämp lamp", "all lamps", "lamp (1)", "lamp here",
        ]
        for index in 0..<Int.random(in: 2...24, using: &random) {
            let place = places.randomElement(using: &random) ?? hall
            stage.thing(names.randomElement(using: &random) ?? "lamp", in: place, .wearable) {
                $0.set(.nouns, ["lamp"])
                $0.set(.description, "It is lamp \(index).")
                if Int.random(in: 0..<4, using: &random) == 0 { $0.set(.article, "") }
                if place.has(.persona) { $0.set(.isWorn, Int.random(in: 0..<3, using: &random) == 0) }
            }
        }
        return stage
    }

    private func text(_ outcome: Outcome) -> String {
        outcome.deliveries.map(\.text.plain).joined(separator: "\n")
    }

    private func choices(_ outcome: Outcome) -> [String] {
        guard let text = outcome.deliveries.first?.text, text.plain.hasPrefix("Which do you mean: ") else { return [] }
        return text.runs.filter { $0.style == .command }.map(\.text)
    }

    @Test(arguments: 1...80 as ClosedRange<UInt64>)
    func everyPrintedChoiceAndItsNumberResolve(_ seed: UInt64) throws {
        let stage = makeWorld(seed)
        stage.isChecking = false
        let ada = try #require(stage.player(named: "Ada"))
        for question in ["look at lamp", "look at box", "examine lam", "read lamp"] {
            let offered = choices(stage.play(question, by: ada))
            if offered.isEmpty || question.hasPrefix("read") { continue }
            #expect(offered.count > 1)
            var seen: Set<String> = []
            for (index, label) in offered.enumerated() {
                for answer in [label, label.uppercased(), String(index + 1)] {
                    _ = stage.play(question, by: ada)
                    let read = text(stage.play(answer, by: ada))
                    #expect(read.hasPrefix("It is "), "seed \(seed): \"\(answer)\" of \(offered): \(read)")
                    if answer == label { #expect(seen.insert(read).inserted, "\(label) is not the only one: \(read)") }
                    if answer != label { #expect(seen.contains(read), "\(answer) is another than \(label)") }
                }
            }
        }
        #expect(stage.world.violations() == [])
    }

    /// Also in the middle of a line, in a chain of places, and by words that fit one alone.
    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func everyChoiceResolvesWhereverItIsAsked(_ seed: UInt64) throws {
        let stage = makeWorld(seed)
        stage.isChecking = false
        let ada = try #require(stage.player(named: "Ada"))
        for question in ["look then x lamp then look", "x lamp in box", "x lamp on table", "why can't I see lamp"] {
            let offered = choices(in: stage.play(question, by: ada))
            for (index, label) in offered.enumerated() {
                let ordinals = ["first", "second", "third", "fourth", "fifth"]
                var answers = [label, String(index + 1)]
                if index < ordinals.count { answers += [ordinals[index], "the \(ordinals[index]) one"] }
                if index == offered.count - 1 { answers.append("last") }
                for answer in answers {
                    _ = stage.play(question, by: ada)
                    let read = text(stage.play(answer, by: ada))
                    // A chain may have to ask about the box and then about the lamp in it.
                    let isAnswered =
                        read.contains("It is ") || read.contains("Which do you mean") || read.contains("So you see")
                        || read.contains("There is no \"lamp\"")
                    #expect(isAnswered, "seed \(seed), \(question): \"\(answer)\" of \(offered): \(read)")
                }
            }
        }
        #expect(stage.world.violations() == [])
    }

    /// The choices of the last question in what is read.
    private func choices(in outcome: Outcome) -> [String] {
        guard let text = outcome.deliveries.last?.text, text.plain.hasPrefix("Which do you mean: ") else { return [] }
        return text.runs.filter { $0.style == .command }.map(\.text)
    }

    @Test func aWordThatFitsOneAloneIsAnAnswer() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        for answer in ["brass", "the brass", "brass lamp", "BRASS LAMP", "1", "first", "the first one"] {
            _ = stage.play("x lamp", by: ada)
            #expect(text(stage.play(answer, by: ada)).contains("the brass lamp"), "\(answer)")
        }
        for answer in ["oil", "2", "second", "last", "the last one"] {
            _ = stage.play("x lamp", by: ada)
            #expect(text(stage.play(answer, by: ada)).contains("the oil lamp"), "\(answer)")
        }
    }

    @Test func anOrdinalReachesEachOfAlikeThings() throws {
        let stage = Stage()
        let hall = stage.room("Hall")
        let ada = stage.player("Ada", in: hall)
        for index in 1...5 { stage.thing("sword", in: hall) { $0.set(.description, "It is sword \(index).") } }
        for (index, words) in ["sword", "2.sword", "third sword", "sword 4", "the fifth sword"].enumerated() {
            #expect(text(stage.play("look at \(words)", by: ada)) == "It is sword \(index + 1).")
        }
        #expect(text(stage.play("look at sword 6", by: ada)) == "There are only five of those here.")
        #expect(text(stage.play("look at 99999999999999999999.sword", by: ada)) == "There are only five of those here.")
        #expect(text(stage.play("get 18446744073709551616 swords", by: ada)) == "There are only five of those here.")
    }

    @Test(arguments: [Int.min, Int.min + 1, -1, 0, 3, Int.max - 1, Int.max])
    func aNumberThatIsNoChoiceIsAskedAgain(_ number: Int) throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        let question = text(stage.play("look at lamp", by: ada))
        #expect(question.hasPrefix("Which do you mean"))
        #expect(text(stage.play("\(number)", by: ada)) == question)
    }

    @Test func namesOfPlayersAreAskedAbout() throws {
        let stage = Stage()
        let hall = stage.room("Hall")
        let ada = stage.player("Ada", in: hall)
        for name in ["Dorian", "Dora", "Dorothy"] { stage.player(name, in: hall) }
        let offered = choices(stage.play("tell dor hello there", by: ada))
        #expect(offered == ["Dorian", "Dora", "Dorothy"])
        #expect(text(stage.play("dorothy", by: ada)).hasPrefix("You tell Dorothy, \"hello there\""))
        #expect(text(stage.play("tell dora, hi", by: ada)).hasPrefix("You tell Dora, \"hi\""))
    }

    @Test func waysAreAskedAbout() throws {
        let stage = Stage()
        let (hall, yard, shed) = (stage.room("Hall"), stage.room("Yard"), stage.room("Shed"))
        for (direction, room) in [(Direction.north, yard), (.south, shed)] {
            let door = stage.thing("door", in: nil, .door) { $0.set(.isOpen, true) }
            stage.way(direction, from: hall, to: room, door: door)
        }
        let ada = stage.player("Ada", in: hall)
        for line in ["go door", "door", "enter the door"] {
            #expect(choices(stage.play(line, by: ada)) == ["north", "south"], "\(line)")
            #expect(text(stage.play("south", by: ada)).hasPrefix("Shed"))
            _ = stage.play("n", by: ada)
        }
        #expect(choices(stage.play("open door", by: ada)).count == 2)
    }

    @Test func aChoiceThatLeftIsNotReached() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        let ben = try #require(stage.player(named: "Ben"))
        _ = stage.play("get brass lamp", by: ben)
        _ = stage.play("look at lamp", by: ada)
        _ = stage.play("down", by: ben)
        #expect(text(stage.play("brass lamp", by: ada)) == "The brass lamp is not here any more.")
    }
}
