import Basics
import IRCWire
import Testing

@testable import ChatPeers

struct IRCWhowasTests {
    @Test func theLatestComeFirstAndTheOldestAreForgotten() {
        var whowas = IRCWhowas(limit: 3)
        for (index, key) in ["a", "b", "a", "a", "b"].enumerated() {
            whowas.add(
                IRCWhowas.Entry(
                    nick: IRCParameter(cleaning: key), user: "\(index)", host: "h", realName: "r", account: nil,
                    leftAt: WallInstant(milliseconds: 0)),
                key: key)
        }
        #expect(whowas.entries(of: "a", atMost: 9).map(\.user) == ["3", "2"])
        #expect(whowas.entries(of: "a", atMost: 1).map(\.user) == ["3"])
        #expect(whowas.entries(of: "b", atMost: 9).map(\.user) == ["4"])
        #expect(whowas.entries(of: "c", atMost: 9).isEmpty && whowas.entries(of: "a", atMost: 0).isEmpty)
    }
}
