import Basics
import GatewayCore
import ReactorCore
import TerminalTesting
import TerminalWire
import Testing
import WorldModel

/// A terminal that sends each key when it is asked to, and what it shows.
private final class TerminalDoor: SessionDoor {
    let name = "test"
    let source = "127.0.0.1"
    let bufferedByteCount = 0
    var isPlainTerminal = false
    var screen: TerminalScreen
    private(set) var isClosed = false
    private(set) var isPaused = false
    private(set) var wantsCharacters = false
    weak var session: Session?
    /// Has the client's answer come on its own.
    var later: ((@escaping () -> Void) -> Void)?

    init(width: Int, height: Int) { screen = TerminalScreen(width: width, height: height) }

    func send(_ bytes: borrowing [UInt8]) { screen.write(copy bytes) }
    func appendPromptMark(to bytes: inout [UInt8]) {}
    func appendEcho(hidden: Bool, to bytes: inout [UInt8]) {}
    func appendCharacterModeRequest(to bytes: inout [UInt8]) {
        wantsCharacters = true
        later? { [weak session] in session?.characterModeChanged(enabled: true) }
    }
    func endCharacterMode() {
        wantsCharacters = false
        session?.characterModeChanged(enabled: false)
    }
    func pauseInput() { isPaused = true }
    func resumeInput() { isPaused = false }
    func close() { isClosed = true }
    func abort() { isClosed = true }
}

@Suite struct CharacterModeTests {
    private final class Desk {
        let stage: GameStage
        let door: TerminalDoor
        var lines: [String] { door.screen.lines }

        init(width: Int = 40, height: Int = 16, isPlain: Bool = false) throws {
            stage = try GameStage()
            door = TerminalDoor(width: width, height: height)
            door.isPlainTerminal = isPlain
            door.later = { [stage] in _ = stage.reactor.callLater(.zero, $0) }
            door.session = stage.game.makeSession(door: door, profile: TerminalProfile(width: width))
            door.session?.windowChanged(width: width, height: height)
            stage.settle()
        }

        /// Types a whole line at a client that sends whole lines.
        func line(_ text: String) {
            door.screen.write(Array((text + "\r\n").utf8))
            door.session?.lineReceived(text)
            stage.settle()
        }

        func keys(_ text: String) {
            door.session?.keysReceived(Array(text.utf8))
            stage.settle()
        }

        /// Comes into play as Ann and asks for character mode, with a clear screen.
        func begin(statusline: Bool = false) {
            for text in ["Ann", "yes", "correct horse", "correct horse", "no", "set charmode on"] { line(text) }
            if !statusline { keys("set statusline off\r") }
            keys("\u{C}")
        }
    }

    @Test func linesAreTheDefault() throws {
        let desk = try Desk()
        desk.line("guest")
        #expect(!desk.door.wantsCharacters)
        desk.line("look")
        #expect(desk.lines.contains("> look"))
    }

    @Test func aPlainTerminalIsAskedForKeysInPlay() throws {
        let desk = try Desk(isPlain: true)
        #expect(!desk.door.wantsCharacters)
        desk.line("guest")
        #expect(desk.door.wantsCharacters)
        desk.keys("set charmode off\r")
        #expect(!desk.door.wantsCharacters)
        desk.line("look")
        #expect(desk.door.screen.unknown == 0)
    }

    @Test func aLineIsEditedAndPlayed() throws {
        let desk = try Desk()
        desk.begin()
        #expect(desk.door.wantsCharacters)
        #expect(desk.lines == [">"])
        desk.keys("sya\u{14}y hello")
        #expect(desk.lines == ["> sayy hello"])
        desk.keys("\u{15}say hello\r")
        #expect(desk.lines.suffix(3) == ["> say hello", "You say, \"hello\"", ">"])
        desk.keys("\u{1B}[A")
        #expect(desk.lines.last == "> say hello")
        #expect(desk.door.screen.unknown == 0)
    }

