import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// Who may be on a channel: kicks, bans, invitations and voices.
@Suite struct ChannelAdmissionTests {
    private let stage = House.make()
    private let ada: Thing
    private let ben: Thing
    private let cy: Thing
    private let chat: Channel

    /// Ada runs the game.
    init() throws {
        ada = try #require(stage.player(named: "Ada"))
        ben = try #require(stage.player(named: "Ben"))
        cy = try #require(stage.player(named: "Cy"))
        chat = try #require(Channel(named: "chat", in: stage.world))
        stage.roles[ada.id] = .admin
    }

    private func kind(_ line: String, _ actor: Thing) -> RefusalKind? { stage.play(line, by: actor).refusal }

    private func read(_ line: String, by actor: Thing, _ reader: Thing) -> [String] {
        stage.reading(of: stage.play(line, by: actor), by: actor).filter { $0.hasPrefix(reader.name) }
            .map { String($0.drop { $0 != ":" }.dropFirst(2)) }
    }

    @Test func aKickTakesOffAndSaysWhy() {
        #expect(kind("channel chat kick ada", ben) == .needsRole)
        #expect(read("channel chat kick ben Not here.", by: ada, ben) == ["Ada takes you off chat: Not here."])
        #expect(!chat.isJoined(by: ben) && kind("channel chat kick ben", ada) == .notListening)
        #expect(kind("chat hello", ben) == .notListening)
        #expect(stage.play("join chat", by: ben).refusal == nil && chat.isJoined(by: ben))
        #expect(chat.deeds(after: nil).last?.reason == "Not here.")
        #expect(stage.failures == [])
    }

    @Test func aBanKeepsOffAsLongAsItLasts() {
        #expect(read("channel chat ban ben 10m", by: ada, ben) == ["Ada takes you off chat."])
        #expect(kind("join chat", ben) == .banned)
        #expect(read("join chat", by: ben, ben) == ["You are banned from chat for another 10 minutes."])
        stage.time = WallInstant(milliseconds: stage.time.milliseconds + 601_000)
        #expect(kind("join chat", ben) == nil)
        #expect(kind("channel chat unban ben", ada) == .unchanged, "it is over")
        #expect(kind("channel chat ban c*", ada) == nil)
        #expect(!chat.isJoined(by: cy) && chat.isJoined(by: ben))
        #expect(kind("channel chat ban *", ada) == nil && chat.isJoined(by: ben), "that is no name")
        #expect(read("channel chat bans", by: ada, ada).first == "Banned from chat")
        #expect(kind("channel chat unban c*", ada) == nil && kind("join chat", cy) == nil)
        #expect(stage.failures == [])
    }

    @Test func moderatorsCannotBeBanned() {
        stage.change { world in
            world.set(PropertyKey(.moderators), to: [world.holder(of: ben).id].value, on: chat.thing)
            world.set(.role, to: "admin", on: world.holder(of: ada))
        }
        #expect(kind("channel chat ban ada", ben) == .needsRole && kind("channel chat ban a?a", ben) == nil)
        #expect(chat.isJoined(by: ada))
        #expect(kind("channel chat ban ben", ada) == .needsRole)
        #expect(kind("channel chat kick ben", ada) == .needsRole)
    }

    @Test func whoComesIntoPlayBannedIsTakenOffWhatEverybodyHears() throws {
        _ = stage.turn(by: ada) { turn in try chat.ban("dan*", turn) }
        let hall = try #require(ada.place)
        let dan = stage.player("Danny", in: hall)
        #expect(chat.isJoined(by: dan))
        _ = stage.turn(by: dan) { turn in
            stage.interpreter.leavePlay(dan, turn)
            try stage.interpreter.enterPlay(dan, turn)
        }
        #expect(!chat.isJoined(by: dan))
    }

