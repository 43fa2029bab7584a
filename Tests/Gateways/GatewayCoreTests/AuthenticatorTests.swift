import AuditCore
import CredentialCore
import GatewayCore
import ReactorCore
import Testing
import WorldLanguage
import WorldModel

/// The second factor of the game's own accounts, as players meet it; by the stage's clock the code of step 33 is shown.
@Suite struct AuthenticatorTests {
    /// No authenticator shows five digits.
    private static let wrongCode = "12345"

    private func secret(in text: String) throws -> OneTimeSecret {
        let address = try #require(words(in: text).first { $0.hasPrefix("otpauth:") })
        let start = "otpauth://totp/The%20Test%20House:Ada?secret="
        #expect(address.hasPrefix(start))
        let base32 = address.dropFirst(start.count).prefix { $0 != "&" }
        let secret = try #require(OneTimeSecret(base32: String(base32)))
        let groups = words(in: text).filter { $0.count == 4 }
        #expect(groups.joined().contains(secret.base32), "also for those who type it")
        return secret
    }

    private func codes(in text: String) -> [String] {
        words(in: text).filter { $0.count == 20 && $0.split(separator: "-").count == 3 }
    }

    private func words(in text: String) -> [String] {
        text.split { $0.isNewline || $0 == " " }.map(String.init)
    }

    /// Somebody in play who has taken an authenticator, with the code of step 32.
    private func enrol(_ stage: GameStage) throws -> (door: RecordingDoor, secret: OneTimeSecret, codes: [String]) {
        let door = try stage.enter("ada")
        for line in ["authenticator on", "correct horse"] { stage.type(line, door) }
        let secret = try secret(in: door.takeSeen())
        stage.type(secret.code(counter: 32), door)
        return (door, secret, codes(in: door.takeSeen()))
    }

    private func account(_ stage: GameStage) throws -> Thing { try #require(stage.world.account(named: "ada")) }

    /// What somebody reads who types the lines on a new connection.
    private func answers(_ lines: [String], _ stage: GameStage) throws -> String {
        let door = try #require(stage.connect())
        for line in lines { stage.type(line, door) }
        return door.takeSeen()
    }

    @Test func itIsKeptOnceACodeHasProvenIt() throws {
        let stage = try GameStage()
        var events: [AuditEvent] = []
        let ada = try stage.enter("ada")
        let account = try account(stage)
        stage.game.audit = { events.append($0) }
        stage.type("authenticator", ada)
        #expect(ada.takeSeen().contains("You have no authenticator"))
        stage.type("authenticator on", ada)
        #expect(ada.takeSeen().hasSuffix("Your present password: ") && ada.isInputHidden)
        stage.type("correct horse", ada)
        let offer = ada.takeSeen()
        let secret = try secret(in: offer)
        #expect(offer.hasSuffix("Code: ") && account[.oneTimeSecret].isEmpty)
        stage.type(Self.wrongCode, ada)
        #expect(ada.takeSeen().contains("not the code of this secret") && account[.oneTimeSecret].isEmpty)
        #expect(events.isEmpty)
        stage.type(secret.code(counter: 32), ada)
        let end = ada.takeSeen()
        #expect(end.contains("Your authenticator is on.") && end.hasSuffix("> ") && !ada.isInputHidden)
        #expect(account[.oneTimeSecret] == secret.base32)
        #expect(Set(codes(in: end)).count == 10 && account[.recoveryCodes].count == 10)
        #expect(Set(codes(in: end)).isDisjoint(with: account[.recoveryCodes]), "only digests are kept")
        #expect(events.map(\.kind) == [.password] && events.first?.detail == "authenticator on")
        stage.type("authenticator", ada)
        #expect(ada.takeSeen().contains("10 recovery codes are left"))
        stage.type("authenticator on", ada)
        #expect(ada.takeSeen().contains("on already"))
    }

    @Test func withoutThePasswordOrACodeNothingChanges() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for line in ["authenticator on", "wrong horse"] { stage.type(line, ada) }
        #expect(ada.takeSeen().contains("nothing is changed") && !ada.isInputHidden)
        for line in ["authenticator on", "correct horse", ""] { stage.type(line, ada) }
        #expect(ada.takeSeen().contains("You have no authenticator, as before.") && !ada.isInputHidden)
        stage.type("authenticator off", ada)
        #expect(ada.takeSeen().contains("no authenticator that could be turned off"))
        #expect(try account(stage)[.oneTimeSecret].isEmpty)
        stage.type("quit", ada)
        #expect(try answers(["ada", "correct horse"], stage).contains("Welcome back, Ada."))
    }

