import Basics
import CredentialCore
import GatewayCore
import ReactorCore
import TerminalWire
import Testing
import WorldLanguage
import WorldModel
import WorldVerbs

@Suite struct SessionTests {
    @Test func theNameOfACreatureIsNotToBeHad() throws {
        let stage = try GameStage()
        _ = try stage.game.administer { turn in
            let sabra = turn.world.create(.persona)
            turn.world.set(.name, to: "Sabra", on: sabra)
            turn.world.set(.article, to: "", on: sabra)
        }
        let door = try #require(stage.connect())
        _ = door.takeSeen()
        stage.type("sabra", door)
        #expect(door.takeSeen().contains("Somebody of that name lives here already"))
        var failure: (any Error)?
        stage.game.createAccount(name: "Sabra", password: "correct horse", role: .player).whenDone { result in
            if case .failure(let error) = result { failure = error }
        }
        stage.settle()
        #expect("\(try #require(failure))".contains("lives here already"))
    }

    @Test func aNewcomerMakesACharacterAndIsInPlay() throws {
        let stage = try GameStage()
        let door = try #require(stage.connect())
        #expect(door.takeSeen().contains("The Test House"))
        stage.type("ada", door)
        #expect(door.takeSeen().contains("nobody called Ada yet"))
        #expect(!door.isInputHidden)
        stage.type("yes", door)
        #expect(door.isInputHidden)
        stage.type("short", door)
        #expect(door.takeSeen().contains("at least 8 characters"))
        stage.type("correct horse", door)
        stage.type("wrong horse", door)
        #expect(door.takeSeen().contains("not the same"))
        stage.type("correct horse", door)
        stage.type("correct horse", door)
        #expect(!door.isInputHidden)
        stage.type("perhaps", door)
        #expect(door.takeSeen().contains("yes or no"))
        stage.type("no", door)
        let arrival = door.takeSeen()
        #expect(arrival.contains("Welcome, Ada."))
        #expect(arrival.contains("A plain hall."))
        #expect(arrival.hasSuffix("> "))
        #expect(stage.world.violations().isEmpty)
    }

    @Test func everyHiddenLineEndsOnTheScreen() throws {
        let stage = try GameStage()
        let door = try #require(stage.connect())
        for line in ["ada", "yes", "short", "correct horse", "wrong horse", "correct horse", "correct horse"] {
            stage.type(line, door)
        }
        let screen = door.takeSeen().split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(screen.filter { $0.contains("assword: ") || $0.contains("again: ") }.allSatisfy { $0.hasSuffix(": ") })
        #expect(screen.count { $0 == "New password: " } == 3)
    }

