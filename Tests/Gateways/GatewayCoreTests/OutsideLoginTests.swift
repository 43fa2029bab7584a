import AuditCore
import CredentialCore
import GatewayCore
import ReactorCore
import Testing
import WorldLanguage
import WorldModel

/// Who comes in by a password that is kept elsewhere.
@Suite struct OutsideLoginTests {
    /// A checker that answers when the test says so.
    private final class SlowChecker: CredentialChecker {
        let type = "slow"
        let kinds: Set<Credential.Kind> = [.password]
        var waiting: [(Credential, Deferred<CheckerVerdict>)] = []

        func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
            let verdict = Deferred<CheckerVerdict>()
            waiting.append((credential, verdict))
            return verdict
        }
    }

    private func makeStage(_ descriptions: String..., withOwnAccounts: Bool = false) throws -> GameStage {
        let stage = try GameStage()
        var checkers: [any CredentialChecker] = try descriptions.map {
            try CheckerTable().make($0, stage.game.portal.context)
        }
        if withOwnAccounts { checkers.append(GameAccounts()) }
        for checker in checkers { try checker.open() }
        stage.game.use(checkers)
        return stage
    }

    private func answers(_ lines: [String], _ stage: GameStage) throws -> String {
        let door = try #require(stage.connect())
        for line in lines { stage.type(line, door) }
        return door.takeSeen()
    }

    @Test func theFirstLoginMakesTheCharacterAndLaterOnesFindIt() throws {
        let stage = try makeStage("memory:ada=correct horse")
        let door = try #require(stage.connect())
        #expect(!door.takeSeen().contains("to make one"))
        stage.type("ADA", door)
        #expect(door.isInputHidden)
        stage.type("wrong horse", door)
        #expect(door.takeSeen().contains("not the password of Ada"))
        #expect(stage.world.account(named: "ada") == nil)
        for line in ["ada", "correct horse"] { stage.type(line, door) }
        #expect(door.takeSeen().contains("Welcome, Ada."))
        let account = try #require(stage.world.account(named: "ada"))
        #expect(account[.passwordHash].isEmpty && account[.role] == "player")
        stage.type("password", door)
        #expect(door.takeSeen().contains("not kept in the game"))
        stage.type("authenticator on", door)
        #expect(door.takeSeen().contains("no authenticator can go with it"))
        stage.type("quit", door)
        #expect(try answers(["connect ada correct horse"], stage).contains("Welcome back, Ada."))
        #expect(stage.world.accounts.count == 1 && stage.world.violations().isEmpty)
    }

    @Test func namesThatTheGameCannotBearStayOutside() throws {
        let stage = try makeStage("memory:north=x:ada.l=x:guesty=x:lamp=x:ab=x")
        for name in ["north", "ada.l", "guesty", "ab"] {
            let seen = try answers([name, "x"], stage)
            #expect(!seen.contains("Welcome"), "\(name): \(seen)")
        }
        #expect(stage.world.accounts.isEmpty)
        _ = try stage.game.administer { turn in
            let sabra = turn.world.create(.persona)
            turn.world.set(.name, to: "Sabra", on: sabra)
        }
        stage.game.use([try CheckerTable().make("memory:sabra=x", stage.game.portal.context)])
        #expect(try answers(["sabra", "x"], stage).contains("Somebody of that name lives here already"))
        #expect(try answers(["sabra", "y"], stage).contains("not the password"), "only its owner is told")
    }

    @Test func nobodyIsMadeWhereOnlyOthersDecide() throws {
        let stage = try makeStage("memory:ada=x")
        #expect(try answers(["new"], stage).contains("No characters are made here"))
        #expect(try answers(["ben", "whatever"], stage).contains("not the password of Ben"))
        #expect(try answers(["guest"], stage).contains("You are Guest1"))
        let guestsOnly = try makeStage("anonymous")
        #expect(try answers(["ben"], guestsOnly).contains("nobody called Ben"))
        #expect(try answers(["guest"], guestsOnly).contains("You are Guest1"))
    }

    @Test func ownAndOutsidePasswordsStandSideBySide() throws {
        let stage = try makeStage("memory:ada=outside word", withOwnAccounts: true)
        #expect(try answers(["ben", "whatever"], stage).contains("not the password of Ben"))
        let seen = try answers(["new", "ben", "correct horse", "correct horse", "no"], stage)
        #expect(!seen.contains("nobody called Ben yet") && seen.contains("Welcome, Ben."))
        #expect(try answers(["ben", "correct horse"], stage).contains("Ben is in play at another connection"))
        #expect(try answers(["ada", "outside word"], stage).contains("Welcome, Ada."))
        #expect(try answers(["ada", ""], stage).contains("not the password"), "no hash is not an empty password")
    }

    @Test func theCodeOfAnAuthenticatorIsAskedForAfterThePassword() throws {
        let stage = try GameStage()
        let checker = SlowChecker()
        stage.game.use([checker])
        let door = try #require(stage.connect())
        for line in ["ada", "right"] { stage.type(line, door) }
        checker.waiting[0].1.succeed(.codeWanted)
        stage.settle()
        #expect(door.takeSeen().hasSuffix("Code: ") && door.isInputHidden)
        stage.type("123456", door)
        #expect(checker.waiting[1].0 == .password(name: "ada", password: "right", code: "123456"))
        checker.waiting[1].1.succeed(.accepted(Identity(name: "ada", checker: "slow")))
        stage.settle()
        #expect(door.takeSeen().contains("Welcome, Ada."))
    }

    @Test func whoIsGoneBeforeTheAnswerComesIsNotLetIn() throws {
        let stage = try GameStage()
        let checker = SlowChecker()
        stage.game.use([checker])
        let door = try #require(stage.connect())
        for line in ["ada", "right"] { stage.type(line, door) }
        door.session?.connectionLost()
        checker.waiting[0].1.succeed(.accepted(Identity(name: "ada", checker: "slow")))
        stage.settle()
        #expect(stage.world.accounts.isEmpty && stage.game.sessions.isEmpty)
    }

    /// The game knows the name of who has come in from outside before, and no password for it.
    @Test func anOutageLocksNobodyOutWhoseCharacterTheGameKnows() throws {
        let stage = try GameStage()
        let checker = SlowChecker()
        stage.game.use([GameAccounts(), checker])
        func come(_ verdict: CheckerVerdict) throws -> String {
            let door = try #require(stage.connect(source: "192.0.2.7"))
            for line in ["ada", "right"] { stage.type(line, door) }
            #expect(checker.waiting.count == 1, "the game does not say no for the others")
            for (_, waiting) in checker.waiting { waiting.succeed(verdict) }
            checker.waiting = []
            stage.settle()
            defer { door.session?.connectionLost() }
            return door.takeSeen()
        }
        let ada = CheckerVerdict.accepted(Identity(name: "ada", checker: "slow"))
        #expect(try come(ada).contains("Welcome, Ada."))
        for _ in 0..<15 { #expect(try come(.unavailable("it rains")).contains("cannot be checked just now")) }
        #expect(stage.game.portal.outages.map(\.reason) == ["it rains"])
        #expect(try come(ada).contains("Ada is where you left off."))
        #expect(stage.game.portal.outages.isEmpty)
    }

    @Test func aCheckerThatIsAwayIsNotAWrongPassword() throws {
        let stage = try GameStage()
        let checker = SlowChecker()
        stage.game.use([checker])
        var events: [AuditEvent] = []
        stage.game.audit = { events.append($0) }
        let door = try #require(stage.connect())
        for line in ["ada", "right"] { stage.type(line, door) }
        checker.waiting[0].1.succeed(.unavailable("it rains"))
        stage.settle()
        #expect(door.takeSeen().contains("cannot be checked just now") && door.isClosed)
        #expect(events.map(\.detail) == ["slow unavailable: it rains"] && events.first?.outcome == .refused)
    }
}
