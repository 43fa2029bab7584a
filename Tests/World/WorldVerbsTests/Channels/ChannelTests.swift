import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

@Suite struct ChannelTests {
    private func channel(_ name: String, _ stage: Stage) throws -> Channel {
        try #require(Channel(named: name, in: stage.world))
    }

    private func player(_ name: String, _ stage: Stage) throws -> Thing {
        try #require(stage.player(named: name))
    }

    @Test func oneRenderingIsForAllListeners() throws {
        let stage = House.make()
        let hall = try #require(try player("Ada", stage).place)
        for number in 0..<50 {
            let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
            stage.player("Zo\(letters[number % 26])\(letters[number / 26])", in: hall)
        }
        let ada = try player("Ada", stage)
        let outcome = stage.play("chat hello", by: ada)
        #expect(outcome.deliveries.count == 1)
        #expect(outcome.deliveries.first?.recipients.count == 53)
        #expect(outcome.deliveries.first?.category == .channel)
    }

    @Test func aMessageChangesOnlyItself() throws {
        let stage = House.make()
        let ada = try player("Ada", stage)
        for _ in 1...150 { _ = stage.play("chat \(String(repeating: "x", count: 600))", by: ada) }
        let record = try #require(stage.play("chat one more", by: ada).record)
        #expect(record.changes.count == 2)
        #expect(record.encoded().count < 300)
    }

    @Test func theHistoryIsBounded() throws {
        let stage = House.make()
        let ada = try player("Ada", stage)
        let text = String(repeating: "é", count: 300)
        for _ in 1...130 { _ = stage.play("chat \(text)", by: ada) }
        let chat = try channel("chat", stage)
        let history = chat.history(for: ada)
        #expect(history.map(\.number) == Array(31...130))
        #expect(chat.history(3, for: ada).map(\.number) == [128, 129, 130])
        #expect(chat.history(-1, for: ada) == [])
        var size = 0
        for (_, value) in chat.thing.ownProperties {
            var writer = ByteWriter(reserving: 1000)
            value.encode(into: &writer)
            size += writer.bytes.count
        }
        #expect(size < 65_536)
        let read = stage.reading(of: stage.play("chat \(text)x", by: ada), by: ada)
        #expect(read == ["Ada: That is too long for a channel."])
        #expect(stage.failures == [])
    }

