import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting

@testable import WorldVerbs

@Suite struct PromptTemplateTests {
    @Test(
        arguments: [
            ("", []), (">", [.text(">")]), ("%NAME%Exits", [.token(.name), .token(.exits)]),
            ("[%time] %place>", [.text("["), .token(.time), .text("] "), .token(.place), .text(">")]),
            ("100%%>", [.text("100%>")]), ("%mail%%", [.token(.mail), .text("%")]), ("%", [.unknown("")]),
            ("%gold!", [.unknown("gold"), .text("!")]), ("%\u{E9}", [.unknown(""), .text("\u{E9}")]),
        ] as [(String, [PromptTemplate.Piece])]) func isReadInPieces(text: String, pieces: [PromptTemplate.Piece])
    {
        let template = PromptTemplate(text)
        #expect(template.pieces == pieces)
        let isKnown = pieces.allSatisfy { if case .unknown = $0 { false } else { true } }
        #expect((template.problem == nil) == isKnown)
    }

    @Test func hasALimit() {
        let longest = String(repeating: "x", count: PromptTemplate.longest)
        #expect(PromptTemplate(longest).problem == nil)
        #expect(PromptTemplate(longest + "x").problem != nil)
        #expect(PromptTemplate(longest + "x").pieces == [.text(longest)])
    }

    /// What is stored may be longer, or older, than what can be set now.
    @Test func whatIsStoredIsShownWithinTheLimits() {
        let stage = House.make()
        let ada = stage.players[0]
        func prompt(_ stored: String) -> String? {
            _ = stage.turn(by: ada) { $0.world.set(.settings, to: ["prompt": stored], on: $0.world.holder(of: ada)) }
            return stage.interpreter.prompt(of: ada, at: WallInstant(milliseconds: 1_700_000_000_000), isHeard: false)?
                .plain
        }
        #expect(prompt("%name %gold %time>") == "\(ada.name) %gold 22:13> ")
        #expect(prompt("off") == "")
        #expect(prompt(String(repeating: "%place", count: 1000)) == String(repeating: "Hall", count: 13) + "%p ")
    }
}
