import Basics
import Testing
import WorldModel
import WorldTesting
import WorldVerbs

@Suite struct StatusLineTests {
    private let stage = House.make()

    private func line() -> String? {
        stage.interpreter.statusLine(of: stage.players[0], at: WallInstant(milliseconds: 1_700_000_000_000))?.plain
    }

    @Test func itSaysWhereAndWhen() {
        #expect(line() == "Hall  [n,d,e]  22:13")
        _ = stage.play("down", by: stage.players[0])
        #expect(line() == "darkness  22:13")
    }

    @Test func itCanBeSwitchedOff() {
        _ = stage.play("set statusline off", by: stage.players[0])
        #expect(line() == nil)
        _ = stage.play("set statusline on", by: stage.players[0])
        #expect(line() != nil)
    }
}
