import AuditCore
import CredentialCore
import GatewayCore
import ReactorCore
import Testing
import WorldLanguage
import WorldModel

/// Characters that are made without a session.
@Suite struct CreationTests {
    private func make(
        _ stage: GameStage, _ name: String, _ password: String = "correct horse", from source: String = "192.0.2.7"
    ) -> Deferred<GameEntry> {
        stage.game.makeCharacter(named: name, password: password, from: LoginOrigin(door: "irc", source: source))
    }

    private func failure(_ stage: GameStage, _ made: Deferred<GameEntry>) throws -> String {
        var found: Result<GameEntry, any Error>?
        made.whenDone { found = $0 }
        stage.settle()
        guard case .failure(let error)? = found else { return "" }
        return try #require(error as? CreationFailure).sentence.english
    }

    @Test func aCharacterIsToldOfWhenItLasts() throws {
        let stage = try GameStage()
        var events: [AuditEvent] = []
        stage.game.audit = { events.append($0) }
        var entry: GameEntry?
        make(stage, "ada").whenDone { entry = try? $0.get() }
        stage.pass()
        let ada = try #require(stage.world.player(named: "ada"))
        #expect(entry == nil && events.isEmpty && ada.location == nil)
        stage.settle()
        #expect(entry == GameEntry(.character(ada.id), name: "Ada", means: "new password"))
        #expect(events.map(\.kind) == [.create, .login])
        #expect(events.allSatisfy { $0.actor == "Ada" && $0.origin == "irc 192.0.2.7" })
        #expect(stage.world.violations().isEmpty)
        // Whoever has the password comes in with it.
        #expect(try stage.comeBack("ada").session?.persona === ada)
    }

    @Test(arguments: [
        ("ada", "correct horse", "That name is taken."), ("x", "correct horse", "A name has at least 3 letters."),
        ("north", "correct horse", "North is a word the game needs"), ("a b", "correct horse", "A name is made of"),
        ("ben", "short", "A password needs at least 8 characters."), ("ben", " 12345678", "A password cannot begin"),
        ("bennydoe", "Bennydoe", "Your own name is too easy to guess."),
    ]) func whatWillNotDoIsRefused(name: String, password: String, why: String) throws {
        let stage = try GameStage()
        _ = try stage.enter("ada")
        #expect(try failure(stage, make(stage, name, password)).hasPrefix(why))
        #expect(stage.world.accounts.count == 1)
    }

    @Test func oneSourceMakesSoManyAndOthersGoOn() throws {
        var settings = GameSettings()
        settings.maximumCreationsPerSource = 2
        let stage = try GameStage(settings: settings)
        for name in ["ada", "ben"] { #expect(try failure(stage, make(stage, name)) == "") }
        // What is refused for its words costs nothing.
        #expect(try failure(stage, make(stage, "x", from: "192.0.2.9")).hasPrefix("A name"))
        #expect(try failure(stage, make(stage, "cara")).hasPrefix("Many characters were made from your address"))
        #expect(try failure(stage, make(stage, "cara", from: "192.0.2.9")) == "")
        for name in ["dora", "emma", "finn"] { #expect(try failure(stage, make(stage, name, from: "::1")) == "") }
    }

    @Test func aNameThatIsTakenMeanwhileIsNotGivenTwice() throws {
        let stage = try GameStage()
        let (first, second) = (make(stage, "ada"), make(stage, "ada"))
        #expect(try failure(stage, first) == "")
        #expect(try failure(stage, second) == "That name is taken. Please choose another.")
        // Hashing takes its time, in which others come first.
        var jobs: [() -> Void] = []
        stage.game.desk.runOnWorker = { job, done in jobs.append { done(job()) } }
        let (third, fourth) = (make(stage, "ben"), make(stage, "ben"))
        for job in jobs { job() }
        #expect(try failure(stage, third) == "")
        #expect(try failure(stage, fourth).hasPrefix("Somebody has just taken that name."))
    }

    @Test func nobodyIsMadeWhereOthersKnowThePasswords() throws {
        let stage = try GameStage()
        stage.game.use([])
        #expect(try failure(stage, make(stage, "ada")).hasPrefix("No characters are made here"))
    }
}
