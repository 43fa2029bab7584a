import Basics
import Testing

@Suite struct CaseFoldingTests {
    @Test(arguments: [
        ("", ""), ("lamp", "lamp"), ("LaMP 2.x!", "lamp 2.x!"), ("@[`{", "@[`{"), ("ÄPFEL", "äpfel"),
        ("ΣΟΦΙΑ", "σοφια"),
        ("A\u{308}", "\u{E4}"), ("ДОМ", "дом"), ("日本", "日本"),
    ])
    func folds(_ text: String, _ folded: String) {
        #expect(text.folded == folded)
        #expect(text.folded.folded == text.folded)
    }

    @Test(arguments: [
        ("", ""), (" ", ""), ("\t\n\u{A0}\u{3000}", ""), ("a", "a"), ("  a b  ", "a b"), ("\r\na\r\n", "a"),
        ("\u{A0}é ", "é"),
    ])
    func trims(_ text: String, _ trimmed: String) {
        #expect(text.trimmed == trimmed)
    }

    @Test(arguments: [
        ("", ""), ("ada", "Ada"), ("Ada", "Ada"), ("élan vital", "Élan vital"), ("ßa", "SSa"), ("3 lamps", "3 lamps"),
        ("e\u{301}tude", "\u{C9}tude"),
    ])
    func capitalizesTheFirst(_ text: String, _ capitalized: String) {
        #expect(text.capitalizedFirst == capitalized)
    }
}
