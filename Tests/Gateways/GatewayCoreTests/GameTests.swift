import Basics
import GatewayCore
import ReactorCore
import Testing
import WorldLanguage
import WorldModel

@Suite struct GameTests {
    @Test func theClaimCodeMakesOneOwner() throws {
        let stage = try GameStage()
        stage.game.claimCode = "AAAA-BBBB"
        let ada = try stage.enter("ada")
        let ben = try stage.enter("ben")
        stage.type("claim nonsense", ada)
        #expect(ada.takeSeen().contains("not the claim code"))
        stage.type("claim aaaa-bbbb", ada)
        #expect(ada.takeSeen().contains("You are the owner"))
        stage.type("claim aaaa-bbbb", ben)
        #expect(ben.takeSeen().contains("has an owner already"))
        let account = try #require(stage.world.account(named: "ada"))
        #expect(account[.role] == "owner")
    }

    /// However somebody leaves: in the turn of leaving the key goes home, and those who are there see it.
    @Test(arguments: ["quit", "kick", "lost"])
    func theWorldsKeyStaysInTheWorld(_ way: String) throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        let key = try #require(stage.world.things.values.first { $0.name == "iron key" })
        let hall = try #require(key.location)
        _ = try stage.game.administer { turn in
            turn.world.set(.stays, to: true, on: key)
            turn.world.set(.home, to: hall, on: key)
        }
        for line in ["get key", "get lamp"] { stage.type(line, ada) }
        let before = stage.world.sequence
        _ = ben.takeSeen()
        switch way {
        case "quit": stage.type("quit", ada)
        case "kick": _ = stage.game.kick("ada", reason: "")
        default:
            ada.session?.connectionLost()
            stage.advance(GameSettings().linkDeadLimit + .seconds(1))
        }
        stage.settle()
        #expect(key.location === hall)
        #expect(stage.world.player(named: "ada")?.contents.map(\.name) == ["brass lamp"])
        #expect(stage.world.player(named: "ada")?.location == nil)
        // A body that stands without its player is a turn of its own.
        #expect(stage.world.sequence == before + (way == "lost" ? 2 : 1))
        let seen = ben.takeSeen()
        #expect(seen.contains("Ada is gone.") && seen.contains("An iron key goes back where it belongs."))
        if way == "quit" { #expect(ada.takeSeen().contains("You leave an iron key behind, because others need it.")) }
    }

