import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldText
import WorldVerbs

/// The starter world in play: its story can be found out with the commands players have.
@Suite struct ShippedWorldPlayTests {
    /// Somebody alone in the world.
    private final class Visitor: Attendance {
        let world: World
        let persona: Thing
        var present: [Presence] { [Presence(persona: persona, idle: .zero, door: "test")] }

        func isPresent(_ other: Thing) -> Bool { other === persona }

        func usesScreenReader(_ other: Thing) -> Bool { false }

        init(_ content: WorldContent) throws {
            world = makeWorld(content)
            world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
            persona = world.create([.persona, .player])
            world.set(.name, to: "Visitor", on: persona)
            let start = try #require(content.startPlace)
            world.move(persona, to: world.thing(forContentKey: start.key))
            _ = world.endTurn()
        }

        func put(in place: Thing?) {
            world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
            world.move(persona, to: place)
            _ = world.endTurn()
        }
    }

    /// What concerns a player's program is explained twice: in short by `set`, and on a page.
    @Test(arguments: ["mxp", "compress", "charmode", "statusline", "pager", "encoding"])
    func settingsOfProgramsAreExplained(name: String) throws {
        let content = try ShippedWorld.read()
        let visitor = try Visitor(content)
        let pages = content.helpPages.map {
            HelpEntry(topic: $0.topic, aliases: $0.aliases, title: $0.title, body: $0.body)
        }
        let interpreter = Interpreter(world: visitor.world, help: HelpLibrary(pages))
        let rule = play("set \(name)", visitor, interpreter).split(separator: "\n")
        #expect(rule.count == 3 && rule.first?.hasPrefix("\(name): ") == true)
        #expect(play("help \(name)", visitor, interpreter).contains("set \(name)"))
        #expect(play("help search \(name)", visitor, interpreter).contains("help set: "))
    }

    private func play(_ line: String, _ visitor: Visitor, _ interpreter: Interpreter) -> String {
        let outcome = interpreter.perform(
            line, by: visitor.persona, role: .player, at: WallInstant(milliseconds: 0), seed: 1)
        return outcome.deliveries.map(\.text.plain).joined(separator: "\n")
    }

    /// Each line and a piece of what it must answer.
    private static let story: [(line: String, answer: String)] = [
        ("ask sabra about the clock", "eleven years"),
        ("ask sabra about a lantern", "kitchen table"),
        ("ask blot about odile", "purrs"),
        ("down", "closed"),
        ("open trapdoor", "open"),
        ("down", "dark"),
        ("look", "dark"),
        ("up", "The Deckle"),
        ("e", "The Kitchen"),
        ("get lantern", "take"),
        ("light lantern", "light"),
        ("w", "The Deckle"),
        ("d", "Under the Deckle"),
        ("get iron key", "take"),
        ("u", "The Deckle"),
        ("u", "The Gallery"),
        ("open door", "open"),
        ("n", "Room over the Porch"),
        ("open chest", "open"),
        ("open tin box", "open"),
        ("get brass key from tin box", "take"),
        ("s", "The Gallery"),
        ("d", "The Deckle"),
        ("s", "Linden Square"),
        ("w", "Candle Lane"),
        ("n", "The Reading Room"),
        ("read lease", "noon"),
        ("get lease", "closed"),
        ("open glass case", "locked"),
        ("s", "Candle Lane"),
        ("e", "Linden Square"),
        ("e", "Rag Bridge"),
        ("e", "Mill Yard"),
        ("unlock green door with iron key", "unlock"),
        ("open green door", "open"),
        ("e", "The Mill Office"),
        ("open drawer", "open"),
        ("get silver key", "take"),
        ("read company letter", "counsel"),
        ("w", "Mill Yard"),
        ("n", "The Rag Room"),
        ("e", "Beater Hall"),
        ("d", "The Wheel Pit"),
        ("x chalk", "THE OTHER WHEELS SHALL NOT"),
        ("u", "Beater Hall"),
        ("e", "The Vat Room"),
        ("u", "The Drying Loft"),
        ("go slide", "Mill Yard"),
        ("w", "Rag Bridge"),
        ("w", "Linden Square"),
        ("w", "Candle Lane"),
        ("n", "The Reading Room"),
        ("unlock glass case with silver key", "unlock"),
        ("open glass case", "open"),
        ("get lease", "take"),
        ("s", "Candle Lane"),
        ("e", "Linden Square"),
        ("s", "The Lime Walk"),
        ("s", "Idle Green"),
        ("open plank door", "open"),
        ("s", "Foot of the Tower"),
        ("u", "The Rope Room"),
        ("u", "The Clock Room"),
        ("get winding key", "take"),
        ("d", "The Rope Room"),
        ("d", "Foot of the Tower"),
        ("n", "Idle Green"),
        ("unlock narrow door with brass key", "unlock"),
        ("open narrow door", "open"),
        ("e", "The Clockmaker's Workshop"),
        ("d", "The Case Cellar"),
        ("unlock strongbox with winding key", "unlock"),
        ("open strongbox", "open"),
        ("get pin", "take"),
        ("read sealed letter", "I have not gone far"),
    ]

