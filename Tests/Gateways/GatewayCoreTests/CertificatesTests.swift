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

/// The certificates of accounts, as players meet them and as they let in.
@Suite struct CertificatesTests {
    private static let print = String(repeating: "0f", count: 32)
    private static let other = String(repeating: "a7", count: 32)

    private func names(_ stage: GameStage) throws -> [String] {
        stage.game.certificates(of: try #require(stage.world.account(named: "ada"))).map(\.name)
    }

    /// What comes of an exchange of EXTERNAL by which somebody shows a certificate.
    private func enter(
        _ stage: GameStage, _ fingerprint: String, wanting name: String? = nil, as identity: String = ""
    ) throws -> Result<GameEntry, LoginFailure> {
        let origin = LoginOrigin(door: "irc", source: "192.0.2.7")
        let channel = SASLSession.Channel(
            origin: origin, proofs: stage.game.proofs(ofCertificate: fingerprint, preferring: name))
        guard let exchange = SASLSession(.external, with: stage.game.portal, over: channel) else {
            return .failure(.unavailable)
        }
        guard case .credential(let credential, _) = try exchange.start(Array(identity.utf8)).resultNow() else {
            return .failure(.refused)
        }
        var found: Result<GameEntry, any Error>?
        stage.game.logIn(credential, from: origin).whenDone { found = $0 }
        stage.settle()
        return try #require(found).mapError { $0 as? LoginFailure ?? .unavailable }
    }

    @Test func theOneOfTheConnectionIsAddedListedAndRemoved() throws {
        let stage = try GameStage()
        var events: [AuditEvent] = []
        let ada = try stage.enter("ada")
        stage.game.audit = { events.append($0) }
        stage.type("certificate", ada)
        #expect(ada.takeSeen().contains("No certificate lets you in."))
        stage.type("certificate add", ada)
        #expect(ada.takeSeen().contains("You did not come in with a certificate here."))
        ada.certificateFingerprint = Self.print
        stage.type("certificate add", ada)
        #expect(ada.takeSeen().hasSuffix("Your present password: ") && ada.isInputHidden)
        #expect(try names(stage).isEmpty, "not without the password")
        stage.type("wrong horse", ada)
        #expect(ada.takeSeen().contains("nothing is changed"))
        #expect(try names(stage).isEmpty)
        for line in ["certificate add", "correct horse"] { stage.type(line, ada) }
        #expect(ada.takeSeen().contains("The certificate certificate-1 lets you in from now on"))
        #expect(events.last?.detail == "certificate \(Self.print) (certificate-1) added")
        stage.type("certificate add", ada)
        #expect(ada.takeSeen().contains("You have that certificate already"))
        let colons = stride(from: 0, to: 64, by: 2).map { _ in "A7" }.joined(separator: ":")
        for line in ["certificate add \(colons) the laptop", "correct horse"] { stage.type(line, ada) }
        #expect(try names(stage) == ["certificate-1", "the laptop"])
        _ = ada.takeSeen()
        stage.type("certificate", ada)
        let list = ada.takeSeen()
        #expect(list.contains("1. certificate-1") && list.contains("2. the laptop") && list.contains("never used"))
        for line in ["certificate remove the", "correct horse"] { stage.type(line, ada) }
        #expect(events.last?.detail == "certificate \(Self.other) (the laptop) removed")
        #expect(try names(stage) == ["certificate-1"])
    }

    @Test func thereAreNotMoreThanTwenty() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for number in 10..<10 + AccountCertificate.most {
            let fingerprint = String(repeating: "\(number)", count: 32)
            for line in ["certificate add \(fingerprint) same", "correct horse"] { stage.type(line, ada) }
        }
        let names = try names(stage)
        #expect(names.count == AccountCertificate.most && Set(names).count == names.count)
        _ = ada.takeSeen()
        stage.type("certificate add \(Self.print)", ada)
        #expect(ada.takeSeen().contains("You have 20 certificates, which is the most."))
    }

    /// A certificate lets in without the code, so whoever has the password alone may not give themselves one.
    @Test func whoHasAnAuthenticatorShowsItsCode() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let account = try #require(stage.world.account(named: "ada"))
        let secret = try #require(OneTimeSecret(base32: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))
        _ = try stage.game.administer { turn in turn.world.set(.oneTimeSecret, to: secret.base32, on: account) }
        for line in ["certificate add \(Self.print)", "correct horse"] { stage.type(line, ada) }
        #expect(ada.takeSeen().hasSuffix("Code: ") && ada.isInputHidden)
        stage.type("12345", ada)
        #expect(try names(stage).isEmpty)
        for line in ["certificate add \(Self.print)", "correct horse", secret.code(counter: 33)] {
            stage.type(line, ada)
        }
        #expect(try names(stage).count == 1)
    }

    @Test func aCertificateLetsInAsAnyOfItsAccount() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        var events: [AuditEvent] = []
        for line in ["character create bryn", "certificate add \(Self.print)", "correct horse"] {
            stage.type(line, ada)
        }
        stage.settle()
        stage.game.audit = { events.append($0) }
        #expect(try enter(stage, Self.print).get().name == "Ada")
        #expect(try enter(stage, Self.print, wanting: "BRYN").get().name == "Bryn", "as the nick says")
        #expect(try enter(stage, Self.print, as: "bryn").get().name == "Bryn", "as the client asks")
        #expect(try enter(stage, Self.print, as: "ben") == .failure(.refused))
        #expect(try enter(stage, Self.other) == .failure(.unavailable), "one that nobody has is not offered")
        #expect(events.map(\.detail) == Array(repeating: "certificate \(Self.print)", count: 3))
        _ = ada.takeSeen()
        stage.type("certificate", ada)
        #expect(ada.takeSeen().contains("last used"))
    }

    @Test func oneThatIsTakenAwayMeanwhileLetsNobodyIn() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for line in ["certificate add \(Self.print)", "correct horse"] { stage.type(line, ada) }
        stage.settle()
        let proof = try #require(stage.game.proofs(ofCertificate: Self.print, preferring: nil).first)
        for line in ["certificate remove 1", "correct horse"] { stage.type(line, ada) }
        stage.settle()
        #expect(stage.game.proofs(ofCertificate: Self.print, preferring: nil).isEmpty)
        var found: Result<GameEntry, any Error>?
        stage.game.logIn(.proven(proof), from: LoginOrigin(door: "irc", source: "192.0.2.7")).whenDone { found = $0 }
        stage.settle()
        #expect(throws: LoginFailure.refused) { try #require(found).get() }
    }
}
