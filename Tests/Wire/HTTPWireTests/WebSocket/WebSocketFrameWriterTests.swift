import Testing

@testable import HTTPWire

@Suite struct WebSocketFrameWriterTests {
    @Test(arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 70_000]) func eachLengthReadsBack(count: Int) throws {
        let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        for (role, mask) in [(WebSocketRole.client, nil), (.server, 0x1234_5678)] as [(WebSocketRole, UInt32?)] {
            var output: [UInt8] = []
            WebSocketFrameWriter.append(.binary, payload.span, mask: mask, to: &output)
            var reader = WebSocketFrameReader(role)
            reader.receive(output.span)
            let event = try reader.next()
            #expect(event == .message(WebSocketMessage(.binary, payload)))
            #expect(reader.bufferedCount == 0)
        }
    }

    @Test func aCloseIsCutBehindAWholeCharacter() throws {
        var output: [UInt8] = []
        WebSocketFrameWriter.append(
            close: .normal, reason: String(repeating: "\u{1F600}", count: 40), mask: nil, to: &output)
        #expect(output.count == 2 + 2 + 120)
        var reader = WebSocketFrameReader(.client)
        reader.receive(output.span)
        let event = try reader.next()
        #expect(event == .close(.normal, reason: String(repeating: "\u{1F600}", count: 30)))
    }

    @Test func codesThatMayNotBeSentAreLeftOut() {
        var output: [UInt8] = []
        WebSocketFrameWriter.append(close: WebSocketCloseCode(rawValue: 1005), reason: "x", mask: nil, to: &output)
        #expect(output == [0x88, 0x00])
    }

    @Test func aLongPingIsCut() {
        var output: [UInt8] = []
        WebSocketFrameWriter.append(ping: [UInt8](repeating: 1, count: 200), isAnswer: false, mask: nil, to: &output)
        #expect(output.count == 127 && output[0] == 0x89)
    }
}
