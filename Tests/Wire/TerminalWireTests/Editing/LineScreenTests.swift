import Basics
import TerminalTesting
import Testing

@testable import TerminalWire

@Suite struct LineScreenTests {
    /// A screen and the terminal it is written to.
    private struct Desk {
        var terminal: TerminalScreen
        var screen: LineScreen
        var prompt: StyledText = "> "

        init(width: Int, height: Int, profile: TerminalProfile = TerminalProfile()) {
            terminal = TerminalScreen(width: width, height: height)
            screen = LineScreen(profile: profile, width: width, height: height)
        }

        mutating func draw(_ line: String) {
            var output: [UInt8] = []
            let text = Array(line.replacing("|", with: ""))
            let cursor = line.firstIndex(of: "|").map { line.distance(from: line.startIndex, to: $0) } ?? text.count
            screen.draw(prompt: prompt, text: text, cursor: cursor, into: &output)
            terminal.write(output)
        }

        mutating func print(_ text: String, then line: String) {
            var output: [UInt8] = []
            screen.print(Array(text.utf8), into: &output)
            terminal.write(output)
            draw(line)
        }

        mutating func perform(_ change: (inout LineScreen, inout [UInt8]) -> Void) {
            var output: [UInt8] = []
            change(&screen, &output)
            terminal.write(output)
        }
    }

    @Test func theLineIsShownBehindThePrompt() {
        var desk = Desk(width: 20, height: 5)
        desk.draw("loo")
        desk.draw("look")
        desk.draw("l|ook")
        #expect(desk.terminal.lines == ["> look"])
        #expect(desk.terminal.column == 3)
        desk.draw("li|ook")
        desk.draw("|")
        #expect(desk.terminal.lines == [">"])
        #expect(desk.terminal.unknown == 0)
    }

    @Test func whatOthersDoIsWrittenAboveTheLine() {
        var desk = Desk(width: 20, height: 5)
        desk.draw("say hel|lo")
        desk.print("Ann smiles.\r\n", then: "say hel|lo")
        desk.print("Bob waves.", then: "say hel|lo")
        #expect(desk.terminal.lines == ["Ann smiles.", "Bob waves.", "> say hello"])
        #expect(desk.terminal.column == 9)
        desk.print("1\r\n2\r\n3\r\n4\r\n", then: "say hello|")
        #expect(desk.terminal.transcript == ["Ann smiles.", "Bob waves.", "1", "2", "3", "4", "> say hello"])
    }

    @Test func aLongLineTakesSeveralRows() {
        var desk = Desk(width: 11, height: 6)
        desk.draw("abcdefghijklmnopqrstuvwxyz")
        #expect(desk.terminal.lines == ["> abcdefgh", "ijklmnopqr", "stuvwxyz"])
        desk.draw("abcd|efghijklmnopqrstuvwxyz")
        desk.print("Ann smiles.\r\n", then: "abcd|efghijklmnopqrstuvwxyz")
        #expect(desk.terminal.lines == ["Ann smiles.", "> abcdefgh", "ijklmnopqr", "stuvwxyz"])
        #expect(desk.terminal.row == 1 && desk.terminal.column == 6)
        desk.draw("abcdX|efghijkl")
        #expect(desk.terminal.lines == ["Ann smiles.", "> abcdXefg", "hijkl"])
        desk.draw("abcdefgh|")
        #expect(desk.terminal.lines == ["Ann smiles.", "> abcdefgh"])
        #expect(desk.terminal.column == 10)
        desk.draw("abcdefghi|")
        #expect(desk.terminal.row == 2 && desk.terminal.column == 1)
    }

    @Test func aLineLongerThanTheScreenIsShownAroundItsCursor() {
        var desk = Desk(width: 11, height: 3)
        let long = (0..<5).map { String(repeating: "\($0)", count: 10) }.joined()
        desk.draw(long)
        #expect(desk.terminal.lines == ["2233333333", "3344444444", "44"])
        desk.draw("|" + long)
        #expect(desk.terminal.lines.first == "> 00000000")
        #expect(desk.terminal.row == 0 && desk.terminal.column == 2)
        desk.print("Ann smiles.\r\n", then: "x|")
        #expect(desk.terminal.lines == ["Ann smiles.", "> x"])
    }

