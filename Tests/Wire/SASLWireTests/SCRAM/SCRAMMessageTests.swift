import Basics
import SASLWire
import Testing

/// The four messages of RFC 7677 section 3, and what may be wrong with each.
@Suite struct SCRAMMessageTests {
    private static let nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"

    @Test func example() throws {
        let first = try SCRAMClientFirst(parsing: Array("n,,n=user,r=rOprNGfwEbeRWgbNEkqO".utf8))
        #expect(first.header.channelBinding == .unsupported && first.header.authorizationIdentity == nil)
        #expect(first.name == "user" && first.nonce == "rOprNGfwEbeRWgbNEkqO")
        #expect(first.bare == Array("n=user,r=rOprNGfwEbeRWgbNEkqO".utf8))
        #expect(
            try SCRAMClientFirst(header: SCRAMHeader(), name: "user", nonce: "rOprNGfwEbeRWgbNEkqO") == first)

        let challenge = Array("r=\(Self.nonce),s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096".utf8)
        let salting = try SCRAMServerFirst(parsing: challenge)
        #expect(salting.nonce == Self.nonce && salting.iterations == 4096)
        #expect(Base64.text(salting.salt) == "W22ZaJ0SNY7soEsUEjb6gQ==")
        #expect(try SCRAMServerFirst(nonce: Self.nonce, salt: salting.salt, iterations: 4096) == salting)
        #expect(salting.encoded == challenge)

