import Basics
import SASLWire
import Testing

@testable import CredentialCore

@Suite struct SCRAMExchangeTests {
    private static let decoyKey = Array("a server's secret".utf8)

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func refusal(_ word: SCRAMRefusal) -> SCRAMServer.Step {
        .refused(final: SCRAMServerFinal.refusal(word).encoded)
    }

    /// RFC 7677 section 3.
    @Test func example() throws {
        let salt = try #require(Base64.decode("W22ZaJ0SNY7soEsUEjb6gQ==".utf8))
        let secret = try SCRAMSecret(password: "pencil", iterations: 4096, salt: salt)
        var client = try SCRAMClient(name: "user", password: "pencil", nonce: "rOprNGfwEbeRWgbNEkqO")
        var server = try SCRAMServer(decoyKey: Self.decoyKey, nonce: "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0")
        let first = client.first()
        #expect(first == bytes("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"))
        #expect(server.receive(first) == .lookUp(name: "user"))
        let challenge = bytes(
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")
        #expect(server.answer(secret: secret) == .challenge(challenge))
        let proof = try client.receive(challenge: challenge)
        #expect(
            proof
                == bytes(
                    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))
        let final = bytes("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
        #expect(server.receive(proof) == .accepted(final: final, name: "user", authorizationIdentity: nil))
        try client.receive(final: final)
        #expect(throws: SCRAMFailure.message(.outOfTurn)) { try client.receive(final: final) }
        #expect(server.receive(proof) == refusal(.otherError))
    }

    /// Runs an exchange; nil when the client refuses.
    private func outcome(
        _ client: inout SCRAMClient, _ server: inout SCRAMServer, _ secret: SCRAMSecret?
    ) throws -> SCRAMServer.Step {
        let step = server.receive(client.first())
        guard case .lookUp = step else { return step }
        guard case .challenge(let challenge) = server.answer(secret: secret) else { return refusal(.otherError) }
        return server.receive(try client.receive(challenge: challenge))
    }

    @Test func randomNoncesAndOddNames() throws {
        let secret = try SCRAMSecret(password: "pässwörd", iterations: 4096)
        var client = try SCRAMClient(name: "a,b=c", password: "pässwörd", authorizationIdentity: "root")
        var server = try SCRAMServer(decoyKey: Self.decoyKey)
        guard case .accepted(let final, "a,b=c", "root") = try outcome(&client, &server, secret) else {
            Issue.record("not accepted")
            return
        }
        try client.receive(final: final)
    }

    @Test func wrongPasswordAndNobodyLookAlike() throws {
        let secret = try SCRAMSecret(password: "right", iterations: 4096)
        for stored in [secret, nil] {
            var client = try SCRAMClient(name: "ada", password: "wrong")
            var server = try SCRAMServer(decoyKey: Self.decoyKey, decoyIterations: 4096)
            #expect(try outcome(&client, &server, stored) == refusal(.invalidProof))
            #expect(throws: SCRAMFailure.refused(.invalidProof)) {
                try client.receive(final: SCRAMServerFinal.refusal(.invalidProof).encoded)
            }
        }
    }

    @Test func saltsOfNobodyStayTheSame() throws {
        let one = SCRAMSecret.decoy(for: "ada", key: [1])
        #expect(one == SCRAMSecret.decoy(for: "ada", key: [1]))
        #expect(one.salt.count == SCRAMSecret.saltLength && one.iterations == SCRAMSecret.standardIterations)
        #expect(one.salt != SCRAMSecret.decoy(for: "bob", key: [1]).salt)
        #expect(one.salt != SCRAMSecret.decoy(for: "ada", key: [2]).salt)
        var challenges: [SCRAMServer.Step] = []
        for name in ["ada", "ADA"] {
            var server = try SCRAMServer(decoyKey: [1], nonce: "xyz")
            _ = server.receive(Array("n,,n=\(name),r=abc".utf8))
            challenges.append(server.answer(secret: nil))
        }
        #expect(challenges[0] == challenges[1], "as with a name that somebody has")
        #expect(one.storedKey != one.serverKey)
    }

    @Test(
        arguments: [
            (client: "exporter", server: "exporter", isPlus: true, refusal: nil),
            (client: "exporter", server: "other", isPlus: true, refusal: SCRAMRefusal.channelBindingsDoNotMatch),
            (client: "exporter", server: "exporter", isPlus: false, refusal: .channelBindingNotSupported),
            (client: "exporter", server: nil, isPlus: true, refusal: .channelBindingNotSupported),
            (client: nil, server: "exporter", isPlus: true, refusal: .channelBindingsDoNotMatch),
            (client: nil, server: "exporter", isPlus: false, refusal: nil),
        ] as [(client: String?, server: String?, isPlus: Bool, refusal: SCRAMRefusal?)])
    func channels(client mine: String?, server theirs: String?, isPlus: Bool, refusal expected: SCRAMRefusal?) throws {
        let secret = try SCRAMSecret(password: "pencil", iterations: 4096)
        func channel(_ data: String?) -> SCRAMChannel? {
            data.map { SCRAMChannel(type: "tls-exporter", data: bytes($0)) }
        }
        var client = try SCRAMClient(name: "ada", password: "pencil", channel: channel(mine))
        var server = try SCRAMServer(channel: channel(theirs), isPlus: isPlus, decoyKey: Self.decoyKey)
        let step = try outcome(&client, &server, secret)
        if let expected {
            #expect(step == refusal(expected))
        } else {
            guard case .accepted = step else {
                Issue.record("\(step)")
                return
            }
        }
    }

