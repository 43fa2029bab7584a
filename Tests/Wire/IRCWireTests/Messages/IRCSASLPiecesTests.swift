import Basics
import Testing

@testable import IRCWire

struct IRCSASLPiecesTests {
    @Test func messagesGoInPieces() {
        #expect(IRCSASLPieces.pieces(of: []) == ["+"])
        #expect(IRCSASLPieces.pieces(of: Array("abc".utf8)) == ["YWJj"])
        let exact = IRCSASLPieces.pieces(of: [UInt8](repeating: 0, count: 300))
        #expect(exact.map(\.text.utf8.count) == [400, 1] && exact.last == "+")
        #expect(IRCSASLPieces.pieces(of: [UInt8](repeating: 0, count: 301)).map(\.text.utf8.count) == [400, 4])
    }

    @Test(arguments: [0, 1, 299, 300, 301, 600, 1000])
    func whatOneSideWritesTheOtherReads(count: Int) {
        let message = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        var pieces = IRCSASLPieces(limit: 4096)
        var outcomes: [IRCSASLPieces.Outcome] = []
        for piece in IRCSASLPieces.pieces(of: message) { outcomes.append(pieces.receive(piece)) }
        #expect(outcomes.last == .complete(message) && outcomes.dropLast().allSatisfy { $0 == .incomplete })
    }

    @Test func limitsHoldAndEndTheMessage() {
        let full = IRCParameter(cleaning: String(repeating: "A", count: 400))
        var pieces = IRCSASLPieces(limit: 800)
        #expect(pieces.receive(IRCParameter(cleaning: full.text + "A")) == .tooLong)
        #expect(pieces.receive(full) == .incomplete && pieces.receive(full) == .incomplete)
        #expect(pieces.receive(full) == .tooLong)
        #expect(pieces.receive(full) == .incomplete && pieces.receive(full) == .incomplete)
        #expect(pieces.receive("+") == .complete([UInt8](repeating: 0, count: 600)))
        #expect(pieces.receive("YWJj") == .complete(Array("abc".utf8)))
        #expect(pieces.receive("*") == .malformed && pieces.receive("a") == .malformed)
        #expect(pieces.receive("+") == .complete([]))
    }
}
