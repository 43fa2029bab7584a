import Basics
import Testing
import WorldLanguage
import WorldModel

/// One sentence, as each of several people hears it.
@Suite struct ObserverTests {
    private final class Nobody: Attendance {
        var present: [Presence] { [] }
        func isPresent(_ persona: Thing) -> Bool { true }
        func usesScreenReader(_ persona: Thing) -> Bool { false }
    }

    private final class Scene {
        let world = World()
        let attendance = Nobody()
        let room: Thing
        var people: [String: Thing] = [:]
        let lamp: Thing

        init() {
            world.beginTurn(at: WallInstant(milliseconds: 0), seed: 0)
            room = world.create(.place)
            for (name, pronouns) in [("Ada", "she"), ("Ben", "he"), ("Cy", "they")] {
                let person = world.create([.persona, .player])
                world.set(.name, to: name, on: person)
                world.set(.article, to: "", on: person)
                world.set(.pronouns, to: pronouns, on: person)
                world.move(person, to: room)
                people[name] = person
            }
            lamp = world.create(.light)
            world.set(.name, to: "oil lamp", on: lamp)
            world.move(lamp, to: room)
        }

        func person(_ name: String) throws -> Thing { try #require(people[name]) }
    }

    @Test func actorTargetAndOthers() throws {
        let scene = Scene()
        let (ada, ben, cy) = (try scene.person("Ada"), try scene.person("Ben"), try scene.person("Cy"))
        let sentence: Sentence = "\(ada) \(verb: "give") \(the: scene.lamp) to \(the: ben) and \(verb: "bow")."
        #expect(sentence.rendered(for: ada) { _ in true }.plain == "You give the oil lamp to Ben and bow.")
        #expect(sentence.rendered(for: ben) { _ in true }.plain == "Ada gives the oil lamp to you and bows.")
        #expect(sentence.rendered(for: cy) { _ in true }.plain == "Ada gives the oil lamp to Ben and bows.")
        #expect(
            sentence.rendered(for: cy) { _ in false }.plain == "Someone gives something to someone and bows.")
    }

    @Test func pronouns() throws {
        let scene = Scene()
        let (ada, ben, cy) = (try scene.person("Ada"), try scene.person("Ben"), try scene.person("Cy"))
        let sentence: Sentence = "\(ada) \(verb: "look") at \(themself: ada), \(their: ada) hands and \(them: ben)."
        #expect(sentence.rendered(for: ada) { _ in true }.plain == "You look at yourself, your hands and him.")
        #expect(sentence.rendered(for: ben) { _ in true }.plain == "Ada looks at herself, her hands and you.")
        let other: Sentence = "\(cy) \(verb: "have") \(possessive: ben) hat; \(they: cy) \(verb: "be") glad."
        #expect(other.rendered(for: cy) { _ in true }.plain == "You have Ben's hat; you are glad.")
    }

    @Test func bystandersShareOneRendering() throws {
        let scene = Scene()
        let ada = try scene.person("Ada")
        let turn = Turn(world: scene.world, actor: ada, role: .player, attendance: scene.attendance)
        turn.announce("\(ada) \(verb: "take") \(the: scene.lamp).", in: scene.room)
        #expect(turn.deliveries.count == 2)
        let shared = try #require(turn.deliveries.first { $0.recipients.count == 2 })
        #expect(shared.text.plain == "Ada takes the oil lamp.")
    }

