import Basics
import GatewayCore
import ReactorCore
import Testing
import WorldModel

/// Several doors to one character, each with its cursor, and what comes at those that return.
@Suite struct PlaySessionTests {
    private static let (home, phone) = ("192.0.2.1", "198.51.100.7")
    private static let heading = "While you were away:"

    /// The numbers that somebody read Ben say.
    private func numbers(_ door: RecordingDoor) -> [Int] {
        door.takeSeen().split(separator: "\r\n").compactMap { line in
            line.hasPrefix("Ben says, \"") ? Int(line.dropFirst("Ben says, \"".count).dropLast()) : nil
        }
    }

    /// Ada at two places and Ben at one; both doors of Ada have shown all so far.
    private func makeStage() throws -> (stage: GameStage, home: RecordingDoor, phone: RecordingDoor, ben: RecordingDoor)
    {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        let ben = try stage.enter("ben")
        let (home, phone) = (
            try stage.comeBack("ada", source: Self.home), try stage.comeBack("ada", source: Self.phone)
        )
        stage.type("connections close this", first)
        stage.type("say 0", ben)
        #expect(numbers(home) == [0] && numbers(phone) == [0])
        return (stage, home, phone, ben)
    }

    private func lose(_ door: RecordingDoor, _ stage: GameStage) {
        door.session?.connectionLost()
        stage.settle()
    }

    private func wait(_ duration: Duration, _ stage: GameStage) {
        let milliseconds = duration.components.seconds * 1000
        stage.wall.now = WallInstant(milliseconds: stage.wall.now.milliseconds + milliseconds)
        stage.advance(duration)
    }

    @Test func aDoorThatReturnsGetsWhatOthersHaveShownMeanwhile() throws {
        let (stage, home, phone, ben) = try makeStage()
        phone.takenLimit = phone.sentByteCount
        stage.type("say 1", ben)
        lose(phone, stage)
        stage.type("say 2", ben)
        #expect(numbers(home) == [1, 2])
        let again = try stage.comeBack("ada", source: Self.phone)
        #expect(numbers(again) == [1, 2])
        stage.type("say 3", ben)
        #expect(numbers(home) == [3] && numbers(again) == [3])
        let third = try stage.comeBack("ada", source: Self.phone)
        #expect(!third.seen.contains(Self.heading) && numbers(third) == [])
    }

    @Test func aDoorFromElsewhereGoesOnFromTheNewestOfAll() throws {
        let (stage, home, phone, ben) = try makeStage()
        lose(phone, stage)
        stage.type("say 1", ben)
        home.takenLimit = home.sentByteCount
        stage.type("say 2", ben)
        let new = try stage.comeBack("ada", source: "203.0.113.9")
        #expect(numbers(new) == [2], "nobody has read that yet")
        #expect(numbers(try stage.comeBack("ada", source: Self.phone)) == [1, 2])
    }

    /// Of two windows on one machine one is dead: what returns gets what that one has not shown.
    @Test func aDeadWindowBesideAHealthyOneIsKnownByItsPlace() throws {
        let (stage, home, _, ben) = try makeStage()
        let dead = try stage.comeBack("ada", source: Self.home)
        dead.takenLimit = dead.sentByteCount
        for number in 1...3 { stage.type("say \(number)", ben) }
        #expect(numbers(home) == [1, 2, 3])
        lose(dead, stage)
        #expect(numbers(try stage.comeBack("ada", source: Self.home)) == [1, 2, 3])
    }

    @Test func whoClosesADoorWantsNoMoreOfIt() throws {
        let (stage, home, phone, ben) = try makeStage()
        stage.type("connections close this", phone)
        #expect(phone.isClosed)
        stage.type("say 1", ben)
        #expect(numbers(home) == [1])
        #expect(numbers(try stage.comeBack("ada", source: Self.phone)) == [])
    }

    @Test func aCursorWaitsAsLongAsABodyWould() throws {
        let (stage, home, phone, ben) = try makeStage()
        lose(phone, stage)
        stage.type("say 1", ben)
        stage.advance(.seconds(10))
        #expect(stage.game.heldEventCount > 0)
        for _ in 0..<61 { stage.advance(.seconds(10)) }
        #expect(stage.game.heldEventCount == 0 && numbers(home) == [1])
        #expect(numbers(try stage.comeBack("ada", source: Self.phone)) == [])
    }

    @Test func lostDoorsHoldNoMoreThanTheLogMay() throws {
        let (stage, home, phone, ben) = try makeStage()
        lose(phone, stage)
        for number in 1...KeptEvents.capacity + 300 { stage.type("say \(number)", ben) }
        // Ben and Ada have one each.
        #expect(stage.game.heldEventCount <= 2 * KeptEvents.capacity)
        #expect(numbers(home).count == KeptEvents.capacity + 300)
        let again = try stage.comeBack("ada", source: Self.phone)
        #expect(again.seen.contains(" earlier messages are gone.)"))
        let read = numbers(again)
        #expect(read.last == KeptEvents.capacity + 300 && read.count > KeptEvents.capacity / 2)
    }

    /// The store keeps what nobody has read, not what one door has missed.
    @Test func whatSomeDoorHasShownIsNotStored() throws {
        let (stage, _, phone, ben) = try makeStage()
        let ada = try #require(stage.world.player(named: "ada"))
        lose(phone, stage)
        let before = stage.world.sequence
        stage.type("say 1", ben)
        for _ in 0..<20 { wait(.seconds(1), stage) }
        #expect(ada.value(of: PropertyKey(.told)) == nil && stage.world.sequence == before + 1)
    }