    @Test func eachCodeLetsInOnce() throws {
        let stage = try GameStage()
        let (ada, secret, _) = try enrol(stage)
        stage.type("quit", ada)
        let door = try #require(stage.connect())
        for line in ["ada", "correct horse"] { stage.type(line, door) }
        #expect(door.takeSeen().hasSuffix("Code: ") && door.isInputHidden)
        stage.type(Self.wrongCode, door)
        #expect(door.takeSeen().contains("not the password of Ada"))
        for line in ["ada", "correct horse", secret.code(counter: 32)] { stage.type(line, door) }
        #expect(door.takeSeen().contains("not the password of Ada"), "the first code was used up at the beginning")
        for line in ["connect ada correct horse", secret.code(counter: 33)] { stage.type(line, door) }
        #expect(door.takeSeen().contains("Welcome back, Ada."))
        stage.type("quit", door)
        let replay = try answers(["ada", "correct horse", secret.code(counter: 33)], stage)
        #expect(replay.contains("not the password of Ada") && !replay.contains("Welcome back"))
        let guess = try answers(["ada", "wrong horse"], stage)
        #expect(!guess.contains("Code: "), "only the right password leads to it")
        #expect(try answers(["ada", "correct horse", secret.code(counter: 34)], stage).contains("Welcome back, Ada."))
    }

    @Test func aRecoveryCodeLetsInOnce() throws {
        let stage = try GameStage()
        var events: [AuditEvent] = []
        let (ada, _, codes) = try enrol(stage)
        stage.type("quit", ada)
        let account = try account(stage)
        stage.game.audit = { events.append($0) }
        let door = try #require(stage.connect())
        for line in ["ada", "correct horse"] { stage.type(line, door) }
        door.session?.lineReceived(codes[3].uppercased())
        stage.pass()
        #expect(!door.seen.contains("Welcome back") && account[.recoveryCodes].count == 9)
        #expect(!events.contains { $0.kind == .password }, "a crash could still undo it")
        stage.settle()
        #expect(door.takeSeen().contains("Welcome back, Ada."))
        #expect(events.filter { $0.kind == .password }.map(\.detail) == ["recovery code used, 9 left"])
        stage.type("quit", door)
        #expect(try answers(["ada", "correct horse", codes[3]], stage).contains("not the password of Ada"))
        #expect(try answers(["ada", "correct horse", codes[4]], stage).contains("Welcome back, Ada."))
        #expect(account[.recoveryCodes].count == 8)
    }

    /// What cannot be kept is not said to be, and a code that cannot be used up lets nobody in.
    @Test func nothingHappensWhileTheDiskIsFull() throws {
        let stage = try GameStage()
        let (ada, secret, codes) = try enrol(stage)
        let account = try account(stage)
        let door = try #require(stage.connect())
        stage.game.archiveStalled("the disk is full")
        for line in ["authenticator off", "correct horse", secret.code(counter: 33)] { stage.type(line, ada) }
        #expect(ada.takeSeen().contains("it stays on") && account[.oneTimeSecret] == secret.base32)
        for line in ["ada", "correct horse", codes[0]] { stage.type(line, door) }
        #expect(door.seen.contains("cannot be checked just now") && door.isClosed)
        #expect(account[.recoveryCodes].count == 10)

        let other = try GameStage()
        let newcomer = try other.enter("ada")
        for line in ["authenticator on", "correct horse"] { other.type(line, newcomer) }
        let offered = try self.secret(in: newcomer.takeSeen())
        other.game.archiveStalled("the disk is full")
        other.type(offered.code(counter: 33), newcomer)
        let seen = newcomer.takeSeen()
        #expect(seen.contains("cannot be kept") && self.codes(in: seen).isEmpty)
        #expect(try self.account(other)[.oneTimeSecret].isEmpty)
    }

