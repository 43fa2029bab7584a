import Testing

@testable import TelnetWire

@Suite struct TelnetOptionTableTests {
    @Test func sidesAndOptionsAreIndependent() {
        var table = TelnetOptionTable()
        table[.echo, .local] = .wantYesOpposite
        table[.echo, .remote] = .yes
        _ = table.spendReply(.echo)
        #expect(table[.echo, .local] == .wantYesOpposite)
        #expect(table[.echo, .remote] == .yes)
        #expect(table[.binary, .local] == .no)
        table[.echo, .local] = .no
        #expect(table[.echo, .remote] == .yes)
    }

    @Test(arguments: [0, 1, 31, 255] as [UInt8]) func eachOptionHasItsShareOfReplies(number: UInt8) {
        var table = TelnetOptionTable()
        let option = TelnetOption(rawValue: number)
        let granted = (0..<12).map { _ in table.spendReply(option) }
        #expect(granted == [true, true] + [Bool](repeating: false, count: 10))
        let other = table.spendReply(.endOfRecord)
        #expect(other)
    }

    @Test func namesForLogs() {
        let names = [
            TelnetOption.binary, .echo, .suppressGoAhead, .timingMark, .terminalType, .endOfRecord, .windowSize,
        ]
        .map(\.description)
        #expect(names == ["BINARY", "ECHO", "SGA", "TIMING-MARK", "TTYPE", "EOR", "NAWS"])
        #expect(TelnetOption(rawValue: 201).description == "option 201")
    }
}