    @Test func oneLooksOutOfWindowsAndUpFromTheDark() throws {
        let content = try ShippedWorld.read()
        let visitor = try Visitor(content)
        let interpreter = Interpreter(world: visitor.world, attendance: visitor)
        let look = { (key: String) in
            visitor.put(in: visitor.world.thing(forContentKey: key))
            return self.play("look", visitor, interpreter)
        }
        #expect(look("town/guest-room").contains("Outside, through the sash window, you see Linden Square"))
        #expect(look("tower/rope-room").contains("To the west you see Heron Island"))
        _ = look("town/cellar")
        #expect(play("open trapdoor", visitor, interpreter).contains("dark"))
        visitor.put(in: visitor.world.thing(forContentKey: "town/deckle"))
        _ = play("open trapdoor", visitor, interpreter)
        let dark = look("town/cellar")
        #expect(
            dark.hasPrefix("It is pitch dark") && dark.contains("Above, through the oak trapdoor, you see The Deckle"))
    }

    @Test func theStoryCanBeFoundOut() throws {
        let visitor = try Visitor(try ShippedWorld.read())
        let interpreter = Interpreter(world: visitor.world, attendance: visitor)
        for (line, answer) in Self.story {
            let text = play(line, visitor, interpreter)
            #expect(text.contains(answer), "\(line): \(text)")
        }
        #expect(visitor.world.violations() == [])
    }

    @Test func everyDetailAnswersToEachOfItsNouns() throws {
        let content = try ShippedWorld.read()
        let visitor = try Visitor(content)
        let interpreter = Interpreter(world: visitor.world, attendance: visitor)
        visitor.world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let lamp = visitor.world.create(.light)
        visitor.world.set(.isLit, to: true, on: lamp)
        visitor.world.move(lamp, to: visitor.persona)
        _ = visitor.world.endTurn()
        for room in content.rooms {
            let place = try #require(visitor.world.thing(forContentKey: room.key))
            visitor.put(in: place)
            for (noun, text) in place[.details].sorted(by: { $0.key < $1.key }) {
                let answer = play("examine \(noun)", visitor, interpreter)
                #expect(answer == text, "examine \(noun) in \(room.key)")
            }
        }
    }

    @Test func everyThingCanBeNamed() throws {
        let content = try ShippedWorld.read()
        let visitor = try Visitor(content)
        let interpreter = Interpreter(world: visitor.world, attendance: visitor)
        let rooms = Set(content.rooms.map(\.key))
        for thing in content.things {
            guard let location = thing.location?.key, rooms.contains(location), content[location]?.looks[.dark] == nil,
                let there = visitor.world.thing(forContentKey: thing.key)
            else { continue }
            visitor.put(in: there.location)
            let answer = play("examine \(there.name)", visitor, interpreter)
            #expect(answer.hasPrefix(there[.description]), "examine \(there.name): \(answer)")
        }
    }

    /// A page that had the name of a command would hide the command's own help; `light` is both and covers both.
    @Test func noHelpPageHidesTheHelpOfACommand() throws {
        for page in try ShippedWorld.read().helpPages {
            for word in [page.topic] + page.aliases where word != "light" {
                #expect(VerbTable.standard.verb(exactly: word) == nil, "\(word) in \(page.topic)")
            }
        }
    }

    /// Every backquoted command of the handbook begins with a word the game knows.
    @Test func theHandbookSpeaksOfCommandsThatExist() throws {
        let others: Set<String> = [
            "mud-admin", "World/", "light", "who", "'hello", "'Good", ":waves.", "Ann", "Which", "felt", "1", "it",
            "me", "i", "the", "quietly", "c", "sftp", "scp", "sshfs", "ls", "rm", "guest@",
        ]
        let content = try ShippedWorld.read()
        for page in content.helpPages {
            for (index, code) in page.body.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            where index % 2 == 1 {
                let word = String(code.split(separator: " ").first ?? "")
                // The editor's own are tested with it.
                if ["editor", "letters", "boards"].contains(page.topic), word.hasPrefix(".") { continue }
                // What is typed into a program of another kind, and names that are read.
                if page.topic == "irc" || word.contains("@") || word.hasPrefix("<") { continue }
                let isKnown =
                    others.contains(word) || Direction(word: word) != nil || VerbTable.standard.verb(for: word) != nil
                    || content.socials[word] != nil || content.channels.contains { $0.name == word }
                #expect(isKnown, "\(code) in \(page.topic)")
            }
        }
    }
}
