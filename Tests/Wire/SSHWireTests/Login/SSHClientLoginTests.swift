import SSHKeys
import Testing

@testable import SSHWire

@Suite struct SSHClientLoginTests {
    private static func request(_ method: SSHLoginRequest.Method) -> SSHClientLoginAction {
        .send(SSHLoginRequest(user: "ada", method: method).encoded)
    }

    private static func refusal(_ methods: [String], partial: Bool = false) -> [UInt8] {
        SSHLoginRefusal(methods: methods, isPartialSuccess: partial).encoded
    }

    private static func drain(_ login: inout SSHClientLogin) throws(SSHFailure) -> [SSHClientLoginAction] {
        var actions: [SSHClientLoginAction] = []
        while let action = try login.nextAction() { actions.append(action) }
        return actions
    }

    private static func fails(_ login: inout SSHClientLogin) -> Bool {
        do { _ = try drain(&login) } catch { return error.reason == .protocolError }
        return false
    }

    private static func login(after method: SSHLoginRequest.Method? = nil) throws -> SSHClientLogin {
        var login = SSHClientLogin(user: "ada", sessionID: [7])
        switch method {
        case nil: break
        case .password(let password): login.attempt(password: password)
        case .keyboardInteractive: login.attemptKeyboardInteractive()
        default: login.start()
        }
        _ = try drain(&login)
        return login
    }

    @Test func methodsAreAskedForAndAPasswordAttempted() throws {
        var login = SSHClientLogin(user: "ada", sessionID: [7])
        login.start()
        #expect(try Self.drain(&login) == [Self.request(.none)])
        login.receive(Self.refusal(["gssapi-with-mic", "password"]))
        guard case .choose(let methods, false)? = try Self.drain(&login).first else {
            throw SSHFailure.malformed("choice")
        }
        #expect(methods.known == [.password])
        #expect(methods.names == ["gssapi-with-mic", "password"])
        login.attempt(password: "right")
        #expect(try Self.drain(&login) == [Self.request(.password("right"))])
        login.receive([52])
        #expect(try Self.drain(&login) == [.succeeded])
    }

