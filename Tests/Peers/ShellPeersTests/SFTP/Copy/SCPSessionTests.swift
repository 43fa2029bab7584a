import ReactorCore
import SFTPWire
import ShellPeers
import Testing

@Suite("scp sessions")
struct SCPSessionTests {
    private let tree = SFTPMemoryTree(octetLimit: 300_000) { stageTime }

    /// A session whose other side is the test.
    private final class Stage {
        let stream = MemoryStream()
        var status: UInt32?
        private(set) var session: (any SFTPSession)?

        init(_ line: String, _ tree: SFTPMemoryTree) throws {
            let command = try #require(SCPCommand(line))
            let ended: (UInt32) -> Void = { [unowned self] in status = $0 }
            session =
                command.direction == .toServer
                ? SCPSink(command, tree, over: stream, ended: ended)
                : SCPSource(command, tree, over: stream, ended: ended)
        }

        func say(_ octets: [UInt8]) -> [UInt8] {
            session?.received(octets.span)
            return stream.takeAll()
        }

        func say(_ text: String) -> [UInt8] { say(Array(text.utf8)) }

        var isRefused: Bool { status == 1 }
    }

    @Test("Files and directories arrive, each with its answer")
    func sink() throws {
        let stage = try Stage("scp -r -p -t /", tree)
        #expect(stage.stream.takeAll() == [0])
        #expect(stage.say("T7 0 7 0\n") == [0])
        #expect(stage.say("D0750 0 d\n") == [0])
        #expect(stage.say("T1700000000 0 5 0\n") == [0])
        #expect(stage.say("C0640 5 f\n") == [0])
        #expect(stage.say("he").isEmpty)
        #expect(tree.contents(of: try path("/d/f")) == nil)
        #expect(stage.say(octets("llo") + [0]) == [0])
        #expect(tree.contents(of: try path("/d/f")) == octets("hello"))
        #expect(stage.say("E\n") == [0])
        stage.session?.inputEnded()
        #expect(stage.status == 0)
        var found: SFTPAttributes?
        tree.attributes(of: try path("/d/f")).whenDone { found = try? $0.get() }
        #expect(found?.permissions == 0o100640 && found?.times?.modification == 1_700_000_000)
    }

    @Test("A file may get another name here")
    func renamed() throws {
        let stage = try Stage("scp -t /new.txt", tree)
        _ = stage.say(octets("C0600 3 old.txt\nabc") + [0])
        #expect(tree.contents(of: try path("/new.txt")) == octets("abc") && tree.paths.count == 1)
    }

    @Test(
        "Names that lead elsewhere are refused",
        arguments: ["..", ".", "", "a/b", "/etc/passwd", "../x", "a\u{1}", String(repeating: "x", count: 256)])
    func escapes(name: String) throws {
        let stage = try Stage("scp -r -t /", tree)
        _ = stage.stream.takeAll()
        #expect(stage.say("C0600 3 \(name)\n").first == 1)
        #expect(stage.say("D0700 0 \(name)\n").first == 1)
        #expect(tree.paths.isEmpty)
        #expect(stage.say(octets("C0600 2 good\nab") + [0]) == [0, 0])
        stage.session?.inputEnded()
        #expect(stage.isRefused && tree.paths.count == 1)
    }

    @Test("A file that does not fit is refused at its end, and nothing of it stays")
    func quota() throws {
        tree.put("old", at: try path("/f"))
        let stage = try Stage("scp -t /f", tree)
        _ = stage.say("C0600 300001 f\n")
        #expect(stage.say(Array(repeating: 1, count: 300_001) + [0]).first == 1)
        #expect(tree.contents(of: try path("/f")) == octets("old"))
        #expect(stage.say("D0700 0 d\n").first == 1)
        #expect(stage.say("E\n").first == 1)
    }

