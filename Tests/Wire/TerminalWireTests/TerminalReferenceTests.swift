import Basics
import Testing

@testable import TerminalWire

/// Compares the line breaker with one that is slow and plain to see.
@Suite struct TerminalReferenceTests {
    /// Greedy filling of one unindented line: words, with the spaces between them as they are.
    private static func fill(_ line: String, width: Int) -> [String] {
        var result: [String] = []
        var current = ""
        var spaces = ""
        var word = ""
        func place() {
            if word.isEmpty { return }
            if !current.isEmpty, current.count + spaces.count + word.count > width {
                result.append(current)
                current = ""
                spaces = ""
            }
            current += spaces
            for letter in word {
                if current.count == width {
                    result.append(current)
                    current = ""
                }
                current.append(letter)
            }
            word = ""
            spaces = ""
        }
        for character in line {
            if character == " " {
                place()
                spaces.append(" ")
            } else {
                word.append(character)
            }
        }
        place()
        return result + [current]
    }

    private static func line(_ random: inout SeededGenerator, letters: [Character]) -> String {
        var result = "a"
        for _ in 0..<Int.random(in: 0...30, using: &random) {
            for _ in 0..<Int.random(in: 1...3, using: &random) where Int.random(in: 0...4, using: &random) > 0 {
                result.append(" ")
            }
            let long = Int.random(in: 0...12, using: &random) == 0
            for _ in 0..<Int.random(in: 1...(long ? 50 : 9), using: &random) {
                result.append(letters.randomElement(using: &random) ?? "x")
            }
        }
        return result
    }

    @Test(arguments: [["a", "b", "c", "."], ["a", "\u{E4}", "\u{17F}", "z"]] as [[Character]])
    func randomLines(letters: [Character]) {
        for seed in UInt64(1)...500 {
            var random = SeededGenerator(seed: seed)
            let width = Int.random(in: 10...40, using: &random)
            let text = Self.line(&random, letters: letters)
            #expect(wrapped(text, width) == Self.fill(text, width: width), "seed \(seed), width \(width)")
        }
    }

    @Test func randomParagraphs() {
        for seed in UInt64(1)...100 {
            var random = SeededGenerator(seed: seed)
            let paragraphs = (0..<5).map { _ in Self.line(&random, letters: ["x", "y"]) }
            let expected = paragraphs.flatMap { Self.fill($0, width: 20) }
            #expect(wrapped(paragraphs.joined(separator: "\n"), 20) == expected, "seed \(seed)")
        }
    }
}
