import Basics
import FileAccessTesting
import Glibc
import Logging
import Synchronization
import Testing

@testable import DaemonCore

@Suite struct LogFileTests {
    private func makeLog(_ folder: TemporaryFolder) throws -> LogFile {
        try LogFile(.file(folder.path + "/mudd.log"), levels: LogLevels(.trace)) { WallInstant(milliseconds: 0) }
    }

    @Test func recordsAreLines() throws {
        let folder = try TemporaryFolder()
        let log = try makeLog(folder)
        var logger = log.makeLogger(label: "door.telnet")
        log.levels = LogLevels(.info)
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
        let logger = log.makeLogger(label: "x")
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
        let logger = log.makeLogger(label: "x")
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
        close(ends[1])
    }

    @Test func fileIsPrivateAndFailureIsOneSentence() throws {
        let folder = try TemporaryFolder()
        _ = try LogFile(.file(folder.path + "/mudd.log"))
        #expect(folder.mode(of: "mudd.log") == 0o600)
        let path = folder.path + "/no/mudd.log"
        #expect(
            throws: DaemonFailure(.cannotCreate, "The log \(path) cannot be opened: No such file or directory.")
        ) { try LogFile(.file(path)) }
    }

    @Test func levelsChangeForEveryLoggerAtOnce() throws {
        let folder = try TemporaryFolder()
        let log = try makeLog(folder)
        log.levels = try #require(LogLevels("info,game=warning"))
        let game = log.makeLogger(label: "game")
        let copy = game
        var own = log.makeLogger(label: "game")
        own.logLevel = .debug
        game.info("unheard")
        log.levels = LogLevels(.debug)
        copy.debug("heard")
        log.levels = LogLevels(.critical)
        copy.error("unheard")
        own.debug("its own")
        log.flush()
        #expect(folder.read("mudd.log")?.contains("unheard") == false)
        #expect(folder.read("mudd.log")?.split(separator: "\n").count == 2)
        #expect(log.subsystems == ["game"])
    }

    @Test func recordsWaitForTheLogToBeOpened() throws {
        let folder = try TemporaryFolder()
        let log = LogFile()
        let logger = log.makeLogger(label: "x")
        for number in 1...1001 { logger.info("\(number)") }
        log.flush()
        try log.open(.file(folder.path + "/mudd.log"))
        logger.info("after")
        let lines = try #require(folder.read("mudd.log")).split(separator: "\n")
        #expect(lines.count == 1001 && lines[0].hasSuffix(" 1") && lines[999].hasSuffix(" 1000"))
        #expect(lines[1000].hasSuffix("after"))
    }

    @Test func tellsWhenRecordsBeginToGather() throws {
        let folder = try TemporaryFolder()
        let log = try makeLog(folder)
        log.levels = LogLevels(.debug)
        let tellings = Mutex(0)
        log.whenRecordsGather { [unowned log] in
            // Not while the log is locked.
            _ = log.levels
            tellings.withLock { $0 += 1 }
        }
        let logger = log.makeLogger(label: "x")
        logger.info("written at once")
        #expect(tellings.withLock { $0 } == 0)
        logger.debug("one")
        logger.debug("two")
        #expect(tellings.withLock { $0 } == 1)
        #expect(folder.read("mudd.log")?.split(separator: "\n").count == 1)
        log.flush()
        #expect(folder.read("mudd.log")?.split(separator: "\n").count == 3)
        logger.debug("three")
        logger.info("takes three along")
        logger.debug("four")
        #expect(tellings.withLock { $0 } == 3)
    }

    @Test func reopensAFileThatWasMovedAway() throws {
        let folder = try TemporaryFolder()
        let log = try makeLog(folder)
        let logger = log.makeLogger(label: "x")
        logger.info("one")
        logger.debug("gathered")
        #expect(rename(folder.path + "/mudd.log", folder.path + "/old") == 0)
        logger.info("two")
        try log.reopen()
        logger.info("three")
        #expect(folder.read("old")?.split(separator: "\n").count == 3)
        #expect(folder.read("mudd.log")?.hasSuffix("info x three\n") == true)
        #expect(
            rename(folder.path + "/mudd.log", folder.path + "/older") == 0
                && mkdir(folder.path + "/mudd.log", 0o700) == 0)
        #expect(throws: DaemonFailure.self) { try log.reopen() }
        logger.info("four")
        #expect(folder.read("older")?.hasSuffix("info x four\n") == true)
    }

    @Test func putsFullFilesAside() throws {
        let folder = try TemporaryFolder()
        let log = try makeLog(folder)
        log.rotate(by: LogRotation(size: 100, keep: 2))
        let logger = log.makeLogger(label: "x")
        // Each record has 40 octets, so that two fit.
        for number in 1...7 { logger.info("number \(number)") }
        func numbers(_ name: String) -> [Character] {
            (folder.read(name) ?? "").split(separator: "\n").compactMap(\.last)
        }
        #expect(
            numbers("mudd.log") == ["7"] && numbers("mudd.log.1") == ["5", "6"] && numbers("mudd.log.2") == ["3", "4"])
        #expect(folder.read("mudd.log.3") == nil && folder.read("mudd.log.new") == nil)
        #expect(folder.mode(of: "mudd.log") == 0o600)
        log.rotate(by: LogRotation(size: 100, keep: 0))
        for number in 8...9 { logger.info("number \(number)") }
        #expect(numbers("mudd.log") == ["9"] && numbers("mudd.log.1") == ["5", "6"])
        // One record that is larger than the limit has a file for itself.
        log.rotate(by: LogRotation(size: 10, keep: 2))
        logger.info("number 1")
        #expect(numbers("mudd.log") == ["1"] && numbers("mudd.log.1") == ["9"])
    }

    @Test func aNewDayBeginsANewFile() throws {
        let folder = try TemporaryFolder()
        let hours = Mutex<Int64>(23)
        let log = try LogFile(.file(folder.path + "/mudd.log"), rotation: LogRotation(isDaily: true)) {
            WallInstant(milliseconds: hours.withLock { $0 } * 3_600_000)
        }
        let logger = log.makeLogger(label: "x")
        for hour: Int64 in [23, 23, 24, 47, 49] {
            hours.withLock { $0 = hour }
            logger.info("hour \(hour)")
        }
        #expect(folder.read("mudd.log")?.contains("hour 49") == true)
        #expect(folder.read("mudd.log.1")?.split(separator: "\n").count == 2)
        #expect(folder.read("mudd.log.2")?.split(separator: "\n").count == 2)
    }

    @Test func withoutRoomForANewFileTheOldOneGoesOn() throws {
        let folder = try TemporaryFolder()
        let log = try makeLog(folder)
        log.rotate(by: LogRotation(size: 10))
        let logger = log.makeLogger(label: "x")
        logger.info("one")
        #expect(mkdir(folder.path + "/mudd.log.new", 0o700) == 0)
        logger.info("two")
        #expect(folder.read("mudd.log")?.split(separator: "\n").count == 2 && folder.read("mudd.log.1") == nil)
        #expect(rmdir(folder.path + "/mudd.log.new") == 0)
        logger.info("three")
        #expect(folder.read("mudd.log.1")?.split(separator: "\n").count == 2)
    }

    @Test func whatIsNoFileIsNotPutAside() throws {
        let log = try LogFile(.file("/dev/null"), rotation: LogRotation(size: 1))
        let logger = log.makeLogger(label: "x")
        for _ in 0..<3 { logger.info("gone") }
        var information = stat()
        #expect(stat("/dev/null", &information) == 0 && information.st_mode & S_IFMT == S_IFCHR)
    }
}
