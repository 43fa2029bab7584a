import Basics
import Testing

@testable import IRCGateway

@Suite("Bridge echoes")
struct BridgeEchoesTests {
    private func at(_ seconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: seconds * 1_000_000_000) }

    @Test(
        "A line that comes round is known, whatever another relay puts before it",
        arguments: [
            "<Ada> good evening", "<relay> <Ada> good evening", "[net] * <x> <A\u{200B}da>  Good evening",
            "* relay says <Ada> good evening",
        ])
    func rounds(text: String) {
        var echoes = BridgeEchoes()
        echoes.note("<Ada> good evening", at: at(0))
        #expect(echoes.contains(text, at: at(100)))
        #expect(!echoes.contains(text, at: at(121)))
    }

    @Test("The rest of a long line is known behind any name, unless it is what anybody might say")
    func rest() {
        var echoes = BridgeEchoes()
        echoes.note("and so it went on and on", at: at(0))
        echoes.note("well yes", at: at(0))
        #expect(echoes.contains("<relay> and so it went on and on", at: at(1)))
        #expect(echoes.contains("and so it went on and on", at: at(1)))
        #expect(!echoes.contains("<relay> well yes", at: at(1)) && !echoes.contains("well yes", at: at(1)))
    }

    @Test("What only resembles it is somebody's own")
    func others() {
        var echoes = BridgeEchoes()
        echoes.note("<Ada> good evening", at: at(0))
        echoes.note("* Ada waves.", at: at(0))
        for text in ["good evening", "<Ada> good evening to all", "<Ben> good evening", "Ada waves."] {
            #expect(!echoes.contains(text, at: at(1)))
        }
        #expect(echoes.contains("<b> * Ada waves.", at: at(1)))
    }

    @Test("No more lines are remembered than it says, the newest")
    func bounds() {
        var echoes = BridgeEchoes()
        for number in 0..<(BridgeEchoes.most + 10) { echoes.note("<Ada> \(number)", at: at(0)) }
        #expect(!echoes.contains("<Ada> 5", at: at(0)))
        #expect(echoes.contains("<Ada> 10", at: at(0)))
        #expect(echoes.contains("<Ada> \(BridgeEchoes.most)", at: at(0)))
        echoes.note("<Ada> later", at: at(200))
        #expect(!echoes.contains("<Ada> 50", at: at(200)))
    }

    @Test("A text of nothing but beginnings is looked at no further than a few")
    func hostile() {
        var echoes = BridgeEchoes()
        echoes.note("<Ada> x", at: at(0))
        let text = String(repeating: "<", count: 400) + "<Ada> x"
        #expect(!echoes.contains(text, at: at(0)))
    }
}
