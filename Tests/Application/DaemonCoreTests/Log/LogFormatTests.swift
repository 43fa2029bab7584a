import Basics
import Foundation
import Logging
import Testing

@testable import DaemonCore

@Suite struct LogFormatTests {
    static let escapes: [(String, String)] = [
        ("plain", "plain"), ("", "\"\""), ("two words", "\"two words\""), ("a=b", "\"a=b\""), ("tab\t", "tab\\t"),
        ("line\nforged", "line\\nforged"), ("\r\n", "\\r\\n"), ("\u{1b}[31m", "\\u{1b}[31m"), ("\u{7f}", "\\u{7f}"),
        ("\u{9b}2J", "\\u{9b}2J"), ("\u{202e}txt", "\\u{202e}txt"), ("\u{2028}", "\\u{2028}"),
        ("say \"hi\"", "\"say \\\"hi\\\"\""), ("back\\slash", "back\\\\slash"), ("zoë 🗝", "\"zoë 🗝\""),
        (String(repeating: "x", count: 3000), String(repeating: "x", count: 2048) + "…"),
    ]

    @Test(arguments: escapes) func valueIsOnePrintableWord(value: String, written: String) {
        #expect(LogFormat.quote(value) == written)
    }

    static let stamps: [(Int64, String)] = [
        (0, "1970-01-01T00:00:00.000Z"), (1_795_412_460_007, "2026-11-23T05:41:00.007Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
    ]

    @Test(arguments: stamps) func stamp(milliseconds: Int64, text: String) {
        #expect(record(at: milliseconds).stamp == text)
    }

    private func record(at milliseconds: Int64 = 0) -> LogRecord {
        LogRecord(
            time: WallInstant(milliseconds: milliseconds), level: .warning, label: "door.telnet",
            message: "it said \"hi\"\nforged", fields: [("level", "7"), ("na me=", "Zoë"), ("password", "hunter2")])
    }

    @Test func textIsForPeople() {
        #expect(
            String(decoding: LogFormat.text.encode(record()), as: UTF8.self)
                == "1970-01-01T00:00:00.000Z warning door.telnet it said \"hi\"\\nforged level=7 na me==Zoë password=(withheld)\n"
        )
        let coloured = String(decoding: LogFormat.text.encode(record(), isColoured: true), as: UTF8.self)
        #expect(coloured.contains(" \u{1B}[33mwarning\u{1B}[0m door.telnet "))
    }

    @Test func logfmtIsWordsWithNames() {
        #expect(
            String(decoding: LogFormat.logfmt.encode(record()), as: UTF8.self)
                == "time=1970-01-01T00:00:00.000Z level=warning subsystem=door.telnet message=\"it said \\\"hi\\\"\\nforged\" field_level=7 na_me_=Zoë password=(withheld)\n"
        )
    }

    @Test func jsonIsReadBackAsItWas() throws {
        var one = record()
        one.fields += [
            ("odd", "\u{0}\u{1b}\u{202e}\u{1F511}\\ \u{E0001}"), ("long", String(repeating: "y", count: 5000)),
        ]
        let octets = LogFormat.json.encode(one)
        #expect(octets.last == 0x0A && octets.count { $0 == 0x0A } == 1)
        #expect(octets.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
        let read = try #require(try JSONSerialization.jsonObject(with: Data(octets)) as? [String: String])
        #expect(read["time"] == "1970-01-01T00:00:00.000Z" && read["level"] == "warning")
        #expect(read["message"] == one.message && read["field_level"] == "7" && read["na me="] == "Zoë")
        #expect(read["odd"] == one.fields[3].value && read["password"] == "(withheld)")
        #expect(read["long"]?.count == 2049)
    }

    @Test func aWithheldValueIsNotPrinted() {
        let secret = Withheld("hunter2")
        #expect(secret.value == "hunter2")
        for text in ["\(secret)", String(reflecting: secret), "\([secret])", "\(Optional(secret) as Any)"] {
            #expect(!text.contains("hunter2") && text.contains("withheld"))
        }
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }

    @Test func theJournalsFormHasNamesItAccepts() {
        let octets = JournalSocket.encode(record())
        var expected = Array("MESSAGE\n".utf8)
        expected += [20, 0, 0, 0, 0, 0, 0, 0] + Array("it said \"hi\"\nforged\n".utf8)
        expected += Array("PRIORITY=4\nSYSLOG_IDENTIFIER=mudd\nMUDD_SUBSYSTEM=door.telnet\n".utf8)
        expected += Array("MUDD_LEVEL=7\nMUDD_NA_ME_=Zoë\nMUDD_PASSWORD=(withheld)\n".utf8)
        #expect(octets.dropFirst(16) == expected.dropFirst(16))
        #expect(octets[8] == 19)
    }
}
