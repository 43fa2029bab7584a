import SSHKeys
import Testing

@testable import SSHWire

@Suite struct SSHServerLoginTests {
    /// A key in its form, of a point that nobody knows the private half of.
    static func key(_ first: UInt8 = 1) throws -> SSHPublicKey {
        try SSHPublicKey(
            blob: SSHLoginMessageTests.string("ssh-ed25519") + [0, 0, 0, 32, first]
                + [UInt8](repeating: 0x55, count: 31))
    }

    static func refusal(_ methods: [String] = ["publickey", "keyboard-interactive", "password"], partial: Bool = false)
        -> SSHServerLoginAction
    {
        .send(SSHLoginRefusal(methods: methods, isPartialSuccess: partial).encoded)
    }

    private static func request(_ method: SSHLoginRequest.Method, user: String = "ada") -> [UInt8] {
        SSHLoginRequest(user: user, method: method).encoded
    }

    private static func check(_ proof: SSHLoginAttempt.Proof, user: String = "ada") -> SSHServerLoginAction {
        .check(SSHLoginAttempt(user: user, proof: proof))
    }

    private static func drain(_ login: inout SSHServerLogin) throws(SSHFailure) -> [SSHServerLoginAction] {
        var actions: [SSHServerLoginAction] = []
        while let action = try login.nextAction() { actions.append(action) }
        return actions
    }

    /// What ends the machine, behind whatever it does before.
    private static func end(_ login: inout SSHServerLogin) -> SSHDisconnectReason? {
        do { _ = try drain(&login) } catch { return error.reason }
        return nil
    }

    @Test func aPasswordIsJudgedByTheOwner() throws {
        var login = SSHServerLogin(sessionID: [1])
        login.receive(Self.request(.none))
        #expect(try Self.drain(&login) == [Self.check(.none)])
        login.refuse()
        #expect(try Self.drain(&login) == [Self.refusal()])
        login.receive(Self.request(.password("wrong")))
        #expect(try Self.drain(&login) == [Self.check(.password("wrong"))])
        login.refuse()
        #expect(try Self.drain(&login) == [Self.refusal()])
        #expect(login.failureCount == 1)
        login.receive(Self.request(.password("right")))
        #expect(try Self.drain(&login) == [Self.check(.password("right"))])
        login.accept()
        #expect(try Self.drain(&login) == [.send([52]), .succeeded(user: "ada")])
        login.receive(Self.request(.password("more")))
        #expect(try Self.drain(&login) == [], "RFC 4252 section 5.1: silently ignored")
    }

    @Test func aProbeNeverLetsAnybodyIn() throws {
        let key = try Self.key()
        var login = SSHServerLogin(sessionID: [1])
        login.receive(Self.request(.probe(algorithm: "ssh-ed25519", key: key.blob)))
        #expect(try Self.drain(&login) == [Self.check(.probe(key, .ed25519))])
        login.accept()
        let answer = SSHServerLoginAction.send(SSHKeyAcceptance(algorithm: "ssh-ed25519", key: key.blob).encoded)
        #expect(try Self.drain(&login) == [answer])
        login.receive(Self.request(.probe(algorithm: "ssh-ed25519", key: key.blob)))
        _ = try Self.drain(&login)
        login.allowKey(false)
        #expect(try Self.drain(&login) == [Self.refusal()])
        #expect(login.failureCount == 0)
    }

    @Test func aSignatureComesWithWhatWasSigned() throws {
        let key = try Self.key()
        var login = SSHServerLogin(sessionID: [7, 8, 9])
        login.receive(Self.request(.signed(algorithm: "ssh-ed25519", key: key.blob, signature: [5])))
        let message = SSHLoginRequest.signedMessage(
            sessionID: [7, 8, 9], user: "ada", service: "ssh-connection", algorithm: "ssh-ed25519", key: key.blob)
        let signed = SSHSignedKey(key: key, algorithm: .ed25519, message: message, signature: [5])
        #expect(try Self.drain(&login) == [Self.check(.signature(signed))])
        #expect(!signed.isValid)
        login.allowKey(true)
        #expect(try Self.drain(&login) == [Self.refusal()], "to allow a key lets nobody in")
        #expect(login.failureCount == 1)
    }

    @Test(arguments: ["ssh-rsa", "rsa-sha2-512", "ssh-dss", "ssh-ed25519-cert-v01@openssh.com", ""])
    func aKeyIsRefusedUnseenWithAnAlgorithmThatIsNotIts(_ algorithm: String) throws {
        var login = SSHServerLogin(sessionID: [1])
        login.receive(Self.request(.probe(algorithm: algorithm, key: try Self.key().blob)))
        #expect(try Self.drain(&login) == [Self.refusal()])
        login.receive(Self.request(.signed(algorithm: algorithm, key: try Self.key().blob, signature: [])))
        #expect(try Self.drain(&login) == [Self.refusal()])
        #expect(login.failureCount == 1)
    }

