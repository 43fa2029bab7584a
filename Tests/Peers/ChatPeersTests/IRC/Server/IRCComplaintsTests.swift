import Basics
import Testing

@testable import ChatPeers

struct IRCComplaintsTests {
    @Test func oneOfAKindIsLoggedInASecond() {
        var complaints = IRCComplaints()
        func at(_ milliseconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: milliseconds * 1_000_000) }
        #expect(complaints.count(.foreign, now: at(0)) == 0)
        for step in 1...99 as ClosedRange<Int64> { #expect(complaints.count(.foreign, now: at(step * 10)) == nil) }
        #expect(complaints.count(.refused, now: at(500)) == 0)
        #expect(complaints.count(.foreign, now: at(1000)) == 99)
        #expect(complaints.count(.foreign, now: at(5000)) == 0)
    }
}
