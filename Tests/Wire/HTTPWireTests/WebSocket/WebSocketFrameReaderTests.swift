import Testing

@testable import HTTPWire

@Suite struct WebSocketFrameReaderTests {
    private enum Outcome: Equatable {
        case event(WebSocketEvent)
        case failure(UInt16)
    }

    private func outcomes(
        _ pieces: [[UInt8]], _ role: WebSocketRole = .client, limit: Int = 1 << 20
    ) -> [Outcome] {
        var reader = WebSocketFrameReader(role, limits: WebSocketLimits(messageOctets: limit))
        var outcomes: [Outcome] = []
        for piece in pieces {
            reader.receive(piece.span)
            do {
                while let event = try reader.next() { outcomes.append(.event(event)) }
            } catch {
                return outcomes + [.failure(error.code.rawValue)]
            }
        }
        return outcomes
    }

    /// A frame as servers send it, or masked.
    private func frame(_ first: UInt8, _ payload: [UInt8], mask: UInt32? = nil) -> [UInt8] {
        var output: [UInt8] = []
        WebSocketFrameWriter.append(.text, payload.span, mask: mask, to: &output)
        output[0] = first
        return output
    }

    private func text(_ words: String) -> Outcome { .event(.message(WebSocketMessage(words))) }

    @Test func theExamplesOfTheSpecification() {
        let hello = text("Hello")
        #expect(outcomes([[0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]]) == [hello])
        let masked: [UInt8] = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
        #expect(outcomes([masked], .server) == [hello])
        #expect(outcomes([[0x01, 0x03, 0x48, 0x65, 0x6C, 0x80, 0x02, 0x6C, 0x6F]]) == [hello])
        #expect(outcomes([[0x89, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]]) == [.event(.ping(Array("Hello".utf8)))])
        let octets = [UInt8](repeating: 7, count: 256)
        #expect(outcomes([[0x82, 0x7E, 0x01, 0x00] + octets]) == [.event(.message(WebSocketMessage(.binary, octets)))])
    }

    @Test func theWayTheInputIsCutDoesNotMatter() {
        let input =
            frame(0x81, Array("caf\u{E9} \u{1F600}".utf8), mask: 0x0102_0304)
            + frame(0x01, Array("on".utf8), mask: 0xFF00_FF00)
            + frame(0x89, [1, 2, 3], mask: 7) + frame(0x00, [], mask: 1)
            + frame(0x80, Array("e".utf8), mask: 0xDEAD_BEEF)
            + frame(0x82, [UInt8](repeating: 9, count: 300), mask: 5) + frame(0x8A, [], mask: 0)
            + frame(0x88, [0x03, 0xE8] + Array("bye".utf8), mask: 3) + frame(0x81, [0x61], mask: 3)
        let whole = outcomes([input], .server)
        let wanted: [Outcome] = [
            text("caf\u{E9} \u{1F600}"), .event(.ping([1, 2, 3])), text("one"),
            .event(.message(WebSocketMessage(.binary, [UInt8](repeating: 9, count: 300)))), .event(.pong([])),
            .event(.close(.normal, reason: "bye")),
        ]
        #expect(whole == wanted)
        #expect(outcomes(input.map { [$0] }, .server) == whole)
        for cut in input.indices { #expect(outcomes([Array(input[..<cut]), Array(input[cut...])], .server) == whole) }
    }

    @Test(
        arguments: [
            [0xC1, 0x00], [0xA1, 0x00], [0x91, 0x00], [0x83, 0x00], [0x8B, 0x00], [0x81, 0x80], [0x09, 0x00],
            [0x89, 0x7E],
            [0x80, 0x00], [0x00, 0x00], [0x01, 0x00, 0x01, 0x00], [0x01, 0x00, 0x82, 0x00], [0x82, 0x7E, 0x00, 0x7D],
            [0x82, 0x7F, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], [0x82, 0x7F, 0x80, 0, 0, 0, 0, 1, 0, 0], [0x88, 0x01, 0x03],
            [0x88, 0x02, 0x03, 0xED], [0x88, 0x02, 0x00, 0x00], [0x88, 0x02, 0x13, 0x88], [0x88, 0x02, 0x03, 0xEC],
        ] as [[UInt8]])
    func whatBreaksTheRulesIsRefused(octets: [UInt8]) {
        #expect(outcomes([octets]).last == .failure(1002))
        #expect(outcomes(octets.map { [$0] }).last == .failure(1002))
    }

    @Test func clientsMustMask() {
        #expect(outcomes([[0x81, 0x00]], .server) == [.failure(1002)])
        #expect(outcomes([[0x81, 0x80, 0, 0, 0, 0]], .client) == [.failure(1002)])
    }

    @Test func textThatIsNotUTF8IsFoundAtOnce() {
        #expect(outcomes([frame(0x81, [0xFF])]) == [.failure(1007)])
        #expect(outcomes([frame(0x81, [0xC3])]) == [.failure(1007)])
        #expect(outcomes([frame(0x01, [0xC3]) + frame(0x80, [0xA9])]) == [text("\u{E9}")])
        #expect(outcomes([[0x01, 0x05, 0x61, 0xED, 0xA0]]) == [.failure(1007)])
        #expect(outcomes([frame(0x88, [0x03, 0xE8, 0xFF])]) == [.failure(1007)])
        #expect(outcomes([frame(0x82, [0xFF])]) == [.event(.message(WebSocketMessage(.binary, [0xFF])))])
    }

    @Test func theLimitHoldsForAllFragmentsTogether() {
        #expect(outcomes([frame(0x81, Array("12345".utf8))], limit: 5) == [text("12345")])
        #expect(outcomes([[0x81, 0x06]], limit: 5) == [.failure(1009)])
        #expect(outcomes([frame(0x01, Array("123".utf8)) + [0x80, 0x03]], limit: 5) == [.failure(1009)])
        #expect(outcomes([[0x82, 0x7F, 0x7F, 255, 255, 255, 255, 255, 255, 255]], limit: 5) == [.failure(1009)])
    }

    @Test func aLargeMessageOfManyFragments() {
        let piece = frame(0x00, [UInt8](repeating: 0x61, count: 4000))
        var pieces = [frame(0x01, [])]
        for _ in 0..<1000 { pieces.append(piece) }
        pieces.append(frame(0x80, []))
        let found = outcomes(pieces, limit: 16 << 20)
        guard case .event(.message(let message)) = found.first else {
            Issue.record("no message")
            return
        }
        #expect(message.octets.count == 4_000_000 && found.count == 1)
    }
}
