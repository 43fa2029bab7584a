import Testing

@testable import IRCWire

@Suite struct IRCLineFramerTests {
    private func events(_ pieces: [[UInt8]], from sender: IRCSender = .client) -> [IRCLineEvent] {
        var framer = IRCLineFramer(from: sender)
        var events: [IRCLineEvent] = []
        for piece in pieces {
            framer.receive(piece.span)
            while let event = framer.next() { events.append(event) }
        }
        return events
    }

    private func message(_ line: String) throws -> IRCLineEvent { .message(try IRCMessage(parsing: line)) }

    @Test func theWayTheInputIsCutDoesNotMatter() throws {
        let long = "PRIVMSG #c :" + String(repeating: "x", count: 600)
        let input = Array("NICK a\r\n\r\nUSER b 0 * :c d\n@t=1 \(long)\r\n\(long)\n*\r\nPING \u{E9}\r\n".utf8)
        let whole = events([input])
        let wanted: [IRCLineEvent] = [
            try message("NICK a"), try message("USER b 0 * :c d"), .tooLong, .tooLong, .malformed,
            try message("PING \u{E9}"),
        ]
        #expect(whole == wanted)
        #expect(events(input.map { [$0] }) == whole)
        for cut in 0...input.count { #expect(events([Array(input[..<cut]), Array(input[cut...])]) == whole) }
    }

    @Test func bodyAndTagsAreMeasuredApart() throws {
        let body = "A " + String(repeating: "x", count: 508)
        let tags = "@t=" + String(repeating: "y", count: 4092 - 1) + " "
        #expect(tags.utf8.count == 4095)
        for (line, fits) in [
            (body, true), (body + "x", false), (tags + body, true), ("@t" + tags.dropFirst(2) + body, true),
            ("@tt" + tags.dropFirst(2) + body, true), ("@ttt" + tags.dropFirst(2) + body, false),
            (tags + body + "x", false),
        ] {
            let event = events([Array((line + "\r\n").utf8)])
            #expect(event == (fits ? [try message(line)] : [.tooLong]), "\(line.utf8.count)")
        }
    }

    @Test func serversMaySendLongerTags() throws {
        let line = "@t=" + String(repeating: "y", count: 8187) + " A"
        #expect(events([Array((line + "\r\n").utf8)]) == [.tooLong])
        #expect(events([Array((line + "\r\n").utf8)], from: .server) == [try message(line)])
    }

    @Test func anEndlessLineIsToldOnceAndHoldsNothing() {
        var framer = IRCLineFramer(from: .client)
        let piece = [UInt8](repeating: 0x61, count: 1000)
        var told = 0
        for _ in 0..<200 {
            framer.receive(piece.span)
            while let event = framer.next() {
                #expect(event == .tooLong)
                told += 1
            }
            #expect(framer.bufferedCount <= IRCLimits.clientTagOctets + IRCLimits.bodyOctets + 2)
        }
        framer.receive([0x0A, 0x41, 0x0A].span)
        #expect(framer.next() == .message(IRCMessage("A")))
        #expect(told == 1)
    }

    @Test func whatIsNotUTF8IsToldOfClientsAndReadOfServers() {
        let line = Array("privmsg #c :caf".utf8) + [0xE9, 0x0D, 0x0A]
        #expect(events([line]) == [.notUTF8("PRIVMSG")])
        #expect(events([line], from: .server) == [.message(IRCMessage("PRIVMSG", ["#c", "caf\u{E9}"]))])
        #expect(events([[0xFF, 0x0A]]) == [.notUTF8(nil)])
    }

    @Test func nulAndLoneCarriageReturnsMakeALineMalformed() {
        #expect(events([Array("A \0b\r\nA b\rQUIT\r\n".utf8)]) == [.malformed, .malformed])
    }

    @Test func oneMessageOfAWebSocketIsOneLine() {
        func read(_ octets: [UInt8]) -> IRCLineEvent? { IRCLineFramer.read(octets.span, from: .client) }
        let line = Array("PING a".utf8)
        #expect(read(line) == .message(IRCMessage("PING", ["a"])))
        #expect(read(line + [0x0D, 0x0A]) == .message(IRCMessage("PING", ["a"])))
        #expect(read([]) == nil)
        #expect(read(Array("A\r\nB".utf8)) == .malformed)
        #expect(read([UInt8](repeating: 0x61, count: 511)) == .tooLong)
    }
}
