import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// Coming, going, and accounts.
@Suite struct PlayTests {
    private func newcomer(_ stage: Stage, _ name: String, isGuest: Bool = false) throws -> Thing {
        var made: Thing?
        _ = stage.turn(by: Thing.makeNobody()) { turn in
            made =
                isGuest
                ? Accounts.createGuest(number: 7, turn: turn)
                : Accounts.create(name: name, passwordHash: "x", settings: [:], turn: turn)
        }
        let persona = try #require(made)
        stage.join(persona)
        return persona
    }

    @Test func aNewcomerArrivesAtTheStartAndReturnsWhereTheyLeft() throws {
        let stage = House.make()
        let dora = try newcomer(stage, "Dora")
        let arrival = stage.turn(by: dora) { try stage.interpreter.enterPlay(dora, $0) }
        let read = stage.reading(of: arrival, by: dora)
        #expect(read.contains("Dora: Hall") && read.contains("Ada: Dora arrives."))
        _ = stage.play("get brass lamp", by: dora)
        _ = stage.play("east", by: dora)
        let library = dora.location
        _ = stage.turn(by: dora) { stage.interpreter.leavePlay(dora, $0) }
        #expect(dora.location == nil && dora.contents.count == 1)
        _ = stage.turn(by: dora) { try stage.interpreter.enterPlay(dora, $0) }
        #expect(dora.location === library)
        #expect(stage.failures == [])
    }

    @Test func aLostAndRestoredLinkIsTold() throws {
        let stage = House.make()
        let ben = try #require(stage.player(named: "Ben"))
        stage.absent.insert(ben.id)
        let lost = stage.turn(by: ben) { stage.interpreter.linkLost(ben, $0) }
        #expect(stage.reading(of: lost, by: ben) == ["Ada: Ben stares into space.", "Cy: Ben stares into space."])
        stage.absent.remove(ben.id)
        let restored = stage.turn(by: ben) { stage.interpreter.linkRestored(ben, $0, wasConnected: false) }
        let read = stage.reading(of: restored, by: ben)
        #expect(read.contains("Ada: Ben is back.") && read.contains("Ben: Hall"))
    }

    @Test func aGuestLeavesNothingBehindButWhatTheyCarried() throws {
        let stage = House.make()
        let guest = try newcomer(stage, "", isGuest: true)
        #expect(guest.name == "Guest7" && Accounts.role(of: guest, world: stage.world) == .guest)
        _ = stage.turn(by: guest) { try stage.interpreter.enterPlay(guest, $0) }
        _ = stage.play("get brass lamp", by: guest)
        let lamp = try #require(guest.contents.first)
        let hall = guest.location
        _ = stage.turn(by: guest) { stage.interpreter.leavePlay(guest, $0) }
        #expect(!guest.exists && lamp.location === hall)
        #expect(stage.world.player(named: "guest7") == nil)
        #expect(stage.failures == [])
    }

    @Test func theWorldsOwnThingsGoHomeWhenTheirBearerLeaves() throws {
        let stage = House.make()
        let (ada, ben) = (try #require(stage.player(named: "Ada")), try #require(stage.player(named: "Ben")))
        let hall = try #require(ada.location)
        let library = try #require(stage.world.things.values.first { $0.name == "Library" })
        let sack = stage.thing("sack", in: ada, .container) { $0.set(.isOpen, true) }
        let key = stage.thing("bronze key", in: sack) {
            $0.set(.stays, true)
            $0.set(.home, library)
        }
        let hat = stage.thing("paper hat", in: ada, .wearable) { $0.set(.isWorn, true) }
        stage.change { $0.move(ben, to: library) }
        let outcome = stage.turn(by: ada) { stage.interpreter.leavePlay(ada, $0) }
        #expect(
            stage.reading(of: outcome, by: ada) == [
                "Cy: Ada is gone.", "Cy: A bronze key goes back where it belongs.",
                "Ben: A bronze key is back where it belongs.",
            ])
        #expect(key.location === library && sack.location === ada && hat.location === ada && hat[.isWorn])
        #expect(ada.location == nil && hall.exists)
        #expect(stage.failures == [])
    }

