import Basics
import Testing

@testable import CredentialCore

@Suite struct SourcePenaltiesTests {
    private func at(_ seconds: Int) -> MonotonicInstant { .zero.advanced(by: .seconds(seconds)) }

    @Test func aLittleIsForgivenAndMoreIsNot() {
        var penalties = SourcePenalties()
        #expect(penalties.wait(of: "192.0.2.1", now: at(0)) == nil)
        for _ in 0..<2 { penalties.charge(.failedLogin, source: "192.0.2.1", now: at(0)) }
        #expect(penalties.wait(of: "192.0.2.1", now: at(0)) == nil, "ten seconds are forgiven")
        penalties.charge(.failedLogin, source: "192.0.2.1", now: at(0))
        #expect(penalties.wait(of: "192.0.2.1", now: at(0)) == .seconds(15))
        #expect(penalties.wait(of: "192.0.2.2", now: at(0)) == nil, "its neighbour did nothing")
        #expect(penalties.wait(of: "192.0.2.1", now: at(1)) == nil, "it runs out")
    }

    @Test func nonsenseCountsAtOnceAndNothingCountsForEver() {
        var penalties = SourcePenalties()
        penalties.charge(.nonsense, source: "192.0.2.1", now: at(0))
        #expect(penalties.wait(of: "192.0.2.1", now: at(0)) == .seconds(90))
        #expect(penalties.wait(of: "192.0.2.1", now: at(75)) == .seconds(15))
        #expect(penalties.wait(of: "192.0.2.1", now: at(76)) == nil)
        for _ in 0..<100 { penalties.charge(.nonsense, source: "192.0.2.1", now: at(100)) }
        #expect(penalties.wait(of: "192.0.2.1", now: at(100)) == .seconds(600))
        #expect(penalties.wait(of: "192.0.2.1", now: at(800)) == nil)
        penalties.charge(.noLogin, source: "192.0.2.1", now: at(800))
        #expect(penalties.wait(of: "192.0.2.1", now: at(800)) == nil, "what is paid is paid")
    }

    @Test func oneCustomerIsOneSource() {
        var penalties = SourcePenalties()
        penalties.charge(.nonsense, source: "2001:db8::1", now: at(0))
        #expect(penalties.wait(of: "2001:db8::ffff", now: at(0)) == .seconds(90))
        #expect(penalties.wait(of: "2001:db8:0:1::1", now: at(0)) == nil)
        #expect(penalties.wait(of: "::ffff:192.0.2.1", now: at(0)) == nil)
    }

    @Test func theTableIsBounded() {
        var penalties = SourcePenalties(capacity: 2)
        for last in 1...3 { penalties.charge(.nonsense, source: "192.0.2.\(last)", now: at(last)) }
        #expect(penalties.wait(of: "192.0.2.1", now: at(3)) == nil)
        #expect(penalties.wait(of: "192.0.2.2", now: at(3)) != nil)
        #expect(penalties.wait(of: "192.0.2.3", now: at(3)) == .seconds(90))
    }
}
