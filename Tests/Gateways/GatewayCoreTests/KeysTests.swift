import AuditCore
import Basics
import CredentialCore
import GatewayCore
import SSHKeys
import Testing
import WorldLanguage
import WorldModel

/// The keys of accounts, as players meet them.
@Suite struct KeysTests {
    /// Made by ssh-keygen.
    static let line =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAe4H7kWALIaHRfED265pS5qv7x5WduPZW++ss96RmOt the laptop"
    static let other =
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBP1gDa2+sFDseLjPv+q2sc7wiOptkxnTY1kFwxtBIMPYJQE5x7miyJJ8h+aA9TBH4YQKwt1XBfBGmu+2uoZYO1c="

    private func account(_ stage: GameStage) throws -> Thing { try #require(stage.world.account(named: "ada")) }

    private func names(_ stage: GameStage) throws -> [String] { stage.game.keys(of: try account(stage)).map(\.name) }

    @Test func aKeyIsAddedListedAndRemoved() throws {
        let stage = try GameStage()
        var events: [AuditEvent] = []
        let ada = try stage.enter("ada")
        stage.game.audit = { events.append($0) }
        stage.type("ssh-key", ada)
        #expect(ada.takeSeen().contains("You have no key for SSH."))
        stage.type("ssh-key add \(Self.line)", ada)
        #expect(ada.takeSeen().hasSuffix("Your present password: ") && ada.isInputHidden)
        #expect(try names(stage).isEmpty, "not without the password")
        stage.type("correct horse", ada)
        let fingerprint = try SSHPublicKey(line: Self.line).fingerprint
        let seen = ada.takeSeen()
        #expect(seen.contains("The key the laptop lets you in by SSH") && !ada.isInputHidden)
        #expect(seen.filter { !$0.isWhitespace }.contains(fingerprint))
        #expect(try names(stage) == ["the laptop"])
        #expect(events.map(\.kind) == [.password])
        #expect(events.first?.detail == "key \(fingerprint) (the laptop) added")
        for line in ["ssh-key add \(Self.other)", "correct horse"] { stage.type(line, ada) }
        #expect(try names(stage) == ["the laptop", "key-1"], "a key without a remark gets a name")
        _ = ada.takeSeen()
        stage.wall.now = WallInstant(milliseconds: 1_000_000 + 7_200_000)
        stage.type("ssh-key", ada)
        let list = ada.takeSeen()
        #expect(list.contains("1. the laptop") && list.contains("2. key-1"))
        #expect(list.contains("added 2 hours ago, never used"))
        for line in ["ssh-key remove the", "correct horse"] { stage.type(line, ada) }
        #expect(ada.takeSeen().contains("The key the laptop lets nobody in any more."))
        #expect(try names(stage) == ["key-1"])
        #expect(events.last?.detail == "key \(fingerprint) (the laptop) removed")
        for line in ["ssh-key remove 1", "correct horse"] { stage.type(line, ada) }
        #expect(try names(stage).isEmpty)
        stage.type("ssh-key remove 1", ada)
        #expect(ada.takeSeen().contains("You have no key called \"1\"."))
    }

    @Test func withoutThePasswordNothingChanges() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for line in ["ssh-key add \(Self.line)", "wrong horse"] { stage.type(line, ada) }
        #expect(ada.takeSeen().contains("nothing is changed") && !ada.isInputHidden)
        #expect(try names(stage).isEmpty)
        let guest = try #require(stage.connect())
        for line in ["guest", "ssh-key add \(Self.line)"] { stage.type(line, guest) }
        #expect(guest.takeSeen().contains("Guests cannot use 'ssh-key'."))
    }

    @Test(arguments: [
        ("ssh-ed25519", "That is no key."), ("ssh-ed25519 AAAA", "That is no key."),
        ("rubbish more", "Keys of that type"),
        ("ssh-dss AAAAB3NzaC1kc3M=", "Keys of that type are not taken here."),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "That is from a private key"),
        ("ssh-ed25519 " + String(repeating: "A", count: 5000), "at most 8192"),
    ])
    func whatIsNoKeyIsRefusedBeforeThePasswordIsAskedFor(_ line: String, _ answer: String) throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        stage.type("ssh-key add \(line)", ada)
        let seen = ada.takeSeen()
        #expect(seen.contains(answer), "\(seen)")
        #expect(!ada.isInputHidden)
    }

    @Test func noKeyTwiceAndNotMoreThanTwenty() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for number in 1...AccountKey.most {
            let key = try SSHPrivateKey(ed25519Seed: [UInt8](repeating: UInt8(number), count: 32)).publicKey
            for line in ["ssh-key add \(key.line) same", "correct horse"] { stage.type(line, ada) }
        }
        let names = try names(stage)
        #expect(names.count == AccountKey.most && Set(names).count == AccountKey.most, "each has a name of its own")
        #expect(names.prefix(3) == ["same", "same-1", "same-2"])
        _ = ada.takeSeen()
        stage.type("ssh-key add \(Self.line)", ada)
        #expect(ada.takeSeen().contains("You have 20 keys, which is the most."))
        let first = try SSHPrivateKey(ed25519Seed: [UInt8](repeating: 1, count: 32)).publicKey
        stage.type("ssh-key add \(first.line) again", ada)
        #expect(ada.takeSeen().contains("You have that key already; it is called same."))
    }

    /// A key lets in without the code, so whoever has the password alone may not give themselves one.
    @Test func whoHasAnAuthenticatorShowsItsCodeForANewKey() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let account = try account(stage)
        let secret = try #require(OneTimeSecret(base32: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))
        _ = try stage.game.administer { turn in turn.world.set(.oneTimeSecret, to: secret.base32, on: account) }
        for line in ["ssh-key add \(Self.line)", "correct horse"] { stage.type(line, ada) }
        #expect(ada.takeSeen().hasSuffix("Code: ") && ada.isInputHidden)
        stage.type("12345", ada)
        #expect(ada.takeSeen().contains("That is not the code of your authenticator"))
        for line in ["ssh-key add \(Self.line)", "correct horse", ""] { stage.type(line, ada) }
        #expect(ada.takeSeen().contains("Nothing is changed.") && !ada.isInputHidden)
        #expect(try names(stage).isEmpty)
        for line in ["ssh-key add \(Self.line)", "correct horse", secret.code(counter: 33)] { stage.type(line, ada) }
        #expect(try names(stage) == ["the laptop"])
        for line in ["ssh-key remove 1", "correct horse"] { stage.type(line, ada) }
        #expect(try names(stage).isEmpty, "less may be done with less")
    }

    @Test func administratorsChangeThemToo() throws {
        let stage = try GameStage()
        _ = try stage.enter("ada")
        #expect(throws: GameFailure.noSuchAccount("ben")) { try stage.game.addKey(Self.line, to: "ben") }
        let (key, sequence) = try stage.game.addKey(Self.line, to: "ADA")
        #expect(key.name == "the laptop" && sequence == stage.world.sequence)
        #expect(throws: GameFailure.refused("Ada has that key already.")) {
            try stage.game.addKey(Self.line, to: "ada")
        }
        #expect(throws: GameFailure.self) { try stage.game.addKey("rubbish", to: "ada") }
        #expect(try stage.game.keys(ofAccount: "ada") == [key])
        #expect(throws: GameFailure.self) { try stage.game.removeKey("2", from: "ada") }
        #expect(try stage.game.removeKey("The Laptop", from: "ada").key == key)
        #expect(try stage.game.keys(ofAccount: "ada").isEmpty)
    }
}