    @Test func aKeyIsShownAndThenSignedWith() throws {
        let key = try SSHServerLoginTests.key()
        var login = try Self.login()
        login.show(key, .ed25519)
        #expect(try Self.drain(&login) == [Self.request(.probe(algorithm: "ssh-ed25519", key: key.blob))])
        login.receive(SSHKeyAcceptance(algorithm: "ssh-ed25519", key: key.blob).encoded)
        #expect(try Self.drain(&login) == [.keyAccepted(key, .ed25519)])
        #expect(
            login.messageToSign(key, .ed25519)
                == SSHLoginRequest.signedMessage(
                    sessionID: [7], user: "ada", service: "ssh-connection", algorithm: "ssh-ed25519", key: key.blob))
        login.attempt(key, .ed25519, signature: [5])
        #expect(
            try Self.drain(&login) == [Self.request(.signed(algorithm: "ssh-ed25519", key: key.blob, signature: [5]))])
    }

    @Test func anotherKeyThanTheOneShownIsNotSignedWith() throws {
        var login = try Self.login()
        login.show(try SSHServerLoginTests.key(1), .ed25519)
        _ = try Self.drain(&login)
        login.receive(SSHKeyAcceptance(algorithm: "ssh-ed25519", key: try SSHServerLoginTests.key(2).blob).encoded)
        #expect(Self.fails(&login))
    }

    @Test func rsaSignsWithSHA2AsTheServerUnderstandsIt() {
        func algorithm(_ names: [String]?, _ type: SSHKeyType) -> SSHSignatureAlgorithm? {
            SSHClientLogin(user: "ada", sessionID: [], serverAlgorithms: names).algorithm(for: type)
        }
        #expect(algorithm(nil, .rsa) == .rsaSHA512)
        #expect(algorithm(["ssh-rsa", "rsa-sha2-256"], .rsa) == .rsaSHA256)
        #expect(algorithm(["rsa-sha2-256", "rsa-sha2-512"], .rsa) == .rsaSHA512)
        #expect(algorithm(["ssh-rsa", "ssh-ed25519"], .rsa) == nil)
        #expect(algorithm(["ssh-ed25519"], .ed25519) == .ed25519)
        #expect(algorithm([], .ecdsaP256) == nil)
    }

    @Test func questionsAreCleanedAndAnsweredInFull() throws {
        var login = try Self.login(after: .keyboardInteractive(submethods: ""))
        login.receive(
            SSHLoginQuestions(
                name: "a\u{1B}[2J", instruction: "one\r\ntwo\u{7}",
                [.init("P\u{9B}: ", isShown: false), .init("Q: ", isShown: true)]
            ).encoded)
        #expect(
            try Self.drain(&login) == [
                .ask(
                    SSHLoginQuestions(
                        name: "a[2J", instruction: "one\ntwo",
                        [.init("P: ", isShown: false), .init("Q: ", isShown: true)]))
            ])
        login.answer(["x"])
        #expect(try Self.drain(&login) == [.send(SSHLoginAnswers(["x", ""]).encoded)])
        login.answer(["too late"])
        #expect(try Self.drain(&login) == [])
        login.receive([52])
        #expect(try Self.drain(&login) == [.succeeded])
    }

    @Test func aPasswordThatHasExpiredIsChanged() throws {
        var login = try Self.login(after: .password("old"))
        login.receive(SSHPasswordExpiry(prompt: "New: ").encoded)
        #expect(try Self.drain(&login) == [.passwordExpired(prompt: "New: ")])
        login.changePassword(old: "old", new: "new")
        #expect(try Self.drain(&login) == [Self.request(.passwordChange(old: "old", new: "new"))])
    }

    @Test func bannersAreShownAndBounded() throws {
        var login = try Self.login()
        login.receive(SSHLoginBanner("Hello\u{1B}]0;x\u{7}\r\nworld").encoded)
        #expect(try Self.drain(&login) == [.banner("Hello]0;x\nworld")])
        let long = SSHLoginBanner(String(repeating: "x", count: SSHLoginLimits.text)).encoded
        for _ in 0..<7 { login.receive(long) }
        #expect(try Self.drain(&login).count == 7)
        login.receive(long)
        #expect(Self.fails(&login))
    }

    @Test func oneThingIsAttemptedAtATime() throws {
        var login = try Self.login(after: .password("p"))
        login.attempt(password: "q")
        login.attemptKeyboardInteractive()
        login.answer(["r"])
        #expect(try Self.drain(&login) == [])
    }

    @Test func questionsCanBeRefusedByAnotherAttempt() throws {
        var login = try Self.login(after: .keyboardInteractive(submethods: ""))
        login.receive(SSHLoginQuestions([.init("?", isShown: true)]).encoded)
        _ = try Self.drain(&login)
        login.attempt(password: "p")
        #expect(try Self.drain(&login) == [Self.request(.password("p"))])
    }

    @Test func aServerThatAsksWithoutEndIsLeft() throws {
        var login = try Self.login(after: .keyboardInteractive(submethods: ""))
        for _ in 0..<SSHLoginLimits.rounds {
            login.receive(SSHLoginQuestions([]).encoded)
            login.answer([])
            _ = try Self.drain(&login)
        }
        login.receive(SSHLoginQuestions([]).encoded)
        #expect(Self.fails(&login))
    }

    /// Each message where nothing was attempted, and where a password was.
    @Test(arguments: UInt8.min...UInt8.max) func messagesOutOfPlaceEndIt(_ number: UInt8) throws {
        var login = try Self.login()
        login.receive([number])
        #expect(Self.fails(&login))
        login = try Self.login(after: .password("p"))
        login.receive([number, 0])
        #expect(Self.fails(&login))
    }

    @Test func aServerLetsNobodyInUnasked() throws {
        for message in [[52], Self.refusal(["password"])] {
            var login = try Self.login()
            login.receive(message)
            #expect(Self.fails(&login))
        }
    }
}
