import AuditCore
import Basics
import CredentialCore
import GatewayCore
import ReactorCore
import ReactorTesting
import SASLWire
import Testing
import WorldLanguage
import WorldModel

/// The passwords of programs, as players meet them and as they let in.
@Suite struct AppPasswordsTests {
    private let irc = LoginOrigin(door: "irc", source: "192.0.2.7")

    /// Has one made, and reads it.
    private func make(_ stage: GameStage, _ ada: RecordingDoor) throws -> String {
        _ = ada.takeSeen()
        for line in ["app-password add irc", "correct horse"] { stage.type(line, ada) }
        stage.settle()
        let seen = ada.takeSeen().split(whereSeparator: \.isWhitespace).map(String.init)
        let place = try #require(seen.firstIndex { $0.count == 23 && $0.filter { $0 == "-" }.count == 3 })
        return seen[place]
    }

    private func result(_ stage: GameStage, _ entry: Deferred<GameEntry>) throws -> Result<GameEntry, LoginFailure> {
        var found: Result<GameEntry, any Error>?
        entry.whenDone { found = $0 }
        stage.settle()
        return try #require(found).mapError { $0 as? LoginFailure ?? .unavailable }
    }

    private func plain(
        _ stage: GameStage, _ name: String, _ password: String, _ origin: LoginOrigin? = nil
    ) throws -> Result<GameEntry, LoginFailure> {
        try result(stage, stage.game.logIn(.password(name: name, password: password), from: origin ?? irc))
    }

    /// One exchange of SCRAM with our own client, and the challenge it met.
    private func scram(
        _ stage: GameStage, _ name: String, _ password: String, _ origin: LoginOrigin? = nil
    ) throws -> (result: Result<GameEntry, LoginFailure>, salt: String) {
        let channel = SASLSession.Channel(origin: origin ?? irc)
        let session = try #require(SASLSession(.scramSHA256, with: stage.game.portal, over: channel))
        var client = try SCRAMClient(
            name: name, password: password, authorizationIdentity: nil, channel: nil, nonce: nil)
        let challenge: [UInt8]
        do {
            guard case .challenge(let octets) = try session.start(client.first()).resultNow() else {
                return (.failure(.unavailable), "")
            }
            challenge = octets
        } catch let failure as LoginFailure {
            return (.failure(failure), "")
        }
        let fields = String(decoding: challenge, as: UTF8.self).split(separator: ",")
        let salt = String(fields.filter { $0.hasPrefix("s=") || $0.hasPrefix("i=") }.joined(separator: ","))
        let step = try session.receive(try client.receive(challenge: challenge)).resultNow()
        guard case .credential(let credential, let final) = step else { return (.failure(.refused), salt) }
        try client.receive(final: final)
        return (try result(stage, stage.game.logIn(credential, from: channel.origin)), salt)
    }

