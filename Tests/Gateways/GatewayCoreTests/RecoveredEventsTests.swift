import Basics
import GatewayCore
import ReactorCore
import Testing
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
