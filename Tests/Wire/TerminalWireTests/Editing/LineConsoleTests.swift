import Basics
import TerminalTesting
import Testing

@testable import TerminalWire

@Suite struct LineConsoleTests {
    /// A console and the terminal it writes to.
    private struct Desk {
        var terminal: TerminalScreen
        var console: LineConsole
        var completions: [LineCompletion] = []

        init(width: Int = 30, height: Int = 8) {
            terminal = TerminalScreen(width: width, height: height)
            console = LineConsole(profile: TerminalProfile(width: width), width: width, height: height)
            console.setPrompt("> ")
            settle()
        }

        mutating func settle() { terminal.write(console.takeOutput()) }

        @discardableResult
        mutating func type(_ text: String) -> [LineConsole.Event] {
            let completions = completions
            let events = console.receive(Array(text.utf8)) { _, _ in completions.first }
            settle()
            return events
        }

        mutating func perform(_ change: (inout LineConsole) -> Void) {
            change(&console)
            settle()
        }

        mutating func say(_ text: String) { perform { $0.print(Array((text + "\r\n").utf8)) } }
    }

    @Test func aLineStaysWhereItWasEntered() {
        var desk = Desk()
        #expect(desk.type("look\u{1B}[D\r") == [.line("look")])
        desk.say("A plain hall.")
        #expect(desk.terminal.lines == ["> look", "A plain hall."])
        desk.perform { $0.setPrompt("> ") }
        desk.type("no")
        desk.say("Ann smiles.")
        desk.type("rth")
        #expect(desk.terminal.lines == ["> look", "A plain hall.", "Ann smiles.", "> north"])
        #expect(desk.terminal.unknown == 0)
    }

    @Test func terminalsThatWantMarksGetThemOnceForEachPrompt() {
        var profile = TerminalProfile(width: 30)
        profile.marksPrompts = true
        var console = LineConsole(profile: profile, width: 30, height: 8)
        func marks() -> String {
            let text = String(decoding: console.takeOutput(), as: UTF8.self)
            return text.split(separator: "\u{1B}]133;", omittingEmptySubsequences: false).dropFirst().map {
                String($0.prefix(1))
            }.joined()
        }
        console.setPrompt("> ")
        #expect(marks() == "AB")
        _ = console.receive(Array("look\r".utf8)) { _, _ in nil }
        #expect(marks() == "C")
        console.print(Array("A plain hall.\r\n".utf8))
        #expect(marks() == "")
        console.setPrompt("> ")
        #expect(marks() == "DAB")
        console.setPrompt("5hp> ")
        #expect(marks() == "")
    }

    @Test func whatIsTypedBeforeThePromptIsKept() {
        var desk = Desk()
        desk.type("look\rsay h")
        #expect(desk.terminal.lines == ["> look", "say h"])
        desk.say("A plain hall.")
        desk.perform { $0.setPrompt("> ") }
        #expect(desk.type("i\r") == [.line("say hi")])
        #expect(desk.terminal.lines == ["> look", "A plain hall.", "> say hi"])
    }

    @Test func nothingIsShownOfAPassword() {
        var desk = Desk()
        desk.perform {
            $0.setPrompt("Password: ")
            $0.setHidden(true)
        }
        #expect(desk.type("secret\u{2}\r") == [.line("secret")])
        #expect(desk.terminal.transcript == ["Password:"])
        desk.perform {
            $0.setHidden(false)
            $0.setPrompt("> ")
        }
        desk.type("x\u{10}")
        #expect(desk.terminal.lines == ["Password:", "> x"])
    }

    @Test func aSearchHasAPromptOfItsOwn() {
        var desk = Desk()
        desk.type("look\r")
        desk.perform { $0.setPrompt("> ") }
        desk.type("\u{12}oo")
        #expect(desk.terminal.lines.last == "Search: oo | look")
        desk.type("x")
        #expect(desk.terminal.lines.last == "Not found: oox | look")
        #expect(desk.terminal.bells == 1)
        desk.type("\u{7}")
        #expect(desk.terminal.lines.last == ">")
    }

    @Test func completionIsAskedForAtOnce() {
        var desk = Desk()
        desk.completions = [LineCompletion(start: 0, candidates: ["look"])]
        #expect(desk.type("l\t\r") == [.line("look ")])
        desk.perform { $0.setPrompt("> ") }
        desk.completions = [LineCompletion(start: 0, candidates: ["look", "list", "brass lamp"])]
        desk.type("l\t\t")
        #expect(desk.terminal.lines == ["> look", "look  list  brass\u{A0}lamp", "> l"])
        #expect(desk.terminal.bells == 1)
    }

    @Test func aPasteFullOfTabsCompletesLittle() {
        var console = LineConsole(profile: TerminalProfile())
        var asked = 0
        _ = console.receive(Array(String(repeating: "x\t", count: 500).utf8)) { _, _ in
            asked += 1
            return nil
        }
        #expect(asked == LineLimits.completionsPerRead)
    }