    @Test func oneIsMadeShownOnceListedAndTakenAway() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        var events: [AuditEvent] = []
        stage.game.audit = { events.append($0) }
        stage.type("app-password", ada)
        #expect(ada.takeSeen().contains("None of your programs has a password of its own."))
        stage.type("app-password add telnet", ada)
        #expect(ada.takeSeen().contains("for these doors alone: irc."))
        stage.type("app-password add irc", ada)
        #expect(ada.takeSeen().hasSuffix("Your present password: ") && ada.isInputHidden)
        stage.type("wrong horse", ada)
        #expect(ada.takeSeen().contains("nothing is changed"))
        let password = try make(stage, ada)
        #expect(events.last?.detail.hasPrefix("application password irc ") == true)
        #expect(events.last?.detail.contains(password) == false)
        let account = try #require(stage.world.account(named: "ada"))
        #expect(!"\(account[.appPasswords])".contains(password), "it is not kept itself")
        stage.type("app-password", ada)
        let list = ada.takeSeen()
        #expect(list.contains("1. irc") && list.contains("never used") && !list.contains(password))
        for line in ["app-password remove irc", "correct horse"] { stage.type(line, ada) }
        #expect(ada.takeSeen().contains("The password for irc lets nobody in any more."))
        #expect(try plain(stage, "ada", password) == .failure(.refused))
        #expect(try scram(stage, "ada", password).result == .failure(.refused))
    }

    @Test func itOpensItsDoorAloneAndAsksForNoCode() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        stage.type("character create bryn", ada)
        let password = try make(stage, ada)
        let account = try #require(stage.world.account(named: "ada"))
        let secret = try #require(OneTimeSecret(base32: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))
        _ = try stage.game.administer { turn in turn.world.set(.oneTimeSecret, to: secret.base32, on: account) }
        let entry = try plain(stage, "ada", password).get()
        #expect(entry.name == "Ada" && entry.means.hasPrefix("application password irc "))
        #expect(try plain(stage, "bryn", password).get().name == "Bryn")
        #expect(try scram(stage, "ada", password).result.get() == entry)
        #expect(try scram(stage, "bryn", password).result.get().name == "Bryn")
        #expect(try plain(stage, "ada", "correct horse") == .failure(.codeWanted))
        for door in ["telnet", "ssh"] {
            let origin = LoginOrigin(door: door, source: irc.source)
            #expect(try plain(stage, "ada", password, origin) == .failure(.refused))
            #expect(try scram(stage, "ada", password, origin).result == .failure(.refused))
        }
        _ = ada.takeSeen()
        stage.type("app-password", ada)
        #expect(ada.takeSeen().contains("last used"))
    }

    @Test func aNewOneTakesThePlaceOfTheOneBefore() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let first = try make(stage, ada)
        let second = try make(stage, ada)
        #expect(first != second)
        #expect(try plain(stage, "ada", first) == .failure(.refused))
        #expect(try scram(stage, "ada", second).result.get().name == "Ada")
    }

    /// Who has none is as somebody whom nobody knows: the challenge is the same each time, however the name is written.
    @Test func theChallengeDoesNotTellWhoHasOne() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let ben = try stage.enter("ben")
        _ = try make(stage, ada)
        stage.type("look", ben)
        var iterations: Set<Substring> = []
        for name in ["ada", "ben", "nobody"] {
            let answers = try [name, name.uppercased(), name].map { try scram(stage, $0, "correct horse") }
            #expect(answers.map(\.result) == Array(repeating: .failure(.refused), count: 3), "\(name)")
            #expect(Set(answers.map(\.salt)).count == 1, "\(name)")
            iterations.insert(try #require(answers[0].salt.split(separator: ",").last))
        }
        #expect(iterations.count == 1)
    }

    /// Wrong proofs are guesses like wrong passwords.
    @Test func proofsAreWithinTheBudget() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let password = try make(stage, ada)
        var guesses = 0
        while guesses < 100, try scram(stage, "ada", "wrong horse").result == .failure(.refused) { guesses += 1 }
        #expect((1..<100).contains(guesses))
        guard case .failure(.tooManyGuesses) = try scram(stage, "ada", password).result else {
            Issue.record("the right one is looked at")
            return
        }
    }

    @Test func itEndsWhatCameInWithIt() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let password = try make(stage, ada)
        let entry = try plain(stage, "ada", password).get()
        let knock = try #require(stage.game.knock(from: irc.source))
        var farewells: [String] = []
        knock.whenDismissed = { farewells.append($0) }
        knock.admit(entry, door: "irc")
        for line in ["app-password remove irc", "correct horse"] { stage.type(line, ada) }
        stage.settle()
        #expect(farewells == ["The password that you came in with lets nobody in any more."])
    }

    /// What stands in for secrets that nobody has is the same after a restart.
    @Test func theStandInIsKept() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        _ = try make(stage, ada)
        let salt = try scram(stage, "nobody", "x").salt
        let later = try GameStage(world: stage.world)
        #expect(try scram(later, "nobody", "x").salt == salt)
    }
}
