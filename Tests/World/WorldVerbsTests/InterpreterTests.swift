import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

@Suite struct InterpreterTests {
    private struct Mishap: Error {}

    private func text(_ outcome: Outcome) -> String {
        outcome.deliveries.map(\.text.plain).joined(separator: "\n")
    }

    @Test func aRefusalTakesEverythingBack() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        let before = stage.world.snapshot()
        let outcome = stage.turn(by: ada) { turn in
            turn.world.set(.description, to: "changed", on: turn.actor)
            turn.world.destroy(turn.world.create(.container))
            turn.announce("This was never said.", in: ada.location)
            turn.request(.quit)
            throw turn.refusal("No.")
        }
        #expect(stage.reading(of: outcome, by: ada) == ["Ada: No."])
        #expect(outcome.deliveries.map(\.category) == [.refusal])
        #expect(outcome.record == nil && outcome.fault == nil)
        #expect(stage.world.snapshot() == before)
    }

    @Test func aFaultTakesEverythingBackAndIsReported() throws {
        let stage = House.make()
        stage.isChecking = false
        let ada = try #require(stage.player(named: "Ada"))
        let before = stage.world.snapshot()
        let outcome = stage.turn(by: ada) { turn in
            turn.world.set(.description, to: "changed", on: turn.actor)
            throw Mishap()
        }
        let fault = try #require(outcome.fault)
        let identifier = String(fault.prefix { $0 != ":" })
        #expect(fault.contains("Mishap"))
        #expect(text(outcome).contains(identifier) && !text(outcome).contains("Mishap"))
        #expect(stage.world.snapshot() == before)
        #expect(!stage.world.isInTurn)
    }

    /// A guest ends with leaving; what the line says after that is not done.
    @Test(arguments: [
        "quit then alias x look", "quit. get lamp", "quit then drop all then say bye", "look then quit then quit",
    ])
    func whoHasLeftDoesNothingMore(_ line: String) throws {
        let stage = House.make()
        let hall = try #require(stage.player(named: "Ada")?.location)
        var guest = Thing.makeNobody()
        _ = stage.turn(by: guest) { turn in
            guest = Accounts.createGuest(number: 1, turn: turn)
            turn.world.move(guest, to: hall)
        }
        stage.join(guest)
        stage.roles[guest.id] = .guest
        stage.thing("coin", in: guest)
        let outcome = stage.play(line, by: guest)
        #expect(outcome.requests == [.quit] && !guest.exists && guest.location == nil)
        #expect(stage.failures == [])
    }

    @Test func lookingWritesNothing() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        let sequence = stage.world.sequence
        for line in ["look", "i", "who", "say hello", "help", "x chest", "get nothing"] {
            #expect(stage.play(line, by: ada).record == nil, "\(line)")
        }
        #expect(stage.world.sequence == sequence)
        #expect(stage.play("get brass lamp", by: ada).record?.sequence == sequence + 1)
    }

    @Test(arguments: [
        ("say a\u{200B}b\u{AD}\u{180E}\u{2060}", "Ben: Ada says, \"ab\""), ("'x\u{202E}y", "Ben: Ada says, \"xy\""),
        ("emote no\u{2060}ds.", "Ben: Ada nods."), ("tell ben \u{FEFF}hi", "Ben: Ada tells you, \"hi\""),
        ("say \u{200B}\u{2060}", "Ada: Use it like this: say TEXT or 'TEXT."),
        ("s\u{200B}ay ha", "Ben: Ada says, \"ha\""),
        ("say Z" + String(repeating: "\u{301}", count: 200), "Ben: Ada says, \"Z\u{301}\u{301}\u{301}\u{301}\""),
        ("say \u{1F468}\u{200D}\u{1F467}", "Ben: Ada says, \"\u{1F468}\u{200D}\u{1F467}\""),
    ])
    func whatNobodySeesIsNotSaid(_ line: String, _ read: String) throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        let lines = stage.reading(of: stage.play(line, by: ada), by: ada).map { Array($0.unicodeScalars) }
        #expect(lines.contains(Array(read.unicodeScalars)))
    }

    @Test func aDescriptionIsCleanedToo() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        _ = stage.play("describe me as T\u{AD}all\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}.", by: ada)
        #expect(Array(ada[.description].unicodeScalars) == Array("Tall\u{301}\u{302}\u{303}\u{304}.".unicodeScalars))
    }

    @Test func anEmptyLineIsNothing() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        #expect(stage.play("   ", by: ada).deliveries.isEmpty)
    }

    @Test func whatWasForgottenIsNotReferredTo() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        _ = stage.play("look at lamp", by: ada)
        stage.interpreter.forget(ada)
        #expect(text(stage.play("brass", by: ada)).hasPrefix("There is no verb"))
    }

    @Test func allIsBounded() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        let hall = try #require(ada.location)
        stage.isChecking = false
        for _ in 0..<1000 { stage.thing("pea", in: hall) { $0.set(.size, 0) } }
        let outcome = stage.play("get all peas", by: ada)
        #expect(ada.contents.count == 200)
        #expect(outcome.record != nil)
        #expect(
            text(stage.play("get pea" + String(repeating: " and pea", count: 30), by: ada))
                == "That is too much at once.")
    }

    @Test func enormousSizesDoNotOverflow() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        let hall = try #require(ada.location)
        for name in ["anvil", "feather"] {
            stage.thing(name, in: hall) { $0.set(.size, name == "anvil" ? .max : .min) }
        }
        #expect(text(stage.play("get anvil", by: ada)) == "You cannot carry that as well.")
        #expect(text(stage.play("get feather", by: ada)) == "You take the feather.\nAda takes the feather.")
        _ = stage.play("open chest", by: ada)
        #expect(text(stage.play("put feather in chest", by: ada)).contains("You put"))
    }

    @Test func whoIsInsideAThingIsNotGivenIt() throws {
        let stage = House.make()
        let (ada, ben) = (try #require(stage.player(named: "Ada")), try #require(stage.player(named: "Ben")))
        let basket = stage.thing("basket", in: ada, .container) { $0.set(.isOpen, true) }
        stage.change { $0.move(ben, to: basket) }
        for line in ["give basket to ben", "put basket in basket", "drop basket", "get basket"] {
            _ = stage.play(line, by: ada)
        }
        _ = stage.play("get basket", by: ben)
        #expect(stage.failures == [])
    }

    @Test func helpComesFromTheLibraryFirst() throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        stage.interpreter.help = HelpLibrary([
            HelpEntry(topic: "getting-started", aliases: [], title: "Welcome", body: "Type `look`."),
            HelpEntry(topic: "light", aliases: ["dark"], title: "Light", body: "A zebra is not a lamp."),
        ])
        #expect(text(stage.play("help", by: ada)) == "Welcome\nType look.")
        #expect(text(stage.play("help dark", by: ada)) == "Light\nA zebra is not a lamp.")
        #expect(text(stage.play("help zebra", by: ada)) == "These pages speak of \"zebra\":\n- help light: Light")
    }
}
