import Basics
import Testing

@testable import WorldVerbs

@Suite struct TextDraftTests {
    private static let limits = TextDraft.Limits(lines: 5, characters: 40, octets: 60)

    private func draft(_ text: String) -> TextDraft { TextDraft(text, limits: Self.limits) }

    @Test func aTextIsItsLines() {
        #expect(draft("").lines == [])
        #expect(draft("a").lines == ["a"])
        #expect(draft("a\n\nb").lines == ["a", "", "b"])
        #expect(draft("a\n\nb").text == "a\n\nb")
        #expect(draft("\u{E4}\nb").octetCount == 4)
    }

    @Test func limitsAreKept() throws {
        var full = draft("1\n2\n3\n4\n5")
        #expect(throws: EditProblem.tooManyLines(5)) { try full.append("6") }
        var long = draft(String(repeating: "a", count: 38))
        #expect(throws: EditProblem.tooManyCharacters(40)) { try long.append("bb") }
        try long.append("b")
        var wide = draft(String(repeating: "\u{1F600}", count: 14))
        #expect(throws: EditProblem.tooManyOctets(60)) { try wide.append("abcd") }
        #expect(throws: EditProblem.tooManyOctets(60)) {
            _ = try wide.substitute("\u{1F600}", String(repeating: "x", count: 10_000), in: nil)
        }
        #expect(throws: EditProblem.longSearch(100)) {
            _ = try wide.substitute(String(repeating: "x", count: 101), "", in: nil)
        }
        // What was too long before may be made shorter.
        var old = TextDraft("a\nb\nc\nd\ne\nf\ng", limits: Self.limits)
        #expect(try old.delete(LineSpan(first: .last, last: .last)) == 1)
        #expect(throws: EditProblem.tooManyLines(5)) { try old.append("h") }
    }

    @Test func movesAreWhatTheySay() throws {
        for from in 1...5 {
            for to in 1...5 {
                for length in 1...(6 - from) {
                    var text = draft("1\n2\n3\n4\n5")
                    let span = LineSpan(first: .number(from), last: .number(from + length - 1))
                    let number = try text.move(span, to: .number(to))
                    var expected = ["1", "2", "3", "4", "5"]
                    let moved = Array(expected[(from - 1)..<(from - 1 + length)])
                    expected.removeSubrange((from - 1)..<(from - 1 + length))
                    expected.insert(contentsOf: moved, at: min(to - 1, expected.count))
                    #expect(text.lines == expected, "\(from) \(length) \(to)")
                    #expect(number == min(to, 6 - length))
                    if text.lines != ["1", "2", "3", "4", "5"] { try text.undo() }
                    #expect(text.text == "1\n2\n3\n4\n5")
                }
            }
        }
    }

    /// Whatever is changed: each undo gives the text before, and limits are never passed.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func everyChangeIsTakenBack(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var text = TextDraft("", limits: TextDraft.Limits(lines: 8, octets: 120))
        var before: [String] = []
        for _ in 0..<400 {
            let old = text.text
            let line = Self.line(&random)
            let (first, last) = (Self.number(&random), Self.number(&random))
            let span = LineSpan(first: first, last: last)
            do {
                switch Int.random(in: 0..<8, using: &random) {
                case 0, 1: try text.append(line)
                case 2: try text.insert(line, before: first)
                case 3: try text.replace(first, with: line)
                case 4: try text.delete(span)
                case 5: _ = try text.move(span, to: Self.number(&random))
                case 6: _ = try text.substitute("a", line, in: Bool.random(using: &random) ? span : nil)
                default:
                    let expected = before.popLast()
                    do {
                        try text.undo()
                        #expect(text.text == expected)
                    } catch EditProblem.nothingToUndo {
                        #expect(before.count + 1 >= EditHistory.mostSteps || expected == nil)
                        before = []
                    }
                    continue
                }
            } catch {
                #expect(text.text == old, "a refusal changed something")
                continue
            }
            if text.text != old { before.append(old) }
            #expect(text.lines.count <= 8 && text.octetCount <= 120)
            #expect(TextDraft(text.text, limits: text.limits).lines == text.lines, "stored, it reads the same")
        }
    }

    private static func line(_ random: inout SeededGenerator) -> String {
        ["", "a", "banana", "\u{E4}\u{E4}", "x y z", "aaaa"].randomElement(using: &random) ?? ""
    }

    private static func number(_ random: inout SeededGenerator) -> LineNumber {
        let number = Int.random(in: -1...10, using: &random)
        return number == 10 ? .last : number == -1 ? .number(.max) : .number(number)
    }

    @Test func historyIsBounded() throws {
        var text = TextDraft("", limits: TextDraft.Limits(lines: 10_000, octets: 10_000_000))
        for number in 0..<200 { try text.append("\(number)") }
        #expect(text.history.steps.count == EditHistory.mostSteps)
        for number in 0..<3 {
            try text.append(String(repeating: "x", count: EditHistory.mostOctets / 2))
            try text.replace(.last, with: "\(number)")
        }
        #expect(text.history.steps.reduce(0) { $0 + $1.octetCount } <= EditHistory.mostOctets)
    }

    @Test func aHistoryThatDoesNotFitIsNoTrap() {
        var history = EditHistory()
        history.append(EditHistory.Step(start: 7, removed: ["x"], added: 3))
        var text = TextDraft("a", history, limits: Self.limits)
        #expect(throws: EditProblem.nothingToUndo) { try text.undo() }
        #expect(text.lines == ["a"])
    }
}
