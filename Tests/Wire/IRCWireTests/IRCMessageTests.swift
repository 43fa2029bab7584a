import Basics
import Testing

@testable import IRCWire

@Suite struct IRCMessageTests {
    @Test(arguments: [
        ("PING", "PING", []), ("ping a", "PING", ["a"]), ("PING :a b", "PING", ["a b"]),
        ("PRIVMSG #c :", "PRIVMSG", ["#c", ""]), ("A b  c   :d  e ", "A", ["b", "c", "d  e "]),
        ("A b   ", "A", ["b"]), ("A b :", "A", ["b", ""]), ("A ::b", "A", [":b"]), ("A b:c d", "A", ["b:c", "d"]),
        ("  A b", "A", ["b"]), ("001 x :y", "001", ["x", "y"]),
    ])
    func lines(line: String, command: String, parameters: [String]) throws {
        let message = try IRCMessage(parsing: line)
        #expect(message.command.name == command)
        #expect(message.parameters.map(\.text) == parameters)
    }

    @Test func tagsAndSource() throws {
        let message = try IRCMessage(parsing: "@a=1;+b   :n!u@h   PRIVMSG #c :hi there")
        #expect(message.tags == ["a": "1", "+b": ""])
        #expect(message.source == IRCSource("n", user: "u", host: "h"))
        #expect(message.text(at: 1) == "hi there")
        #expect(message.text(at: 2) == nil)
    }

    @Test func theFifteenthParameterTakesTheRest() throws {
        let line = "A " + (1...14).map(String.init).joined(separator: " ") + " 15 16 :17"
        let message = try IRCMessage(parsing: line)
        #expect(message.parameters.count == 15)
        #expect(message.parameters.last?.text == "15 16 :17")
        let colon = try IRCMessage(parsing: "A " + (1...14).map(String.init).joined(separator: " ") + " :15 16")
        #expect(colon.parameters.last?.text == "15 16")
    }

    @Test func linesThatAreNone() {
        for line in ["", "   "] { #expect(throws: IRCParsingFailure.empty) { try IRCMessage(parsing: line) } }
        for line in ["@a", ":x", ":x  ", "@a=1 :x", "P\u{E9}", "* x", "@a=1 *"] {
            #expect(throws: IRCParsingFailure.malformed) { try IRCMessage(parsing: line) }
        }
        for line in ["A\rB", "A \0", "A b\n"] {
            #expect(throws: IRCParsingFailure.forbiddenOctet) { try IRCMessage(parsing: line) }
        }
        for octets in [[0x41, 0x20, 0xFF], [0x41, 0x20, 0xC3], [0x41, 0x20, 0xED, 0xA0, 0x80]] as [[UInt8]] {
            #expect(throws: IRCParsingFailure.notUTF8) { try IRCMessage(parsing: octets) }
        }
    }

    @Test func whatIsWrittenReadsBack() throws {
        let message = IRCMessage(
            "PRIVMSG", ["#c", ":) hello \u{4F60}"], source: IRCSource("n", user: "u", host: "h"), tags: ["k": "v w"])
        #expect(
            String(decoding: message.octets(), as: UTF8.self) == "@k=v\\sw :n!u@h PRIVMSG #c ::) hello \u{4F60}\r\n")
        #expect(try IRCMessage(parsing: Array(message.octets().dropLast(2))) == message)
    }

    @Test(arguments: 0..<40) func anyOctetsAreReadOrRefused(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let likely = Array("@:+;=\\ !PRIVMSG#a1/.-".utf8)
        for _ in 0..<200 {
            let octets = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                Int.random(in: 0..<10, using: &random) == 0
                    ? UInt8.random(in: 0...255, using: &random) : likely.randomElement(using: &random) ?? 0x20
            }
            guard let message = try? IRCMessage(parsing: octets) else { continue }
            let again = try? IRCMessage(parsing: Array(message.octets(limit: .max).dropLast(2)))
            #expect(again?.command == message.command)
            #expect(again?.parameters == message.parameters)
            #expect(again?.tags == message.tags)
        }
    }
}