    @Test func aThingWhoseHomeIsGoneOrCarriedStaysWhereItsBearerLeft() throws {
        let stage = House.make()
        let (ada, ben) = (try #require(stage.player(named: "Ada")), try #require(stage.player(named: "Ben")))
        let hall = try #require(ada.location)
        let purse = stage.thing("purse", in: ben, .container) { $0.set(.isOpen, true) }
        let gone = stage.thing("shed", in: hall)
        let keys = [("first key", purse), ("last key", gone)].map { name, home in
            stage.thing(name, in: ada) {
                $0.set(.stays, true)
                $0.set(.home, home)
            }
        }
        stage.change { $0.destroy(gone) }
        let outcome = stage.turn(by: ada) { stage.interpreter.leavePlay(ada, $0) }
        #expect(stage.reading(of: outcome, by: ada).contains("Cy: Ada leaves a first key and a last key behind."))
        #expect(keys.allSatisfy { $0.location === hall })
        #expect(stage.failures == [])
    }

    @Test func aGuestsThingsAreSeenToStay() throws {
        let stage = House.make()
        let guest = try newcomer(stage, "", isGuest: true)
        _ = stage.turn(by: guest) { try stage.interpreter.enterPlay(guest, $0) }
        let cellar = try #require(stage.world.things.values.first { $0.name == "Cellar" })
        let key = stage.thing("bronze key", in: guest) {
            $0.set(.stays, true)
            $0.set(.home, cellar)
        }
        for _ in 1...2 { stage.thing("paper hat", in: guest) }
        let outcome = stage.turn(by: guest) { stage.interpreter.leavePlay(guest, $0) }
        let read = stage.reading(of: outcome, by: guest)
        #expect(read.contains("Ada: A bronze key goes back where it belongs."))
        #expect(read.contains("Ben: Guest7 leaves two paper hats behind."))
        #expect(guest.contents.isEmpty && key.location === cellar)
        #expect(stage.failures == [])
    }

    @Test func whatSomebodyWoreWhoIsGoneIsNotWornByItsFinder() throws {
        let stage = House.make()
        let (ada, ben) = (try #require(stage.player(named: "Ada")), try #require(stage.player(named: "Ben")))
        let cloak = stage.thing("cloak", in: ben, .wearable) { $0.set(.isWorn, true) }
        stage.change { $0.destroy(ben) }
        #expect(cloak.location === ada.location)
        _ = stage.play("get cloak", by: ada)
        #expect(cloak.location === ada && !cloak[.isWorn])
        #expect(stage.failures == [])
    }

    @Test func anAccountKnowsItsCharacterAndRole() throws {
        let stage = House.make()
        let dora = try newcomer(stage, "Dora")
        let account = try #require(stage.world.account(named: "dora"))
        #expect(account[.characters] == [dora.id] && account[.passwordHash] == "x")
        #expect(Accounts.role(of: dora, world: stage.world) == .player)
        stage.change { $0.set(.role, to: Role.owner.rawValue, on: account) }
        #expect(Accounts.role(of: dora, world: stage.world) == .owner)
    }

    @Test func nobodyTakesTheNameOfOneWhoLivesHere() throws {
        let stage = House.make()
        let hall = try #require(stage.player(named: "Ada")).location
        let sabra = stage.thing("Sabra Quill", in: hall, .persona) {
            $0.set(.article, "")
            $0.set(.nouns, ["innkeeper"])
        }
        stage.thing("Excalibur the Bright", in: hall) { $0.set(.article, "") }
        let lives = "Somebody of that name lives here already; please choose another."
        for name in ["sabra", "SABRA", "Innkeeper", "quill", "Keeper", "cat"] {
            #expect(NameRules.check(name, in: stage.world) == lives, "\(name)")
        }
        let called = "Something here is called Excalibur; please choose another name."
        #expect(NameRules.check("excalibur", in: stage.world) == called)
        #expect(NameRules.check("table", in: stage.world) != nil)
        for name in ["Dora", "Bright", "brass", "Hallmark", "Ada"] {
            #expect(NameRules.check(name, in: stage.world) == nil, "\(name)")
        }
        // Names follow changes, also those that are taken back.
        stage.change { $0.set(.name, to: "Mira", on: sabra) }
        #expect(NameRules.check("sabra", in: stage.world) == nil)
        _ = stage.turn(by: Thing.makeNobody()) { turn in
            turn.world.destroy(sabra)
            #expect(NameRules.check("mira", in: stage.world) == nil)
            throw turn.refusal("No.")
        }
        #expect(NameRules.check("mira", in: stage.world) == lives)
        #expect(NameRules.check("lo", in: stage.world) != nil)
    }

    @Test(arguments: ["Ada", "zoe", "Bartholomew"])
    func goodNames(_ name: String) {
        #expect(NameRules.check(name) == nil)
    }

    @Test(arguments: [
        "", "Al", "Abcdefghijklmnopqrstu", "Ann2", "Zoë", "An na", "Guest1", "guestling", "look", "North", "All",
        "Server", "NickServ", "chanserv", "Serv", "Game", "Mudd",
        "him", "\u{7F}\u{7F}\u{7F}",
    ])
    func badNames(_ name: String) {
        #expect(NameRules.check(name) != nil)
    }
}
