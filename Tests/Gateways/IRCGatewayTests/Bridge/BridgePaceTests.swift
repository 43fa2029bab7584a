import Basics
import ChatPeers
import Testing

@testable import IRCGateway

@Suite("Bridge pace")
struct BridgePaceTests {
    private func at(_ seconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: seconds * 1_000_000_000) }

    private func pace() -> BridgePace {
        BridgePace(IRCBridgeSettings(network: "there", client: IRCClientSettings(nick: "Bridge"), links: []))
    }

    @Test("One speaker has a burst, and then a line every two seconds")
    func one() {
        var pace = pace()
        let first = (0..<8).map { _ in pace.allows("zed", at: at(0)) }
        #expect(first == [true, true, true, true, true, false, false, false])
        let later = (1...4).map { pace.allows("zed", at: at($0)) }
        #expect(later == [false, true, false, true])
    }

    @Test("All speakers together have no more than the bridge has")
    func all() {
        var pace = pace()
        let allowed = (0..<100).count { pace.allows("s\($0)", at: at(0)) }
        #expect(allowed == 10)
        let later = (0..<100).count { pace.allows("s\($0)", at: at(1)) }
        #expect(later == 2)
    }

    @Test("Speakers without end take no memory without end")
    func bounds() {
        var pace = pace()
        for second in 0..<5000 { _ = pace.allows("s\(second)", at: at(Int64(second))) }
        #expect(pace.speakerCount <= BridgePace.mostSpeakers)
    }
}
