import Testing

@testable import ShellPeers

@Suite struct TextLedgerTests {
    @Test func plainTextIsCountedOctetByOctet() {
        var ledger = TextLedger()
        for _ in 0..<1000 { ledger.sent(text: 10, wire: 10) }
        #expect(ledger.markCount == 2)
        for untaken in stride(from: 10_000, through: 0, by: -1) { #expect(ledger.untaken(wire: untaken) == untaken) }
    }

    @Test func negotiationIsNoText() {
        var ledger = TextLedger()
        ledger.sent(text: 0, wire: 27)
        ledger.sent(text: 100, wire: 100)
        #expect(ledger.untaken(wire: 127) == 100)
        #expect(ledger.untaken(wire: 110) == 100)
        #expect(ledger.untaken(wire: 100) == 100)
        #expect(ledger.untaken(wire: 40) == 40)
        ledger.sent(text: 0, wire: 3)
        #expect(ledger.untaken(wire: 13) == 10)
        #expect(ledger.untaken(wire: 3) == 0)
    }

    @Test func aCompressedPieceCountsWhenItIsWhole() {
        var ledger = TextLedger()
        ledger.sent(text: 1000, wire: 300)
        ledger.sent(text: 500, wire: 200)
        #expect(ledger.untaken(wire: 500) == 1500)
        #expect(ledger.untaken(wire: 201) == 1500)
        #expect(ledger.untaken(wire: 200) == 500)
        #expect(ledger.untaken(wire: 1) == 500)
        #expect(ledger.untaken(wire: 0) == 0)
    }

    /// Never is text said to be taken that is not, and the memory is bounded.
    @Test func manyPiecesAreForgottenTowardsTheSafeSide() {
        var ledger = TextLedger()
        var ends: [(text: Int, wire: Int)] = []
        for number in 1...2000 {
            let last = ends.last ?? (0, 0)
            ends.append((last.text + 90 + number % 7, last.wire + 30 + number % 5))
            ledger.sent(text: 90 + number % 7, wire: 30 + number % 5)
            #expect(ledger.markCount <= TextLedger.markLimit)
        }
        let total = ends[ends.count - 1]
        for untaken in stride(from: total.wire, through: 0, by: -137) {
            let taken = ends.last { $0.wire <= total.wire - untaken }?.text ?? 0
            #expect(ledger.untaken(wire: untaken) >= total.text - taken)
        }
        #expect(ledger.untaken(wire: 0) == 0)
    }
}