    @Test func aPasteOfTabsListsLittle() {
        var console = LineConsole(profile: TerminalProfile())
        console.setPrompt("> ")
        _ = console.takeOutput()
        _ = console.receive(Array(String(repeating: "\t", count: 500).utf8)) { _, _ in
            LineCompletion(start: 0, candidates: ["look", "list"])
        }
        let shown = String(decoding: console.takeOutput(), as: UTF8.self)
        #expect(shown.split(separator: "look  list").count - 1 == LineLimits.completionsPerRead - 1)
    }

    @Test func controlsAreEvents() {
        var desk = Desk()
        #expect(desk.type("abc\u{3}") == [.interrupt])
        #expect(desk.terminal.lines == [">"])
        #expect(desk.type("\u{4}") == [.endOfInput])
        desk.type("x\u{C}")
        #expect(desk.terminal.lines == ["> x"])
        desk.type(String(repeating: "x", count: LineLimits.lineOctets + 1))
        #expect(desk.type("\r") == [.lineTooLong])
    }

    @Test func keysCanBeTakenOneByOne() {
        var desk = Desk()
        desk.perform { $0.takesKeys = true }
        #expect(desk.type(" q\u{1B}[6~") == [.key(.text(" ")), .key(.text("q")), .key(.special(.pageDown))])
        #expect(desk.terminal.lines == [">"])
    }

    @Test func aLoneEscapeWaitsForTheTime() {
        var desk = Desk()
        desk.type("a\u{12}\u{1B}")
        #expect(desk.console.isPending)
        #expect(desk.console.timeOut { _, _ in nil }.isEmpty)
        desk.settle()
        #expect(!desk.console.isPending)
        #expect(desk.terminal.lines == ["> a"])
    }

    @Test func theEndGivesTheTerminalBack() {
        var desk = Desk(height: 6)
        desk.perform { $0.setStatus("Hall") }
        desk.type("half")
        desk.perform { $0.end() }
        #expect(desk.terminal.lines.isEmpty)
        desk.terminal.write(Array("1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7".utf8))
        #expect(desk.terminal.lines == ["2", "3", "4", "5", "6", "7"])
    }

    /// Whatever is pressed, said and set, nothing but known sequences is sent, and the line is whole when it is drawn anew.
    @Test func anySoupIsHarmless() {
        var state: UInt64 = 11
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let common: [UInt8] = [
            0x1B, 0x5B, 0x4F, 0x41, 0x7E, 0x32, 0x09, 0x0D, 0x12, 0x15, 0xE6, 0xBC, 0xA2, 0xCC, 0x81, 0x20,
        ]
        for _ in 0..<30 {
            var desk = Desk(width: 6 + next(30), height: 3 + next(10))
            desk.completions = [LineCompletion(start: next(4), candidates: ["lamp", "lantern"])]
            for _ in 0..<60 {
                switch next(8) {
                case 0: desk.say("said")
                case 1: desk.perform { $0.setStatus(next(2) == 0 ? nil : "Hall") }
                case 2: desk.perform { $0.setHidden(next(2) == 0) }
                case 3: desk.perform { $0.takesKeys = next(4) == 0 }
                default:
                    let octets = (0..<next(40)).map { _ in next(2) == 0 ? UInt8(next(256)) : common[next(common.count)]
                    }
                    let completions = desk.completions
                    _ = desk.console.receive(octets) { _, _ in completions.first }
                    desk.settle()
                }
                #expect(desk.terminal.unknown == 0)
            }
            desk.perform {
                $0.takesKeys = false
                $0.setHidden(false)
                $0.setPrompt("> ")
            }
            desk.type("\u{1B}[201~\u{3}\u{3}\u{C}ok")
            #expect(desk.terminal.lines.first == "> ok")
        }
    }

    @Test func howItIsCutDoesNotMatter() {
        let octets = Array("l\u{F6}\u{1B}[D\u{1B}bx\r\u{12}x\u{1B}[A\u{1B}[200~a\rb\u{1B}[201~\u{3}q\t".utf8)
        func played(_ pieces: [[UInt8]]) -> ([LineConsole.Event], [String]) {
            var desk = Desk()
            var events: [LineConsole.Event] = []
            for piece in pieces {
                events += desk.console.receive(piece) { _, _ in nil }
                desk.settle()
            }
            return (events, desk.terminal.lines)
        }
        let whole = played([octets])
        #expect(whole.0.count == 3)
        for split in 1..<octets.count {
            let cut = played([Array(octets[..<split]), Array(octets[split...])])
            #expect(cut.0 == whole.0)
            #expect(cut.1 == whole.1)
        }
        let drip = played(octets.map { [$0] })
        #expect(drip.0 == whole.0)
        #expect(drip.1 == whole.1)
    }
}
