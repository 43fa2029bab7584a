import IRCWire
import Testing

@testable import ChatPeers

struct IRCPackedNamesTests {
    @Test func listsThatGrowAreTheSameAsThoseThatAreMadeAnew() throws {
        let stage = try IRCNetworkStage()
        _ = stage.meet("#a", "ann")
        let channel = try #require(stage.network.channels["#a"])
        // What was asked for so far had more room.
        channel.namesChanged()
        for all in [false, true] {
            for full in [false, true] {
                let form = IRCPackedNames.Form(allPrefixes: all, fullSources: full)
                _ = channel.names(form, room: 64)
            }
        }
        for number in 0..<20 { stage.enter("n\(number)").type("JOIN #a") }
        for all in [false, true] {
            for full in [false, true] {
                let form = IRCPackedNames.Form(allPrefixes: all, fullSources: full)
                let grown = channel.names(form, room: 64)
                channel.namesChanged()
                #expect(grown == channel.names(form, room: 64) && grown.count > 1)
                #expect(grown.allSatisfy { $0.text.utf8.count <= 64 && !$0.text.hasSuffix(" ") })
            }
        }
    }
}
