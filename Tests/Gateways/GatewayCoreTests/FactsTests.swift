import Basics
import Foundation
import GatewayCore
import ReactorCore
import TerminalWire
import Testing
import WorldLanguage
import WorldModel
import WorldVerbs

/// Facts beside the text: to those who want them, when something has changed, and not before it is durable.
@Suite struct FactsTests {
    private func enter(
        _ stage: GameStage, _ name: String, _ topics: FactTopics
    ) throws -> RecordingDoor {
        let door = try stage.enter(name)
        door.showsFacts = true
        door.session?.subscribe(to: topics)
        stage.settle()
        return door
    }

    private func facts(_ door: RecordingDoor) -> [String] {
        door.takeSeen().split(separator: "\u{3}", omittingEmptySubsequences: false).dropFirst()
            .map { String($0.prefix { $0 != "\u{4}" }) }
    }

    // MARK: Who is told

    @Test func whoAsksForNothingCostsNothing() throws {
        let stage = try GameStage()
        let ada = try stage.enter("Ada")
        ada.showsFacts = true
        stage.type("get lamp", ada)
        #expect(facts(ada).isEmpty)
        #expect(stage.game.factLookCount == 0)
    }

    @Test func everythingIsToldOnceAtFirst() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.place, .people, .items, .name, .vitals, .talk])
        #expect(
            facts(ada) == [
                "name Ada", "channels", "place Hall", "people", "items inventory",
                "items room: a brass lamp, an iron key",
            ])
        stage.type("look", ada)
        #expect(facts(ada).isEmpty, "nothing has changed")
    }

    @Test func whatIsAskedForLaterIsToldThen() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.place])
        #expect(facts(ada) == ["place Hall"])
        ada.session?.subscribe(to: [.place, .people])
        stage.settle()
        #expect(facts(ada) == ["people"])
        ada.session?.subscribe(to: [])
        stage.type("get lamp", ada)
        #expect(facts(ada).isEmpty)
    }

    @Test func whatTheOperatorOffersIsToldOnce() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.client])
        #expect(facts(ada) == ["offers of The Test House"])
        stage.type("get lamp", ada)
        #expect(facts(ada).isEmpty)
    }

    @Test func whoSubscribedBeforeTheLoginIsToldAtTheLogin() throws {
        let stage = try GameStage()
        let door = try #require(stage.connect())
        door.showsFacts = true
        door.session?.subscribe(to: [.place, .name])
        for line in ["Ada", "yes", "correct horse", "correct horse", "no"] { stage.type(line, door) }
        #expect(facts(door) == ["name Ada", "place Hall"])
    }

    // MARK: Changes

    @Test func onlyWhatChangedIsTold() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.place, .items])
        _ = facts(ada)
        stage.type("get lamp", ada)
        #expect(facts(ada) == ["came inventory: a brass lamp", "left room: a brass lamp"])
        stage.type("drop lamp", ada)
        #expect(facts(ada) == ["items inventory", "came room: a brass lamp"])
    }

    @Test func peopleComeAndGoOneByOne() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.people])
        #expect(facts(ada) == ["people"])
        let ben = try stage.enter("Ben")
        #expect(facts(ada) == ["person came: Ben"])
        stage.type("quit", ben)
        #expect(facts(ada) == ["person left: Ben"])
    }

    @Test func aGuestWhoEndsHasLeft() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.people])
        _ = facts(ada)
        let guest = try #require(stage.connect())
        stage.type("guest", guest)
        #expect(facts(ada) == ["person came: Guest1"])
        stage.type("quit", guest)
        #expect(facts(ada) == ["person left: Guest1"])
    }

    @Test func severalTurnsOfOnePassAreToldTogether() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.items])
        _ = facts(ada)
        ada.session?.lineReceived("get lamp")
        ada.session?.lineReceived("get key")
        stage.settle()
        #expect(
            facts(ada) == ["came inventory: a brass lamp", "came inventory: an iron key", "items room"])
    }

    @Test func talkIsToldToThoseWhoHearItAndLooksAtNothing() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.talk, .place, .people, .items])
        let ben = try enter(stage, "Ben", [.talk, .place, .people, .items])
        _ = (facts(ada), facts(ben))
        let looks = stage.game.factLookCount
        stage.type("say hello", ada)
        #expect(facts(ben) == ["say Ada: Ada says, \"hello\""])
        #expect(facts(ada) == ["say Ada: You say, \"hello\""])
        #expect(stage.game.factLookCount == looks)
    }

    @Test func aCrowdThatTalksIsNotLookedAt() throws {
        let stage = try GameStage()
        var settings = GameSettings()
        settings.maximumCreationsPerSource = 1000
        stage.game.settings = settings
        let ada = try enter(stage, "Ada", .everything)
        var crowd: [RecordingDoor] = []
        for index in 0..<50 {
            let door = try #require(stage.connect())
            door.session?.subscribe(to: .everything)
            for line in ["Crowd\(Self.letters(index))", "yes", "correct horse", "correct horse", "no"] {
                stage.type(line, door)
            }
            crowd.append(door)
        }
        #expect(crowd.allSatisfy { $0.session?.persona != nil })
        let looks = stage.game.factLookCount
        for _ in 0..<10 { stage.type("say hello", ada) }
        #expect(stage.game.factLookCount == looks)
        stage.type("get lamp", ada)
        #expect(stage.game.factLookCount == looks + 51)
    }

    /// Names have letters alone.
    private static func letters(_ number: Int) -> String {
        String(UnicodeScalar(UInt8(97 + number / 10))) + String(UnicodeScalar(UInt8(97 + number % 10)))
    }

    @Test func measuresAreToldToTheirOwner() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.vitals])
        let ben = try enter(stage, "Ben", [.vitals])
        #expect(facts(ada).isEmpty, "a world without measures tells of none")
        let persona = try #require(ada.session?.persona)
        try stage.game.administer { $0.world.set(.vitals, to: ["health": [3, 9]], on: persona) }
        stage.settle()
        #expect(facts(ada) == ["vitals health 3/9"])
        #expect(facts(ben).isEmpty)
    }

    @Test func soundsAreForThoseWhoWantThem() throws {
        let stage = try GameStage()
        try stage.game.administer { turn in
            let world = turn.world
            guard let hall = world.startPlace, let lamp = hall.contents.first else { return }
            world.set(.ambience, to: "rain.mp3", on: hall)
            var ring = Behavior()
            #expect(ring.set(.sound, to: "bell.mp3") == nil)
            #expect(ring.set(.sound, to: "../bell.mp3") != nil)
            world.setBehavior(ring, for: "ring", on: lamp)
        }
        let ada = try enter(stage, "Ada", [.sound])
        let ben = try enter(stage, "Ben", [.sound])
        #expect(facts(ada).isEmpty, "nobody hears anything unasked")
        stage.type("set sounds on", ada)
        #expect(facts(ada) == ["sound rain.mp3"])
        _ = facts(ben)
        stage.type("ring lamp", ben)
        #expect(facts(ada) == ["noise bell.mp3"])
        #expect(facts(ben).isEmpty)
        stage.type("set sounds off", ada)
        #expect(facts(ada) == ["sound none"])
    }

    // MARK: Durable

    @Test func aFactWaitsForItsTurnLikeText() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.items])
        _ = facts(ada)
        ada.session?.lineReceived("get lamp")
        stage.pass()
        #expect(ada.takeSeen() == "", "neither text nor facts before the turn is durable")
        stage.settle()
        let seen = ada.takeSeen()
        let text = try #require(seen.range(of: "You take the brass lamp."))
        let fact = try #require(seen.range(of: "came inventory: a brass lamp"))
        let prompt = try #require(seen.range(of: "> ", options: .backwards))
        #expect(text.upperBound <= fact.lowerBound)
        #expect(fact.upperBound <= prompt.lowerBound, "the prompt comes last")
    }

    @Test func whoReadsTooSlowlyIsToldHowThingsAreInTheEnd() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.items])
        let ben = try stage.enter("Ben")
        _ = facts(ada)
        ada.session?.peerFellBehind()
        ada.bufferedByteCount = 10_000_000
        stage.type("get lamp", ben)
        stage.type("get key", ben)
        ada.bufferedByteCount = 0
        ada.session?.peerCaughtUp()
        stage.settle()
        #expect(facts(ada).filter { $0.hasPrefix("items") } == ["items inventory", "items room"])
    }

    @Test func aRefusedTurnTellsNothing() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.place, .items, .people, .status])
        _ = facts(ada)
        stage.type("get moon", ada)
        #expect(facts(ada).isEmpty)
    }

    // MARK: Asked

    @Test func whatIsAskedForIsAnswered() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.items, .commands, .talk])
        _ = facts(ada)
        ada.session?.request(.items(.room))
        ada.session?.request(.commands(group: "Moving"))
        ada.session?.request(.command(group: "Moving", name: "go"))
        ada.session?.request(.listeners)
        stage.settle()
        #expect(
            facts(ada).map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == [
                "items room:", "commands Moving", "command go", "listeners",
            ])
    }

    @Test func aFloodOfRequestsIsCut() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.items])
        _ = facts(ada)
        for _ in 0..<1000 { ada.session?.request(.items(.inventory)) }
        stage.settle()
        #expect(facts(ada).count == 8)
    }

    @Test func theEndIsTold() throws {
        let stage = try GameStage()
        let ada = try enter(stage, "Ada", [.place])
        _ = facts(ada)
        stage.type("quit", ada)
        #expect(facts(ada).last == "goodbye Goodbye.")
    }

    // MARK: Login

    private func stranger(_ stage: GameStage) throws -> RecordingDoor {
        let door = try #require(stage.connect())
        door.showsFacts = true
        return door
    }

    @Test func aLoginByFactsIsOfferedWhereNobodyReadsAlong() throws {
        let stage = try GameStage()
        let door = try stranger(stage)
        door.session?.subscribe(to: [.login])
        stage.settle()
        #expect(facts(door) == ["login offered"])
        let open = try stranger(stage)
        open.mayHearPasswords = false
        open.session?.subscribe(to: [.login])
        stage.settle()
        #expect(facts(open).isEmpty)
        open.session?.credentialsReceived(name: "Ada", password: "correct horse")
        stage.settle()
        #expect(facts(open).isEmpty)
        #expect(open.session?.persona == nil)
    }

    @Test func theRightPasswordLetsIn() throws {
        let stage = try GameStage()
        let first = try stage.enter("Ada")
        stage.type("quit", first)
        let door = try stranger(stage)
        door.session?.subscribe(to: [.login, .name])
        stage.settle()
        _ = facts(door)
        door.session?.credentialsReceived(name: "ada", password: "correct horse")
        stage.settle()
        #expect(facts(door) == ["login right: ", "name Ada"])
        #expect(door.session?.persona?.name == "Ada")
        door.session?.credentialsReceived(name: "ada", password: "correct horse")
        stage.settle()
        #expect(facts(door).isEmpty, "not in play")
    }

    @Test func wrongPasswordsCountLikeTypedOnes() throws {
        let stage = try GameStage()
        let first = try stage.enter("Ada")
        stage.type("quit", first)
        let door = try stranger(stage)
        door.session?.subscribe(to: [.login])
        stage.settle()
        _ = facts(door)
        for _ in 0..<3 {
            door.session?.credentialsReceived(name: "Ada", password: "wrong horse")
            stage.settle()
        }
        #expect(
            facts(door) == Array(repeating: "login wrong: That is not the right name and password.", count: 3) + [
                "goodbye Goodbye."
            ])
        #expect(door.isClosed)
    }

    @Test func nonsenseIsRefusedWithoutALook() throws {
        let stage = try GameStage()
        let door = try stranger(stage)
        door.session?.subscribe(to: [.login])
        stage.settle()
        _ = facts(door)
        let long = String(repeating: "a", count: 1000)
        for (name, password) in [("", "x"), (long, "x"), ("Ada", long)] {
            door.session?.credentialsReceived(name: name, password: password)
            stage.settle()
        }
        #expect(facts(door) == Array(repeating: "login wrong: That is no name and password.", count: 3))
    }
}

