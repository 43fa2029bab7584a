import SASLWire
import Testing

@Suite struct PlainMessageTests {
    /// The first two are of RFC 4616 section 4.
    static let vectors: [(wire: String, identity: String?, name: String, password: String)] = [
        ("\0tim\0tanstaaftanstaaf", nil, "tim", "tanstaaftanstaaf"),
        ("Ursel\0Kurt\0xipj3plmq", "Ursel", "Kurt", "xipj3plmq"),
        ("\0пользователь\0 ключ 🗝 ", nil, "пользователь", " ключ 🗝 "),
    ]

    @Test(arguments: vectors)
    func bothWays(wire: String, identity: String?, name: String, password: String) throws {
        let message = try PlainMessage(authorizationIdentity: identity, name: name, password: password)
        #expect(message.encoded == Array(wire.utf8))
        #expect(try PlainMessage(parsing: Array(wire.utf8)) == message)
        #expect(!"\(message)".contains(password))
    }

    static let broken: [(String, SASLFailure)] = [
        ("", .malformed("PLAIN message")), ("tim", .malformed("PLAIN message")),
        ("\0tim", .malformed("PLAIN message")), ("\0tim\0x\0", .malformed("PLAIN message")),
        ("\0\0x", .malformed("name")), ("\0tim\0", .malformed("password")),
        (String(repeating: "x", count: 256) + "\0tim\0x", .tooLong("authorization identity", limit: 255)),
        ("\0" + String(repeating: "x", count: 256) + "\0x", .tooLong("name", limit: 255)),
        ("\0tim\0" + String(repeating: "x", count: 1025), .tooLong("password", limit: 1024)),
        (String(repeating: "\0", count: 4097), .tooLong("message", limit: 4096)),
    ]

    @Test(arguments: broken)
    func refuses(wire: String, failure: SASLFailure) {
        #expect(throws: failure) { try PlainMessage(parsing: Array(wire.utf8)) }
    }

    @Test func refusesWhatIsNoText() {
        #expect(throws: SASLFailure.malformed("name")) { try PlainMessage(parsing: [0, 0xFF, 0, 0x78]) }
        #expect(throws: SASLFailure.malformed("password")) { try PlainMessage(parsing: [0, 0x78, 0, 0xC3]) }
    }

    @Test func writesOnlyWhatCanBeRead() {
        #expect(throws: SASLFailure.malformed("name")) { try PlainMessage(name: "a\0b", password: "x") }
        #expect(throws: SASLFailure.malformed("password")) { try PlainMessage(name: "a", password: "") }
        #expect(throws: SASLFailure.malformed("authorization identity")) {
            try PlainMessage(authorizationIdentity: "", name: "a", password: "x")
        }
    }
}
