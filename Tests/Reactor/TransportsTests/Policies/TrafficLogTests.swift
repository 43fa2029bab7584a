import Basics
import FileAccessTesting
import Glibc
import ReactorCore
import ReactorTesting
import Testing
import Transports

@Suite struct TrafficLogTests {
    private final class Lines {
        var all: [String] = []
    }

    @Test func writesDownWhatGoesBothWays() throws {
        let lines = Lines()
        let stage = try PolicyStage { [TrafficLog($0.reactor, excerptLimit: 4) { lines.all.append($0) }] }
        stage.test.advance(by: .microseconds(1_500_020))
        let (transport, recorder) = try #require(stage.connect())
        transport.deliver("hi\r\n")
        stage.test.advance(by: .seconds(10))
        recorder?.transport?.write([0x61, 0x7F, 0xC3, 0x20, 0x41, 0x42])
        recorder?.transport?.write([0x41].span)
        recorder?.transport?.writeSequence([[0x42], [0x43]])
        transport.loseFromPeer()
        stage.test.settle()
        recorder?.transport?.write("late")
        let at = "#1 10.0.0.1:50000"
        #expect(
            lines.all == [
                "1.500020000 \(at) made", "1.500020000 \(at) received 4: 68 69 0d 0a |hi..|",
                "11.500020000 \(at) sent 6: 61 7f c3 20 … |a.. …|", "11.500020000 \(at) sent 1: 41 |A|",
                "11.500020000 \(at) sent 1: 42 |B|", "11.500020000 \(at) sent 1: 43 |C|",
                "11.500020000 \(at) lost: connection closed",
            ])
    }

    @Test func isSilentWhileOffAndCanBeSwitched() throws {
        let lines = Lines()
        var log: TrafficLog?
        let stage = try PolicyStage {
            let made = TrafficLog($0.reactor, isEnabled: false) { lines.all.append($0) }
            made.redact = { _, bytes in
                Issue.record("looked at traffic while off")
                return bytes
            }
            log = made
            return [made]
        }
        let (transport, recorder) = try #require(stage.connect())
        transport.deliver("secret")
        recorder?.transport?.write("secret")
        #expect(lines.all.isEmpty && recorder?.text == "secret")
        log?.redact = nil
        log?.isEnabled = true
        transport.deliver("x")
        #expect(lines.all == ["0.000000000 #1 10.0.0.1:50000 received 1: 78 |x|"])
    }

    @Test func redactionSeesOnlyTheExcerptAndCannotMakeItLonger() throws {
        let lines = Lines()
        var seen: [[UInt8]] = []
        let stage = try PolicyStage {
            [
                TrafficLog(
                    $0.reactor, excerptLimit: 8,
                    redact: { direction, bytes in
                        seen.append(bytes)
                        return direction == .received ? Array("****".utf8) : [UInt8](repeating: 0x2A, count: 100)
                    }, sink: { lines.all.append($0) })
            ]
        }
        let (transport, recorder) = try #require(stage.connect())
        transport.deliver("PASS swordfish")
        recorder?.transport?.write("ok")
        #expect(seen == [Array("PASS swo".utf8), Array("ok".utf8)])
        #expect(lines.all[1].hasSuffix("received 14: 2a 2a 2a 2a … |****…|"))
        #expect(lines.all[2].hasSuffix("sent 2: 2a 2a 2a 2a 2a 2a 2a 2a |********|"))
        #expect(transport.takeWrittenText() == "ok" && recorder?.text == "PASS swordfish")
    }

    @Test func appendsToAFileUpToItsLimit() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/traffic.log"
        let stage = try PolicyStage { [try TrafficLog($0.reactor, path: path, fileLimit: 120)] }
        let (transport, _) = try #require(stage.connect())
        for _ in 0..<10 { transport.deliver("x") }
        let text = try #require(folder.read("traffic.log"))
        let lines = text.split(separator: "\n")
        #expect(lines.first == "0.000000000 #1 10.0.0.1:50000 made")
        #expect(lines.last == "0.000000000 #1 10.0.0.1:50000 received 1: 78 |x|")
        #expect(lines.count == 2 && text.utf8.count <= 120)
        #expect(throws: (any Error).self) { try TrafficLog(stage.test.reactor, path: folder.path) }
    }

    /// Opened to be written, a pipe that nobody reads would hold the loop without end.
    @Test func aPipeIsNeitherWaitedForNorTaken() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        let test = try TestReactor()
        #expect(throws: SystemFailure(code: ENXIO, call: "open")) { try TrafficLog(test.reactor, path: path) }
        let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        try #require(reader >= 0)
        defer { close(reader) }
        #expect(throws: SystemFailure(code: EINVAL, call: "open")) { try TrafficLog(test.reactor, path: path) }
    }
}