    /// A connection that goes on as another character has shown nothing of what that one was told.
    @Test func aConnectionBeginsAnewWithAnotherCharacter() throws {
        let stage = try GameStage()
        let ben = try stage.enter("ben")
        let ada = try stage.enter("ada")
        stage.type("character create bryn", ada)
        for number in 1...30 { stage.type("say \(number)", ben) }
        #expect(numbers(ada).count == 30)
        stage.type("play bryn", ada)
        ada.takenLimit = ada.sentByteCount
        for number in 31...33 { stage.type("say \(number)", ben) }
        stage.advance(.seconds(10))
        lose(ada, stage)
        #expect(numbers(try stage.comeBack("bryn")) == [31, 32, 33])
    }

    // MARK: What a replay is like

    @Test func whoCameAndWentIsNoNewsAfterAMinute() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        lose(ada, stage)
        let cyd = try stage.enter("cyd")
        stage.type("say 1", ben)
        let soon = try stage.comeBack("ada")
        #expect(soon.takeSeen().contains("\(Self.heading)\r\nCyd arrives.\r\nBen says, \"1\"\r\n[Now:]\r\n"))
        lose(soon, stage)
        stage.type("quit", cyd)
        wait(.seconds(61), stage)
        stage.type("say 2", ben)
        let late = try stage.comeBack("ada").takeSeen()
        #expect(late.contains("\(Self.heading)\r\nBen says, \"2\"\r\n[Now:]\r\n"), "\(late)")
    }

    @Test func nothingIsReplayedUnderNoHeading() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        lose(ada, stage)
        stage.type("quit", ben)
        wait(.seconds(61), stage)
        let again = try stage.comeBack("ada")
        #expect(!again.seen.contains(Self.heading) && !again.seen.contains("[Now:]"))
        wait(.seconds(10), stage)
        let ada2 = try #require(stage.world.player(named: "ada"))
        #expect(stage.game.heldEventCount == 0 && ada2.value(of: PropertyKey(.told)) == nil)
    }

    @Test func whatIsOldStandsApartFromWhatIsNew() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        lose(ada, stage)
        stage.type("say 1", ben)
        wait(.seconds(120), stage)
        stage.type("say 2", ben)
        let seen = try stage.comeBack("ada").takeSeen()
        #expect(
            seen.contains("(2 minutes ago)\r\nBen says, \"1\"\r\n(just now)\r\nBen says, \"2\"\r\n[Now:]"), "\(seen)")
    }

    // MARK: What was left for somebody

    @Test func whatWasLeftComesAmongTheRestInTime() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        lose(ada, stage)
        stage.type("say 1", ben)
        wait(.seconds(1), stage)
        stage.type("tell ada the key is in the box", ben)
        wait(.seconds(1), stage)
        stage.type("say 2", ben)
        let seen = try stage.comeBack("ada").takeSeen()
        let told = "Ben tells you, \"the key is in the box\""
        #expect(
            seen.contains("\(Self.heading)\r\nBen says, \"1\"\r\n\(told)\r\nBen says, \"2\"\r\n[Now:]\r\nHall"),
            "\(seen)")
        #expect(seen.components(of: Self.heading) == 1)
        #expect(!(try stage.comeBack("ada").seen.contains(Self.heading)))
    }

    @Test func whatWasLeftForOneOutOfPlayComesBeforeTheRoom() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        stage.type("quit", ada)
        stage.type("tell ada hello", ben)
        let again = try stage.comeBack("ada")
        let seen = again.takeSeen()
        #expect(seen.contains("\(Self.heading)\r\nBen tells you, \"hello\"\r\n[Now:]\r\nHall"), "\(seen)")
        stage.type("reply thanks", again)
        #expect(ben.seen.contains("Ada tells you, \"thanks\""))
        wait(.seconds(10), stage)
        let body = try #require(stage.world.player(named: "ada"))
        #expect(body.value(of: PropertyKey(.told)) == nil)
        lose(again, stage)
        #expect(!(try stage.comeBack("ada").seen.contains("hello")))
    }

    /// Taken and not read, it is with what the store keeps.
    @Test func whatWasLeftIsNotLostWithTheConnectionThatTookIt() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        stage.type("quit", ada)
        stage.type("tell ada hello", ben)
        let door = try #require(stage.connect())
        stage.type("ada", door)
        door.takenLimit = door.sentByteCount
        stage.type("correct horse", door)
        let body = try #require(stage.world.player(named: "ada"))
        #expect(body[.told].events.map(\.text.plain) == ["Ben tells you, \"hello\""])
        lose(door, stage)
        #expect(try stage.comeBack("ada").seen.components(of: "Ben tells you, \"hello\"") == 1)
    }

    @Test func nothingIsTakenWhileNothingCanBeKept() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        lose(ada, stage)
        stage.type("tell ada hello", ben)
        stage.game.archiveStalled("the disk is full")
        let soon = try stage.comeBack("ada")
        #expect(soon.seen.contains("A plain hall.") && !soon.seen.contains("hello"))
        stage.game.archiveRecovered()
        #expect(try stage.comeBack("ada").seen.contains("Ben tells you, \"hello\"\r\n[Now:]"))
    }

    @Test func anUnreadLetterIsToldOnceAfterAConnectionWasLost() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        stage.type("mail to ada about tea = Come at five.", ben)
        let first = try stage.comeBack("ada")
        first.takenLimit = 0
        for door in [first, ada] { lose(door, stage) }
        let seen = try stage.comeBack("ada").takeSeen()
        #expect(seen.components(of: "unread letter") == 1, "\(seen)")
    }
}