extension FactTopics {
    static let everything: FactTopics = [.place, .people, .name, .status, .vitals, .items, .commands, .talk]
}

extension ClientFact {
    /// In a line, for tests.
    var summary: String {
        switch self {
        case .name(let name): "name \(name)"
        case .place(let place): "place \(place.name)"
        case .people(let people): Self.list("people", people.map(\.name))
        case .personCame(let person): "person came: \(person.name)"
        case .personLeft(let person): "person left: \(person.name)"
        case .items(let place, let items): Self.list("items \(Self.name(place))", items.map(\.name))
        case .itemCame(let place, let item): "came \(Self.name(place)): \(item.name)"
        case .itemLeft(let place, let item): "left \(Self.name(place)): \(item.name)"
        case .itemChanged(let place, let item): "changed \(Self.name(place)): \(item.name)"
        case .vitals(let vitals): "vitals " + vitals.map { "\($0.name) \($0.now)/\($0.most)" }.joined(separator: ", ")
        case .statusTitles(let lines): "titles " + lines.map(\.title).joined(separator: ", ")
        case .status(let lines): "status " + lines.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
        case .commandGroups(let groups): Self.list("groups", groups.map(\.name))
        case .commands(let group, let commands): "commands \(group) \(commands.count)"
        case .command(let group, let name, _): "command \(name) of \(group)"
        case .channels(let channels): Self.list("channels", channels.map(\.name))
        case .listeners(let people): Self.list("listeners", people.map(\.name))
        case .speech(let speech): "\(speech.channel) \(speech.talker): \(speech.text)"
        case .channel(let news): "\(news)"
        case .presence(let news): "\(news)"
        case .noise(let name, _): "noise \(name)"
        case .sound(let name, _): "sound \(name ?? "none")"
        case .offers(_, let title): "offers of \(title)"
        case .loginOffer: "login offered"
        case .loginResult(let isRight, let message): "login \(isRight ? "right" : "wrong"): \(message)"
        case .goodbye(let text): "goodbye \(text)"
        }
    }

    private static func list(_ title: String, _ names: [String]) -> String {
        names.isEmpty ? title : "\(title): \(names.joined(separator: ", "))"
    }

    private static func name(_ place: ItemPlace) -> String {
        switch place {
        case .inventory: "inventory"
        case .room: "room"
        case .container(let number): "container \(number)"
        }
    }
}