    @Test func whatOthersDoIsFollowedByNoPrompt() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let ben = try stage.enter("ben")
        _ = ada.takeSeen()
        for text in ["one", "two"] { stage.type("say \(text)", ben) }
        #expect(ada.takeSeen() == "Ben says, \"one\"\r\nBen says, \"two\"\r\n")
        stage.type("inventory", ada)
        #expect(ada.takeSeen() == "You carry nothing.\r\n> ")
    }

    @Test func guestsKnowWhoTheyAreAndMaySetTheirScreen() throws {
        let stage = try GameStage()
        let door = try #require(stage.connect())
        stage.type("guest", door)
        let arrival = door.takeSeen()
        #expect(arrival.contains("You are Guest1"))
        #expect(arrival.contains("Type help"))
        stage.type("set screenreader on", door)
        #expect(door.takeSeen().contains("You set screenreader to on."))
        #expect(door.session?.profile.screenReader == true)
    }

    @Test func anOldProgramGetsTheCharactersItKnows() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        stage.type("set charset ascii", ada)
        _ = ada.takeSeen()
        stage.type("say Žižkov café", ben)
        #expect(ada.takeSeen() == "\r\nBen says, \"Zizkov cafe\"\r\n")
        stage.type("set charset auto", ada)
        _ = ada.takeSeen()
        stage.type("say Žižkov café", ben)
        #expect(ada.takeSeen() == "\r\nBen says, \"Žižkov café\"\r\n")
    }

    @Test func whoComesBackIsGreetedByHowTheyLeft() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        func comeBack() throws -> String {
            let door = try #require(stage.connect())
            for line in ["ada", "correct horse"] { stage.type(line, door) }
            last = door
            return door.seen
        }
        var last = ada
        #expect(try comeBack().contains("Ada is in play at another connection of yours already; this one joins."))
        ada.session?.connectionLost()
        last.session?.connectionLost()
        stage.settle()
        #expect(try comeBack().contains("Ada is where you left off."))
        stage.type("quit", last)
        #expect(try comeBack().contains("Welcome back, Ada. You were last here"))
    }

    @Test func helpAtTheDoorSaysHowToComeIn() throws {
        let stage = try GameStage()
        let door = try #require(stage.connect())
        stage.type("help", door)
        #expect(door.takeSeen().contains("type the name of your character"))
        #expect(!door.isClosed)
    }

    /// Nobody is held by a question, but a password may be any word.
    @Test(
        arguments: [
            (["ada"], true), (["ada", "yes"], false), (["ada", "yes", "correct horse", "correct horse"], true),
        ] as [([String], Bool)]) func oneMayLeaveFromAQuestion(before: [String], ends: Bool) throws
    {
        let stage = try GameStage()
        let door = try #require(stage.connect())
        for line in before { stage.type(line, door) }
        stage.type("quit", door)
        #expect(door.isClosed == ends && door.takeSeen().contains("Goodbye.") == ends)
        #expect(stage.world.player(named: "ada") == nil)
    }

    @Test func theInterruptKeyBringsOneNewPrompt() throws {
        let stage = try GameStage()
        let door = try #require(stage.connect())
        _ = door.takeSeen()
        for _ in 0..<3 { door.session?.interrupted() }
        stage.settle()
        #expect(door.takeSeen() == "\r\nName: ")
        stage.type("guest", door)
        _ = door.takeSeen()
        door.session?.interrupted()
        stage.settle()
        #expect(door.takeSeen() == "\r\n> ")
    }

    @Test func aPasswordIsAskedOnceItExists() throws {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        stage.type("quit", first)
        #expect(first.isClosed)
        first.session?.connectionLost()
        let door = try #require(stage.connect())
        stage.type("ADA", door)
        #expect(door.isInputHidden)
        stage.type("guess guess", door)
        #expect(door.takeSeen().contains("not the password of Ada"))
        stage.type("ada", door)
        stage.type("correct horse", door)
        #expect(door.takeSeen().contains("A plain hall."))
    }

    @Test func threeWrongPasswordsEndTheConnection() throws {
        let stage = try GameStage()
        stage.type("quit", try stage.enter("ada"))
        let door = try #require(stage.connect())
        for _ in 0..<3 {
            stage.type("ada", door)
            stage.type("guess guess", door)
        }
        #expect(door.isClosed)
    }

    @Test func guessesAreCountedOverConnections() throws {
        let stage = try GameStage()
        stage.type("quit", try stage.enter("ada"))
        var refused = false
        for _ in 0..<12 {
            let door = try #require(stage.connect(source: "192.0.2.1"))
            stage.type("ada", door)
            stage.type("guess guess", door)
            refused = refused || door.takeSeen().contains("too many wrong passwords")
            door.session?.connectionLost()
        }
        #expect(refused)
    }

    @Test func nothingIsShownBeforeItIsDurable() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let ben = try stage.enter("ben")
        _ = ada.takeSeen()
        ada.session?.lineReceived("get lamp")
        stage.pass()
        #expect(ada.seen.isEmpty)
        #expect(ben.seen.isEmpty)
        // A turn that only reads shows what is not durable yet, so it waits as well.
        ben.session?.lineReceived("look")
        stage.pass()
        #expect(ben.seen.isEmpty)
        stage.settle()
        #expect(ada.seen.contains("You take the brass lamp."))
        #expect(ben.seen.contains("Ada takes the brass lamp."))
        #expect(ben.seen.contains("A plain hall."))
    }

    @Test func aTurnThatOnlyReadsWaitsForNothingWhenAllIsDurable() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let batches = stage.archive.batches
        ada.session?.lineReceived("look")
        stage.pass()
        #expect(ada.seen.contains("A plain hall."))
        #expect(stage.archive.batches == batches)
    }

    @Test func turnsOfOnePassGoToTheArchiveTogether() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let ben = try stage.enter("ben")
        let batches = stage.archive.batches
        ada.session?.lineReceived("get lamp")
        ben.session?.lineReceived("get key")
        stage.pass()
        #expect(stage.archive.batches == batches + 1)
    }

    @Test func aLostLinkLeavesTheBodyForAWhile() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let ben = try stage.enter("ben")
        ada.session?.connectionLost()
        stage.settle()
        let body = try #require(stage.world.player(named: "ada"))
        #expect(body.location != nil)
        #expect(!stage.game.isPresent(body))
        stage.advance(.seconds(5 * 60))
        #expect(body.location != nil)
        _ = ben.takeSeen()
        stage.advance(.seconds(6 * 60))
        #expect(body.location == nil)
        #expect(ben.takeSeen().contains("Ada"))
    }

    @Test func guestsLeaveNothingBehind() throws {
        let stage = try GameStage()
        let door = try #require(stage.connect())
        let things = stage.world.things.count
        stage.type("guest", door)
        #expect(door.takeSeen().contains("A plain hall."))
        stage.type("get lamp", door)
        door.session?.connectionLost()
        stage.settle()
        #expect(stage.world.things.count == things)
        #expect(stage.world.violations().isEmpty)
    }

    @Test func idlePlayersAndSlowLoginsAreLetGo() throws {
        var settings = GameSettings()
        settings.idleLimit = .seconds(600)
        let stage = try GameStage(settings: settings)
        let stranger = try #require(stage.connect())
        let ada = try stage.enter("ada")
        for _ in 0..<13 { stage.advance(.seconds(10)) }
        #expect(stranger.isClosed)
        #expect(!ada.isClosed)
        for _ in 0..<60 { stage.advance(.seconds(10)) }
        #expect(ada.isClosed)
    }

    @Test func aFloodIsBoundedAndOthersAreServed() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for _ in 0..<5000 { ada.session?.lineReceived("say spam") }
        #expect(ada.isInputPaused)
        for _ in 0..<20 { stage.settle() }
        #expect(ada.seen.contains("lines were not read"))
        #expect(!ada.isInputPaused)
        let said = ada.seen.split(separator: "spam", omittingEmptySubsequences: false).count - 1
        #expect(said > 0 && said <= SessionLimits.queuedLines + SessionLimits.linesPerPass)
    }

    @Test func whoFallsBehindMissesOthersDoingsAndIsToldSo() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let ben = try stage.enter("ben")
        _ = ada.takeSeen()
        ada.bufferedByteCount = SessionLimits.output + 1
        ada.session?.peerFellBehind()
        #expect(ada.isInputPaused)
        for number in 1...3 { stage.type("say \(number)", ben) }
        stage.type("say hello", ada)
        #expect(ada.seen.isEmpty)
        #expect(!ada.isAborted)
        ada.bufferedByteCount = 0
        ada.session?.peerCaughtUp()
        stage.settle()
        #expect(!ada.isInputPaused)
        let seen = ada.takeSeen()
        #expect(!seen.contains("left out"))
        #expect(
            seen.contains(
                "Ben says, \"1\"\r\nBen says, \"2\"\r\nBen says, \"3\"\r\nYou say, \"hello\"\r\n"), "\(seen)")
        #expect(ben.seen.contains("Ada says, \"hello\""))
        stage.type("say 4", ben)
        #expect(ada.seen.contains("4"))
        #expect(!ada.seen.contains("left out"))
    }

    /// The log reaches back only so far, and remarks of the server are in none.
    @Test func aSlowReaderIsToldHowMuchIsGone() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        func stall() {
            ada.bufferedByteCount = SessionLimits.output + 1
            ada.session?.peerFellBehind()
        }
        func goOn() -> String {
            ada.bufferedByteCount = 0
            ada.session?.peerCaughtUp()
            stage.settle()
            return ada.takeSeen()
        }
        stall()
        let count = KeptEvents.capacity + 10
        for number in 1...count { stage.type("say \(number)", ben) }
        let seen = goOn()
        let read = seen.components(of: "Ben says, ")
        #expect(read > KeptEvents.capacity / 2 && seen.contains("Ben says, \"\(count)\"\r\n"))
        #expect(
            seen.contains("[More was said than could be sent to you: \(count - read) messages were left out.]\r\nBen"))
        stall()
        stage.game.broadcast("Tea.")
        #expect(goOn().contains("[More was said than could be sent to you: 1 message was left out.]"))
    }

    @Test func aNameBehindNewIsThatOfACharacterToBeMade() throws {
        let stage = try GameStage()
        let door = try #require(stage.connect())
        stage.type("new north", door)
        #expect(door.takeSeen().hasSuffix("North is a word the game needs; please choose another name.\r\nName: "))
        stage.type("new ada", door)
        #expect(door.takeSeen().hasSuffix("New password: ") && door.isInputHidden)
        for line in ["correct horse", "correct horse", "no"] { stage.type(line, door) }
        #expect(door.takeSeen().contains("Welcome, Ada."))
        let second = try #require(stage.connect())
        stage.type("new ada", second)
        #expect(second.takeSeen().hasSuffix("That name is taken. Please choose another.\r\nName: "))
        stage.type("ada", second)
        #expect(second.takeSeen().hasSuffix("Password: "))
        let third = try #require(stage.connect())
        for line in ["new", "new", "new ben"] { stage.type(line, third) }
        #expect(third.takeSeen().hasSuffix("New password: "))
    }

    @Test func linesWaitUntilWhatWasMissedIsShown() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        ada.bufferedByteCount = SessionLimits.output + 1
        ada.session?.peerFellBehind()
        stage.type("say 1", ben)
        // The peer takes it all, while the archive has not got so far.
        ben.session?.lineReceived("say 2")
        stage.pass()
        ada.session?.lineReceived("say 3")
        ada.bufferedByteCount = 0
        ada.session?.peerCaughtUp()
        stage.settle()
        let words = ada.takeSeen().split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        #expect(words == ["1", "2", "3"])
    }

    @Test func whatAShortDelayHoldsIsNotLeftOut() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let ben = try stage.enter("ben")
        ada.bufferedByteCount = SessionLimits.output / 2
        ada.session?.peerFellBehind()
        stage.type("say hello", ben)
        #expect(ada.seen.contains("hello"))
    }

    @Test func whoStaysBehindIsDropped() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        ada.session?.peerFellBehind()
        for _ in 0..<11 { stage.advance(.seconds(10)) }
        #expect(!ada.seen.contains("you have not read"))
        for _ in 0..<48 { stage.advance(.seconds(10)) }
        #expect(ada.seen.components(of: "[For 2 minutes you have not read what was sent.") == 1)
        #expect(ada.seen.contains("this connection ends in 8 minutes"))
        #expect(!ada.isAborted)
        for _ in 0..<2 { stage.advance(.seconds(10)) }
        #expect(ada.isAborted)
    }

    /// However much waits already; whoever goes on reading stays, and the next time it is told again.
    @Test func whoReadsOnAfterTheNoticeStays() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for _ in 0..<2 {
            ada.bufferedByteCount = SessionLimits.output + 1
            ada.session?.peerFellBehind()
            for _ in 0..<30 { stage.advance(.seconds(10)) }
            #expect(ada.takeSeen().components(of: "you have not read") == 1)
            ada.bufferedByteCount = 0
            ada.session?.peerCaughtUp()
        }
        for _ in 0..<60 { stage.advance(.seconds(10)) }
        #expect(!ada.isAborted)
    }

    @Test func aStrangerWhoReadsNothingIsDroppedEarlier() throws {
        var settings = GameSettings()
        settings.loginLimit = .seconds(3600)
        let stage = try GameStage(settings: settings)
        let stranger = try #require(stage.connect())
        stranger.session?.peerFellBehind()
        for _ in 0..<11 { stage.advance(.seconds(10)) }
        #expect(!stranger.isAborted)
        for _ in 0..<2 { stage.advance(.seconds(10)) }
        #expect(stranger.isAborted)
    }

    @Test func whatADroppedReaderMissedComesAtTheNextConnection() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        ada.bufferedByteCount = SessionLimits.output + 1
        ada.session?.peerFellBehind()
        stage.type("say 1", ben)
        for _ in 0..<61 { stage.advance(.seconds(10)) }
        #expect(ada.isAborted)
        stage.type("say 2", ben)
        let seen = try stage.comeBack("ada").takeSeen()
        #expect(seen.contains("Ada is where you left off."))
        #expect(seen.contains("Ben says, \"1\"") && seen.contains("Ben says, \"2\""))
    }

    @Test func theBodyOfADroppedReaderHasNoPlayer() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let ben = try stage.enter("ben")
        ada.session?.peerFellBehind()
        for _ in 0..<61 { stage.advance(.seconds(10)) }
        ada.session?.connectionLost()
        #expect(stage.game.sessions.count == 1)
        #expect(ben.takeSeen().contains("Ada stares into space."))
        stage.type("look", ben)
        #expect(ben.takeSeen().contains("Ada is here, staring into space."))
    }

    @Test func aPasswordIsChangedInPlay() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        stage.type("password", ada)
        #expect(ada.isInputHidden)
        for line in ["correct horse", "battery staple", "battery staple"] { stage.type(line, ada) }
        #expect(ada.takeSeen().contains("Your password is changed."))
        #expect(!ada.isInputHidden)
        stage.type("quit", ada)
        let door = try #require(stage.connect())
        stage.type("ada", door)
        stage.type("battery staple", door)
        #expect(door.takeSeen().contains("A plain hall."))
    }

    /// What an administrator sets shuts out whoever is in, is coming in, or is changing the password at that moment.
    @Test func aNewPasswordShutsOutWhoeverHadTheOldOne() throws {
        let stage = try GameStage()
        let thief = try stage.enter("ada")
        stage.type("password", thief)
        stage.type("correct horse", thief)
        #expect(thief.takeSeen().contains("New password: "))
        var jobs: [() -> Void] = []
        stage.game.desk.runOnWorker = { job, done in jobs.append { done(job()) } }
        let second = try #require(stage.connect())
        for line in ["ada", "correct horse"] { stage.type(line, second) }
        stage.game.desk.runOnWorker = { job, done in done(job()) }
        stage.game.setPassword(of: "ada", to: "battery staple").whenDone { _ in }
        stage.settle()
        #expect(thief.seen.contains("An administrator has set a new password") && thief.isClosed)
        for line in ["stolen horse", "stolen horse"] { stage.type(line, thief) }
        for finish in jobs { finish() }
        stage.settle()
        #expect(second.takeSeen().contains("not the password of Ada"))
        let owner = try #require(stage.connect())
        for line in ["ada", "battery staple"] { stage.type(line, owner) }
        #expect(owner.takeSeen().contains("A plain hall."))
    }

    @Test func aChangeUnderWayYieldsToAnotherOne() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for line in ["password", "correct horse", "battery staple"] { stage.type(line, ada) }
        let account = try #require(stage.world.account(named: "ada"))
        _ = stage.interpreter.turn(
            by: account, role: .owner, at: WallInstant(milliseconds: 2_000_000), seed: 3
        ) { turn in turn.world.set(.passwordHash, to: "other", on: account) }
        stage.type("battery staple", ada)
        stage.game.archiveReached(stage.world.sequence)
        stage.pass()
        #expect(ada.takeSeen().contains("this change of yours was not made"))
        #expect(account[.passwordHash] == "other")
    }

    @Test func aRestartRemembersWhereAnAccountComesInFrom() throws {
        let stage = try GameStage()
        let door = try #require(stage.connect(source: "192.0.2.7"))
        for line in ["ada", "yes", "correct horse", "correct horse", "no"] { stage.type(line, door) }
        let account = try #require(stage.world.account(named: "ada"))
        #expect(account[.knownSources] == ["192.0.2.7"])
        for number in 0..<10 {
            let other = try #require(stage.connect(source: "198.51.100.\(number)"))
            for line in ["ada", "correct horse"] { stage.type(line, other) }
        }
        #expect(account[.knownSources].count == SessionLimits.knownSources)
        #expect(account[.knownSources].first == "198.51.100.9")
        let again = try GameStage(world: stage.world)
        for number in 0..<12 {
            let guesser = try #require(again.connect(source: "203.0.113.\(number)"))
            for line in ["ada", "wrong guess"] { again.type(line, guesser) }
        }
        let owner = try #require(again.connect(source: "198.51.100.9"))
        for line in ["ada", "correct horse"] { again.type(line, owner) }
        #expect(owner.takeSeen().contains("A plain hall."))
    }

    @Test func aScriptWithoutAnEndIsAnsweredToItsEnd() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        stage.type("quit", ada)
        var jobs: [() -> Void] = []
        stage.game.desk.runOnWorker = { job, done in jobs.append { done(job()) } }
        let door = try #require(stage.connect())
        for line in ["connect ada correct horse", "say done", "look"] { door.session?.lineReceived(line) }
        door.session?.inputEnded()
        stage.settle()
        #expect(!door.isClosed)
        for finish in jobs { finish() }
        stage.pass()
        #expect(!door.isClosed, "what was done is not yet on disk")
        stage.settle()
        #expect(door.seen.contains("You say, \"done\"") && door.seen.contains("A plain hall.") && door.isClosed)
    }

    @Test func aPasswordThatCannotBeKeptIsNotSaidToBe() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        stage.type("password", ada)
        stage.game.archiveStalled("the disk is full")
        for line in ["correct horse", "battery staple", "battery staple"] { stage.type(line, ada) }
        #expect(ada.seen.contains("cannot be kept"))
        #expect(!ada.seen.contains("is changed"))
    }

    @Test func whileTheDiskIsFullNobodyIsLeftNowhere() throws {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        let ben = try stage.enter("ben")
        stage.type("quit", first)
        stage.game.archiveStalled("the disk is full")
        let door = try #require(stage.connect())
        stage.type("ada", door)
        stage.type("correct horse", door)
        #expect(door.seen.contains("disk is full"))
        #expect(door.isClosed)
        stage.type("quit", ben)
        #expect(ben.isClosed)
        ben.session?.connectionLost()
        let body = try #require(stage.world.player(named: "ben"))
        #expect(body.location != nil)
        stage.game.archiveRecovered()
        stage.advance(.seconds(11 * 60))
        #expect(body.location == nil)
        let later = try #require(stage.connect())
        stage.type("ada", later)
        stage.type("correct horse", later)
        #expect(later.seen.contains("A plain hall."))
    }

    @Test func wrongPasswordsInPlayLeaveNoGhost() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for _ in 0..<12 {
            stage.type("password", ada)
            stage.type("guess guess", ada)
        }
        #expect(ada.seen.contains("too many wrong passwords"))
        #expect(!ada.isClosed)
        _ = ada.takeSeen()
        stage.type("look", ada)
        #expect(ada.takeSeen().contains("A plain hall."))
    }

    @Test func thePromptForAPasswordWaitsForTheNameItTellsOf() throws {
        let stage = try GameStage()
        let door = try #require(stage.connect())
        for line in ["ada", "yes", "correct horse", "correct horse"] { stage.type(line, door) }
        door.session?.lineReceived("no")
        let other = RecordingDoor(source: "127.0.0.1")
        other.session = stage.game.makeSession(door: other, profile: .init())
        other.session?.lineReceived("ada")
        stage.pass()
        #expect(!other.seen.contains("Password"))
        #expect(!other.isInputHidden)
        stage.settle()
        #expect(other.seen.contains("Password"))
        #expect(other.isInputHidden)
    }

    @Test func clientsLogInWithOneLineWhateverThePassword() throws {
        let stage = try GameStage()
        let first = try #require(stage.connect())
        for line in ["ada", "yes", "correct  horse battery", "correct  horse battery", "no", "quit"] {
            stage.type(line, first)
        }
        let door = try #require(stage.connect())
        stage.type("connect ada correct horse battery", door)
        #expect(door.takeSeen().contains("not the password"))
        stage.type("connect Ada  correct  horse battery", door)
        #expect(door.takeSeen().contains("Welcome back, Ada."))
    }

    @Test func whileTheArchiveStallsNoSessionGrowsWithoutBound() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let door = try #require(stage.connect())
        ada.session?.lineReceived("get lamp")
        stage.pass()
        _ = door.takeSeen()
        for _ in 0..<6000 {
            door.session?.lineReceived("help")
            door.session?.lineTooLong(limit: 4096)
            stage.reactor.runOnePass(waitingAtMost: .zero)
        }
        #expect(door.seen.isEmpty)
        #expect(door.isInputPaused)
        stage.settle()
        #expect(!door.isInputPaused)
        #expect(door.seen.utf8.count < SessionLimits.held + 300 * SessionLimits.queuedLines)
        #expect(door.seen.contains("messages were left out"))
        #expect(door.seen.hasSuffix("Name: "))
        stage.type("guest", door)
        #expect(door.seen.contains("You are Guest1"))
    }
}