    @Test func whatIsTakenBackIsNotRemembered() throws {
        let scene = Scene()
        let turn = Turn(
            world: scene.world, actor: try scene.person("Ada"), role: .player, attendance: scene.attendance)
        var remembered: [String] = []
        turn.whenKept { remembered.append("first") }
        #expect(throws: Refusal.self) {
            try turn.attempt {
                turn.whenKept { remembered.append("taken back") }
                throw turn.refusal("No.")
            }
        }
        turn.quietly { turn.whenKept { remembered.append("quiet") } }
        try turn.attempt { turn.whenKept { remembered.append("second") } }
        #expect(remembered.isEmpty)
        turn.keep()
        turn.keep()
        #expect(remembered == ["first", "second"])
    }

    @Test func nobodyOfManyExceptionsIsTold() throws {
        let scene = Scene()
        let crowd = (0..<20).map { _ in
            let person = scene.world.create([.persona, .player])
            scene.world.move(person, to: scene.room)
            return person
        }
        let turn = Turn(
            world: scene.world, actor: try scene.person("Ada"), role: .player, attendance: scene.attendance)
        turn.announce("It thunders.", in: scene.room, except: crowd)
        #expect(Set(turn.deliveries.flatMap(\.recipients).map(\.name)) == ["Ada", "Ben", "Cy"])
    }

    @Test func inTheDarkNobodyIsNamed() throws {
        let scene = Scene()
        scene.world.set(.isDark, to: true, on: scene.room)
        let (ada, ben) = (try scene.person("Ada"), try scene.person("Ben"))
        scene.world.move(scene.lamp, to: ben)
        let turn = Turn(world: scene.world, actor: ada, role: .player, attendance: scene.attendance)
        turn.announce("\(ada) \(verb: "touch") \(the: scene.lamp).", in: scene.room)
        let heard = Dictionary(
            turn.deliveries.flatMap { delivery in delivery.recipients.map { ($0.name, delivery.text.plain) } }
        ) { first, _ in first }
        #expect(heard["Ada"] == "You touch something.")
        // What one carries one knows by touch.
        #expect(heard["Ben"] == "Someone touches the oil lamp.")
        #expect(heard["Cy"] == "Someone touches something.")
    }

    @Test(arguments: [
        ("apple", "an"), ("lamp", "a"), ("hour", "an"), ("horse", "a"), ("unicorn", "a"), ("umbrella", "an"),
        ("one-eyed cat", "a"), ("orange", "an"), ("uninteresting stone", "an"), ("ewer", "a"), ("egg", "an"),
    ])
    func articles(_ noun: String, _ article: String) {
        #expect(English.indefiniteArticle(for: noun) == article)
    }

    @Test(arguments: [
        ("take", "takes"), ("go", "goes"), ("push", "pushes"), ("carry", "carries"), ("say", "says"), ("be", "is"),
        ("have", "has"), ("fix", "fixes"),
    ])
    func agreement(_ verb: String, _ third: String) {
        #expect(English.thirdPerson(of: verb) == third)
    }

    @Test func likeThingsAreCounted() {
        let scene = Scene()
        let coins = (0..<3).map { _ in
            let coin = scene.world.create()
            scene.world.set(.name, to: "copper coin", on: coin)
            return coin
        }
        #expect(English.inventory(of: [scene.lamp] + coins).plain == "an oil lamp and three copper coins")
        #expect(English.inventory(of: []).plain.isEmpty)
    }

    @Test(
        arguments: [
            ("lamp", NounPhrase.Amount.one, nil, ["lamp"]), ("the brass lamp", .one, nil, ["brass", "lamp"]),
            ("2.lamp", .one, 2, ["lamp"]), ("lamp 2", .one, 2, ["lamp"]),
            ("second brass lamp", .one, 2, ["brass", "lamp"]),
            ("3 coins", .count(3), nil, ["coins"]), ("two coins", .count(2), nil, ["coins"]), ("all", .all, nil, []),
            ("all coins", .all, nil, ["coins"]), ("99999999999999999999 coins", .count(9999), nil, ["coins"]),
        ] as [(String, NounPhrase.Amount, Int?, [String])])
    func nounPhrases(_ text: String, _ amount: NounPhrase.Amount, _ ordinal: Int?, _ words: [String]) throws {
        let phrase = try #require(NounPhrase(text.split(separator: " ").map(String.init)))
        #expect(phrase.amount == amount)
        #expect(phrase.ordinal == ordinal)
        #expect(phrase.words == words)
    }
}
