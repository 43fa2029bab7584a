import Basics
import GatewayCore
import ReactorCore
import Testing
import WorldLanguage
import WorldModel

/// What players are told again when the server ended without a word.
@Suite struct RecoveredEventsTests {
    private static let notice = "you may have read some of this already"

    /// What the log knows after the end of processes that followed one another, in a new one.
    private func recover(_ ended: [GameStage]) throws -> GameStage {
        let world = World()
        let origin = GameStage.makeWorld()
        try world.restore(origin.snapshot(), nextID: origin.nextID, sequence: origin.sequence)
        for stage in ended {
            for record in stage.archive.records { try world.replay(TurnRecord(decoding: record.encoded())) }
        }
        let stage = try GameStage(world: world)
        stage.settle()
        return stage
    }

    private func wait(_ stage: GameStage) {
        stage.wall.now = WallInstant(milliseconds: stage.wall.now.milliseconds + 110)
        stage.advance(.milliseconds(110))
    }

    private func told(_ stage: GameStage) -> [String]? {
        guard let ada = stage.world.player(named: "ada"), ada.value(of: PropertyKey(.told)) != nil else { return nil }
        return ada[.told].events.map(\.text.plain)
    }

    @Test func whatTheStoreKeptAndWasReadComesWithANotice() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        ada.takenLimit = ada.sentByteCount
        stage.type("say 1", ben)
        wait(stage)
        // The peer reads it, and the server ends before the store knows.
        ada.takenLimit = .max
        let later = try recover([stage])
        #expect(told(later) == ["Ben says, \"1\""])
        let seen = try later.comeBack("ada").takeSeen()
        #expect(seen.contains("Ben says, \"1\"") && seen.contains(Self.notice))
    }

    @Test func anEndInOrderNeedsNoNotice() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        ada.takenLimit = ada.sentByteCount
        stage.type("say 1", ben)
        stage.game.shutDown(after: .zero, reason: "It is time.") {}
        stage.settle()
        #expect(stage.world.player(named: "ada")?.location == nil)
        let seen = try recover([stage]).comeBack("ada").takeSeen()
        #expect(seen.contains("Ben says, \"1\"") && !seen.contains(Self.notice))
    }

    /// Nobody has read what was told to a body without a player, and an end in order leaves none standing.
    @Test func whoseConnectionWasLostBeforeAnEndInOrderNeedsNoNotice() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        ada.session?.connectionLost()
        stage.settle()
        stage.type("say 1", ben)
        stage.game.shutDown(after: .zero, reason: "It is time.") {}
        stage.settle()
        #expect(stage.world.player(named: "ada")?.location == nil)
        let seen = try recover([stage]).comeBack("ada").takeSeen()
        #expect(seen.contains("Ben says, \"1\"") && !seen.contains(Self.notice))
        #expect(seen.components(of: "While you were away:") == 1 && seen.contains("Welcome back, Ada."))
        let ended = try recover([stage]).comeBack("ben").takeSeen()
        #expect(!ended.contains(Self.notice) && !ended.contains("While you were away"), "\(ended)")
    }

    /// The room, and what one can look up, come once: from the login.
    @Test func nothingThatTheLoginShowsComesAgainAfterACrash() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        stage.type("say 1", ben)
        for line in ["look", "inventory", "help", "get lamp", "look at lamp"] { stage.type(line, ada) }
        let seen = try recover([stage]).comeBack("ada").takeSeen()
        #expect(seen.contains(Self.notice) && seen.contains("You take the brass lamp."))
        #expect(seen.components(of: "A plain hall.") == 1, "\(seen)")
        #expect(seen.components(of: "[Now:]\r\nHall\r\n") == 1)
    }

    /// The memory has all of a turn, and the archive as much as it takes.
    @Test func whatATurnToldBeyondTheLimitIsNoted() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        ada.session?.connectionLost()
        stage.settle()
        let person = try #require(stage.world.player(named: "ada"))
        let (length, count) = (10_000, TurnRecord.mostTold / 10_000 + 5)
        try stage.game.administer { turn in
            for number in 1...count {
                let text = "\(number) " + String(repeating: "x", count: length)
                turn.tell(person, "\(plain: text)", as: .system)
            }
        }
        stage.settle()
        let record = try #require(stage.archive.records.last)
        #expect(record.tellings.count < count)
        #expect(record.tellings.last?.text.plain == "(More was told at this moment than could be kept.)")
        #expect(record.tellings.last?.recipients == [person.id] && record.encoded().count < 2 * TurnRecord.mostTold)
        let seen = try recover([stage]).comeBack("ada").takeSeen()
        #expect(seen.contains("(More was told at this moment than could be kept.)\r\n[Now:]"))
    }

    @Test func whatWasReadAfterOneCrashDoesNotComeAfterTheNext() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        ada.session?.connectionLost()
        stage.settle()
        stage.type("say 1", ben)
        let second = try recover([stage])
        #expect(try second.comeBack("ada").takeSeen().contains("Ben says, \"1\""))
        #expect(told(second) == ["Ben says, \"1\""], "nobody has asked yet whether it was read")
        wait(second)
        #expect(told(second) == nil)
        // One turn for what came again, and none for what comes after it.
        let again = try second.comeBack("ben")
        wait(second)
        let before = second.world.sequence
        for number in 2...4 {
            second.type("say \(number)", again)
            wait(second)
        }
        #expect(second.world.sequence == before + 3)
        let third = try recover([stage, second])
        let seen = try third.comeBack("ada").takeSeen()
        #expect(!seen.contains("Ben says, \"1\""), "\(seen)")
    }

    @Test func whatIsNotConfirmedComesAgainAndWhatIsBeforeItDoesNot() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        ada.session?.connectionLost()
        stage.settle()
        stage.type("say 1", ben)
        let second = try recover([stage])
        let (again, other) = (try second.comeBack("ada"), try second.comeBack("ben"))
        again.takenLimit = again.sentByteCount
        second.type("say 2", other)
        wait(second)
        #expect(told(second) == ["Ben says, \"2\""])
        let seen = try recover([stage, second]).comeBack("ada").takeSeen()
        #expect(!seen.contains("Ben says, \"1\"") && seen.contains("Ben says, \"2\"") && seen.contains(Self.notice))
    }

    /// A body that nobody tells anything goes out of play with what it was told before the crash.
    @Test func whatACrashLeftOutlivesTheBodysTimeInPlay() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        ada.session?.connectionLost()
        stage.settle()
        stage.type("say 1", ben)
        stage.type("quit", ben)
        let second = try recover([stage])
        second.advance(GameSettings().linkDeadLimit + .seconds(1))
        #expect(second.world.player(named: "ada")?.location == nil)
        let seen = try second.comeBack("ada").takeSeen()
        #expect(seen.contains("Ben says, \"1\"") && seen.contains(Self.notice))
    }
}