    @Test func whoTurnsItOffShowsPasswordAndCode() throws {
        let stage = try GameStage()
        let (ada, secret, codes) = try enrol(stage)
        let account = try account(stage)
        for (lines, answer) in [
            (["wrong horse"], "nothing is changed"), (["correct horse", ""], "stays on"),
            (["correct horse", Self.wrongCode], "no code of your authenticator"),
            (["correct horse", secret.code(counter: 32)], "no code of your authenticator"),
        ] {
            for line in ["authenticator off"] + lines { stage.type(line, ada) }
            #expect(ada.takeSeen().contains(answer) && !ada.isInputHidden, "\(lines)")
        }
        #expect(account[.oneTimeSecret] == secret.base32 && account[.recoveryCodes].count == 10)
        for line in ["authenticator off", "correct horse", secret.code(counter: 33)] { stage.type(line, ada) }
        #expect(ada.takeSeen().contains("Your authenticator is off"))
        #expect(account[.oneTimeSecret].isEmpty && account[.recoveryCodes].isEmpty)
        stage.type("quit", ada)
        let door = try #require(stage.connect())
        for line in ["ada", "correct horse"] { stage.type(line, door) }
        #expect(door.takeSeen().contains("Welcome back, Ada."))
        // Another one, given up by a code of its own recovery.
        for line in ["authenticator on", "correct horse"] { stage.type(line, door) }
        let another = try self.secret(in: door.takeSeen())
        stage.type(another.code(counter: 32), door)
        let fresh = self.codes(in: door.takeSeen())
        #expect(fresh.count == 10 && Set(fresh).isDisjoint(with: codes))
        for line in ["authenticator off", "correct horse", fresh[9]] { stage.type(line, door) }
        #expect(door.takeSeen().contains("Your authenticator is off") && account[.oneTimeSecret].isEmpty)
    }

    /// The right password before each code buys no more guesses at it.
    @Test func codesToTurnItOffAreCounted() throws {
        let stage = try GameStage()
        let (ada, secret, _) = try enrol(stage)
        for _ in 0..<10 {
            for line in ["authenticator off", "correct horse", Self.wrongCode] { stage.type(line, ada) }
        }
        #expect(!ada.takeSeen().contains("too many"))
        for line in ["authenticator off", "correct horse", secret.code(counter: 33)] { stage.type(line, ada) }
        #expect(ada.takeSeen().contains("too many wrong passwords") && !ada.isInputHidden)
        #expect(try account(stage)[.oneTimeSecret] == secret.base32)
    }

    @Test func anAdministratorTakesALostOneAway() throws {
        let stage = try GameStage()
        #expect(throws: GameFailure.noSuchAccount("ada")) { try stage.game.removeAuthenticator(of: "ada") }
        let (ada, _, codes) = try enrol(stage)
        stage.type("quit", ada)
        let sequence = try stage.game.removeAuthenticator(of: "ada")
        #expect(sequence == stage.world.sequence)
        stage.settle()
        #expect(try account(stage)[.recoveryCodes].isEmpty && codes.count == 10)
        #expect(try answers(["ada", "correct horse"], stage).contains("Welcome back, Ada."))
        #expect(throws: GameFailure.refused("Ada has no authenticator.")) {
            try stage.game.removeAuthenticator(of: "ada")
        }
    }

    @Test func guestsHaveNone() throws {
        let stage = try GameStage()
        #expect(try answers(["guest", "authenticator on"], stage).contains("Guests cannot use 'authenticator'"))
    }
}