    @Test("What is cut off is thrown away, and what cannot be read ends it")
    func cutOff() throws {
        let stage = try Stage("scp -t /f", tree)
        _ = stage.say("C0600 5 f\nab")
        stage.session?.inputEnded()
        #expect(stage.isRefused && tree.paths.isEmpty)
        let other = try Stage("scp -t /f", tree)
        _ = other.say("C0600 5 f\nab")
        other.session?.closed()
        #expect(other.status == nil && tree.paths.isEmpty)
        let odd = try Stage("scp -t /f", tree)
        _ = odd.stream.takeAll()
        #expect(odd.say("GET / HTTP/1.1\n").first == 2)
        #expect(odd.isRefused)
        #expect(try Stage("scp -d -t /nowhere", tree).isRefused)
    }

    @Test("Files and directories are sent, each when the client has said so")
    func source() throws {
        tree.put("hello", at: try path("/d/b"))
        tree.put("", at: try path("/d/a"))
        let stage = try Stage("scp -r -f /d", tree)
        #expect(stage.stream.takeAll().isEmpty)
        #expect(stage.say([0]) == octets("D0700 0 d\n"))
        #expect(stage.say([0]) == octets("C0600 0 a\n"))
        #expect(stage.say([0]) == [0])
        #expect(stage.say([0]) == octets("C0600 5 b\n"))
        #expect(stage.say([0]) == octets("hello") + [0])
        #expect(stage.say([0]) == octets("E\n"))
        #expect(stage.say([0]).isEmpty)
        #expect(stage.status == 0)
    }

    @Test("A client that does not want a file gets the next one, and one that does not read is waited for")
    func refusals() throws {
        tree.put("hello", at: try path("/d/a"))
        tree.put(String(repeating: "x", count: 200_000), at: try path("/d/b"))
        let stage = try Stage("scp -rp -f /d", tree)
        #expect(stage.say([0]) == octets("T1796046300 0 1796046300 0\n"))
        #expect(stage.say([0]) == octets("D0700 0 d\n"))
        _ = stage.say([0])
        #expect(stage.say([0]) == octets("C0600 5 a\n"))
        _ = stage.say([1] + octets("no room\n"))
        #expect(stage.say([0]) == octets("C0600 200000 b\n"))
        stage.session?.fellBehind()
        #expect(stage.say([0]).isEmpty)
        stage.session?.caughtUp()
        #expect(stage.stream.takeAll().count == 200_001)
        #expect(stage.say([0]) == octets("E\n"))
        _ = stage.say([0])
        #expect(stage.isRefused)
    }

    @Test("A client that answers without being asked is put up with for a while, and then sent nothing more")
    func answersAhead() throws {
        tree.put(String(repeating: "x", count: 200_000), at: try path("/f"))
        let few = try Stage("scp -f /f", tree)
        few.session?.fellBehind()
        #expect(few.say(Array(repeating: 0, count: 8)) == octets("C0600 200000 f\n"))
        few.session?.caughtUp()
        #expect(few.stream.takeAll().count == 200_001)
        #expect(few.status == 0)
        let many = try Stage("scp -f /f", tree)
        many.session?.fellBehind()
        _ = many.say([0])
        for _ in 0..<SCPLimits.answersAhead + 2 where many.status == nil { _ = many.say([0]) }
        #expect(many.isRefused)
        many.session?.caughtUp()
        #expect(many.say(Array(repeating: 0, count: 100_000)).isEmpty)
        let flood = try Stage("scp -r -f /", tree)
        #expect(flood.say(Array(repeating: 0, count: SCPLimits.answersAhead + 1)).isEmpty)
        #expect(flood.isRefused)
    }

    @Test("What is not there is complained of")
    func notThere() throws {
        for line in ["scp -f /nowhere", "scp -f /"] {
            let stage = try Stage(line, tree)
            let said = stage.say([0])
            #expect(said.first == 1 && said.last == 0x0A)
            #expect(stage.isRefused)
        }
        let gone = try Stage("scp -f /nowhere", tree)
        gone.session?.inputEnded()
        #expect(gone.isRefused)
    }
}