    @Test func whatOthersSayStandsAboveTheLine() throws {
        let desk = try Desk()
        desk.begin()
        desk.keys("say half a sen")
        let other = try #require(try? desk.stage.enter("Bob"))
        desk.stage.type("say hi", other)
        #expect(desk.lines.last == "> say half a sen")
        #expect(desk.lines.contains { $0.contains("Bob says, \"hi\"") })
        desk.keys("tence\r")
        #expect(desk.lines.contains("You say, \"half a sentence\""))
    }

    @Test func tabCompletesWhatIsSeen() throws {
        let desk = try Desk()
        desk.begin()
        desk.keys("get br\t")
        #expect(desk.lines.last == "> get brass lamp")
        desk.keys("\rinv\t\r")
        #expect(desk.lines.contains { $0.contains("brass lamp") && !$0.hasPrefix(">") })
    }

    @Test func nothingIsCompletedWhileTheWorldIsAhead() throws {
        let desk = try Desk()
        desk.begin()
        let other = try #require(try? desk.stage.enter("Bob"))
        other.session?.lineReceived("get brass lamp")
        desk.stage.pass()
        desk.door.session?.keysReceived(Array("get ir\t".utf8))
        #expect(desk.lines.last == "> get ir")
        desk.stage.settle()
        desk.keys("\t")
        #expect(desk.lines.last == "> get iron key")
    }

    @Test func aFloodOfKeysLeavesOthersTheirTurn() throws {
        let desk = try Desk()
        desk.begin()
        let other = try desk.stage.enter("Bob")
        let (ada, bob) = try (
            #require(desk.door.session?.persona), #require(desk.stage.world.player(named: "Bob"))
        )
        let before = ada[.description]
        let text = String(repeating: "x", count: 900) + "."
        desk.stage.time.stepAtEveryLook = SessionLimits.passTime * 2
        desk.door.session?.keysReceived(Array("describe me as \(text)\r".utf8))
        #expect(desk.door.isPaused)
        other.session?.lineReceived("describe me as early.")
        for _ in 0..<4 { desk.stage.reactor.runOnePass(waitingAtMost: .zero) }
        #expect(bob[.description] == "early.")
        #expect(ada[.description] == before)
        desk.stage.time.stepAtEveryLook = .zero
        desk.stage.settle()
        #expect(ada[.description].lowercased() == text)
        #expect(!desk.door.isPaused)
    }

    @Test func aSearchIsTakenKeyByKey() throws {
        let desk = try Desk()
        desk.begin()
        desk.keys("look\r")
        desk.stage.time.stepAtEveryLook = SessionLimits.passTime * 2
        desk.door.session?.keysReceived(Array("\u{12}ok".utf8))
        #expect(desk.door.isPaused)
        desk.stage.time.stepAtEveryLook = .zero
        desk.stage.settle()
        #expect(desk.lines.last == "Search: ok | look")
        #expect(!desk.door.isPaused)
    }

    @Test func aPasswordIsNeverShown() throws {
        let desk = try Desk()
        desk.begin()
        let shown = desk.door.screen.transcript.count { $0.contains("horse") }
        desk.keys("password\r")
        desk.keys("correct horse")
        #expect(desk.lines.last == "Your present password:")
        desk.keys("\rnew horse battery\rnew horse battery\r")
        #expect(desk.door.screen.transcript.count { $0.contains("horse") } == shown)
        desk.keys("\u{10}")
        #expect(desk.lines.last == "> password")
    }

    @Test func aPasswordTypedAheadIsNeverShown() throws {
        let desk = try Desk()
        desk.begin()
        let shown = desk.door.screen.transcript.count { $0.contains("horse") }
        desk.keys("password\rno horse at all\rnew horse battery\rnew horse battery\r")
        desk.keys("\u{10}")
        #expect(desk.lines.last == "> password")
        desk.keys("\u{15}password\rcorrect horse\rnew horse battery\rnew horse battery\r")
        desk.keys("\u{10}")
        #expect(desk.lines.last == "> password")
        #expect(desk.door.screen.transcript.count { $0.contains("horse") } == shown)
    }

