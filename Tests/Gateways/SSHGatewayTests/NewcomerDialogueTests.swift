import AuditCore
import Basics
import CredentialCore
import GatewayCore
import GatewayTesting
import ReactorCore
import ReactorTesting
import SSHKeys
import SSHWire
import ShellPeers
import Testing
import Transports
import WorldModel

@testable import SSHGateway

/// Characters that are made by questions before anybody is in.
@Suite struct NewcomerDialogueTests {
    private static let password = "battery staple"
    private static let prompts = ["Name: ", "New password: ", "The same again: ", "Yes or no (Enter is no): "]

    private func connect(
        _ stage: DoorStage, from source: IPv4Host = .loopback, _ answers: String...
    ) throws -> DoorStage.Guest {
        try #require(stage.connect("new", from: source) { $0.answers = answers })
    }

    @Test func answersMakeACharacterThatComesIntoPlay() throws {
        let stage = try DoorStage()
        let guest = try connect(stage, "tessa", Self.password, Self.password, "")
        #expect(guest.visitor.isLoggedIn && guest.visitor.questions == Self.prompts)
        #expect(guest.visitor.instructions[0].contains("Type the name you want your character to have."))
        #expect(guest.visitor.instructions[1].hasPrefix("Choose a password of at least 8 characters."))
        #expect(guest.visitor.instructions[2].hasPrefix("Do you use a screen reader?"))
        let tessa = try #require(stage.world.player(named: "tessa"))
        #expect(tessa.location == nil, "she is in play with the first session")
        #expect(stage.audited.map(\.kind) == [.create, .login])
        #expect(stage.audited.allSatisfy { $0.actor == "Tessa" && $0.origin == "ssh 127.0.0.1" })
        let end = stage.open(guest, DoorStage.terminal, .shell)
        let seen = end.take().withoutColours
        #expect(seen.contains("Welcome, Tessa.") && seen.contains("A plain hall") && seen.contains("Type help"))
        #expect(!seen.contains("Type the name"))
        #expect(tessa.location === stage.hall)
        #expect(stage.open(guest, .execute("look")).status == 0, "further channels have the same character")
        // The password is hers from now on.
        let again = stage.connect("tessa") { $0.password = Self.password }
        #expect(again?.visitor.isLoggedIn == true)
        #expect(stage.connect("tessa") { $0.password = "battery stable" }?.visitor.isLoggedIn == false)
    }

    @Test func whatWillNotDoIsAskedAgain() throws {
        let stage = try DoorStage()
        let guest = try connect(
            stage, "", "ada", "x", "north", "help", "ben", "short", "short", Self.password, "other", Self.password,
            Self.password, "perhaps", "yes")
        #expect(guest.visitor.isLoggedIn)
        let rounds = guest.visitor.instructions
        let told = [
            "", "That name is taken.", "A name has at least 3 letters.", "North is a word the game needs",
            "Help is a word the game needs", "Choose a password", "A password needs at least 8",
            "Those two were not the same.", "Do you use a screen reader?", "Please answer yes or no.",
        ]
        #expect(rounds.count == told.count + 1)
        for (round, text) in zip(rounds.dropFirst(), told) {
            #expect(text.isEmpty ? round.isEmpty : round.hasPrefix(text), "\(round)")
        }
        #expect(stage.world.account(named: "ben")?[.settings]["screenreader"] == "on")
    }

