import Basics
import Glibc
import Logging
import Testing

@testable import DaemonCore

@Suite struct LogTests {
    static let escapes: [(String, String)] = [
        ("plain", "plain"), ("", "\"\""), ("two words", "\"two words\""), ("a=b", "\"a=b\""), ("tab\t", "tab\\t"),
        ("line\nforged", "line\\nforged"), ("\r\n", "\\r\\n"), ("\u{1b}[31m", "\\u{1b}[31m"), ("\u{7f}", "\\u{7f}"),
        ("\u{9b}2J", "\\u{9b}2J"), ("\u{202e}txt", "\\u{202e}txt"), ("\u{2028}", "\\u{2028}"),
        ("say \"hi\"", "\"say \\\"hi\\\"\""), ("back\\slash", "back\\\\slash"), ("zoë 🗝", "\"zoë 🗝\""),
        (String(repeating: "x", count: 3000), String(repeating: "x", count: 2048) + "…"),
    ]

    @Test(arguments: escapes) func valueIsOnePrintableWord(value: String, written: String) {
        #expect(LogLine.quote(value) == written)
    }

    static let stamps: [(Int64, String)] = [
        (0, "1970-01-01T00:00:00.000Z"), (1_795_412_460_007, "2026-11-23T05:41:00.007Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
    ]

    @Test(arguments: stamps) func stamp(milliseconds: Int64, text: String) {
        #expect(LogLine.stamp(WallInstant(milliseconds: milliseconds)) == text)
    }

    private func makeLog(_ folder: TemporaryFolder) throws -> LogFile {
        let descriptor = open(folder.path + "/mudd.log", O_WRONLY | O_APPEND | O_CREAT, 0o600)
        return LogFile(descriptor: descriptor) { WallInstant(milliseconds: 0) }
    }

    @Test func recordsAreLines() throws {
        let folder = try TemporaryFolder()
        let log = try makeLog(folder)
        var logger = log.makeLogger(label: "door.telnet", level: .info)
        logger[metadataKey: "session"] = "7"
        logger.info("session opened", metadata: ["source": "127.0.0.1", "name": "Ada\nroot"])
        logger.debug("not wanted")
        logger.error("failed", metadata: ["password": "hunter2", "claimCode": "AAAA", "session": "8"])
        #expect(
            folder.read("mudd.log") == """
                1970-01-01T00:00:00.000Z info door.telnet session opened name=Ada\\nroot session=7 source=127.0.0.1
                1970-01-01T00:00:00.000Z error door.telnet failed claimCode=(withheld) password=(withheld) session=8

                """)
    }

    @Test func debugRecordsWaitForTheNextImportantOne() throws {
        let folder = try TemporaryFolder()
        let log = try makeLog(folder)
        let logger = log.makeLogger(label: "x", level: .trace)
        logger.debug("one")
        #expect(folder.read("mudd.log") == "")
        logger.info("two")
        #expect(folder.read("mudd.log")?.split(separator: "\n").count == 2)
        logger.trace("three")
        log.flush()
        #expect(folder.read("mudd.log")?.split(separator: "\n").count == 3)
        for _ in 0..<2000 { logger.trace("many many many") }
        #expect((folder.read("mudd.log")?.utf8.count ?? 0) > 32_768)
    }

    @Test func lostRecordsAreCounted() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        let log = LogFile(descriptor: ends[1]) { WallInstant(milliseconds: 0) }
        let logger = log.makeLogger(label: "x", level: .info)
        let long = Logger.Message(stringLiteral: String(repeating: "y", count: 2000))
        for _ in 0..<100 { logger.info(long) }
        var octets = [UInt8](repeating: 0, count: 1 << 20)
        #expect(read(ends[0], &octets, octets.count) > 0)
        logger.info("again")
        let count = read(ends[0], &octets, octets.count)
        let text = String(decoding: octets[..<max(0, count)], as: UTF8.self)
        #expect(text.contains(" records were lost here\n"))
        #expect(text.hasSuffix("info x again\n"))
        close(ends[0])
    }

    @Test func fileIsPrivateAndFailureIsOneSentence() throws {
        let folder = try TemporaryFolder()
        _ = try LogFile(path: folder.path + "/mudd.log")
        #expect(folder.mode(of: "mudd.log") == 0o600)
        let path = folder.path + "/no/mudd.log"
        #expect(
            throws: DaemonFailure(.cannotCreate, "The log \(path) cannot be opened: No such file or directory.")
        ) { try LogFile(path: path) }
    }
}
