import AuditCore
import GatewayCore
import SSHKeys
import Testing
import WorldModel

/// The end of connections that let in somebody who may not be in any more.
@Suite struct ExpulsionTests {
    /// A connection without a session, and what its client was told at its end.
    private final class Connection {
        let knock: Knock
        private(set) var farewells: [String] = []

        init(_ stage: GameStage, _ entry: GameEntry) throws {
            knock = try #require(stage.game.knock(from: "192.0.2.7"))
            knock.admit(entry, door: "ssh")
            knock.whenDismissed = { [weak self] in
                self?.farewells.append($0)
                self?.knock.end()
            }
        }
    }

    private func character(_ stage: GameStage, _ name: String, means: String = "password") throws -> GameEntry {
        let persona = try #require(stage.world.player(named: name))
        return GameEntry(.character(persona.id), name: persona.name, means: means)
    }

    @Test func aKickEndsConnectionsWithoutASession() throws {
        let stage = try GameStage()
        let (ada, ben) = (try stage.enter("ada"), try stage.enter("ben"))
        let account = try #require(stage.world.account(named: "ada"))
        let files = try Connection(stage, character(stage, "ada"))
        let other = try Connection(stage, GameEntry(.account(account.id), name: "Ada"))
        let bens = try Connection(stage, character(stage, "ben"))
        #expect(stage.game.silentEntries.map { $0.entry?.name } == ["Ada", "Ada", "Ben"])
        #expect(stage.game.kick("ada", reason: "Enough.") == 3)
        #expect(files.farewells == ["An administrator sends you away: Enough."] && other.farewells == files.farewells)
        stage.settle()
        #expect(ada.isClosed && !ben.isClosed && bens.farewells.isEmpty)
        #expect(stage.game.silentEntries.map { $0.entry?.name } == ["Ben"])
        #expect(stage.game.kick("ada", reason: "") == 0 && stage.game.kick("nobody", reason: "") == 0)
    }

    @Test func aKeyThatIsTakenAwayEndsWhatCameInWithIt() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let (key, _) = try stage.game.addKey(KeysTests.line, to: "ada")
        let byKey = try Connection(stage, character(stage, "ada", means: "key \(key.fingerprint)"))
        let byPassword = try Connection(stage, character(stage, "ada"))
        _ = try stage.game.removeKey("1", from: "ada")
        stage.settle()
        #expect(byKey.farewells == ["The key that you came in with lets nobody in any more."])
        #expect(byPassword.farewells.isEmpty && !ada.isClosed)
    }

    /// In play, too, where only the connection at which that is typed stays.
    @Test(arguments: [false, true]) func aKeyRemovedInPlaySparesOnlyThatConnection(isOwn: Bool) throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        let (key, _) = try stage.game.addKey(KeysTests.line, to: "ada")
        let byKey = try Connection(stage, character(stage, "ada", means: "key \(key.fingerprint)"))
        if isOwn { ada.knock = byKey.knock }
        for line in ["ssh-key remove 1", "correct horse"] { stage.type(line, ada) }
        stage.settle()
        #expect(byKey.farewells.isEmpty == isOwn && !ada.isClosed)
    }

    @Test func aDemotionEndsWhatNeedsTheRole() throws {
        let stage = try GameStage()
        _ = try stage.enter("ada")
        _ = try stage.enter("ben")
        _ = try stage.game.setRole(of: "ben", to: .owner)
        _ = try stage.game.setRole(of: "ada", to: .owner)
        let (forwards, manhole, files) = (
            try Connection(stage, character(stage, "ada")), try Connection(stage, character(stage, "ada")),
            try Connection(stage, character(stage, "ada"))
        )
        forwards.knock.needs(.admin)
        manhole.knock.needs(.owner)
        _ = try stage.game.setRole(of: "ada", to: .admin)
        stage.settle()
        #expect([forwards, manhole, files].map(\.farewells.count) == [0, 1, 0])
        _ = try stage.game.setRole(of: "ada", to: .builder)
        stage.settle()
        #expect([forwards, manhole, files].map(\.farewells.count) == [1, 1, 0])
    }

    @Test func aCharacterThatIsNoMoreIsNotIn() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        for line in ["character create Zoe", "look"] { stage.type(line, ada) }
        let connection = try Connection(stage, character(stage, "zoe"))
        stage.type("character delete Zoe Zoe", ada)
        stage.settle()
        #expect(connection.farewells == ["Your character is no more."] && !ada.isClosed)
    }
}
