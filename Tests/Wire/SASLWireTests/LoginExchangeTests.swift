import SASLWire
import Testing

@Suite struct LoginExchangeTests {
    @Test func bothSidesTogether() throws {
        var server = LoginServer()
        var client = try LoginClient(name: "tim", password: "tanstaaf")
        let step = try server.receive(client.receive(server.start()))
        #expect(step == .challenge(Array("Password:".utf8)))
        let last = try server.receive(client.receive(LoginServer.passwordPrompt))
        #expect(last == .complete(name: "tim", password: "tanstaaf"))
        #expect(throws: SASLFailure.outOfTurn) { try client.receive([]) }
        #expect(throws: SASLFailure.outOfTurn) { try server.receive(Array("x".utf8)) }
    }

    @Test func nameMayComeAtOnce() throws {
        var server = LoginServer()
        #expect(try server.receive(Array("tim".utf8)) == .challenge(LoginServer.passwordPrompt))
        #expect(try server.receive(Array("x".utf8)) == .complete(name: "tim", password: "x"))
    }

    static let broken: [([UInt8], SASLFailure)] = [
        ([], .malformed("name")), ([0], .malformed("name")), ([0xFF], .malformed("name")),
        ([UInt8](repeating: 0x78, count: 256), .tooLong("name", limit: 255)),
    ]

    @Test(arguments: broken)
    func refusedNameEndsTheExchange(octets: [UInt8], failure: SASLFailure) {
        var server = LoginServer()
        _ = server.start()
        #expect(throws: failure) { try server.receive(octets) }
        #expect(throws: SASLFailure.outOfTurn) { try server.receive(Array("tim".utf8)) }
    }

    @Test func refusesPasswords() throws {
        for octets in [[], [0x78, 0], [0x80], [UInt8](repeating: 0x78, count: 1025)] as [[UInt8]] {
            var server = LoginServer()
            _ = try server.receive([0x78])
            #expect(throws: SASLFailure.self) { try server.receive(octets) }
        }
        #expect(throws: SASLFailure.malformed("password")) { try LoginClient(name: "x", password: "") }
    }
}
