import Testing

@testable import TerminalWire

@Suite struct EscapeScannerTests {
    private func scan(_ text: String) -> String {
        var scanner = EscapeScanner(Array(text.unicodeScalars))
        var result = String.UnicodeScalarView()
        while let scalar = scanner.next() { result.append(scalar) }
        return String(result)
    }

    @Test(arguments: ["", "plain", "tab\tbell\u{7}", "\u{E4}\u{6F22}", "[A]", "\\"]) func othersPass(text: String) {
        #expect(scan(text) == text)
    }

    @Test(arguments: [
        "\u{1B}[A", "\u{1B}[m", "\u{1B}[1;2;3m", "\u{1B}[?25h", "\u{1B}[>0c", "\u{1B}[1 q", "\u{1B}[!p", "\u{1B}[200~",
        "\u{9B}A", "\u{9B}1;5D", "\u{1B}[[A", "\u{1B}OP", "\u{8F}P", "\u{1B}c", "\u{1B}7", "\u{1B}=", "\u{1B}(B",
        "\u{1B}#8", "\u{1B}%G", "\u{1B}]0;t\u{7}", "\u{1B}]0;t\u{1B}\\", "\u{1B}]0;t\u{9C}", "\u{9D}0;t\u{7}",
        "\u{1B}Pq\u{1B}\\", "\u{90}q\u{9C}", "\u{1B}Xs\u{1B}\\", "\u{98}s\u{9C}", "\u{1B}^p\u{1B}\\", "\u{9E}p\u{9C}",
        "\u{1B}_a\u{1B}\\", "\u{9F}a\u{9C}", "\u{1B}]8;;http://x\u{1B}\\",
    ]) func sequencesAreTakenWhole(sequence: String) {
        #expect(scan(sequence).isEmpty)
        #expect(scan("a" + sequence + "b") == "ab")
        #expect(scan(sequence + sequence + "c" + sequence) == "c")
    }

    @Test(arguments: [
        ("\u{1B}", ""), ("\u{1B}[", ""), ("\u{1B}[1;", ""), ("\u{1B}O", ""), ("\u{1B}(", ""), ("\u{9B}", ""),
        ("\u{1B}]title", "title"), ("\u{9D}title", "title"), ("\u{1B}]a\u{1B}]b", "ab"),
        ("\u{1B}[\u{1B}[Ax", "x"), ("\u{1B}\u{E4}", "\u{E4}"), ("\u{1B}[1\u{E4}", "\u{E4}"), ("\u{1B}O\u{7}", "\u{7}"),
        ("\u{1B}[[\u{1B}[A", ""),
    ]) func unfinished(text: String, expected: String) {
        #expect(scan(text) == expected)
    }

    @Test func aStringEndIsOnlyLookedForAhead() {
        // The first string ends; after it none does, and its text stays.
        #expect(scan("\u{1B}]one\u{7}two\u{1B}]three\u{1B}]four") == "twothreefour")
    }
}