    @Test func theLineOfStatusTellsThePlace() throws {
        let desk = try Desk()
        desk.begin(statusline: true)
        #expect(desk.lines.count == 16)
        #expect(desk.lines.last?.hasPrefix("Hall  00:1") == true)
        for _ in 0..<10 { desk.keys("look\r") }
        #expect(desk.lines.last?.hasPrefix("Hall") == true)
        #expect(desk.lines[14] == ">")
        desk.keys("set statusline off\r")
        #expect(desk.lines.last == ">")
        #expect(desk.door.screen.unknown == 0)
    }

    @Test func theTimeGoesOnWhileNothingHappens() throws {
        let desk = try Desk()
        desk.begin(statusline: true)
        desk.keys("half")
        desk.stage.wall.now = WallInstant(milliseconds: 1_120_000)
        desk.stage.advance(.seconds(60))
        #expect(desk.lines.last == "Hall  00:18")
        #expect(desk.lines[desk.door.screen.row] == "> half")
    }

    @Test func aLoneEscapeEndsASearchInTime() throws {
        let desk = try Desk()
        desk.begin()
        desk.keys("say hello\r\u{12}hel\u{1B}")
        #expect(desk.lines.last == "Search: hel | say hello")
        desk.stage.advance(.milliseconds(500))
        #expect(desk.lines.last == "> say hello")
    }

    @Test func theTerminalIsGivenBackAtTheEnd() throws {
        let desk = try Desk()
        desk.begin(statusline: true)
        desk.keys("quit\r")
        #expect(desk.door.isClosed)
        #expect(desk.lines.last?.hasPrefix("Hall") != true)
        #expect(desk.door.screen.unknown == 0)
    }

    @Test func controlDLeaves() throws {
        let desk = try Desk()
        desk.begin()
        desk.keys("x\u{4}")
        #expect(!desk.door.isClosed)
        desk.keys("\u{7F}\u{4}")
        #expect(desk.door.isClosed)
    }

    @Test func aLongPasteLosesNothing() throws {
        let desk = try Desk()
        desk.begin()
        desk.keys(String(repeating: "say x\r", count: 600))
        #expect(desk.door.screen.transcript.count { $0 == "You say, \"x\"" } == 600)
    }

    @Test func longTextsComeInPages() throws {
        let desk = try Desk(height: 10)
        desk.begin()
        desk.keys("set pager on\rcommands talking\r")
        #expect(desk.lines.last == "[More: Enter, or q to stop]")
        let before = desk.door.screen.transcript.count
        desk.keys(" ")
        #expect(desk.door.screen.transcript.count > before)
        desk.keys("q")
        #expect(desk.lines.last == ">")
        desk.keys("look\r")
        #expect(desk.lines.contains("> look"))
    }

    @Test func aPageFitsAboveTheLineOfStatus() throws {
        let desk = try Desk(height: 10)
        desk.begin(statusline: true)
        desk.keys("\u{C}")
        let start = desk.door.screen.history.count
        desk.keys("commands talking\r")
        let first = try #require(desk.door.screen.transcript.dropFirst(start + 1).first)
        #expect(!first.isEmpty)
        desk.keys("set pager on\r")
        desk.keys("\u{C}commands talking\r")
        #expect(desk.lines.first == first, "\(desk.lines)")
        #expect(desk.lines.suffix(2).first == "[More: Enter, or q to stop]")
    }

    @Test func pagesWorkWithWholeLinesToo() throws {
        let stage = try GameStage()
        let door = try stage.enter("Ann")
        stage.type("set pager 8", door)
        stage.type("commands talking", door)
        let first = door.takeSeen()
        #expect(first.hasSuffix("[More: Enter, or q to stop] "))
        #expect(first.split(separator: "\r\n").count <= 9)
        stage.type("", door)
        #expect(!door.takeSeen().isEmpty)
        stage.type("look", door)
        #expect(door.takeSeen().hasSuffix("> "))
        stage.type("commands talking", door)
        stage.type("q", door)
        #expect(door.takeSeen().hasSuffix("> "))
    }
}
