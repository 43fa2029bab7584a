import Basics
import GatewayCore
import ReactorCore
import Testing
import WorldModel

/// What was committed and not delivered comes at the next door.
@Suite struct MissedEventsTests {
    /// The numbers that somebody read Ben say, whole lines only.
    private func numbers(_ seen: String) -> [Int] {
        seen.split(separator: "\r\n", omittingEmptySubsequences: false).dropLast().compactMap { line in
            guard line.hasPrefix("Ben says, \""), line.hasSuffix("\"") else { return nil }
            return Int(line.dropFirst("Ben says, \"".count).dropLast())
        }
    }

    @Test func whatWasSaidWhileNobodyReadIsReplayed() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        stage.type("say 1", ben)
        #expect(numbers(ada.seen) == [1])
        ada.session?.connectionLost()
        stage.settle()
        for number in 2...4 { stage.type("say \(number)", ben) }
        let again = try stage.comeBack("ada")
        let seen = again.takeSeen()
        #expect(numbers(seen) == [2, 3, 4] && seen.contains("While you were away:"))
        #expect(seen.components(of: "A plain hall.") == 1 && seen.hasSuffix("> "))
        #expect(seen.contains("Ben says, \"4\"\r\n[Now:]\r\nHall\r\n"), "\(seen)")
        let third = try stage.comeBack("ada")
        #expect(numbers(third.seen).isEmpty && !third.seen.contains("While you were away"))
        stage.type("say 5", ben)
        #expect(numbers(again.seen) == [5] && numbers(third.seen) == [5])
    }

    /// What is said on a channel is for those whose body waits, too, each time once and in order.
    @Test func channelsAreReplayedLikeSpeech() throws {
        let stage = try GameStage()
        stage.world.beginTurn(at: WallInstant(milliseconds: 1), seed: 2)
        let channel = stage.world.create(.channel)
        stage.world.set(.name, to: "chat", on: channel)
        stage.world.set(.joinsNewcomers, to: true, on: channel)
        for (deed, lock) in ChannelRules.locks(guests: true, announce: false) {
            stage.world.setLock(lock, for: deed, on: channel)
        }
        if let root = stage.world.root { stage.world.set(.channels, to: [channel.id], on: root) }
        _ = stage.world.endTurn()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        stage.type("chat one", ben)
        #expect(ada.takeSeen().components(of: "[chat] Ben: one") == 1)
        ada.session?.connectionLost()
        for line in ["chat two", "say three", "chat four"] { stage.type(line, ben) }
        #expect(stage.game.connected.map(\.name) == ["Ben"] && stage.game.inPlay.map(\.name) == ["Ben", "Ada"])
        #expect(ben.seen.components(of: "[chat] Ben: two") == 1)
        let seen = try stage.comeBack("ada").takeSeen()
        let replay = "[chat] Ben: two\r\nBen says, \"three\"\r\n[chat] Ben: four\r\n[Now:]"
        #expect(seen.contains(replay) && !seen.contains("Ben: one"), "\(seen)")
        #expect(stage.game.inPlay.map(\.name) == stage.game.connected.map(\.name))
        ben.session?.connectionLost()
        stage.settle()
        stage.advance(GameSettings().linkDeadLimit + .seconds(1))
        #expect(stage.game.inPlay.map(\.name) == ["Ada"], "whose body is out of play hears nothing")
    }

    /// For every number of octets that the peer takes before it is gone, both connections together show everything once.
    @Test func noCutLosesOrRepeatsAnEvent() throws {
        let stage = try GameStage()
        let ben = try stage.enter("ben")
        var door = try stage.enter("ada")
        var said = 0
        var isPastAll = false
        var cut = 0
        while !isPastAll, cut < 400 {
            _ = door.takeSeen()
            let first = said + 1
            door.takenLimit = door.sentByteCount + cut
            for _ in 0..<4 {
                said += 1
                stage.type("say \(said)", ben)
            }
            let before = numbers(door.takeSeen())
            isPastAll = before.count == 4
            door.session?.connectionLost()
            stage.settle()
            door = try stage.comeBack("ada")
            let after = numbers(door.takeSeen())
            #expect(before + after == Array(first...said), "cut at \(cut)")
            cut += 1
        }
        #expect(isPastAll && cut > 40)
    }

    @Test func whatHeldTheArchiveUpComesLater() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        ben.session?.lineReceived("say 1")
        stage.pass()
        #expect(numbers(ada.seen).isEmpty, "speech waits for the archive, which keeps it")
        ada.session?.connectionLost()
        stage.settle()
        #expect(numbers(try stage.comeBack("ada").seen) == [1])
    }

    /// A door whose line has gone dead without a word is still attached: what it holds back is shown at the next one.
    @Test func aDeadDoorHoldsNothingBack() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        ada.takenLimit = ada.sentByteCount
        for number in 1...3 { stage.type("say \(number)", ben) }
        let second = try stage.comeBack("ada")
        #expect(numbers(second.takeSeen()) == [1, 2, 3])
        ada.session?.connectionLost()
        second.session?.connectionLost()
        stage.settle()
        #expect(numbers(try stage.comeBack("ada").seen).isEmpty)
    }

    @Test func whatOneDoorHasShownIsNotShownAgain() throws {
        let stage = try GameStage()
        let (first, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        let second = try stage.comeBack("ada")
        first.takenLimit = first.sentByteCount
        for number in 1...3 { stage.type("say \(number)", ben) }
        #expect(numbers(second.takeSeen()) == [1, 2, 3])
        second.session?.connectionLost()
        first.session?.connectionLost()
        stage.type("say 4", ben)
        #expect(numbers(try stage.comeBack("ada").seen) == [4])
    }

    @Test func whatFellOutIsCounted() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        ada.session?.connectionLost()
        stage.settle()
        let count = KeptEvents.capacity + 300
        for number in 1...count { stage.type("say \(number)", ben) }
        let seen = try stage.comeBack("ada").seen
        let read = numbers(seen)
        #expect(read.last == count && read == Array((count - read.count + 1)...count))
        #expect(seen.contains("(\(count - read.count) earlier messages are gone.)"))
    }

    @Test func oldEventsSayHowOldTheyAre() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        ada.session?.connectionLost()
        stage.settle()
        stage.type("say 1", ben)
        stage.wall.now = WallInstant(milliseconds: stage.wall.now.milliseconds + 5 * 60_000)
        stage.type("say 2", ben)
        let seen = try stage.comeBack("ada").seen
        #expect(seen.contains("(5 minutes ago)\r\nBen says, \"1\"\r\n(just now)\r\nBen says, \"2\""))
    }

    /// Looking never writes, speech to nobody does not either, and speech that somebody hears is one record.
    @Test func onlyWhatTellsOthersIsKept() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let before = stage.world.sequence
        for line in ["look", "inventory", "say is anybody here", "who"] { stage.type(line, ada) }
        #expect(stage.world.sequence == before)
        _ = try stage.enter("ben")
        let then = stage.world.sequence
        stage.type("say hello", ada)
        #expect(stage.world.sequence == then + 1)
        let record = try #require(stage.archive.records.last)
        #expect(record.changes.isEmpty && record.tellings.map(\.text.plain).contains("Ada says, \"hello\""))
        #expect(try TurnRecord(decoding: record.encoded()) == record)
    }

    /// What a crash leaves is the log: every record since, and none of what was in memory.
    @Test func aCrashLosesNothingThatNobodyRead() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        stage.type("say 1", ben)
        ada.session?.connectionLost()
        stage.settle()
        for number in 2...3 { stage.type("say \(number)", ben) }
        let recovered = World()
        let origin = GameStage.makeWorld()
        try recovered.restore(origin.snapshot(), nextID: origin.nextID, sequence: origin.sequence)
        for record in stage.archive.records { try recovered.replay(TurnRecord(decoding: record.encoded())) }
        let later = try GameStage(world: recovered)
        later.settle()
        let again = try later.comeBack("ada")
        let seen = again.takeSeen()
        #expect(numbers(seen) == [2, 3], "the first was read, and the log knows since the connection was lost")
        #expect(seen.contains("you may have read some of this already"))
        // Ben had a reader: what he was told lately may come twice.
        #expect(try later.comeBack("ben").seen.contains("You say, \"3\""))
        #expect(recovered.violations().isEmpty)
    }

    @Test func whatWasReadIsGoneFromTheStore() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        let body = try #require(stage.world.player(named: "ada"))
        ada.session?.connectionLost()
        stage.settle()
        stage.type("say 1", ben)
        #expect(body.value(of: PropertyKey(.told)) != nil)
        let again = try stage.comeBack("ada")
        #expect(numbers(again.seen) == [1])
        stage.advance(.seconds(10))
        #expect(body.value(of: PropertyKey(.told)) == nil)
    }

    /// A body that was taken out of play has heard what it was told until then.
    @Test func whoIsTakenOutOfPlayReadsItNextTime() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        ada.session?.connectionLost()
        stage.settle()
        stage.type("say 1", ben)
        stage.advance(GameSettings().linkDeadLimit + .seconds(1))
        #expect(stage.world.player(named: "ada")?.location == nil)
        stage.type("say 2", ben)
        #expect(numbers(try stage.comeBack("ada").seen) == [1])
    }

    @Test func aLineThatStallsHasTheStoreKeepWhatItHolds() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        let body = try #require(stage.world.player(named: "ada"))
        ada.takenLimit = ada.sentByteCount
        stage.type("say 1", ben)
        #expect(body.value(of: PropertyKey(.told)) == nil)
        ada.session?.peerFellBehind()
        stage.settle()
        #expect(body[.told].events.map(\.text.plain) == ["Ben says, \"1\""])
    }

    /// Sooner than the store folds the log of what was told.
    @Test func aPeerThatDoesNotConfirmHasTheStoreKeepWhatItHolds() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        let body = try #require(stage.world.player(named: "ada"))
        func wait() {
            stage.wall.now = WallInstant(milliseconds: stage.wall.now.milliseconds + 110)
            stage.advance(.milliseconds(110))
        }
        for number in 1...3 {
            stage.type("say \(number)", ben)
            wait()
        }
        #expect(body.value(of: PropertyKey(.told)) == nil && stage.game.heldEventCount == 0)
        ada.takenLimit = ada.sentByteCount
        stage.type("say 4", ben)
        wait()
        #expect(body[.told].events.map(\.text.plain) == ["Ben says, \"4\""])
        ada.takenLimit = .max
        for _ in 0..<100 { wait() }
        #expect(body.value(of: PropertyKey(.told)) == nil)
    }

    @Test func idlePlayersHoldNoLog() throws {
        let stage = try GameStage()
        let (_, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        for number in 1...10 { stage.type("say \(number)", ben) }
        let before = stage.world.sequence
        stage.advance(.seconds(10))
        #expect(stage.game.heldEventCount == 0)
        #expect(stage.world.sequence == before, "nothing is written for those who read")
    }
}
