import Basics
import CredentialCore
import GatewayCore
import ReactorCore
import TerminalWire
import Testing
import WorldModel

/// Several connections of one player at a time.
@Suite struct DoorsTests {
    @Test func aSecondLoginJoinsAndBothSeeEverything() throws {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        let ben = try stage.enter("ben")
        stage.type("get lamp", first)
        _ = first.takeSeen()
        let second = try stage.comeBack("ada")
        #expect(!first.isClosed)
        #expect(
            first.takeSeen()
                == "\r\nAnother connection of yours has joined: test from 127.0.0.1. Type connections to see them all.\r\n"
        )
        let joined = second.takeSeen()
        #expect(joined.contains("Ada is in play at another connection of yours already; this one joins."))
        #expect(joined.contains("A plain hall."))
        #expect(stage.game.sessions.count == 3 && stage.game.present.count == 2)
        stage.type("inventory", second)
        #expect(second.takeSeen().contains("brass lamp"))
        let echoed = first.takeSeen()
        #expect(echoed.contains("> inventory\r\n") && echoed.contains("brass lamp") && !echoed.hasSuffix("> "))
        stage.type("say hello", ben)
        #expect(first.takeSeen() == "Ben says, \"hello\"\r\n" && second.takeSeen() == "\r\nBen says, \"hello\"\r\n")
        #expect(ben.seen.components(of: "Ada arrives.") == 0)
    }

    @Test func aDoorThatIsLostLeavesTheOthers() throws {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        let ben = try stage.enter("ben")
        let second = try stage.comeBack("ada")
        _ = ben.takeSeen()
        first.session?.connectionLost()
        stage.settle()
        #expect(second.takeSeen().contains("Your connection test from 127.0.0.1 is closed."))
        #expect(ben.takeSeen().isEmpty)
        let body = try #require(stage.world.player(named: "ada"))
        #expect(stage.game.isPresent(body))
        second.session?.connectionLost()
        stage.settle()
        #expect(!stage.game.isPresent(body) && ben.takeSeen().contains("Ada stares into space."))
    }

    @Test func quittingIsForAllDoors() throws {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        let second = try stage.comeBack("ada")
        stage.type("quit", second)
        #expect(first.isClosed && second.isClosed)
        #expect(first.seen.contains("You have left the game from another connection."))
        #expect(second.seen.contains("Goodbye, Ada."))
        #expect(stage.world.player(named: "ada")?.location == nil)
    }

    @Test func doorsAreListedAndClosed() throws {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        stage.type("connections close this", first)
        #expect(first.takeSeen().contains("This is your only connection. To leave the game, type quit."))
        stage.type("connections close others", first)
        #expect(first.takeSeen().contains("This is your only connection."))
        let doors = try (0..<3).map { _ in try stage.comeBack("ada") }
        stage.advance(.seconds(180))
        _ = doors.map { $0.takeSeen() }
        stage.type("connections", doors[0])
        let list = doors[0].takeSeen()
        #expect(list.contains("1. test from 127.0.0.1, quiet for 3 minutes"))
        #expect(list.contains("2. test from 127.0.0.1, this one"))
        stage.type("connections close 9", doors[0])
        #expect(doors[0].takeSeen().contains("There is no connection 9."))
        stage.type("connections close nine", doors[0])
        #expect(doors[0].takeSeen().contains("Connections have numbers."))
        stage.type("connections close 1", doors[0])
        #expect(first.isClosed && doors[0].takeSeen().contains("Connection 1 is closed."))
        stage.type("connections close this", doors[0])
        #expect(doors[0].isClosed && doors[0].seen.contains("Ada stays in play at your others."))
        stage.type("connections close others", doors[1])
        #expect(doors[2].isClosed && !doors[1].isClosed)
        stage.type("look", doors[1])
        #expect(doors[1].takeSeen().contains("A plain hall."))
    }

    @Test func theDoorThatWasQuietLongestMakesRoom() throws {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        for _ in 1..<SessionLimits.doorsPerCharacter {
            stage.advance(.seconds(1))
            _ = try stage.comeBack("ada")
        }
        #expect(!first.isClosed)
        let last = try stage.comeBack("ada")
        #expect(first.isClosed && first.seen.contains("takes the place of this one"))
        #expect(!last.isClosed)
        let body = try #require(stage.world.player(named: "ada"))
        #expect(stage.game.isPresent(body))
    }

    @Test func whoTypesAtOneDoorMayWatchAtAnother() throws {
        var settings = GameSettings()
        settings.idleLimit = .seconds(60)
        let stage = try GameStage(settings: settings)
        let first = try stage.enter("ada")
        let second = try stage.comeBack("ada")
        for _ in 0..<8 {
            stage.advance(.seconds(10))
            stage.type("look", second)
        }
        #expect(!first.isClosed && !second.isClosed)
        for _ in 0..<8 { stage.advance(.seconds(10)) }
        #expect(first.isClosed && second.isClosed)
        #expect(stage.world.player(named: "ada")?.location == nil)
    }

    @Test func theWorldKnowsWhoListensAtTheDoorTheyUse() throws {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        let ada = try #require(stage.world.player(named: "ada"))
        #expect(!stage.game.usesScreenReader(ada))
        stage.type("set screenreader on", first)
        #expect(stage.game.usesScreenReader(ada))
    }

    @Test func settingsCountAtEveryDoor() throws {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        let second = try stage.comeBack("ada")
        stage.type("set screenreader on", second)
        #expect(first.session?.profile.screenReader == true && second.session?.profile.screenReader == true)
    }

    @Test func aPasswordIsAskedAndShownAtOneDoorOnly() throws {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        let second = try stage.comeBack("ada")
        _ = first.takeSeen()
        for line in ["password", "correct horse", "battery staple", "battery staple"] { stage.type(line, second) }
        #expect(second.seen.contains("Your password is changed."))
        #expect(!first.isInputHidden && !first.seen.contains("horse") && !first.seen.contains("staple"))
    }

    @Test func anAuthenticatorIsSetUpAtOneDoorOnly() throws {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        let second = try stage.comeBack("ada")
        let account = try #require(stage.world.account(named: "ada"))
        _ = first.takeSeen()
        for line in ["authenticator on", "correct horse", "98765"] { stage.type(line, second) }
        let offer = second.takeSeen()
        let base32 = try #require(offer.split(separator: "secret=").last).prefix { $0.isLetter || $0.isNumber }
        let secret = try #require(OneTimeSecret(base32: String(base32)))
        stage.type(secret.code(counter: 32), second)
        #expect(account[.oneTimeSecret] == secret.base32)
        let recovery = try #require(
            second.takeSeen().split { $0.isNewline }.first { $0.hasPrefix("- ") }.map { String($0.dropFirst(2)) })
        for line in ["authenticator off", "correct horse", recovery] { stage.type(line, second) }
        #expect(account[.oneTimeSecret].isEmpty && second.takeSeen().contains("Your authenticator is off"))
        #expect(
            first.takeSeen() == "> authenticator on\r\n> authenticator off\r\n", "the commands, and no answer to them")
    }

    /// What is typed ahead of a dialogue that ends early is neither done nor shown anywhere.
    @Test(arguments: [
        (["password", "wrong horse"], "That is not your password"),
        (["password", "correct horse", "battery staple", "battery stable"], "Those two were not the same"),
        (["authenticator on", "wrong horse"], "That is not your password"),
    ])
    func secretsTypedAheadAreNoCommands(lines: [String], answer: String) throws {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        let second = try stage.comeBack("ada")
        _ = first.takeSeen()
        var jobs: [() -> Void] = []
        stage.game.desk.runOnWorker = { job, done in jobs.append { done(job()) } }
        for line in lines + ["say staple", "battery staple"] { second.session?.lineReceived(line) }
        for _ in 0..<3 {
            stage.settle()
            let due = jobs
            jobs = []
            for finish in due { finish() }
        }
        stage.settle()
        #expect(second.seen.contains(answer) && second.takeSeen().hasSuffix("> ") && !second.isInputHidden)
        #expect(first.takeSeen() == "> \(lines[0])\r\n")
        stage.game.desk.runOnWorker = { job, done in done(job()) }
        stage.type("look", second)
        #expect(second.takeSeen().contains("A plain hall."))
    }

    @Test func kickingClosesEveryDoor() throws {
        let stage = try GameStage()
        let first = try stage.enter("ada")
        let second = try stage.comeBack("ada")
        #expect(stage.game.kick("ada", reason: "Please rest.") == 2)
        stage.settle()
        #expect(first.isClosed && second.isClosed)
        #expect(stage.world.player(named: "ada")?.location == nil)
    }
}

extension String {
    /// How often a text occurs.
    func components(of text: String) -> Int { split(separator: text, omittingEmptySubsequences: false).count - 1 }
}
