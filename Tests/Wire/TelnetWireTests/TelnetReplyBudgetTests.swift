import Testing

@testable import TelnetWire

@Suite struct TelnetReplyBudgetTests {
    @Test func repliesRunOut() {
        var budget = TelnetReplyBudget()
        let granted = (0..<TelnetLimits.repliesPerConnection + 10).filter { _ in budget.spendReply() }.count
        #expect(granted == TelnetLimits.repliesPerConnection)
        #expect(!budget.hasReply)
    }

    @Test func courtesiesAreEarnedUpToTheirLimit() {
        var budget = TelnetReplyBudget()
        for _ in 0..<100 { budget.earnCourtesy() }
        let granted = (0..<100).filter { _ in budget.spendCourtesy() }.count
        #expect(granted == TelnetLimits.courtesies)
        budget.earnCourtesy()
        let earned = [budget.spendCourtesy(), budget.spendCourtesy()]
        #expect(earned == [true, false])
        #expect(budget.hasReply, "the two purses are separate")
    }
}
