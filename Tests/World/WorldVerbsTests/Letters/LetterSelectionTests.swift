import Testing

@testable import WorldVerbs

@Suite struct LetterSelectionTests {
    @Test(arguments: [
        ("3", [3]), ("3, 5 and 7", [3, 5, 7]), ("3-5", [3, 4, 5]), ("letter 3", [3]), ("letters 3 5", [3, 5]),
        ("#7", [7]),
        ("notes 2-3 and 9", [2, 3, 9]),
    ])
    func numbers(_ text: String, _ expected: [Int]) throws {
        let selection = try #require(LetterSelection(text))
        #expect((0...20).filter { selection.contains($0) } == expected)
        #expect(selection.folder == nil && !selection.isAll)
        #expect(selection.number == (expected.count == 1 ? expected.first : nil))
    }

    @Test func all() throws {
        for text in ["all", "everything", "all letters", "3 and all"] {
            let selection = try #require(LetterSelection(text))
            #expect(selection.isAll && selection.number == nil && selection.contains(12345))
        }
    }

    @Test func aFolder() throws {
        let selection = try #require(LetterSelection("3 in My Plans"))
        #expect(selection.folder == "My Plans" && selection.number == 3)
        #expect(LetterSelection("all in trash")?.folder == "trash")
    }

    @Test(arguments: [
        "", "three", "letters", "3 four", "5-3", "-3", "3-", "1-2-3", "in trash", "3 in", "99999999999999999999", "and",
    ])
    func otherTextsSayNothing(_ text: String) { #expect(LetterSelection(text) == nil) }

    @Test func noMoreThanAHundredNumbers() {
        let numbers = { (count: Int) in (1...count).map(String.init).joined(separator: " ") }
        #expect(LetterSelection(numbers(100)) != nil)
        #expect(LetterSelection(numbers(101)) == nil)
    }

    @Test(arguments: [
        ("ada about tea = Come.", "ada about tea", "Come."), ("ada=b = c = d", "ada=b", "c = d"),
        ("ada =Come", "ada", "Come"),
        ("= Come", "", "Come"),
    ])
    func aLineIsDividedAtItsSign(_ line: String, _ head: String, _ text: String) {
        #expect(LetterLine(line).head == head && LetterLine(line).text == text)
    }

    @Test(arguments: ["ada about 1+1=2", "ada about tea =", "ada", ""])
    func otherLinesHaveNoText(_ line: String) { #expect(LetterLine(line).text == nil) }
}