    @Test func downgradeIsNoticed() throws {
        var client = try SCRAMClient(name: "ada", password: "pencil", couldBind: true)
        let channel = SCRAMChannel(type: "tls-exporter", data: [1])
        var server = try SCRAMServer(channel: channel, decoyKey: Self.decoyKey)
        #expect(server.receive(client.first()) == refusal(.serverDoesSupportChannelBinding))
        var other = try SCRAMServer(
            channel: SCRAMChannel(type: "tls-unique", data: [1]), isPlus: true, decoyKey: Self.decoyKey)
        var bound = try SCRAMClient(name: "ada", password: "pencil", channel: channel)
        #expect(other.receive(bound.first()) == refusal(.unsupportedChannelBindingType))
    }

    @Test(arguments: [
        ("n,,m=1,n=ada,r=abc", SCRAMRefusal.extensionsNotSupported), ("n,,n=ada", .invalidEncoding),
        ("", .invalidEncoding), ("n,,n=a=b,r=abc", .invalidEncoding),
    ])
    func refusesFirstMessages(text: String, word: SCRAMRefusal) throws {
        var server = try SCRAMServer(decoyKey: Self.decoyKey)
        #expect(server.receive(bytes(text)) == refusal(word))
        #expect(server.receive(bytes("n,,n=ada,r=abc")) == refusal(.otherError), "the exchange is over")
        #expect(server.answer(secret: nil) == refusal(.otherError))
    }

    @Test func refusesLastMessages() throws {
        let secret = try SCRAMSecret(password: "pencil", iterations: 4096)
        let proof = Base64.text([UInt8](repeating: 0, count: 32))
        let cases: [(String, SCRAMRefusal)] = [
            ("c=biws,r=abcxyz,p=\(proof)", .invalidProof), ("c=biws,r=abcxyz,p=YQ==", .invalidProof),
            ("c=biws,r=abcxyy,p=\(proof)", .otherError), ("c=biws,r=abc,p=\(proof)", .otherError),
            ("c=eSws,r=abcxyz,p=\(proof)", .channelBindingsDoNotMatch), ("c=biws,r=abcxyz", .invalidEncoding),
            ("c=biws,r=abcxyz,p=", .invalidEncoding),
            ("c=biws,r=abcxyz,p=\(Base64.text([UInt8](repeating: 0, count: 64)))", .invalidProof),
        ]
        for (text, word) in cases {
            var server = try SCRAMServer(decoyKey: Self.decoyKey, nonce: "xyz")
            #expect(server.receive(bytes("n,,n=ada,r=abc")) == .lookUp(name: "ada"))
            guard case .challenge = server.answer(secret: secret) else { continue }
            #expect(server.receive(bytes(text)) == refusal(word), "\(text)")
        }
    }

    @Test func serverMustKnowThePasswordToo() throws {
        var client = try SCRAMClient(name: "ada", password: "pencil", nonce: "abc")
        _ = client.first()
        _ = try client.receive(challenge: bytes("r=abcxyz,s=YWJj,i=4096"))
        #expect(throws: SCRAMFailure.serverNotAuthentic) {
            try client.receive(final: bytes("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
        }
    }

    @Test(arguments: [
        ("r=abc,s=YWJj,i=4096", SCRAMFailure.nonceMismatch), ("r=abxyz,s=YWJj,i=4096", .nonceMismatch),
        ("r=abcxyz,s=YWJj,i=4095", .iterations(4095)), ("r=abcxyz,s=YWJj,i=1000001", .iterations(1_000_001)),
        ("r=abcxyz,s=YWJj,i=4294967295", .iterations(.max)),
        ("r=abcxyz,s=YWJj", .message(.malformed("iteration count"))),
        ("m=1,r=abcxyz,s=YWJj,i=4096", .message(.extensionDemanded)), ("e=other-error", .refused(.otherError)),
        ("e=", .message(.malformed("verifier"))),
    ])
    func clientRefusesChallenges(text: String, failure: SCRAMFailure) throws {
        var client = try SCRAMClient(name: "ada", password: "pencil", nonce: "abc")
        _ = client.first()
        #expect(throws: failure) { try client.receive(challenge: bytes(text)) }
        #expect(throws: SCRAMFailure.message(.outOfTurn)) { try client.receive(challenge: bytes(text)) }
    }
}
