import ReactorCore
import ReactorTesting
import SSHKeys
import SSHWire
import ShellPeers
import Testing

/// How a server tells its keys, and proves them.
struct SSHHostKeysTests {
    @Test func aServerTellsItsKeysAndProvesThem() throws {
        let next = try SSHStage.key(2)
        let curve = try SSHPrivateKey.generate(.ecdsaP256)
        let stage = try SSHStage(server: { $0.furtherHostKeys = [next, curve] })
        #expect(stage.client.announced == [try SSHStage.key().publicKey, next.publicKey, curve.publicKey])
        var proven: [SSHPublicKey]?
        stage.client.connection?.proveHostKeys([next.publicKey, curve.publicKey]).whenDone { proven = try? $0.get() }
        stage.pair.pump()
        #expect(proven == [next.publicKey, curve.publicKey])
    }

    @Test func aServerProvesNoKeyThatIsNotItsOwn() throws {
        let stage = try SSHStage()
        var proven: [SSHPublicKey]?
        let foreign = try SSHStage.key(9).publicKey
        stage.client.connection?.proveHostKeys([try SSHStage.key().publicKey, foreign]).whenDone {
            proven = try? $0.get()
        }
        stage.pair.pump()
        #expect(proven == [])
    }

    @Test func signaturesAreNotMadeWithoutEnd() throws {
        let stage = try SSHStage()
        let key = try SSHStage.key().publicKey
        var proofs = 0
        for _ in 0..<100 {
            stage.client.connection?.proveHostKeys([key]).whenDone { if (try? $0.get()) == [key] { proofs += 1 } }
        }
        stage.pair.pump()
        #expect(proofs == 32)
    }

    @Test func aClientProvesNothing() throws {
        let stage = try SSHStage()
        var answer: [UInt8]??
        stage.server.connection?.request(.proveHostKeys([try SSHStage.key().publicKey.blob])).whenDone {
            answer = try? $0.get()
        }
        stage.pair.pump()
        #expect(answer == .some(nil))
    }

    @Test func unknownRequestsAreRefused() throws {
        let stage = try SSHStage()
        var answers: [[UInt8]?] = []
        for request: SSHGlobalRequest in [
            .other(name: "x@example.com", fields: []), .forward(host: "", port: 0), .cancelForward(host: "", port: 1),
            .keepAlive,
        ] {
            stage.client.connection?.request(request).whenDone { answers.append((try? $0.get()) ?? nil) }
        }
        stage.pair.pump()
        #expect(answers == [nil, nil, nil, []])
    }
}