    @Test func wideSignsGoToTheNextRowWhole() {
        var desk = Desk(width: 8, height: 6)
        desk.draw("\u{6F22}\u{5B57}\u{6F22}\u{5B57}")
        #expect(desk.terminal.lines == ["> \u{6F22}\u{5B57}", "\u{6F22}\u{5B57}"])
        desk.draw("\u{6F22}\u{5B57}|\u{6F22}\u{5B57}")
        #expect(desk.terminal.row == 1 && desk.terminal.column == 0)
        desk.draw("\u{6F22}e\u{301}\u{5B57}|")
        #expect(desk.terminal.lines == ["> \u{6F22}e\u{301}\u{5B57}"])
        #expect(desk.terminal.column == 7)
        desk.draw("\u{6F22}e\u{5B57}|")
        #expect(desk.terminal.lines == ["> \u{6F22}e\u{5B57}"])
    }

    @Test func otherCharsetsAreSpelled() {
        var screen = LineScreen(profile: TerminalProfile(charset: .ascii), width: 20, height: 5)
        var output: [UInt8] = []
        screen.draw(prompt: "> ", text: ["\u{E4}", "b"], cursor: 2, into: &output)
        #expect(String(decoding: output, as: UTF8.self) == "> aeb")
        screen = LineScreen(profile: TerminalProfile(charset: .latin1), width: 20, height: 5)
        output = []
        screen.draw(prompt: "> ", text: ["\u{E4}"], cursor: 1, into: &output)
        #expect(output == Array("> \u{E4}".utf8))
    }

    @Test func onlyWhatChangedIsSent() {
        var screen = LineScreen(profile: TerminalProfile(), width: 80, height: 24)
        func sent(_ text: String, _ cursor: Int) -> String {
            var output: [UInt8] = []
            screen.draw(prompt: "> ", text: Array(text), cursor: cursor, into: &output)
            return String(decoding: output, as: UTF8.self)
        }
        #expect(sent("loo", 3) == "> loo")
        #expect(sent("look", 4) == "k")
        #expect(sent("loo", 3) == "\r\u{1B}[5C\u{1B}[K")
        #expect(sent("loo", 3) == "")
        #expect(sent("loo", 0) == "\r\u{1B}[2C")
    }

    @Test func stylesOfThePromptEnd() {
        var screen = LineScreen(profile: TerminalProfile(colour: .ansi16), width: 20, height: 5)
        var output: [UInt8] = []
        screen.draw(prompt: StyledText("5hp", .damage) + "> ", text: ["x"], cursor: 1, into: &output)
        #expect(String(decoding: output, as: UTF8.self) == "\u{1B}[31m5hp\u{1B}[0m> x")
    }

    @Test func theLineOfStatusDoesNotScroll() {
        var desk = Desk(width: 20, height: 6)
        for number in 1...6 { desk.print("\(number)\r\n", then: "look") }
        desk.perform { $0.setStatus("Hall  12:30", into: &$1) }
        desk.draw("look")
        #expect(desk.terminal.lines == ["3", "4", "5", "6", "> look", "Hall  12:30"])
        desk.print("7\r\n8\r\n", then: "look")
        #expect(desk.terminal.lines == ["5", "6", "7", "8", "> look", "Hall  12:30"])
        desk.perform { $0.setStatus("Kitchen", into: &$1) }
        desk.draw("look")
        #expect(desk.terminal.lines.last == "Kitchen")
        #expect(desk.terminal.row == 4 && desk.terminal.column == 6)
        desk.perform { $0.clear(into: &$1) }
        desk.draw("look")
        #expect(desk.terminal.lines == ["> look", "", "", "", "", "Kitchen"])
        desk.perform { $0.setStatus(nil, into: &$1) }
        desk.print("1\r\n2\r\n3\r\n4\r\n5\r\n", then: "x")
        #expect(desk.terminal.lines == ["1", "2", "3", "4", "5", "> x"])
        #expect(desk.terminal.unknown == 0)
    }

    @Test func anotherSizeIsDrawnAnew() {
        var desk = Desk(width: 20, height: 8)
        desk.perform { $0.setStatus("Hall", into: &$1) }
        desk.print("one\r\n", then: "abcdefghijklmnopqrstuvwxyz")
        desk.perform { $0.change(profile: TerminalProfile(), width: 12, height: 8, into: &$1) }
        desk.draw("abcdefghijklmnopqrstuvwxyz")
        #expect(desk.terminal.lines == ["one", "> abcdefghi", "jklmnopqrst", "uvwxyz", "", "", "", "Hall"])
        // A terminal of few rows has none for it.
        desk.perform { $0.change(profile: TerminalProfile(), width: 12, height: 5, into: &$1) }
        desk.draw("abc")
        #expect(desk.terminal.lines == ["one", "> abc"])
    }

