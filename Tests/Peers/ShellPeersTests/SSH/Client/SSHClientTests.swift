import FileAccessTesting
import ReactorCore
import ReactorTesting
import SSHKeys
import SSHWire
import ShellPeers
import Testing
import Transports

@Suite struct SSHClientTests {
    // MARK: The host

    @Test func anUnknownHostIsAskedAboutAndRemembered() throws {
        let stage = try LoginStage()
        stage.settings.unknownHosts = .ask
        let client = try stage.connect()
        #expect(stage.person.book == ["trusts [mud.example]:4022?"])
        #expect(stage.knownHosts == "[mud.example]:4022 \(stage.server.hostKey.publicKey.line)\n")
        #expect(stage.folder.mode(of: "known_hosts") == 0o600)
        #expect(client.connection.user == "ada")
        let again = try stage.connect()
        #expect(stage.person.book.count == 1)
        stage.close(client)
        stage.close(again)
    }

    @Test func whoDoesNotTrustTheHostSendsItNothing() throws {
        let stage = try LoginStage()
        stage.settings.unknownHosts = .ask
        stage.person.trusts = false
        let failure = SSHClientFailure.hostKeyUnknown(host: "[mud.example]:4022", key: stage.server.hostKey.publicKey)
        #expect(stage.failure() == failure)
        stage.settings.unknownHosts = .refuse
        #expect(stage.failure() == failure)
        #expect(stage.server.attempts.isEmpty && stage.knownHosts.isEmpty)
    }

