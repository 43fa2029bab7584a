import JSONWire
import MUDWire
import Testing

@Suite struct GMCPMessageTests {
    @Test(
        arguments: [
            ("Core.KeepAlive", "core.keepalive", nil), ("Core.Ping 120", "core.ping", "120"),
            ("Core.Hello {\"client\":\"x\"}", "core.hello", "{\"client\":\"x\"}"),
            ("core.hello{\"client\":\"x\"}", "core.hello", "{\"client\":\"x\"}"),
            ("Core.Goodbye \"Bye.\"", "core.goodbye", "\"Bye.\""), ("A.b-c_9  [ 1 ] \n", "a.b-c_9", "[1]"),
            ("Char.Items.Inv \r\n", "char.items.inv", nil), ("X null", "x", "null"), ("Core.Ping\0", "core.ping", nil),
        ] as [(String, String, String?)])
    func reads(payload: String, key: String, body: String?) throws {
        let message = try GMCPMessage(parsing: Array(payload.utf8))
        #expect(message.key == key)
        #expect(message.body.map { String(decoding: $0.encoded, as: UTF8.self) } == body)
        #expect(try GMCPMessage(parsing: message.encoded) == message)
    }

    @Test(
        arguments: [
            ("", GMCPFailure.malformedName), (" Core.Ping", .malformedName), ("{}", .malformedName),
            (".Core", .malformedName), ("9x", .malformedName), ("é", .malformedName),
            ("Core.Ping 1 2", .malformedBody(JSONFailure(.trailing, at: 12))),
            ("Core.Goodbye Bye", .malformedBody(JSONFailure(.unexpected, at: 13))),
            ("Core.Hello {\"client\":", .malformedBody(JSONFailure(.incomplete, at: 21))),
            (String(repeating: "a", count: GMCPLimits.nameOctets + 1), .malformedName),
            ("A " + String(repeating: " ", count: GMCPLimits.messageOctets), .tooLong),
            (
                "A \"" + String(repeating: "x", count: GMCPLimits.messageOctets - 3),
                .malformedBody(JSONFailure(.incomplete, at: GMCPLimits.messageOctets))
            ),
        ] as [(String, GMCPFailure)])
    func refuses(payload: String, failure: GMCPFailure) {
        #expect(throws: failure) { try GMCPMessage(parsing: Array(payload.utf8)) }
    }

    @Test func longestNameAndMessage() throws {
        let name = String(repeating: "a", count: GMCPLimits.nameOctets)
        let text = String(repeating: "x", count: GMCPLimits.messageOctets - name.utf8.count - 3)
        let message = GMCPMessage(name, .string(text))
        #expect(message.encoded.count == GMCPLimits.messageOctets)
        #expect(try GMCPMessage(parsing: message.encoded) == message)
    }

    @Test func noOctetIsIAC() {
        let message = GMCPMessage("Core.Goodbye", "ÿ\u{FF}\u{10FFFF}\u{FFFD}")
        #expect(!message.encoded.contains(0xFF))
    }

    @Test func loginsAreNotShown() {
        let message = GMCPMessage("Char.Login.Credentials", ["account": "ada", "password": "secret"])
        #expect("\(message)" == "Char.Login.Credentials")
        #expect("\(GMCPMessage("Core.Ping", 5))" == "Core.Ping 5")
        let meaning = GMCPClientMessage.credentials(GMCPCredentials(account: "ada", password: "secret"))
        #expect(!"\(meaning)".contains("secret"))
    }
}
