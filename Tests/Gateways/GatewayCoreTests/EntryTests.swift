import AuditCore
import Basics
import CredentialCore
import GatewayCore
import ReactorCore
import SSHKeys
import TerminalWire
import Testing
import WorldLanguage
import WorldModel

/// Coming in by a door that asks for credentials before there is a session.
@Suite struct EntryTests {
    private let origin = LoginOrigin(door: "ssh", source: "192.0.2.7")

    private func key(_ seed: UInt8 = 1) throws -> SSHPrivateKey {
        try SSHPrivateKey(ed25519Seed: [UInt8](repeating: seed, count: 32))
    }

    private func credential(_ name: String, _ key: SSHPrivateKey, forged: Bool = false) throws -> Credential {
        let message = Array("the beginning of this connection".utf8)
        let signature = try key.sign(forged ? message + [0] : message, as: .ed25519)
        return .publicKey(
            name: name,
            SSHSignedKey(key: key.publicKey, algorithm: .ed25519, message: message, signature: signature))
    }

    /// A stage where Ada has been, and is not any more.
    private func stage(_ characters: String...) throws -> GameStage {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for name in characters { stage.type("character create \(name)", ada) }
        stage.type("quit", ada)
        return stage
    }

    private func result<Value>(_ stage: GameStage, _ deferred: Deferred<Value>) throws -> Result<Value, LoginFailure> {
        var found: Result<Value, any Error>?
        deferred.whenDone { found = $0 }
        stage.settle()
        return try #require(found).mapError { $0 as? LoginFailure ?? .unavailable }
    }

    private func logIn(_ stage: GameStage, _ credential: Credential, _ origin: LoginOrigin? = nil) throws -> Result<
        GameEntry, LoginFailure
    > {
        try result(stage, stage.game.logIn(credential, from: origin ?? self.origin))
    }

    private func sit(_ stage: GameStage, _ entry: GameEntry) throws -> RecordingDoor {
        let door = RecordingDoor(source: origin.source)
        door.session = stage.game.makeSession(door: door, profile: TerminalProfile(), entry: entry)
        stage.settle()
        return door
    }

    @Test func aKeyLetsInAndTheSessionIsInPlayAtOnce() throws {
        let stage = try stage()
        var events: [AuditEvent] = []
        stage.game.audit = { events.append($0) }
        let key = try key()
        _ = try stage.game.addKey("\(key.publicKey.line) laptop", to: "ada")
        let entry = try logIn(stage, credential("ada", key)).get()
        #expect(entry.name == "Ada" && entry.isProven && entry.means == "key \(key.publicKey.fingerprint)")
        #expect(events.map(\.kind) == [.login] && events.first?.detail == entry.means)
        #expect(events.first?.origin == "ssh 192.0.2.7")
        #expect(try stage.game.keys(ofAccount: "ada").first?.lastUsed == stage.wall.now)
        let door = try sit(stage, entry)
        let seen = door.takeSeen()
        #expect(seen.contains("Welcome back, Ada.") && !seen.contains("Type the name"))
        #expect(door.session?.persona?.name == "Ada")
        stage.type("look", door)
        #expect(door.takeSeen().contains("A plain hall."))
        let second = try sit(stage, entry)
        #expect(second.takeSeen().contains("in play at another connection of yours"))
        #expect(stage.world.violations().isEmpty)
    }

    @Test func onlyTheRightKeyWithTheRightSignatureLetsIn() throws {
        let stage = try stage()
        var events: [AuditEvent] = []
        stage.game.audit = { events.append($0) }
        let (key, other) = (try key(), try key(2))
        _ = try stage.game.addKey("\(key.publicKey.line) laptop", to: "ada")
        for credential in [
            try credential("ada", other), try credential("ada", key, forged: true), try credential("ben", key),
            try credential("guest", key),
        ] {
            #expect(try logIn(stage, credential) == .failure(.refused))
        }
        #expect(events.count == 4 && events.allSatisfy { $0.kind == .login && $0.outcome == .refused })
        #expect(events[0].detail.contains(other.publicKey.fingerprint))
        let probes = [
            (key, "ada", true), (key, "ADA", true), (other, "ada", false), (key, "ben", false), (other, "ben", false),
        ]
        for (key, name, isWorthIt) in probes {
            #expect(try result(stage, stage.game.mayAccept(key.publicKey, of: name)) == .success(isWorthIt), "\(name)")
        }
        // What was asked before a key came does not count afterwards.
        _ = try stage.game.addKey("\(other.publicKey.line) phone", to: "ada")
        #expect(try result(stage, stage.game.mayAccept(other.publicKey, of: "ada")) == .success(true))
        #expect(try result(stage, stage.game.mayAccept(other.publicKey, of: "ben")) == .success(false))
        _ = try stage.game.removeKey("laptop", from: "ada")
        #expect(try logIn(stage, credential("ada", key)) == .failure(.refused), "it was taken away")
        #expect(try result(stage, stage.game.mayAccept(key.publicKey, of: "ada")) == .success(false))
    }

