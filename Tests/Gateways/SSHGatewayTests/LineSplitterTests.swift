import TerminalWire
import Testing

@testable import SSHGateway

@Suite struct LineSplitterTests {
    private static let script = Array("look\nsay hi\r\n\r\nnorth\rsouth".utf8)
    private static let lines = ["look", "say hi", "", "north", "south"]

    private func split(_ pieces: [[UInt8]]) -> [LineSplitter.Piece] {
        var splitter = LineSplitter()
        var found = pieces.flatMap { splitter.receive($0) }
        if let last = splitter.finish() { found.append(last) }
        return found
    }

    @Test func linesAreTheSameHoweverTheyAreCut() {
        let expected = Self.lines.map { LineSplitter.Piece.line(Array($0.utf8)) }
        #expect(split([Self.script]) == expected)
        #expect(split(Self.script.map { [$0] }) == expected)
        for place in 1..<Self.script.count {
            #expect(split([Array(Self.script[..<place]), Array(Self.script[place...])]) == expected)
        }
    }

    @Test func nothingIsKeptOfALineThatIsTooLong() {
        let most = [UInt8](repeating: 0x61, count: LineLimits.lineOctets)
        #expect(split([most, [0x0A]]) == [.line(most)])
        #expect(split([most, [0x61, 0x0A, 0x62, 0x0A]]) == [.tooLong, .line([0x62])])
        #expect(split([most, [0x61]]) == [.tooLong])
    }

    @Test func anEndAfterALineEndsNoMore() {
        #expect(split([[0x61, 0x0A]]) == [.line([0x61])])
        #expect(split([]) == [])
    }
}