    @Test func bansAreBounded() {
        for number in 0..<Channel.mostBans { #expect(kind("channel chat ban zed\(number)*", ada) == nil) }
        #expect(kind("channel chat ban more*", ada) == .tooMany)
        #expect(kind("channel chat ban zed1* 1h", ada) == nil, "one that is there may change")
    }

    @Test func aClosedChannelIsForTheInvited() {
        #expect(kind("channel trade invite cy", ben) == .notListening)
        _ = stage.play("join trade", by: ben)
        #expect(read("channel trade invite cy", by: ben, cy).first?.hasPrefix("Ben invites you to trade.") == true)
        #expect(kind("channel trade closed on", ben) == .needsRole && kind("channel trade closed on", ada) == nil)
        #expect(kind("channel trade closed on", ada) == .unchanged)
        #expect(kind("join trade", cy) == .notInvited && kind("channel trade invite cy", ben) == .needsRole)
        #expect(kind("trade still here", ben) == nil, "who is on it stays")
        _ = stage.play("join trade", by: ada)
        #expect(kind("channel trade invite cy", ada) == nil && kind("join trade", cy) == nil)
        #expect(kind("channel trade invite cy", ada) == .listensAlready)
        #expect(kind("channel trade kick cy", ada) == nil && kind("join trade", cy) == .notInvited)
        #expect(kind("channel trade closed off", ada) == nil && kind("join trade", cy) == nil)
        #expect(stage.failures == [])
    }

    @Test func onAModeratedChannelOnlyVoicesSpeak() {
        #expect(kind("channel chat guests off", ada) == nil && kind("channel chat moderated on", ada) == nil)
        #expect(chat.modes.isModerated && !chat.modes.keepsGuestsQuiet)
        #expect(kind("chat hello", ben) == .locked && kind("channel chat voice add ben", ada) == nil)
        #expect(kind("chat hello", ben) == nil && chat.hasVoice(ben))
        #expect(kind("channel chat voice add ben", ada) == .unchanged)
        #expect(kind("channel chat voice remove ben", ada) == nil && kind("chat hello", ben) == .locked)
        #expect(kind("chat I may", ada) == nil && kind("channel chat guests on", ada) == .unchanged)
        #expect(kind("channel chat moderated off", ada) == nil)
        #expect(chat.modes.keepsGuestsQuiet && kind("chat hello", ben) == nil)
        #expect(stage.failures == [])
    }

    /// A lock that no moderator set is not theirs to take off, though it keeps the same people away.
    @Test func moderatorsLeaveTheBuildersRulesAlone() throws {
        let trade = try #require(Channel(named: "trade", in: stage.world))
        let lock = Lock(.condition(.role(.admin)), reason: "For the staff.")
        stage.change { world in
            world.set(PropertyKey(.moderators), to: [world.holder(of: ben).id].value, on: trade.thing)
            for deed in [Deed.join, .speak] { world.setLock(lock, for: deed, on: trade.thing) }
        }
        #expect(
            kind("channel trade closed off", ben) == .needsRole
                && kind("channel trade moderated off", ben) == .needsRole)
        #expect(
            kind("channel trade closed off", ada) == .needsRole && kind("channel trade guests on", ben) == .unchanged)
        for deed in [Deed.join, .speak] {
            guard case .lock(let left, on: _) = trade.thing.lock(for: deed) else {
                Issue.record("the lock for \(deed) is gone")
                return
            }
            #expect(left == lock)
        }
        #expect(stage.failures == [])
    }

    @Test func everyRefusalHasItsKind() {
        #expect(kind("join nosuch", ben) == .noSuchChannel && kind("join chat", ben) == .listensAlready)
        #expect(kind("part trade", ben) == .notListening && kind("trade hello", ben) == .notListening)
        #expect(kind("tell nobodyatall hello", ben) == .noSuchPerson)
        #expect(kind("chat \(String(repeating: "x", count: 601))", ben) == .tooLong)
        #expect(kind("channel chat mute ben", ada) == nil && kind("chat hello", ben) == .silenced)
        #expect(kind("channel chat slow 30", ada) == nil && kind("chat a", cy) == nil && kind("chat b", cy) == .tooSoon)
        #expect(kind("xyzzyx", ben) == .notUnderstood)
        #expect(kind("ignore ben", cy) == nil && kind("tell cy hello", ben) == .ignored)
        #expect(kind("back", ben) == .unchanged)
        #expect(stage.play("chat hello", by: ben).objection != nil && stage.play("look", by: ben).objection == nil)
    }

    @Test(arguments: [
        Value.bool(true), .text("x"), .list([.int(1)]), .map([:]), .list([.list([.text(""), .int(.min)])]),
    ])
    func hostileStoredValuesDoNoHarm(_ value: Value) {
        for core in [CoreProperty.banned, .invited, .voiced, .readMarks, .away] {
            stage.change { $0.set(PropertyKey(core), to: value, on: chat.thing) }
            stage.change { $0.set(PropertyKey(core), to: value, on: ben) }
            for line in [
                "chat hello", "channel chat bans", "channel chat ban zed", "who", "finger ben", "back", "away x",
            ] {
                _ = stage.play(line, by: ben)
                _ = stage.play(line, by: ada)
            }
        }
        #expect(stage.failures == [])
    }
}
