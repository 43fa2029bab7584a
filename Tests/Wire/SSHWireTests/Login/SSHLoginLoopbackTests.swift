import SSHKeys
import Testing

@testable import SSHWire

/// Our client logs in at our server.
@Suite struct SSHLoginLoopbackTests {
    /// Both ends, and what each owner was asked.
    private struct Pair {
        var client = SSHClientLogin(user: "ada", sessionID: [1, 2, 3])
        var server = SSHServerLogin(sessionID: [1, 2, 3])
        var clientActions: [SSHClientLoginAction] = []
        var serverActions: [SSHServerLoginAction] = []

        /// Carries messages until nobody has anything more to say.
        mutating func settle() throws {
            (clientActions, serverActions) = ([], [])
            var isBusy = true
            while isBusy {
                isBusy = false
                while let action = try client.nextAction() {
                    isBusy = true
                    if case .send(let message) = action {
                        server.receive(message)
                    } else {
                        clientActions.append(action)
                    }
                }
                while let action = try server.nextAction() {
                    isBusy = true
                    if case .send(let message) = action {
                        client.receive(message)
                    } else {
                        serverActions.append(action)
                    }
                }
            }
        }
    }

    @Test(arguments: [SSHKeyType.ed25519, .ecdsaP256, .ecdsaP384, .ecdsaP521, .rsa])
    func withAKey(_ type: SSHKeyType) throws {
        let key = try SSHPrivateKey.generate(type, rsaBits: 2048)
        var pair = Pair()
        let algorithm = try #require(pair.client.algorithm(for: type))
        pair.client.show(key.publicKey, algorithm)
        try pair.settle()
        #expect(pair.serverActions == [.check(SSHLoginAttempt(user: "ada", proof: .probe(key.publicKey, algorithm)))])
        pair.server.allowKey(true)
        try pair.settle()
        #expect(pair.clientActions == [.keyAccepted(key.publicKey, algorithm)])
        let signature = try key.sign(pair.client.messageToSign(key.publicKey, algorithm), as: algorithm)
        pair.client.attempt(key.publicKey, algorithm, signature: signature)
        try pair.settle()
        guard case .check(let attempt)? = pair.serverActions.first, case .signature(let signed) = attempt.proof else {
            throw SSHFailure.malformed("attempt")
        }
        #expect(signed.isValid)
        pair.server.accept()
        try pair.settle()
        #expect(pair.clientActions == [.succeeded])
        #expect(pair.serverActions == [.succeeded(user: "ada")])
    }

    @Test func aSignatureForAnotherConnectionIsWrong() throws {
        let key = try SSHPrivateKey.generate(.ed25519)
        var pair = Pair()
        let other = SSHClientLogin(user: "ada", sessionID: [3, 2, 1])
        let signature = try key.sign(other.messageToSign(key.publicKey, .ed25519), as: .ed25519)
        pair.client.attempt(key.publicKey, .ed25519, signature: signature)
        try pair.settle()
        guard case .check(let attempt)? = pair.serverActions.first, case .signature(let signed) = attempt.proof else {
            throw SSHFailure.malformed("attempt")
        }
        #expect(!signed.isValid)
    }

    @Test func withAPasswordAndThenACode() throws {
        var pair = Pair()
        pair.server.banner("Welcome.\n")
        pair.client.start()
        try pair.settle()
        #expect(pair.clientActions == [.banner("Welcome.\n")])
        pair.server.refuse()
        try pair.settle()
        #expect(pair.clientActions == [.choose(SSHLoginMethods(Set(SSHLoginMethod.allCases)), partially: false)])
        pair.client.attempt(password: "right")
        try pair.settle()
        pair.server.refuse(partially: true, methods: [.keyboardInteractive])
        try pair.settle()
        #expect(pair.clientActions == [.choose(SSHLoginMethods([.keyboardInteractive]), partially: true)])
        pair.client.attemptKeyboardInteractive()
        try pair.settle()
        let questions = SSHLoginQuestions([.init("Code: ", isShown: true)])
        pair.server.ask(questions)
        try pair.settle()
        #expect(pair.clientActions == [.ask(questions)])
        pair.client.answer(["123456"])
        try pair.settle()
        #expect(pair.serverActions == [.check(SSHLoginAttempt(user: "ada", proof: .answers(["123456"])))])
        pair.server.accept()
        try pair.settle()
        #expect(pair.clientActions == [.succeeded])
    }

    /// Messages with one octet changed, cut or added: whatever comes of it, nobody is let in and nothing traps.
    @Test func damagedMessagesLetNobodyIn() throws {
        let key = try SSHPrivateKey.generate(.ed25519)
        var client = SSHClientLogin(user: "ada", sessionID: [1])
        let signature = try key.sign(client.messageToSign(key.publicKey, .ed25519), as: .ed25519)
        client.attempt(key.publicKey, .ed25519, signature: signature)
        guard case .send(let message)? = try client.nextAction() else { throw SSHFailure.malformed("request") }
        var damaged = (0..<message.count).map { Array(message[..<$0]) } + [message + [0]]
        // Any octet but 0 means true (RFC 4251 section 5), so that the one that says whether there is a signature may vary.
        let signedFlag = 1 + 4 + 3 + 4 + 14 + 4 + 9
        for index in message.indices where index != signedFlag {
            for flip in [0x01, 0x80, 0xFF] as [UInt8] {
                damaged.append(message)
                damaged[damaged.count - 1][index] ^= flip
            }
        }
        for message in damaged {
            var server = SSHServerLogin(sessionID: [1])
            server.receive(message)
            while let action = try? server.nextAction() {
                switch action {
                case .check(let attempt):
                    guard case .signature(let signed) = attempt.proof else { continue }
                    #expect(!signed.isValid)
                case .succeeded: Issue.record("let in by \(message)")
                case .send: break
                }
            }
        }
    }
}