    @Test func whoListensAndWhatWasSaidSurviveAReload() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        _ = stage.play("chat hello", by: ada)
        _ = stage.play("part chat", by: ben)
        _ = stage.play("join trade", by: ben)
        let later = try Stage(StageState(stage))
        let (chat, trade) = (try channel("chat", later), try channel("trade", later))
        let reader = try player("Ben", later)
        #expect(chat.history(for: reader).map(\.text) == ["hello"])
        #expect(!chat.isJoined(by: reader) && trade.isJoined(by: reader))
        let other = try player("Ada", later)
        #expect(chat.isJoined(by: other))
        let gossip = try channel("gossip", later)
        #expect(gossip.thing === chat.thing)
    }

    @Test func aRemovedChannelIsForgottenByItsMembers() throws {
        let stage = House.make()
        let ben = try player("Ben", stage)
        _ = stage.play("join trade", by: ben)
        _ = stage.play("part chat", by: ben)
        let account = try #require(stage.world.thing(ben, .account))
        #expect(account[.joined].count == 1 && account[.parted].count == 1)
        stage.change { world in
            for channel in Channel.all(in: world) { world.destroy(channel.thing) }
        }
        #expect(account[.joined] == [] && account[.parted] == [])
        #expect(Channel.all(in: stage.world).isEmpty)
        #expect(stage.world.violations() == [])
        #expect(stage.reading(of: stage.play("channels", by: ben), by: ben) == ["Ben: There are no channels."])
    }

    @Test(arguments: [
        Value.bool(true), .int(.max), .int(.min), .text("x"), .list([]), .list([.int(1), .int(2)]), .map([:]),
        .list([.int(.max), .int(.min), .int(-1), .text(""), .text(""), .bool(true)]), .thing(ThingID(1)),
    ])
    func hostileStoredValuesDoNoHarm(_ value: Value) throws {
        let stage = House.make()
        let ada = try player("Ada", stage)
        _ = stage.play("chat hello", by: ada)
        let chat = try channel("chat", stage).thing
        let cores: [CoreProperty] = [
            .lastMessage, .pace, .silenced, .moderators, .moderation, .description, .joinsNewcomers,
        ]
        stage.roles[ada.id] = .admin
        for core in cores {
            stage.change { $0.set(PropertyKey(core), to: value, on: chat) }
            stage.change { world in
                for number in 0..<100 { world.set(named: "message\(number)", to: value, on: chat) }
            }
            for line in [
                "channels", "channel chat", "chat hello", "chat", "history chat 100", "channel chat log",
                "channel chat mute ben 5m", "channel chat slow 5", "chat again", "channel chat slow off",
                "channel chat erase 1", "channel chat moderator add ben", "channel chat unmute ben",
            ] {
                _ = stage.play(line, by: ada)
            }
        }
        for holder in [ada, stage.world.holder(of: ada)] {
            for core in [CoreProperty.joined, .parted, .ignored, .tells] {
                stage.change { $0.set(PropertyKey(core), to: value, on: holder) }
            }
        }
        for line in ["chat hello", "join trade", "part chat", "ignore ben", "ignore", "tells", "unignore ben"] {
            _ = stage.play(line, by: ada)
        }
        let root = try #require(stage.world.root)
        for core in [CoreProperty.channels, .openReports, .closedReports, .reportNumber] {
            stage.change { $0.set(PropertyKey(core), to: value, on: root) }
        }
        for line in ["chat hello", "channels", "channel create den", "report ben about that", "reports", "reports 1"] {
            _ = stage.play(line, by: ada)
        }
        #expect(stage.failures.filter { $0.hasPrefix("fault") } == [])
    }

    @Test func silenceIsForTheAccount() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        let other = try addCharacter("Bess", to: ben, stage)
        stage.roles[ada.id] = .admin
        _ = stage.play("channel chat mute bess 1h", by: ada)
        let read = stage.reading(of: stage.play("chat hm", by: ben), by: ben)
        #expect(read == ["Ben: You are silenced on chat for another 1 hour."])
        #expect(other.exists)
    }

    @Test(arguments: ["chat", "Gossip"])
    func nobodyIsCalledLikeAChannel(_ name: String) {
        let problem = NameRules.check(name, in: House.make().world)
        #expect(problem == "A channel is called that; please choose another name.")
    }

    @Test func guestsCanBeKeptFromSpeaking() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        stage.roles[ada.id] = .admin
        _ = stage.turn(by: ada) { $0.world.set(.isGuest, to: true, on: ben) }
        stage.roles[ben.id] = .guest
        func isHeard(_ words: String) -> Bool {
            stage.reading(of: stage.play("chat " + words, by: ben), by: ben).contains { $0.hasPrefix("Ada: ") }
        }
        #expect(isHeard("one"))
        _ = stage.play("channel chat guests off", by: ada)
        #expect(!isHeard("two"))
        _ = stage.play("channel chat guests on", by: ada)
        #expect(isHeard("three"))
    }

    @Test func buildersDoNotReadWhatIsSaid() throws {
        let stage = House.make()
        let (ada, ben) = (try player("Ada", stage), try player("Ben", stage))
        _ = stage.play("chat secret", by: ada)
        stage.absent.insert(ben.id)
        _ = stage.play("tell ben secret", by: ada)
        stage.roles[ada.id] = .builder
        let chat = try channel("chat", stage)
        _ = stage.turn(by: .makeNobody()) { turn in
            var told = KeptEvents()
            told.append(KeptEvent(time: turn.world.now, category: "tell", text: "secret"))
            turn.world.set(.told, to: told, on: ben)
        }
        for thing in [chat.thing, ben] {
            let read = stage.reading(of: stage.play("inspect \(thing.id)", by: ada), by: ada)
            #expect(read.contains { $0.hasSuffix(": not shown") }, "\(read)")
            #expect(!read.contains { $0.contains("secret") }, "\(read)")
        }
    }

    @Test func theLogOfModeratorsIsBounded() throws {
        let stage = House.make()
        let ada = try player("Ada", stage)
        stage.roles[ada.id] = .admin
        for number in 1...120 { _ = stage.play("channel chat slow \(number)", by: ada) }
        let deeds = try channel("chat", stage).thing[.moderation]
        #expect(deeds.count == Channel.mostDeeds)
        #expect(deeds.last?.amount == 120)
    }

    @Test func lengthsOfTimeAreBounded() throws {
        let stage = House.make()
        let ada = try player("Ada", stage)
        stage.roles[ada.id] = .admin
        for word in ["9223372036854775807d", "99999d", "0", "-5", "d", "1e9", "99999999999999999999"] {
            _ = stage.play("channel chat mute ben \(word)", by: ada)
            _ = stage.play("channel chat slow \(word)", by: ada)
        }
        let chat = try channel("chat", stage)
        #expect(chat.thing[.pace] == Channel.slowestPace)
        #expect(stage.failures == [])
    }

    @Test(arguments: ["en", "reader"])
    func readsTheSameForAScreenReader(_ mode: String) throws {
        let stage = House.make()
        let ada = try player("Ada", stage)
        if mode == "reader" { _ = stage.play("set screenreader on", by: ada) }
        #expect(stage.play("chat hello", by: ada).deliveries.first?.text.plain == "[chat] Ada: hello")
    }
}

/// One more character for somebody, in the same place.
func addCharacter(_ name: String, to persona: Thing, _ stage: Stage) throws -> Thing {
    let account = try #require(stage.world.thing(persona, .account))
    let place = persona.place
    _ = stage.turn(by: persona) { turn in
        let made = Accounts.addCharacter(named: name, to: account, turn: turn)
        turn.world.move(made, to: place)
    }
    let made = try #require(stage.world.player(named: name))
    stage.join(made)
    return made
}