    @Test func aConversationHasRounds() throws {
        var login = SSHServerLogin(sessionID: [1])
        login.receive(Self.request(.keyboardInteractive(submethods: "")))
        #expect(try Self.drain(&login) == [Self.check(.keyboardInteractive(submethods: ""))])
        for round in 0..<3 {
            let questions = SSHLoginQuestions(name: "\(round)", (0..<round).map { .init("\($0)", isShown: false) })
            login.ask(questions)
            #expect(try Self.drain(&login) == [.send(questions.encoded)])
            let answers = (0..<round).map { "answer \($0)" }
            login.receive(SSHLoginAnswers(answers).encoded)
            #expect(try Self.drain(&login) == [Self.check(.answers(answers))])
        }
        login.accept()
        #expect(try Self.drain(&login) == [.send([52]), .succeeded(user: "ada")])
    }

    @Test func answersHaveToBeAsManyAsTheQuestions() throws {
        var login = SSHServerLogin(sessionID: [1])
        login.receive(Self.request(.keyboardInteractive(submethods: "")))
        login.ask(SSHLoginQuestions([.init("?", isShown: true)]))
        _ = try Self.drain(&login)
        login.receive(SSHLoginAnswers(["a", "b"]).encoded)
        #expect(try Self.drain(&login) == [Self.refusal()])
        login.receive(SSHLoginAnswers(["a"]).encoded)
        #expect(Self.end(&login) == .protocolError, "nothing was asked any more")
    }

    @Test func aRequestEndsAConversationWithoutARefusal() throws {
        var login = SSHServerLogin(sessionID: [1])
        login.receive(Self.request(.keyboardInteractive(submethods: "")))
        login.ask(SSHLoginQuestions([.init("?", isShown: true)]))
        _ = try Self.drain(&login)
        login.receive(Self.request(.password("p")))
        #expect(try Self.drain(&login) == [Self.check(.password("p"))])
    }

    @Test func aConversationEnds() throws {
        var login = SSHServerLogin(sessionID: [1])
        login.receive(Self.request(.keyboardInteractive(submethods: "")))
        for _ in 0..<SSHLoginLimits.rounds {
            login.ask(SSHLoginQuestions([]))
            _ = try Self.drain(&login)
            login.receive(SSHLoginAnswers([]).encoded)
            _ = try Self.drain(&login)
        }
        login.ask(SSHLoginQuestions([]))
        #expect(try Self.drain(&login) == [Self.refusal()])
    }

    @Test func aPasswordMayHaveToBeChanged() throws {
        var login = SSHServerLogin(sessionID: [1])
        login.receive(Self.request(.password("old")))
        login.expirePassword(prompt: "Another one: ")
        let asked = try Self.drain(&login)
        #expect(asked.last == .send(SSHPasswordExpiry(prompt: "Another one: ").encoded))
        login.receive(Self.request(.passwordChange(old: "old", new: "new")))
        #expect(try Self.drain(&login) == [Self.check(.passwordChange(old: "old", new: "new"))])
        login.accept()
        #expect(try Self.drain(&login) == [.send([52]), .succeeded(user: "ada")])
    }

    @Test func twoMethodsMayBeWanted() throws {
        var login = SSHServerLogin(sessionID: [1])
        login.receive(Self.request(.password("right")))
        login.refuse(partially: true, methods: [.keyboardInteractive])
        let actions = try Self.drain(&login)
        #expect(actions.last == Self.refusal(["keyboard-interactive"], partial: true))
        #expect(login.failureCount == 0)
        login.receive(Self.request(.password("right")))
        #expect(try Self.drain(&login) == [Self.refusal(["keyboard-interactive"])], "not offered any more")
        login.receive(Self.request(.none, user: "eve"))
        #expect(Self.end(&login) == .protocolError, "nobody else may use what was proven")
    }

    @Test func theUserMayChangeBeforeThat() throws {
        var login = SSHServerLogin(sessionID: [1])
        for user in ["ada", "eve", "ada"] {
            login.receive(Self.request(.password("p"), user: user))
            #expect(try Self.drain(&login) == [Self.check(.password("p"), user: user)])
            login.refuse()
            _ = try Self.drain(&login)
            #expect(login.user == user)
        }
        #expect(login.failureCount == 3, "failures are the connection's")
    }

    @Test func onlyTheConnectionIsServed() {
        var login = SSHServerLogin(sessionID: [1])
        login.receive(SSHLoginRequest(user: "ada", service: "ssh-agent", method: .none).encoded)
        #expect(Self.end(&login) == .serviceNotAvailable)
    }