    @Test func silenceLeavesItToTheDialogueOfTheGame() throws {
        let stage = try DoorStage()
        let guest = try #require(
            stage.connect("new") {
                // A client that a script runs: no word to any question, and then the other method.
                $0.answers = ["", ""]
                $0.passwordLast = ""
            })
        #expect(guest.visitor.isLoggedIn && guest.visitor.questions == ["Name: ", "Name: "])
        #expect(stage.open(guest, .shell).take().contains("Type the name you want your character to have"))
    }

    @Test func nobodyIsKeptWhoDoesNotWantToComeIn() throws {
        let stage = try DoorStage()
        let guest = try connect(stage, "quit")
        #expect(!guest.visitor.isLoggedIn && guest.visitor.reasons.count == 1)
        let late = try connect(stage, "tessa", Self.password, Self.password, "bye")
        #expect(!late.visitor.isLoggedIn && stage.world.player(named: "tessa") == nil)
        // A password may be any word.
        let word = try connect(stage, "tessa", "quit", "quit", Self.password, Self.password, "no")
        #expect(word.visitor.isLoggedIn)
    }

    @Test func nobodyIsLetInByAKey() throws {
        let stage = try DoorStage()
        let key = try SSHPrivateKey(ed25519Seed: [UInt8](repeating: 3, count: 32))
        let visit = try visit(stage)
        for proof in [
            SSHLoginAttempt.Proof.none, .probe(key.publicKey, .ed25519),
            .signature(SSHSignedKey(key: key.publicKey, algorithm: .ed25519, message: [], signature: [])),
        ] {
            #expect(visit.verdict(proof) == .refuse(methods: [.keyboardInteractive, .password]))
        }
    }

    private struct Asked {
        let visit: SSHVisit
        let connection: SSHConnection
        let test: TestReactor

        func verdict(_ proof: SSHLoginAttempt.Proof) -> SSHLoginVerdict? {
            var verdict: SSHLoginVerdict?
            visit.login(SSHLoginAttempt(user: "new", proof: proof), on: connection).whenDone { verdict = try? $0.get() }
            test.advance(by: .milliseconds(1))
            return verdict
        }
    }

    private func visit(_ stage: DoorStage) throws -> Asked {
        let knock = try #require(stage.game.knock(from: "192.0.2.7"))
        let visit = SSHVisit(game: stage.game, services: SSHServices(), crowd: SSHCrowd(), knock: knock)
        let settings = SSHConnectionSettings.server(hostKeys: stage.factory.keys?.current ?? [])
        return Asked(
            visit: visit, connection: SSHConnection(settings, handler: visit, on: stage.test.reactor), test: stage.test)
    }

    @Test func answersWithoutQuestionsAreRefused() throws {
        let stage = try DoorStage()
        #expect(try visit(stage).verdict(.answers(["tessa"])) == .refuse())
    }

    @Test func nobodyIsToldBeforeTheDiskHasIt() throws {
        let stage = try DoorStage()
        stage.archive.isHeld = true
        let guest = try connect(stage, "tessa", Self.password, Self.password, "no")
        #expect(!guest.visitor.isLoggedIn && stage.world.player(named: "tessa") != nil)
        // That the name is taken waits as well.
        let other = try connect(stage, "tessa", "wanda", Self.password)
        #expect(other.visitor.questions == ["Name: "])
        stage.archive.letGo()
        guest.pair.pump()
        #expect(guest.visitor.isLoggedIn)
        other.pair.pump()
        #expect(other.visitor.instructions.dropFirst().first?.hasPrefix("That name is taken.") == true)
    }

    @Test func aNameThatIsTakenMeanwhileIsAskedForAgain() throws {
        let stage = try DoorStage()
        let (first, second) = (try visit(stage), try visit(stage))
        for asked in [first, second] {
            _ = asked.verdict(.keyboardInteractive(submethods: ""))
            _ = asked.verdict(.answers(["tessa"]))
            _ = asked.verdict(.answers([Self.password, Self.password]))
        }
        #expect(first.verdict(.answers(["no"])) == .accept && first.visit.entry?.name == "Tessa")
        guard case .ask(let questions)? = second.verdict(.answers(["no"])) else {
            Issue.record("the second is not asked again")
            return
        }
        #expect(questions.questions.map(\.text) == ["Name: "])
        #expect(questions.instruction.hasPrefix("Somebody has just taken that name."))
        #expect(stage.world.accounts.count == 2)
    }

    @Test func asManyAreMadeFromASourceAsTheGameAllows() throws {
        let stage = try DoorStage()
        let away = IPv4Host(bits: 0xC000_0207)
        for number in 0..<stage.game.settings.maximumCreationsPerSource {
            let name = "tessa" + String(UnicodeScalar(UInt8(97 + number)))
            #expect(try connect(stage, from: away, name, Self.password, Self.password, "").visitor.isLoggedIn)
        }
        let late = try connect(stage, from: away, "wanda", "quit")
        #expect(!late.visitor.isLoggedIn)
        #expect(late.visitor.instructions.last?.hasPrefix("Many characters were made from your address") == true)
    }

    @Test func nothingIsAskedWhereNoCharactersAreMade() throws {
        let stage = try DoorStage()
        stage.game.use([])
        let guest = try connect(stage, "tessa")
        #expect(!guest.visitor.isLoggedIn && guest.visitor.questions == ["Password: "])
    }
}