        let proof = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
        let answer = Array("c=biws,r=\(Self.nonce),p=\(proof)".utf8)
        let final = try SCRAMClientFinal(parsing: answer)
        #expect(final.channelBinding == Array("n,,".utf8) && final.nonce == Self.nonce)
        #expect(Base64.text(final.proof) == proof)
        #expect(final.withoutProof == Array("c=biws,r=\(Self.nonce)".utf8))
        #expect(final.encoded == answer)
        #expect(
            try SCRAMClientFinal(channelBinding: Array("n,,".utf8), nonce: Self.nonce, proof: final.proof) == final)

        let last = Array("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=".utf8)
        guard case .verifier(let signature) = try SCRAMServerFinal(parsing: last) else {
            Issue.record("no verifier")
            return
        }
        #expect(signature.count == 32)
        #expect(SCRAMServerFinal.verifier(signature).encoded == last)
    }

    static let headers: [(String, SCRAMHeader.ChannelBinding, String?)] = [
        ("n,,", .unsupported, nil), ("y,,", .notOffered, nil),
        ("p=tls-exporter,,", .used(type: "tls-exporter"), nil),
        ("n,a=Ursel,", .unsupported, "Ursel"), ("p=tls-unique,a=a=2Cb=3Dc,", .used(type: "tls-unique"), "a,b=c"),
    ]

    @Test(arguments: headers)
    func header(text: String, binding: SCRAMHeader.ChannelBinding, identity: String?) throws {
        let first = try SCRAMClientFirst(parsing: Array("\(text)n=x,r=y".utf8))
        #expect(first.header == (try SCRAMHeader(channelBinding: binding, authorizationIdentity: identity)))
        #expect(first.encoded == Array("\(text)n=x,r=y".utf8))
    }

    @Test(arguments: [("a=2Cb", "a,b"), ("=3D", "="), ("=3D2C", "=2C"), ("ünïcode", "ünïcode"), (" ", " ")])
    func names(written: String, name: String) throws {
        #expect(try SCRAMName.unescaped(Array(written.utf8)) == name)
        #expect(SCRAMName.escaped(name) == written)
        let first = try SCRAMClientFirst(header: SCRAMHeader(), name: name, nonce: "y")
        #expect(try SCRAMClientFirst(parsing: first.encoded) == first)
    }

    @Test(arguments: ["", "=", "=2", "=2c", "=3d", "==", "a=4Cb", "a,b", "a=2C=", "a\0b"] as [String])
    func malformedNames(written: String) {
        #expect(throws: SASLFailure.self) { try SCRAMName.unescaped(Array(written.utf8)) }
    }

    @Test func extensionsArePassedOver() throws {
        #expect(try SCRAMClientFirst(parsing: Array("n,,n=user,r=abc,x=1,y==".utf8)).name == "user")
        #expect(try SCRAMServerFirst(parsing: Array("r=abc,s=YQ==,i=4096,z=future".utf8)).iterations == 4096)
        let final = try SCRAMClientFinal(parsing: Array("c=biws,r=abc,t=1,u=2,p=YQ==".utf8))
        #expect(final.withoutProof == Array("c=biws,r=abc,t=1,u=2".utf8) && final.proof == [0x61])
        #expect(final.encoded == Array("c=biws,r=abc,t=1,u=2,p=YQ==".utf8))
        #expect(try SCRAMServerFinal(parsing: Array("v=YQ==,x=1".utf8)) == .verifier([0x61]))
    }

    @Test func demandedExtensionsAreRefused() {
        #expect(throws: SASLFailure.extensionDemanded) { try SCRAMClientFirst(parsing: Array("n,,m=x,n=u,r=a".utf8)) }
        #expect(throws: SASLFailure.extensionDemanded) {
            try SCRAMServerFirst(parsing: Array("m=x,r=a,s=YQ==,i=1".utf8))
        }
        #expect(throws: SASLFailure.extensionDemanded) {
            try SCRAMClientFinal(parsing: Array("m=x,c=biws,r=a,p=YQ==".utf8))
        }
    }

    @Test(
        arguments: [
            "", "n", "n,", "n,,", ",,n=user,r=abc", "x,,n=user,r=abc", "N,,n=user,r=abc", "p,,n=user,r=abc",
            "p=,,n=user,r=abc", "p=tls_unique,,n=user,r=abc", "n,user,n=user,r=abc", "n,a=,n=user,r=abc",
            "n,,r=abc,n=user", "n,,n=user", "n,,n=,r=abc", "n,,n=user,r=", "n,,n=us=er,r=abc", "n,,n=user,r=a bc",
            "n,,n=user,r=abc,", "n,,n=user,r=abc,x", "n,,n=user,r=abc,x=", "n,,n=user,r=abc,1=x", "n,,n=user,r=a\u{7F}",
            "n,,n=user,r=ä", "n,,n=us\0er,r=abc", "n,,,n=user,r=abc",
            "n,,n=\(String(repeating: "x", count: 256)),r=abc", "n,,n=user,r=\(String(repeating: "x", count: 257))",
            "n,,n=user,r=abc,x=\(String(repeating: "x", count: 4096))",
            "p=\(String(repeating: "x", count: 65)),,n=u,r=a",
        ] as [String])
    func malformedClientFirst(text: String) {
        #expect(throws: SASLFailure.self) { try SCRAMClientFirst(parsing: Array(text.utf8)) }
    }

    @Test(
        arguments: [
            "", "r=abc", "r=abc,s=YQ==", "s=YQ==,r=abc,i=4096", "r=abc,s=YQ,i=4096", "r=abc,s=,i=4096",
            "r=abc,s=YQ==,i=", "r=abc,s=YQ==,i=0", "r=abc,s=YQ==,i=04096", "r=abc,s=YQ==,i=-1", "r=abc,s=YQ==,i=+1",
            "r=abc,s=YQ==,i=4294967296", "r=abc,s=YQ==,i=99999999999999999999", "r=abc,s=YQ==,i=4096,", "e=other-error",
            "r=\(String(repeating: "x", count: 513)),s=YQ==,i=1",
            "r=abc,s=\(String(repeating: "YWFh", count: 86)),i=1",
        ] as [String])
    func malformedServerFirst(text: String) {
        #expect(throws: SASLFailure.self) { try SCRAMServerFirst(parsing: Array(text.utf8)) }
    }

    @Test(
        arguments: [
            "", "c=biws,r=abc", "r=abc,c=biws,p=YQ==", "c=biws,p=YQ==", "c=,r=abc,p=YQ==", "c=biws,r=abc,p=",
            "c=biws,r=abc,p=YQ", "c=biws,r=abc,p=YQ==,x=1", "c=biws,r=abc,p=YQ==,", "c=biw,r=abc,p=YQ==",
            "c=biws,r=abc,,p=YQ==", "c=biws,r=abc,p=\(String(repeating: "YWFh", count: 22))",
            "c=\(String(repeating: "YWFh", count: 342)),r=abc,p=YQ==",
        ] as [String])
    func malformedClientFinal(text: String) {
        #expect(throws: SASLFailure.self) { try SCRAMClientFinal(parsing: Array(text.utf8)) }
    }

    @Test(arguments: ["", "v=", "v=YQ", "x=1", "v=YQ==,", "e=", "e", "m=x,v=YQ=="] as [String])
    func malformedServerFinal(text: String) {
        #expect(throws: SASLFailure.self) { try SCRAMServerFinal(parsing: Array(text.utf8)) }
    }

    @Test func refusals() throws {
        #expect(SCRAMServerFinal.refusal(.invalidProof).encoded == Array("e=invalid-proof".utf8))
        #expect(
            try SCRAMServerFinal(parsing: Array("e=unknown-user,x=1".utf8)) == .refusal(.init(word: "unknown-user")))
        #expect(SCRAMRefusal(word: "a,b\u{1B}[2J=c").word == "ab2Jc")
    }

    /// Whatever arrives, the answer is a message or a failure.
    @Test func damagedMessagesNeverTrap() throws {
        let messages = [
            "p=tls-exporter,a=x=2C,n=us=3Der,r=abc,x=1", "r=abc,s=YWJj,i=4096,x=1", "c=biws,r=abc,x=1,p=YWJj",
            "v=YWJj,x=1",
        ]
        var generator = SeededGenerator(seed: 5802)
        for message in messages {
            let octets = Array(message.utf8)
            for length in 0...octets.count { parseAll(Array(octets.prefix(length))) }
            for _ in 0..<2000 {
                var damaged = octets
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    let place = Int.random(in: 0..<damaged.count, using: &generator)
                    damaged[place] =
                        Bool.random(using: &generator) ? UInt8.random(in: 0...255, using: &generator) : 0x2C
                }
                parseAll(damaged)
            }
        }
    }

    private func parseAll(_ octets: [UInt8]) {
        if let message = try? SCRAMClientFirst(parsing: octets) { #expect(message.encoded == octets) }
        if let message = try? SCRAMServerFirst(parsing: octets) { #expect(message.encoded == octets) }
        if let message = try? SCRAMClientFinal(parsing: octets) { #expect(message.encoded == octets) }
        _ = try? SCRAMServerFinal(parsing: octets)
    }
}
