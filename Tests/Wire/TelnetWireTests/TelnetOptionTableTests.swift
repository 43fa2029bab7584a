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

    @Test func aShareCanBeRenewed() {
        var table = TelnetOptionTable()
        table[.echo, .remote] = .yes
        for _ in 0..<3 { _ = table.spendReply(.echo) }
        table.renewReplies(.echo)
        let granted = (0..<3).map { _ in table.spendReply(.echo) }
        #expect(granted == [true, true, false])
        #expect(table[.echo, .remote] == .yes)
    }

    @Test func namesForLogs() {
        let names = [
            TelnetOption.binary, .echo, .suppressGoAhead, .timingMark, .terminalType, .endOfRecord, .windowSize,
            .lineMode,
            .newEnvironment, .characterSet, .msdp, .mssp, .mccp1, .mccp2, .mccp3, .msp, .mxp, .gmcp,
        ]
        .map(\.description)
        #expect(
            names == [
                "BINARY", "ECHO", "SGA", "TIMING-MARK", "TTYPE", "EOR", "NAWS", "LINEMODE", "NEW-ENVIRON", "CHARSET",
                "MSDP",
                "MSSP", "MCCP1", "MCCP2", "MCCP3", "MSP", "MXP", "GMCP",
            ])
        #expect(TelnetOption(rawValue: 200).description == "option 200")
    }

    @Test func numbersAsRegistered() {
        let numbers = [
            TelnetOption.lineMode, .newEnvironment, .characterSet, .msdp, .mssp, .mccp1, .mccp2, .mccp3, .msp, .mxp,
            .gmcp,
        ]
        .map(\.rawValue)
        #expect(numbers == [34, 39, 42, 69, 70, 85, 86, 87, 90, 91, 201])
    }

    @Test func aRefusalIsNotedOnceForEachSide() {
        var table = TelnetOptionTable()
        let noted = [
            table.noteRefusal(.echo, .local), table.noteRefusal(.echo, .local), table.noteRefusal(.echo, .remote),
            table.noteRefusal(.echo, .remote), table.noteRefusal(.binary, .remote),
        ]
        #expect(noted == [true, false, true, false, true])
        #expect(table[.echo, .local] == .no && table[.echo, .remote] == .no)
        let first = table.spendReply(.echo)
        #expect(first, "noting is not spending")
    }
}
