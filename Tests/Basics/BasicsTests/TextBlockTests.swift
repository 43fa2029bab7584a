import Basics
import Testing

@Suite struct TextBlockTests {
    @Test func linesPlayTheirParts() {
        var text = StyledText("Commands", .title)
        text.append("\n\n- ")
        text.append("look", .command)
        text.append(": see\n  * one\n\u{2022} two\n  get THING\n One.\n-5 is cold\n- \n")
        text.append("look", .title)
        text.append(": a page")
        #expect(
            text.blocks.map { "\($0.kind) \($0.text.plain)" } == [
                "heading Commands", "item look: see", "item one", "item two", "example get THING", "paragraph One.",
                "paragraph -5 is cold", "paragraph - ", "paragraph look: a page",
            ])
        #expect(text.blocks[1].text.runs.first == StyledText.Run("look", .command))
    }

    @Test func emptyTextsHaveNoBlocks() {
        #expect(StyledText("").blocks.isEmpty)
        #expect(StyledText(" \n\n   ").blocks.isEmpty)
        #expect(StyledText("").lines == [""])
        #expect(StyledText("a\n").lines == ["a", ""])
    }

    @Test func aLineMayHaveAnyStyles() {
        var text = StyledText("- ", .thing)
        text.append("x\ny", .warning)
        #expect(
            text.blocks == [
                TextBlock(.item, StyledText("x", .warning)), TextBlock(.paragraph, StyledText("y", .warning)),
            ])
    }
}
