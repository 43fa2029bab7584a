import Testing

@testable import IRCWire

@Suite struct IRCLineWriterTests {
    private func line(_ parameters: [IRCParameter], limit: Int = IRCLimits.bodyOctets) -> String {
        var output: [UInt8] = []
        IRCLineWriter.append("NOTICE", parameters, from: nil, to: &output, limit: limit)
        return String(decoding: output, as: UTF8.self)
    }

    @Test func aColonStandsWhereItMust() {
        #expect(line(["a", "b"]) == "NOTICE a b\r\n")
        #expect(line(["a", "b c"]) == "NOTICE a :b c\r\n")
        #expect(line(["a", ""]) == "NOTICE a :\r\n")
        #expect(line([]) == "NOTICE\r\n")
        var output: [UInt8] = []
        IRCLineWriter.append("QUIT", [], trailing: "bye", from: .server("s"), to: &output)
        #expect(String(decoding: output, as: UTF8.self) == ":s QUIT :bye\r\n")
    }

    @Test func whatCannotStandInTheMiddleIsAStar() {
        #expect(line(["", "a b", ":c", "d"]) == "NOTICE * * * d\r\n")
    }

    @Test func nothingMakesASecondLine() {
        let hostile = IRCParameter(cleaning: "x\r\nQUIT :y\0")
        var output: [UInt8] = []
        IRCLineWriter.append(
            "NOTICE", [hostile], trailing: hostile, from: IRCSource("n\r\nX", user: "\n", host: "\r"), to: &output)
        #expect(output.filter { $0 == 0x0A }.count == 1 && output.filter { $0 == 0x0D }.count == 1)
        #expect(output.suffix(2) == [0x0D, 0x0A])
    }

    @Test func aLongLineIsCutBehindAWholeCharacter() {
        for width in 500...515 {
            let text = String(repeating: "a", count: width) + "\u{1F600}\u{1F600}\u{1F600}"
            let written = line([IRCParameter(cleaning: text)])
            #expect(written.utf8.count <= 512 && written.utf8.count > 508)
            #expect(!written.contains("\u{FFFD}") && written.hasSuffix("\r\n"))
        }
        #expect(line(["abc"], limit: 0) == "\r\n")
    }

    @Test func moreThanFifteenParametersAreLeftOut() {
        #expect(line((0..<20).map { IRCParameter($0) }).split(separator: " ").count == 16)
    }
}