    @Test func aChangedKeyEndsItWithTheLine() throws {
        let stage = try LoginStage()
        try stage.folder.write("# a remark\n", to: "known_hosts")
        try stage.know(SSHPrivateKey.generate(.ed25519).publicKey)
        #expect(
            stage.failure()
                == .hostKeyChanged(
                    host: "[mud.example]:4022", key: stage.server.hostKey.publicKey, file: stage.settings.knownHosts[0],
                    line: 2))
        #expect(stage.server.attempts.isEmpty)
    }

    @Test func aRevokedKeyEndsItThoughAnotherFileKnowsIt() throws {
        let stage = try LoginStage()
        try stage.know(stage.server.hostKey.publicKey)
        let second = try stage.folder.write("@revoked * \(stage.server.hostKey.publicKey.line)\n", to: "revoked")
        stage.settings.knownHosts.append(second)
        #expect(
            stage.failure()
                == .hostKeyRevoked(
                    host: "[mud.example]:4022", key: stage.server.hostKey.publicKey, file: second, line: 1))
    }

    @Test func namesCanBeHashed() throws {
        let stage = try LoginStage()
        stage.settings.hashesHosts = true
        stage.close(try stage.connect())
        #expect(stage.knownHosts.hasPrefix("|1|"))
        #expect(
            KnownHosts(Array(stage.knownHosts.utf8)).check(
                stage.server.hostKey.publicKey, host: "mud.example", port: 4022) == .known(line: 1))
    }

    @Test func aFileThatCannotBeReadEndsItBeforeItBegins() throws {
        let stage = try LoginStage()
        try stage.folder.makeFolder("folder")
        stage.settings.knownHosts = ["\(stage.folder.path)/folder"]
        guard case .file(let path, _)? = stage.failure() else {
            Issue.record("no failure of a file")
            return
        }
        #expect(path == stage.settings.knownHosts[0])
        #expect(stage.server.connections.isEmpty)
    }

    @Test func keysToComeAreLearnedFromAHostThatIsKnown() throws {
        let stage = try LoginStage()
        let next = try SSHPrivateKey.generate(.ed25519)
        stage.server.furtherKeys = [next]
        try stage.know(stage.server.hostKey.publicKey)
        let client = try stage.connect()
        _ = stage.test.run { stage.knownHosts.contains(next.publicKey.line) }
        #expect(stage.knownHosts.split(separator: "\n").count == 2)
        stage.server.hostKey = next
        stage.settings.unknownHosts = .refuse
        let later = try stage.connect()
        stage.close(client)
        stage.close(later)
    }

    // MARK: The login

    @Test func aPasswordIsAskedForUntilItIsRight() throws {
        let stage = try LoginStage { $0.proof == .password("right") ? .accept : .refuse() }
        stage.server.methods = [.password]
        stage.server.banner = "Welcome.\n"
        stage.person.passwords = ["wrong", "right"]
        let client = try stage.connect()
        #expect(stage.server.shown == ["none", "password wrong", "password right"])
        #expect(stage.person.book == ["shown: Welcome.\n", "password of ada 1?", "password of ada 2?"])
        stage.close(client)
    }

    @Test func whatWasTriedInVainIsTold() throws {
        let stage = try LoginStage { _ in .refuse() }
        stage.server.methods = [.password]
        stage.person.passwords = ["a", "b", "c", "d"]
        #expect(stage.failure() == .loginRefused(user: "ada", methods: ["password"]))
        #expect(stage.server.shown == ["none", "password a", "password b", "password c"])
    }

    @Test func questionsGoBeforePasswords() throws {
        let stage = try LoginStage { attempt in
            switch attempt.proof {
            case .keyboardInteractive: .ask(SSHLoginQuestions(instruction: "Who? ", [.init("Word: ", isShown: false)]))
            case .answers(["right"]): .accept
            default: .refuse()
            }
        }
        stage.person.answers = [["wrong"], ["right"]]
        stage.close(try stage.connect())
        #expect(stage.server.shown == ["none", "ask me", "answers wrong", "ask me", "answers right"])
        #expect(stage.person.book == ["Who? Word: ?", "Who? Word: ?"])
    }

    @Test func aWrongPasswordIsAskedForThreeTimesInAll() throws {
        let stage = try LoginStage { attempt in
            switch attempt.proof {
            case .keyboardInteractive: .ask(SSHLoginQuestions([.init("Password: ", isShown: false)]))
            default: .refuse()
            }
        }
        stage.server.methods = [.keyboardInteractive, .password]
        stage.person.answers = [["a"], ["b"], ["c"], ["d"]]
        stage.person.passwords = ["e", "f", "g"]
        guard case .loginRefused? = stage.failure() else {
            Issue.record("let in")
            return
        }
        #expect(stage.person.book == Array(repeating: "Password: ?", count: 3))
        #expect(stage.server.shown == ["none", "ask me", "answers a", "ask me", "answers b", "ask me", "answers c"])
    }

    @Test func whoHasNoAnswersGoesOnWithThePassword() throws {
        let stage = try LoginStage { attempt in
            switch attempt.proof {
            case .keyboardInteractive: .ask(SSHLoginQuestions([.init("Word: ", isShown: false)]))
            case .password("right"): .accept
            default: .refuse()
            }
        }
        stage.person.passwords = ["right"]
        stage.close(try stage.connect())
        #expect(stage.server.shown == ["none", "ask me", "password right"])
    }

    @Test func aPasswordThatHasExpiredIsChanged() throws {
        let stage = try LoginStage { attempt in
            switch attempt.proof {
            case .password("old"): .expirePassword(prompt: "Another: ")
            case .passwordChange(old: "old", new: "new"): .accept
            default: .refuse()
            }
        }
        stage.server.methods = [.password]
        stage.person.passwords = ["old"]
        stage.person.replacement = "new"
        stage.close(try stage.connect())
        #expect(stage.server.shown == ["none", "password old", "change old new"])
    }

    @Test func aKeyAndACodeMayBothBeWanted() throws {
        let key = try SSHPrivateKey.generate(.ed25519)
        let stage = try LoginStage { attempt in
            switch attempt.proof {
            case .probe(key.publicKey, _): .accept
            case .signature(let signed) where signed.isValid: .refuse(partially: true, methods: [.keyboardInteractive])
            case .keyboardInteractive: .ask(SSHLoginQuestions([.init("Code: ", isShown: true)]))
            case .answers(["123456"]): .accept
            default: .refuse()
            }
        }
        stage.settings.keyFiles = [try stage.folder.write(SSHPrivateKeyFile.text(of: key), to: "key")]
        try stage.folder.setMode(0o600, of: "key")
        stage.person.answers = [["123456"]]
        stage.close(try stage.connect())
        #expect(
            stage.server.shown == [
                "none", "probe ssh-ed25519 ssh-ed25519", "signature ssh-ed25519 true", "ask me", "answers 123456",
            ])
    }

    // MARK: Keys

    @Test(arguments: [nil, "open sesame"]) func aKeyFileLetsTheUserIn(_ passphrase: String?) throws {
        let key = try SSHPrivateKey.generate(.ecdsaP256)
        let stage = try LoginStage { attempt in
            switch attempt.proof {
            case .probe(key.publicKey, _): .accept
            case .signature(let signed): signed.isValid ? .accept : .refuse()
            default: .refuse()
            }
        }
        let text = SSHPrivateKeyFile.text(of: key, passphrase: passphrase.map { Array($0.utf8) }, rounds: 1)
        stage.settings.keyFiles = ["\(stage.folder.path)/missing", try stage.folder.write(text, to: "key")]
        try stage.folder.setMode(0o600, of: "key")
        stage.person.passphrases = ["wrong", "open sesame"]
        stage.close(try stage.connect())
        #expect(
            stage.server.shown == [
                "none", "probe ecdsa-sha2-nistp256 ecdsa-sha2-nistp256", "signature ecdsa-sha2-nistp256 true",
            ])
        #expect(stage.person.book == (passphrase == nil ? [] : ["passphrase 1?", "passphrase 2?"]))
    }

    @Test func aKeyThatTheServerDoesNotWantNeedsNoPassphrase() throws {
        let stage = try LoginStage { $0.proof == .password("right") ? .accept : .refuse() }
        stage.server.methods = [.publicKey, .password]
        let text = SSHPrivateKeyFile.text(of: try .generate(.ed25519), passphrase: Array("x".utf8), rounds: 1)
        stage.settings.keyFiles = [try stage.folder.write(text, to: "key")]
        try stage.folder.setMode(0o600, of: "key")
        stage.person.passwords = ["right"]
        stage.close(try stage.connect())
        #expect(stage.person.book == ["password of ada 1?"])
    }

    @Test func aKeyFileThatOthersReadIsNotUsed() throws {
        let stage = try LoginStage { $0.proof == .password("right") ? .accept : .refuse() }
        stage.server.methods = [.publicKey, .password]
        stage.settings.keyFiles = [
            try stage.folder.write(SSHPrivateKeyFile.text(of: .generate(.ed25519)), to: "key"),
            try stage.folder.write("no key", to: "other"),
        ]
        try stage.folder.setMode(0o600, of: "other")
        stage.person.passwords = ["right"]
        stage.close(try stage.connect())
        #expect(stage.server.shown == ["none", "password right"])
        #expect(stage.person.book.count == 3)
        #expect(
            stage.person.book.allSatisfy { $0.hasPrefix("shown: \(stage.folder.path)/") || $0.hasPrefix("password") })
    }

    @Test func aNamedFileThatIsMissingOrPublicIsTold() throws {
        let stage = try LoginStage { $0.proof == .password("right") ? .accept : .refuse() }
        stage.server.methods = [.publicKey, .password]
        let missing = "\(stage.folder.path)/missing"
        let open = try stage.folder.write(SSHPrivateKey.generate(.ed25519).publicKey.line + " ada\n", to: "key.pub")
        try stage.folder.setMode(0o644, of: "key.pub")
        stage.settings.keyFiles = [missing, open]
        stage.settings.keyFilesAreNamed = true
        stage.person.passwords = ["right"]
        stage.close(try stage.connect())
        #expect(stage.person.book.first == "shown: \(missing): there is no such file")
        #expect(stage.person.book.dropFirst().first?.hasPrefix("shown: \(open): this is a public key") == true)
        #expect(stage.person.book.count == 3 && stage.server.shown == ["none", "password right"])
    }

    @Test func theAgentGoesBeforeFilesAndRSASignsWithSHA2() throws {
        let (held, other) = (try SSHPrivateKey.generate(.rsa, rsaBits: 2048), try SSHPrivateKey.generate(.ed25519))
        let stage = try LoginStage { attempt in
            switch attempt.proof {
            case .probe(held.publicKey, _): .accept
            case .signature(let signed): signed.isValid ? .accept : .refuse()
            default: .refuse()
            }
        }
        let agent = StagedAgent([other, held])
        let port = try stage.network.server("agent:1").listen(with: agent, on: stage.test.reactor)
        stage.settings.agent = stage.network.client("agent:1")
        // The agent has this one too: it is not shown again.
        stage.settings.keyFiles = [try stage.folder.write(SSHPrivateKeyFile.text(of: other), to: "key")]
        try stage.folder.setMode(0o600, of: "key")
        stage.close(try stage.connect())
        #expect(
            stage.server.shown == [
                "none", "probe ssh-ed25519 ssh-ed25519", "probe ssh-rsa rsa-sha2-512", "signature rsa-sha2-512 true",
            ])
        stage.test.settle()
        #expect(agent.connectionCount == 0)
        port.stopListening()
    }

    @Test func anAgentThatIsNotThereOrRefusesIsNoObstacle() throws {
        let stage = try LoginStage { attempt in
            switch attempt.proof {
            case .probe, .password("right"): .accept
            default: .refuse()
            }
        }
        stage.server.methods = [.publicKey, .password]
        stage.settings.agent = stage.network.client("agent:1")
        stage.person.passwords = ["right", "right"]
        let client = try stage.connect()
        let agent = StagedAgent([try .generate(.ed25519)])
        agent.refuses = true
        let port = try stage.network.server("agent:1").listen(with: agent, on: stage.test.reactor)
        let second = try stage.connect()
        #expect(stage.server.shown.last == "password right")
        #expect(stage.person.book.contains("shown: the agent refused"))
        stage.close(client)
        stage.close(second)
        port.stopListening()
    }

    // MARK: Sessions

    @Test func aCommandIsRunToItsEnd() throws {
        let stage = try LoginStage()
        let client = try stage.connect()
        let result = try stage.result(of: client.run("look"))
        #expect(result.text == "look\n")
        #expect(result.errors == Array("not well\n".utf8))
        #expect(result.status == 3 && result.signal == nil)
        #expect(throws: SSHClientFailure.refused("the request “exec”")) {
            try stage.result(of: client.run("forbidden"))
        }
        #expect(throws: SSHClientFailure.self) {
            try stage.result(of: client.start(.subsystem("sftp"), handler: SSHNotes()))
        }
        stage.close(client)
    }

    @Test func anotherHostIsReachedThroughTheServer() throws {
        let stage = try LoginStage()
        let client = try stage.connect()
        let notes = SSHNotes()
        let channel = try stage.result(of: client.connect(to: "echo", port: 7, handler: notes))
        channel.send("hello")
        _ = stage.test.run { notes.text == "hello" }
        #expect(notes.text == "hello")
        #expect(throws: SSHChannelRefusal.self) {
            try stage.result(of: client.connect(to: "elsewhere", port: 7, handler: SSHNotes()))
        }
        stage.close(client)
    }

    @Test func theEndIsTold() throws {
        let stage = try LoginStage()
        let client = try stage.connect()
        stage.server.connections.first?.disconnect(.byApplication, "Closing time.")
        _ = stage.test.run { client.ended.isFired }
        #expect(client.ended.isFired)
    }

    @Test func givingUpClosesTheConnection() throws {
        let stage = try LoginStage { _ in .refuse() }
        let silent = SilentPerson()
        let connecting = stage.network.client("mud.example:4022").connectSSH(
            stage.settings, prompter: silent, on: stage.test.reactor)
        _ = stage.test.run { silent.isAsked }
        connecting.cancel()
        _ = stage.test.run { connecting.isFired && stage.server.connections.first?.isClosing == true }
        #expect(connecting.isFired)
        #expect(stage.server.connections.first?.isClosing == true)
        #expect(throws: (any Error).self) { try connecting.resultNow() }
    }
}

/// A person who has been asked for a password and does not answer.
private final class SilentPerson: SSHClientPrompter {
    var isAsked = false
    private let answer = Deferred<String?>()

    func password(of user: String, attempt: Int) -> Deferred<String?> {
        isAsked = true
        return answer
    }
}

/// Notes what comes on a channel.
final class SSHNotes: SSHChannelHandler {
    private(set) var text = ""
    private(set) var isClosed = false

    func opened(_ channel: SSHChannel) {}

    func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) {
        text += String(decoding: octets.withUnsafeBufferPointer { Array($0) }, as: UTF8.self)
    }

    func closed(_ channel: SSHChannel) { isClosed = true }
}
