import GatewayCore
import MUDWire
import TelnetWire
import Testing
import WorldModel
import WorldVerbs

@testable import TelnetGateway

/// What a client's program asks for in GMCP and MSDP, and how it is told facts.
@Suite struct OutOfBandTests {
    /// One that has said hello, and what it understands.
    private func mudlet(_ modules: [String]) -> OutOfBand {
        var dialogue = OutOfBand()
        _ = dialogue.negotiated(.gmcp, enabled: true)
        _ = say(#"Core.Hello {"client":"Mudlet","version":"4.18"}"#, to: &dialogue)
        let names = modules.map { "\"\($0)\"" }.joined(separator: ",")
        _ = say("Core.Supports.Set [\(names)]", to: &dialogue)
        return dialogue
    }

    private func say(_ message: String, to dialogue: inout OutOfBand) -> [OutOfBand.Effect] {
        dialogue.received(.gmcp, Array(message.utf8))
    }

    private func told(_ fact: ClientFact, by dialogue: inout OutOfBand) -> [String] {
        dialogue.messages(for: fact).map { String(decoding: $0.payload, as: UTF8.self) }
    }

    private var hall: PlaceFacts {
        var place = PlaceFacts(number: 7, name: "Hall", environment: .indoors)
        place.area = "The House"
        place.exits = [PlaceFacts.Exit(way: "n", number: 8)]
        place.coordinates = PlaceFacts.Coordinates(x: 1, y: -2, z: 0, area: 7)
        return place
    }

    // MARK: GMCP

    @Test func theModulesOfMudletAreSubscribedTo() {
        var dialogue = OutOfBand()
        #expect(dialogue.negotiated(.gmcp, enabled: true) == [])
        #expect(
            say(#"Core.Hello { "client": "Mudlet", "version": "4.18.5" }"#, to: &dialogue) == [
                .hello("Mudlet 4.18.5"), .subscribe([.client]),
            ])
        let modules =
            #"["Char 1","Char.Skills 1","Char.Items 1","Room 1","IRE.Rift 1","Client.Media 1","Char.Login 1"]"#
        #expect(
            say("Core.Supports.Set \(modules)", to: &dialogue) == [
                .subscribe([.name, .status, .vitals, .commands, .items, .place, .people, .client, .sound, .login])
            ])
        #expect(
            say(#"Core.Supports.Remove ["Room"]"#, to: &dialogue) == [
                .subscribe([.name, .status, .vitals, .commands, .items, .client, .sound, .login])
            ])
        #expect(dialogue.negotiated(.gmcp, enabled: false) == [.subscribe([])])
    }

    @Test func aPlaceIsToldAsMappersTakeIt() {
        var dialogue = mudlet(["Room 1"])
        #expect(
            told(.place(hall), by: &dialogue) == [
                #"Room.Info {"num":7,"name":"Hall","area":"The House","environment":"indoors","coords":"7,1,-2,0","exits":{"n":8}}"#
            ])
        let dark = PlaceFacts(number: nil, name: "darkness", environment: .darkness)
        #expect(
            told(.place(dark), by: &dialogue) == [
                #"Room.Info {"num":0,"name":"darkness","area":"","environment":"darkness","exits":{}}"#
            ])
    }

    @Test func whatAClientDoesNotSupportItIsNotTold() {
        var dialogue = mudlet(["Char 1"])
        #expect(told(.place(hall), by: &dialogue).isEmpty)
        #expect(told(.people([]), by: &dialogue).isEmpty)
        #expect(told(.loginOffer, by: &dialogue).isEmpty)
        var silent = OutOfBand()
        #expect(told(.place(hall), by: &silent).isEmpty)
        #expect(told(.goodbye("Goodbye."), by: &silent).isEmpty)
    }

    @Test func theShapesOfTheRest() {
        var dialogue = mudlet([
            "Char 1", "Char.Items 1", "Char.Skills 1", "Room 1", "Comm.Channel 1", "Client.Media 1", "Char.Login 1",
            "External.Discord 1",
        ])
        let lamp = ItemFacts(number: 5, name: "a brass lamp", features: [.takeable])
        let cases: [(ClientFact, [String])] = [
            (.name("Ada"), [#"Char.Name {"name":"Ada","fullname":"Ada"}"#]),
            (
                .personCame(PersonFacts(number: 3, name: "Ben")),
                [#"Room.AddPlayer {"name":"Ben","fullname":"Ben"}"#]
            ),
            (.personLeft(PersonFacts(number: 3, name: "Ben")), [#"Room.RemovePlayer "Ben""#]),
            (.loginOffer, [#"Char.Login.Default {"type":["password-credentials"]}"#]),
            (.loginResult(isRight: true, message: ""), [#"Char.Login.Result {"success":true}"#]),
            (.loginResult(isRight: false, message: "No."), [#"Char.Login.Result {"success":false,"message":"No."}"#]),
            (.goodbye("Goodbye."), [#"Core.Goodbye "Goodbye.""#]),
            (.sound(nil, under: nil), [#"Client.Media.Stop {"tag":"place"}"#]),
            (.noise("bell.mp3", under: nil), [#"Client.Media.Play {"name":"bell.mp3","type":"sound"}"#]),
        ]
        for (fact, expected) in cases { #expect(told(fact, by: &dialogue) == expected) }
        #expect(told(.items(.inventory, [lamp]), by: &dialogue).first?.hasPrefix("Char.Items.List {") == true)
        #expect(told(.itemCame(.room, lamp), by: &dialogue).first?.contains(#""location":"room""#) == true)
        #expect(
            told(.vitals([Vital(name: "health", now: 7, most: 9)]), by: &dialogue).first?.contains(#""health""#) == true
        )
    }

    @Test func offersAreToldToWhomTheyAreFor() {
        var offers = ClientOffers()
        offers.surfaceURL = "https://example.org/surface.mpackage"
        offers.surfaceVersion = "3"
        offers.mapURL = "https://example.org/map.xml"
        offers.soundURL = "https://example.org/sounds/"
        offers.discordInvitation = "https://discord.example/abc"
        var plain = mudlet(["Room 1"])
        #expect(
            told(.offers(offers, title: "Farrow Weir"), by: &plain).map { $0.prefix { $0 != " " } } == [
                "Client.GUI", "Client.Map",
            ])
        var rich = mudlet(["Client.Media 1", "External.Discord 1"])
        #expect(
            told(.offers(offers, title: "Farrow Weir"), by: &rich).map { $0.prefix { $0 != " " } } == [
                "Client.GUI", "Client.Map", "Client.Media.Default", "External.Discord.Info", "External.Discord.Status",
            ])
        #expect(say("External.Discord.Get {}", to: &rich).count == 2)
        #expect(told(.offers(ClientOffers(), title: "Farrow Weir"), by: &rich).isEmpty)
    }

    @Test func requestsAreHandedOn() {
        var dialogue = mudlet(["Char.Items 1"])
        let cases: [(String, [OutOfBand.Effect])] = [
            ("Char.Items.Inv", [.request(.items(.inventory))]), ("Char.Items.Room", [.request(.items(.room))]),
            ("Char.Items.Contents 12", [.request(.items(.container(12)))]), ("Char.Items.Contents -1", []),
            (#"Char.Skills.Get {"group":"Moving"}"#, [.request(.commands(group: "Moving"))]),
            (#"Char.Skills.Get {"group":"Moving","name":"go"}"#, [.request(.command(group: "Moving", name: "go"))]),
            ("Char.Skills.Get {}", [.request(.commandGroups)]), ("Comm.Channel.Players", [.request(.listeners)]),
            ("Core.Ping", [.ping]), ("Core.Ping 120", [.ping]), ("Core.KeepAlive", []),
            (
                #"Char.Login.Credentials {"account":"Ada","password":"correct horse"}"#,
                [.credentials(name: "Ada", password: "correct horse")]
            ),
            ("Char.Login.Credentials {}", []),
        ]
        for (message, effects) in cases { #expect(say(message, to: &dialogue) == effects, "\(message)") }
    }

    @Test(arguments: [
        "", " ", "{}", "Core.Hello", "Core.Hello []", "Core.Supports.Set", "Core.Supports.Set {", "Core.Supports.Set 7",
        "Char.Items.Contents", "Char.Items.Contents 99999999999999999999", "Char.Items.Contents {\"a\":1}", "\u{0}",
        "Char.Login.Credentials {\"account\":7,\"password\":[]}", "External.Discord.Get", "Nonsense.Of.Mine [1,2,3]",
        "Core.Supports.Set [1,null,{},\"\",\"Room x\"]",
    ])
    func nonsenseDoesNothingBad(message: String) {
        var dialogue = mudlet([])
        for effect in say(message, to: &dialogue) {
            switch effect {
            case .subscribe, .hello: break
            default: Issue.record("\(message) has an effect: \(effect)")
            }
        }
    }

    // MARK: MSDP

    private func ask(_ command: MSDPCommand, _ dialogue: inout OutOfBand) -> [OutOfBand.Effect] {
        dialogue.received(.msdp, MSDPPayload.encoded([command.variable]))
    }

    private func variables(_ fact: ClientFact, _ dialogue: inout OutOfBand) throws -> [MSDPVariable] {
        try dialogue.messages(for: fact).flatMap { try MSDPPayload.read($0.payload) }
    }

    @Test func reportedVariablesAreToldWhenTheyChange() throws {
        var dialogue = OutOfBand()
        _ = dialogue.negotiated(.msdp, enabled: true)
        #expect(
            ask(.report(["ROOM_NAME", "CHARACTER_NAME"]), &dialogue) == [
                .subscribe([.name, .place, .status, .vitals])
            ])
        #expect(try variables(.place(hall), &dialogue) == [MSDPVariable("ROOM_NAME", "Hall")])
        #expect(try variables(.place(hall), &dialogue).isEmpty, "nothing has changed")
        #expect(try variables(.name("Ada"), &dialogue) == [MSDPVariable("CHARACTER_NAME", "Ada")])
        #expect(ask(.unreport(["ROOM_NAME"]), &dialogue).isEmpty)
        var garden = hall
        garden.name = "Garden"
        #expect(try variables(.place(garden), &dialogue).isEmpty)
    }

    @Test func aVariableThatIsSentOnceIsSentWhenItIsKnown() throws {
        var dialogue = OutOfBand()
        _ = dialogue.negotiated(.msdp, enabled: true)
        _ = ask(.send(["ROOM_VNUM", "HEALTH"]), &dialogue)
        #expect(try variables(.place(hall), &dialogue) == [MSDPVariable("ROOM_VNUM", "7")])
        #expect(
            try variables(.vitals([Vital(name: "hp", now: 7, most: 9)]), &dialogue) == [MSDPVariable("HEALTH", "7")])
        #expect(try variables(.vitals([Vital(name: "hp", now: 5, most: 9)]), &dialogue).isEmpty, "only once")
    }

    @Test func whatOnlyGMCPWasToldIsKnown() throws {
        var dialogue = mudlet(["Room 1"])
        _ = dialogue.negotiated(.msdp, enabled: true)
        _ = told(.place(hall), by: &dialogue)
        guard case .tell(.msdp, let payload)? = ask(.report(["ROOM_VNUM"]), &dialogue).last else {
            Issue.record("no answer")
            return
        }
        #expect(try MSDPPayload.read(payload) == [MSDPVariable("ROOM_VNUM", "7")])
    }

    @Test func listsAreAnswered() throws {
        var dialogue = OutOfBand()
        _ = dialogue.negotiated(.msdp, enabled: true)
        guard case .tell(.msdp, let payload)? = ask(.list(["COMMANDS"]), &dialogue).first else {
            Issue.record("no answer")
            return
        }
        #expect(try MSDPPayload.read(payload).first?.name == "COMMANDS")
        #expect(dialogue.received(.msdp, [1, 2, 3, 4, 5, 6]).isEmpty)
        #expect(dialogue.received(.mxp, [1]).isEmpty)
    }
}