    @Test func methodsThatAreNotOfferedAreRefusedUnseen() throws {
        var login = SSHServerLogin(sessionID: [1], methods: [.publicKey])
        for method in [.password("p"), .keyboardInteractive(submethods: ""), .other("hostbased")]
            as [SSHLoginRequest.Method]
        {
            login.receive(Self.request(method))
            #expect(try Self.drain(&login) == [Self.refusal(["publickey"])])
        }
        #expect(login.failureCount == 3)
    }

    @Test func failuresAreLimited() throws {
        var login = SSHServerLogin(sessionID: [1])
        for _ in 1..<SSHLoginLimits.failures {
            login.receive(Self.request(.password("p")))
            _ = try Self.drain(&login)
            login.refuse()
            #expect(try Self.drain(&login) == [Self.refusal()])
        }
        login.receive(Self.request(.password("p")))
        _ = try Self.drain(&login)
        login.refuse()
        #expect(Self.end(&login) == .noMoreMethods)
        login.receive(Self.request(.password("right")))
        login.accept()
        #expect(Self.end(&login) == .noMoreMethods, "the machine is spent")
    }

    @Test func probesAndRequestsAreLimited() throws {
        var login = SSHServerLogin(sessionID: [1])
        for count in 0..<SSHLoginLimits.probes {
            login.receive(Self.request(.probe(algorithm: "ssh-ed25519", key: try Self.key(UInt8(count)).blob)))
            login.allowKey(false)
            _ = try Self.drain(&login)
        }
        login.receive(Self.request(.probe(algorithm: "ssh-ed25519", key: try Self.key().blob)))
        #expect(Self.end(&login) == .noMoreMethods)

        login = SSHServerLogin(sessionID: [1])
        for _ in 0..<SSHLoginLimits.requests {
            login.receive(Self.request(.none))
            login.refuse()
            _ = try Self.drain(&login)
        }
        login.receive(Self.request(.none))
        #expect(Self.end(&login) == .noMoreMethods)
    }

    @Test func aRequestMayComeAheadAndNotMore() throws {
        var login = SSHServerLogin(sessionID: [1])
        login.receive(Self.request(.none))
        login.receive(Self.request(.password("p")))
        #expect(try Self.drain(&login) == [Self.check(.none)])
        login.refuse()
        #expect(try Self.drain(&login) == [Self.refusal(), Self.check(.password("p"))])
        login.receive(Self.request(.none))
        login.receive(Self.request(.none))
        #expect(Self.end(&login) == .protocolError)
    }

    @Test func whatCameAheadOfASuccessIsForgotten() throws {
        var login = SSHServerLogin(sessionID: [1])
        login.receive(Self.request(.password("p")))
        login.receive(Self.request(.password("q")))
        _ = try Self.drain(&login)
        login.accept()
        #expect(try Self.drain(&login) == [.send([52]), .succeeded(user: "ada")])
    }

    @Test func aBannerComesFirst() throws {
        var login = SSHServerLogin(sessionID: [1])
        login.banner("Hello.\nMind the gap.\n")
        login.receive(Self.request(.none))
        #expect(
            try Self.drain(&login) == [.send(SSHLoginBanner("Hello.\r\nMind the gap.\r\n").encoded), Self.check(.none)])
    }

    @Test func whatIsTooLongOrNoTextIsAFailure() throws {
        var login = SSHServerLogin(sessionID: [1])
        login.receive(Self.request(.password(String(repeating: "x", count: SSHLoginLimits.secret + 1))))
        #expect(try Self.drain(&login) == [Self.refusal()])
        login.receive(Self.request(.none, user: String(repeating: "x", count: SSHLoginLimits.user + 1)))
        #expect(try Self.drain(&login) == [Self.refusal()])
        var writer = SSHWriter(message: 50)
        writer.string([0xFF])
        login.receive(writer.octets)
        #expect(try Self.drain(&login) == [Self.refusal()])
        #expect(login.failureCount == 3)
    }

    @Test(arguments: UInt8.min...UInt8.max) func everyOtherMessageEndsIt(_ number: UInt8) {
        if number == 50 { return }
        var login = SSHServerLogin(sessionID: [1])
        login.receive([number])
        #expect(Self.end(&login) == .protocolError)
        #expect(!login.isChecking)
    }

    @Test func nothingAtAllEndsIt() {
        var login = SSHServerLogin(sessionID: [1])
        login.receive([])
        #expect(Self.end(&login) == .protocolError)
    }

    @Test func answersOfTheOwnerToNothingDoNothing() throws {
        var login = SSHServerLogin(sessionID: [1])
        login.accept()
        login.refuse()
        login.allowKey(true)
        login.ask(SSHLoginQuestions([]))
        login.expirePassword(prompt: "")
        #expect(try Self.drain(&login) == [])
        login.receive(Self.request(.password("p")))
        login.ask(SSHLoginQuestions([]))
        let actions = try Self.drain(&login)
        #expect(actions.last == Self.refusal(), "only who wished to be asked is asked")
    }
}