    @Test func aFullDiskStopsWritingAndNothingElse() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        stage.game.archiveStalled("the disk is full")
        let before = stage.world.snapshot()
        stage.type("get lamp", ada)
        #expect(ada.takeSeen().contains("disk is full"))
        #expect(stage.world.snapshot() == before)
        stage.type("look", ada)
        #expect(ada.takeSeen().contains("brass lamp"))
        stage.game.archiveRecovered()
        stage.type("get lamp", ada)
        #expect(ada.takeSeen().contains("You take the brass lamp."))
    }

    @Test func inputWaitsForAnArchiveThatFallsFarBehind() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for _ in 0..<Int(SessionLimits.turnsAhead / 2 + 100) {
            ada.session?.lineReceived("get lamp")
            ada.session?.lineReceived("drop lamp")
            stage.reactor.runOnePass(waitingAtMost: .zero)
        }
        stage.pass()
        #expect(ada.isInputPaused)
        let reached = stage.world.sequence
        ada.session?.lineReceived("get key")
        stage.pass()
        #expect(stage.world.sequence == reached)
        for _ in 0..<40 { stage.settle() }
        #expect(!ada.isInputPaused)
        #expect(stage.world.sequence > reached)
        #expect(stage.world.player(named: "ada")?.contents.contains { $0.name == "iron key" } == true)
    }

    @Test func inputStaysPausedUntilTheLastReasonIsGone() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let ben = try stage.enter("ben")
        for _ in 0..<Int(SessionLimits.turnsAhead / 2 + 100) {
            ada.session?.lineReceived("get lamp")
            ada.session?.lineReceived("drop lamp")
            stage.reactor.runOnePass(waitingAtMost: .zero)
        }
        stage.pass()
        ada.session?.peerFellBehind()
        #expect(ada.isInputPaused && ben.isInputPaused)
        for _ in 0..<40 { stage.settle() }
        #expect(ada.isInputPaused && !ben.isInputPaused)
        ada.session?.peerCaughtUp()
        for _ in 0..<40 { stage.settle() }
        #expect(!ada.isInputPaused)
    }

    @Test func administratorsMakeAccountsAndSetRoles() throws {
        let stage = try GameStage()
        var results: [String] = []
        func note(_ result: Result<UInt64, any Error>) {
            switch result {
            case .success: results.append("ok")
            case .failure(let error): results.append("\(error)")
            }
        }
        stage.game.createAccount(name: "ada", password: "correct horse", role: .builder).whenDone(note)
        stage.game.createAccount(name: "Ada", password: "correct horse", role: .player).whenDone(note)
        stage.game.createAccount(name: "b0b", password: "correct horse", role: .player).whenDone(note)
        stage.game.createAccount(name: "bob", password: "x", role: .player).whenDone(note)
        #expect(results.count == 4)
        #expect(results[0] == "ok")
        #expect(results[1].contains("already an account"))
        #expect(results[3].contains("at least 8"))
        _ = try stage.game.setRole(of: "ada", to: .admin)
        #expect(stage.world.account(named: "ada")?[.role] == "admin")
        #expect(throws: GameFailure.self) { try stage.game.setRole(of: "nobody", to: .admin) }
        _ = try stage.game.setRole(of: "ada", to: .owner)
        #expect(
            throws: GameFailure.refused("Ada is the only owner; make another account the owner first.")
        ) { try stage.game.setRole(of: "ada", to: .player) }
        #expect(stage.world.account(named: "ada")?[.role] == "owner")
    }

    @Test func kickAndBroadcastReachTheRightOnes() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let ben = try stage.enter("ben")
        stage.game.broadcast("Tea is ready.")
        stage.settle()
        #expect(ada.takeSeen().contains("Tea is ready."))
        #expect(ben.takeSeen().contains("Tea is ready."))
        #expect(stage.game.kick("ADA", reason: "Please rest.") == 1)
        stage.settle()
        #expect(ada.takeSeen().contains("Please rest."))
        #expect(ada.isClosed)
        #expect(!ben.isClosed)
        #expect(stage.game.kick("zoe", reason: "") == 0)
    }

    @Test func shutDownCountsDownTellsAndCloses() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        var isDone = false
        stage.game.shutDown(after: .seconds(300), reason: "Repairs.") { isDone = true }
        stage.settle()
        #expect(ada.takeSeen().contains("The game stops in 5 minutes."))
        stage.advance(.seconds(241))
        #expect(ada.takeSeen().contains("The game stops in 1 minute."))
        stage.advance(.seconds(60))
        #expect(ada.takeSeen().contains("Repairs."))
        #expect(ada.isClosed)
        #expect(stage.connect() == nil)
        ada.session?.connectionLost()
        stage.advance(.seconds(1))
        #expect(isDone)
    }

    @Test func aShutDownCanBeTakenBack() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        var isDone = false
        stage.game.shutDown(after: .seconds(300), reason: "Repairs.") { isDone = true }
        #expect(stage.game.cancelShutDown())
        stage.advance(.seconds(1000))
        #expect(!isDone)
        #expect(!ada.isClosed)
    }

    @Test func bodiesLeftByACrashWaitForTheirPlayers() throws {
        let stage = try GameStage()
        _ = try stage.enter("ada")
        let recovered = World()
        try recovered.restore(
            stage.world.snapshot(), nextID: stage.world.nextID, sequence: stage.world.sequence)
        let body = try #require(recovered.player(named: "ada"))
        #expect(body.location?.name == "Hall")
        #expect(recovered.violations().isEmpty)

        let later = try GameStage(world: recovered)
        later.advance(.seconds(60))
        let ada = try #require(later.connect())
        for line in ["ada", "correct horse"] { later.type(line, ada) }
        #expect(ada.takeSeen().contains("Ada is where you left off."))
        later.advance(.seconds(11 * 60))
        #expect(body.location?.name == "Hall")
    }

    @Test func bodiesLeftByACrashDoNotWaitForEver() throws {
        let stage = try GameStage()
        _ = try stage.enter("ada")
        let recovered = World()
        try recovered.restore(stage.world.snapshot(), nextID: stage.world.nextID, sequence: stage.world.sequence)
        let later = try GameStage(world: recovered)
        later.advance(.seconds(11 * 60))
        #expect(recovered.player(named: "ada")?.location == nil)
    }

    /// Comes in and leaves as one turn each: no crash can leave a character without its first arrival, or a farewell
    /// without the leaving.
    @Test(arguments: ["guest", "ada"])
    func oneLineIsOneTurn(_ name: String) throws {
        let stage = try GameStage()
        let door = try #require(stage.connect())
        let answers = name == "guest" ? ["guest"] : [name, "yes", "correct horse", "correct horse", "no"]
        for line in answers.dropLast() { stage.type(line, door) }
        for line in [answers.last ?? "", "quit"] {
            let before = stage.world.sequence
            stage.type(line, door)
            #expect(stage.world.sequence == before + 1, "\(line)")
        }
        #expect(door.seen.contains("Goodbye"))
        #expect(door.isClosed)
        #expect(stage.world.violations().isEmpty)
    }

    @Test func withoutAPlaceToBeginInNobodyIsMade() throws {
        let stage = try GameStage()
        let root = try #require(stage.world.root)
        try stage.game.administer { turn in turn.world.set(.startPlace, to: nil, on: root) }
        let door = try #require(stage.connect())
        for line in ["guest", "ada", "yes", "correct horse", "correct horse", "no"] { stage.type(line, door) }
        #expect(door.seen.contains("This world has no place to begin in."))
        #expect(!door.isClosed)
        #expect(stage.world.player(named: "guest1") == nil && stage.world.account(named: "ada") == nil)
    }

    @Test func anOwnerWhoCannotBeMadeLeavesTheClaimCode() throws {
        let stage = try GameStage()
        stage.game.claimCode = "AAAA-BBBB"
        stage.game.archiveStalled("the disk is full")
        var failure: (any Error)?
        stage.game.createAccount(name: "ada", password: "correct horse", role: .owner).whenDone { result in
            if case .failure(let error) = result { failure = error }
        }
        #expect("\(try #require(failure))".contains("the disk is full"))
        #expect(stage.game.claimCode == "AAAA-BBBB")
        stage.game.archiveRecovered()
        stage.game.createAccount(name: "ada", password: "correct horse", role: .owner).whenDone { _ in }
        #expect(stage.game.claimCode == nil)
    }

    @Test(arguments: [" correct horse", "correct horse ", "correct\u{7}horse", "correct\r\nhorse"])
    func aPasswordThatNobodyCanTypeIsRefused(_ password: String) throws {
        let stage = try GameStage()
        var failure: (any Error)?
        stage.game.createAccount(name: "ada", password: password, role: .player).whenDone { result in
            if case .failure(let error) = result { failure = error }
        }
        #expect("\(try #require(failure))".contains("cannot begin or end with a space"))
    }
}