    @Test func aKeyMayComeInManyTimesAtOnceAndWrongSignaturesAreCounted() throws {
        let stage = try stage()
        let key = try key()
        _ = try stage.game.addKey(key.publicKey.line, to: "ada")
        let logins = try (0..<40).map { _ in stage.game.logIn(try credential("ada", key), from: origin) }
        for login in logins { #expect(try result(stage, login).get().name == "Ada") }
        var answers: [Result<GameEntry, LoginFailure>] = []
        for number in 0..<40 {
            answers.append(try logIn(stage, credential("nobody\(number)", self.key(UInt8(number + 2)), forged: true)))
        }
        #expect(answers.prefix(20).allSatisfy { $0 == .failure(.refused) })
        #expect(answers.dropFirst(20).allSatisfy { $0 != .failure(.refused) })
    }

    @Test func aPasswordWantsTheCodeAndAKeyDoesNot() throws {
        let stage = try stage()
        let account = try #require(stage.world.account(named: "ada"))
        let secret = try #require(OneTimeSecret(base32: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))
        _ = try stage.game.administer { turn in turn.world.set(.oneTimeSecret, to: secret.base32, on: account) }
        let key = try key()
        _ = try stage.game.addKey(key.publicKey.line, to: "ada")
        #expect(try logIn(stage, credential("ada", key)).get().name == "Ada")
        func password(_ code: String?) -> Credential { .password(name: "ada", password: "correct horse", code: code) }
        #expect(try logIn(stage, password(nil)) == .failure(.codeWanted))
        #expect(try logIn(stage, password("12345")) == .failure(.refused))
        #expect(try logIn(stage, password(secret.code(counter: 33))).get().means == "password and code")
        #expect(try logIn(stage, .password(name: "ada", password: "wrong")) == .failure(.refused))
        #expect(try logIn(stage, .password(name: "nobody", password: "wrong")) == .failure(.refused))
    }

    @Test func theNameOfACharacterPicksIt() throws {
        let stage = try stage("bryn")
        let key = try key()
        _ = try stage.game.addKey(key.publicKey.line, to: "ada")
        for name in ["ada", "bryn"] {
            let entry = try logIn(stage, credential(name, key)).get()
            #expect(stage.game.character(of: entry)?.name.folded == name)
            #expect(stage.game.account(of: entry)?.name == "Ada")
        }
    }

    /// As `characters NAME` does at the prompt.
    @Test func theNameOfAnAccountAloneAsksWhichCharacter() throws {
        let stage = try stage("bryn", "cara")
        let bryn = try stage.comeBack("bryn")
        stage.type("character delete ada ada", bryn)
        stage.wall.now = WallInstant(milliseconds: 2_000_000)
        stage.type("quit", bryn)
        let entry = try logIn(stage, .password(name: "ada", password: "correct horse")).get()
        #expect(stage.game.character(of: entry)?.name == "Bryn", "who was played last")
        let door = try sit(stage, entry)
        let seen = door.takeSeen()
        #expect(seen.contains("1. Bryn") && seen.contains("2. Cara") && seen.hasSuffix("Name or number: "))
        stage.type("cara", door)
        #expect(door.session?.persona?.name == "Cara")
    }

    @Test func guestsAndNewcomersShowNothing() throws {
        let stage = try GameStage()
        let guest = try sit(stage, try #require(stage.game.openEntry("Guest")))
        #expect(guest.takeSeen().contains("You are Guest1, a guest"))
        let new = try sit(stage, try #require(stage.game.openEntry("new")))
        #expect(new.takeSeen().contains("Type the name you want your character to have."))
        for line in ["ada", "correct horse", "correct horse", "no"] { stage.type(line, new) }
        #expect(new.session?.persona?.name == "Ada")
        #expect(stage.game.openEntry("ada") == nil)
        stage.game.settings.guestsAllowed = false
        #expect(stage.game.openEntry("guest") == nil)
        stage.game.use([])
        #expect(stage.game.openEntry("new") == nil, "no characters are made here")
    }

    @Test func whoIsKnownIsNoStranger() throws {
        var settings = GameSettings()
        settings.maximumStrangersPerSource = 1
        let stage = try GameStage(settings: settings)
        let ada = try stage.enter("ada")
        stage.type("quit", ada)
        let entry = try logIn(stage, .password(name: "ada", password: "correct horse")).get()
        #expect(stage.game.admitsStranger(from: origin.source))
        let stranger = try #require(stage.connect(source: origin.source))
        #expect(!stage.game.admitsStranger(from: origin.source) && stage.connect(source: origin.source) == nil)
        for _ in 0..<3 { #expect(try sit(stage, entry).session?.persona?.name == "Ada") }
        let guest = try #require(stage.game.openEntry("guest"))
        #expect(try sit(stage, guest).session == nil)
        stranger.session?.connectionLost()
        #expect(try sit(stage, guest).session != nil)
    }

    @Test func whoKnocksIsAStranger() throws {
        var settings = GameSettings()
        settings.maximumStrangersPerSource = 2
        let stage = try GameStage(settings: settings)
        let first = try #require(stage.game.knock(from: origin.source))
        let second = try #require(stage.game.knock(from: origin.source))
        #expect(stage.game.knock(from: origin.source) == nil && stage.connect(source: origin.source) == nil)
        #expect(stage.game.knock(from: "192.0.2.8") != nil && stage.game.knock(from: "127.0.0.1") != nil)
        first.end()
        first.end()
        #expect(stage.connect(source: origin.source) != nil && stage.connect(source: origin.source) == nil)
        second.end()
        #expect(stage.game.knock(from: origin.source) != nil)
    }

    @Test func whoIsGoneMeanwhileIsNotLetIn() throws {
        let stage = try stage("bryn")
        let entry = try logIn(stage, .password(name: "bryn", password: "correct horse")).get()
        let ada = try stage.comeBack("ada")
        stage.type("character delete bryn bryn", ada)
        #expect(stage.game.character(of: entry) == nil)
        let door = try sit(stage, entry)
        #expect(door.isClosed && door.session?.persona == nil)
        #expect(stage.world.violations().isEmpty)
    }

    @Test func whoComesFromOutsideIsMadeByTheFirstSession() throws {
        let stage = try GameStage()
        stage.game.use([try CheckerTable().make("memory:ada=correct horse:north=x", stage.game.portal.context)])
        let entry = try logIn(stage, .password(name: "ada", password: "correct horse")).get()
        #expect(entry.who == .outsider("Ada") && stage.game.character(of: entry) == nil)
        #expect(try sit(stage, entry).takeSeen().contains("Welcome, Ada."))
        #expect(stage.game.character(of: entry)?.name == "Ada")
        #expect(try sit(stage, entry).takeSeen().contains("in play at another connection"))
        guard case .failure(.notAdmitted) = try logIn(stage, .password(name: "north", password: "x")) else {
            Issue.record("the name of a direction is no player's")
            return
        }
    }

    /// Whoever guesses keys costs their source its guesses, and locks nobody out.
    @Test func wrongKeysLockNoName() throws {
        let stage = try stage()
        let key = try key()
        _ = try stage.game.addKey(key.publicKey.line, to: "ada")
        let evil = LoginOrigin(door: "ssh", source: "198.51.100.1")
        var refusals = 0
        for seed in 10..<50 as Range<UInt8> {
            if try logIn(stage, credential("ada", self.key(seed)), evil) == .failure(.refused) { refusals += 1 }
        }
        #expect(refusals == stage.game.desk.budget.sourceMinuteLimit)
        for _ in 0..<40 { _ = try logIn(stage, credential("ada", key, forged: true), evil) }
        #expect(try logIn(stage, credential("ada", key)).get().name == "Ada")
        #expect(try logIn(stage, .password(name: "ada", password: "correct horse")).get().name == "Ada")
    }

    @Test func nothingIsToldOfWhatIsNotDurable() throws {
        let stage = try stage()
        let key = try key()
        let sequence = try stage.game.addKey(key.publicKey.line, to: "ada").sequence
        var answers = 0
        stage.game.mayAccept(key.publicKey, of: "ada").whenDone { _ in answers += 1 }
        stage.game.logIn(try credential("ada", key), from: origin).whenDone { _ in answers += 1 }
        stage.pass()
        #expect(answers == 0 && stage.game.durable < sequence)
        stage.settle()
        #expect(answers == 2)
    }

    @Test func penaltiesAreForStrangersFromElsewhere() throws {
        let stage = try GameStage()
        for source in ["192.0.2.7", "127.0.0.1"] { stage.game.penalize(.nonsense, source: source) }
        #expect(stage.game.penalty(of: "192.0.2.7") == .seconds(90))
        #expect(stage.game.penalty(of: "127.0.0.1") == nil)
        stage.advance(.seconds(80))
        #expect(stage.game.penalty(of: "192.0.2.7") == nil)
    }
}