    /// The status goes to the new last row, nothing of it stays where it was, and no text is lost.
    @Test(arguments: [(100, 35), (80, 12), (60, 30), (100, 23), (80, 25)], [5, 23, 60])
    func theLineOfStatusFollowsTheSize(_ size: (Int, Int), lineCount: Int) {
        let (width, height) = size
        var desk = Desk(width: 80, height: 24)
        desk.perform { $0.setStatus("Hall", into: &$1) }
        var said = (1...lineCount).map { "line \($0)" }
        for line in said { desk.print("\(line)\r\n", then: "look") }
        desk.terminal.resize(width: width, height: height)
        desk.perform { $0.change(profile: TerminalProfile(), width: width, height: height, into: &$1) }
        desk.draw("look")
        #expect(desk.terminal.lines.count == height && desk.terminal.lines.last == "Hall")
        #expect(desk.terminal.transcript.filter { !$0.isEmpty } == said + ["> look", "Hall"])
        for number in 1...40 {
            said.append("answer \(number)")
            desk.print("answer \(number)\r\n", then: "look")
        }
        #expect(desk.terminal.lines.last == "Hall")
        #expect(desk.terminal.transcript.filter { !$0.isEmpty } == said + ["> look", "Hall"])
        #expect(desk.terminal.unknown == 0)
    }

    @Test func aTerminalOfUnknownHeightHasNoLineOfStatus() {
        var screen = LineScreen(profile: TerminalProfile())
        var output: [UInt8] = []
        screen.setStatus("Hall", into: &output)
        #expect(output.isEmpty)
        #expect(screen.scrollingRows == LineLimits.assumedHeight)
        screen.change(profile: TerminalProfile(), width: 80, height: LineLimits.assumedHeight, into: &output)
        #expect(String(decoding: output, as: UTF8.self).contains("Hall"))
        output = []
        screen.change(profile: TerminalProfile(), width: 80, height: nil, into: &output)
        #expect(!String(decoding: output, as: UTF8.self).contains("Hall"))
        #expect(screen.scrollingRows == LineLimits.assumedHeight)
    }

    @Test func aCommittedLineStays() {
        var desk = Desk(width: 11, height: 6)
        desk.draw("abcdefgh|ijkl")
        desk.perform { $0.commit(into: &$1) }
        desk.draw("x")
        #expect(desk.terminal.lines == ["> abcdefgh", "ijkl", "> x"])
    }

    /// What is on the screen, without empty rows.
    private func rows(_ desk: Desk) -> [String] { desk.terminal.lines.filter { !$0.isEmpty } }

    /// However a line came about, the terminal shows what drawing it at once would show.
    @Test func whateverIsDrawnTheScreenIsRight() {
        var state: UInt64 = 3
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let signs: [Character] = ["a", "b", " ", "\u{6F22}", "e\u{301}", "\u{1F600}", "z", "y"]
        for round in 0..<40 {
            let (width, height) = (8 + next(20), 6 + next(4))
            var desk = Desk(width: width, height: height)
            if round % 2 == 0 { desk.perform { $0.setStatus("S", into: &$1) } }
            var said: [String] = []
            for step in 0..<30 {
                let text = (0..<next(40)).map { _ in signs[next(signs.count)] }
                let cursor = next(text.count + 1)
                let line = String(text[..<cursor]) + "|" + String(text[cursor...])
                if next(3) == 0 {
                    said.append("\(step)")
                    desk.print("\(step)\r\n", then: line)
                } else {
                    desk.draw(line)
                }
                var fresh = Desk(width: width, height: height)
                if round % 2 == 0 { fresh.perform { $0.setStatus("S", into: &$1) } }
                fresh.draw(line)
                #expect(rows(desk).suffix(rows(fresh).count) == rows(fresh)[...])
                #expect(desk.terminal.column == fresh.terminal.column)
                #expect(desk.terminal.unknown == 0)
            }
            #expect(desk.terminal.transcript.filter { said.contains($0) } == said)
        }
    }
}
