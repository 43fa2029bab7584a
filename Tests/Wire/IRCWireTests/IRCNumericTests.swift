import Testing

@testable import IRCWire

@Suite struct IRCNumericTests {
    @Test func eachHasThreeDigits() {
        for numeric in IRCNumeric.allCases {
            #expect(numeric.digits.utf8.count == 3)
            #expect(UInt16(numeric.digits) == numeric.rawValue)
            #expect(IRCCommand(numeric).numeric == numeric)
        }
        #expect(IRCNumeric.welcome.digits == "001")
    }

    @Test func errorsAreKnown() {
        #expect(IRCNumeric.noSuchNick.isError && IRCNumeric.saslFailed.isError && IRCNumeric.monitorListFull.isError)
        #expect(!IRCNumeric.welcome.isError && !IRCNumeric.saslSuccess.isError && !IRCNumeric.monitorOnline.isError)
    }
}
