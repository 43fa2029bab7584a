import Basics
import FileAccessTesting
import Glibc
import Testing

@testable import AuditCore

@Suite struct AuditTrailTests {
    /// A trail in a folder of its own, under a clock that the test moves.
    private final class Stage {
        private let folder: TemporaryFolder
        var path: String { folder.path + "/audit.log" }
        var time = WallInstant(milliseconds: 1_795_000_000_000)

        init() throws { folder = try TemporaryFolder() }

        /// A child that another test has just forked has the descriptor, and with it the lock, until it becomes its program.
        func open() throws -> AuditLog {
            for _ in 0..<100_000 {
                if let log = try? AuditLog(path: path, now: { [unowned self] in time }) { return log }
                sched_yield()
            }
            return try AuditLog(path: path) { [unowned self] in time }
        }

        var octets: [UInt8] {
            get {
                let file = Glibc.open(path, O_RDONLY)
                defer { close(file) }
                var buffer = [UInt8](repeating: 0, count: 1 << 20)
                return Array(buffer[..<max(0, read(file, &buffer, buffer.count))])
            }
            set {
                let file = Glibc.open(path, O_WRONLY | O_TRUNC | O_CREAT, 0o600)
                defer { close(file) }
                _ = write(file, newValue, newValue.count)
            }
        }

        var lines: [String] { String(decoding: octets, as: UTF8.self).split(separator: "\n").map(String.init) }

        func verdict(against known: AuditHead? = nil) throws -> AuditTrail.Verdict {
            try AuditTrail(path: path).verify(against: known)
        }
    }

    private func fill(_ log: AuditLog, _ count: Int) {
        for number in 1...count { log.append(AuditEvent(.login, actor: "Ada", origin: "telnet", detail: "\(number)")) }
    }

    @Test func whatIsWrittenIsReadAndSound() throws {
        let stage = try Stage()
        let log = try stage.open()
        let event = AuditEvent(
            .administer, .refused, actor: "uid 0", origin: "control socket", subject: "Zoë \"the\nnewline\"",
            detail: "kick \u{1B}[2J\u{202E}")
        log.append(event)
        fill(log, 9)
        let verdict = try stage.verdict()
        #expect(verdict.records == 10 && verdict.problems.isEmpty && verdict.head == log.head)
        let records = try AuditTrail(path: stage.path).last(100) { _ in true }
        #expect(records.first?.event == event && records.first?.time == "2026-11-18T11:06:40.000Z")
        #expect(records.map(\.sequence) == Array(1...10))
        #expect(try AuditTrail(path: stage.path).last(2) { $0.event.detail != "9" }.map(\.event.detail) == ["7", "8"])
        var status = stat()
        #expect(stat(stage.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    /// The hash can be made by anybody's tools: of the line's octets before `,"hash"`.
    @Test func theFirstLineIsAsDocumented() throws {
        let stage = try Stage()
        let log = try stage.open()
        log.append(AuditEvent(.start, actor: "uid 0"))
        let line = try #require(stage.lines.first)
        #expect(
            line.hasPrefix(
                #"{"actor":"uid 0","detail":"","event":"start","origin":"","outcome":"done","previous":"","#
                    + #""sequence":1,"subject":"","time":"2026-11-18T11:06:40.000Z","hash":""#))
        #expect(line.hasSuffix(log.head.hash + "\"}"))
        // By sha256sum of that.
        #expect(log.head.hash == "8e77fb618c7bfb6b42dfd8a6d4a16b180c43d8ee6c8998197808e4bf4d476eed")
    }

    /// One line changed, taken out, doubled or exchanged is found, and named.
    @Test(arguments: 0..<5)
    func whatIsChangedIsFound(line: Int) throws {
        let stage = try Stage()
        try { fill(try stage.open(), 5) }()
        let good = stage.octets
        let lines = stage.lines
        var changed = lines
        changed[line] = changed[line].replacing("Ada", with: "Eve")
        stage.octets = Array((changed.joined(separator: "\n") + "\n").utf8)
        #expect(try stage.verdict().problems == ["line \(line + 1) was changed: its hash is another"])
        changed = lines
        changed.remove(at: line)
        stage.octets = Array((changed.joined(separator: "\n") + "\n").utf8)
        #expect(try stage.verdict().problems.count == (line == 4 ? 0 : 1))
        changed = lines
        changed.insert(lines[line], at: line)
        stage.octets = Array((changed.joined(separator: "\n") + "\n").utf8)
        #expect(try stage.verdict().problems.count == 1)
        changed = lines
        changed[line] = "nonsense"
        stage.octets = Array((changed.joined(separator: "\n") + "\n").utf8)
        #expect(try stage.verdict().problems.first == "line \(line + 1) is no record")
        stage.octets = good
        #expect(try stage.verdict().problems.isEmpty)
    }

    /// Somebody who makes all the hashes anew, or cuts the end off, is found by a head that was noted before.
    @Test func aKnownHeadFindsWhatTheFileCannot() throws {
        let stage = try Stage()
        let log = try stage.open()
        fill(log, 3)
        let known = log.head
        fill(log, 3)
        #expect(AuditHead("\(known)") == known)
        #expect(try stage.verdict(against: known).problems.isEmpty)
        let cut = stage.lines.prefix(2).joined(separator: "\n") + "\n"
        stage.octets = Array(cut.utf8)
        #expect(try stage.verdict().problems.isEmpty)
        #expect(try stage.verdict(against: known).problems.count == 1)
        unlink(stage.path)
        fill(try stage.open(), 6)
        #expect(try stage.verdict(against: known).problems.count == (stage.lines[2].contains(known.hash) ? 0 : 1))
    }

    @Test func aTrailGoesOnWhereItWas() throws {
        let stage = try Stage()
        for _ in 0..<3 { fill(try stage.open(), 2) }
        let verdict = try stage.verdict()
        #expect(verdict.records == 6 && verdict.head.sequence == 6 && verdict.problems.isEmpty)
    }

    /// Power was lost in the middle of a line, anywhere.
    @Test func anUnfinishedRecordIsTakenOff() throws {
        let stage = try Stage()
        try { fill(try stage.open(), 2) }()
        let whole = stage.octets
        let first = (whole.firstIndex(of: 0x0A) ?? 0) + 1
        for end in stride(from: 1, to: whole.count, by: 37)
        where end != first && end != first - 1 && end != whole.count - 1 {
            stage.octets = Array(whole[..<end])
            #expect(try stage.verdict().unfinishedOctets == (end < first ? end : end - first))
            let log = try stage.open()
            #expect(log.mending == .torn(octets: end < first ? end : end - first))
            fill(log, 1)
            let verdict = try stage.verdict()
            #expect(verdict.problems.isEmpty && verdict.records == (end < first ? 2 : 3))
        }
    }

    @Test func aFileThatIsNoTrailIsPutAside() throws {
        for content in ["hello\n", "{}\n", "hello", String(repeating: "x", count: 200_000)] {
            let stage = try Stage()
            stage.octets = Array(content.utf8)
            let log = try stage.open()
            guard case .putAside(let name) = log.mending else {
                Issue.record("not put aside: \(log.mending)")
                continue
            }
            #expect(access(name, F_OK) == 0)
            #expect(try stage.verdict().records == 1 && stage.verdict().problems.isEmpty)
        }
    }

    /// The newline alone was lost, or a kind of event is of a newer version: nothing is to be mended.
    @Test func whatIsWholeStays() throws {
        let stage = try Stage()
        try {
            let log = try stage.open()
            fill(log, 2)
            log.append(AuditEvent(AuditEvent.Kind(rawValue: "exorcism"), actor: "Ada"))
        }()
        stage.octets = stage.octets.dropLast()
        let log = try stage.open()
        #expect(log.mending == .none && log.head.sequence == 3)
        fill(log, 1)
        let verdict = try stage.verdict()
        #expect(verdict.problems.isEmpty && verdict.records == 4)
    }

    /// Hashes can be made by anybody: a number that nothing can follow is no way to stop the server, or the look at it.
    @Test func theLastOfAllNumbersIsNoTrap() throws {
        let stage = try Stage()
        let last = AuditRecord.make(
            AuditEvent(.login, actor: "Eve"), sequence: .max, time: stage.time, previous: ""
        ).line
        stage.octets = last + last
        #expect(try stage.verdict().problems.count == 2)
        let log = try stage.open()
        let isPutAside = if case .putAside = log.mending { true } else { false }
        #expect(isPutAside)
        #expect(try AuditTrail(path: stage.path).last(.max) { _ in true }.count == 1)
        #expect(try AuditTrail(path: stage.path).last(-1) { _ in true }.isEmpty)
    }

    @Test func refusalsThatWereCountedAreToldBeforeTheEnd() throws {
        let stage = try Stage()
        let log = try stage.open()
        for _ in 0..<200 { log.append(AuditEvent(.login, .refused, actor: "Ada")) }
        log.append(AuditEvent(.stop))
        let last = try AuditTrail(path: stage.path).last(2) { _ in true }
        #expect(last.map(\.event.kind) == [.omitted, .stop] && last.first?.event.detail.hasPrefix("80 more") == true)
    }

    @Test func aPipeIsNotWaitedFor() throws {
        let stage = try Stage()
        try #require(mkfifo(stage.path, 0o600) == 0)
        let failure = #expect(throws: AuditFailure.self) { try stage.verdict() }
        #expect(failure?.description == "the audit trail \(stage.path) cannot be opened: this is no regular file")
    }

    @Test func oneProcessWritesIt() throws {
        let stage = try Stage()
        let log = try stage.open()
        fill(log, 1)
        #expect(throws: AuditFailure.self) { try AuditLog(path: stage.path) { stage.time } }
    }

    /// Strangers cannot fill the disk; what they did is counted.
    @Test func floodsOfRefusalsAreCounted() throws {
        let stage = try Stage()
        let log = try stage.open()
        for _ in 0..<1000 { log.append(AuditEvent(.login, .refused, actor: "Ada")) }
        log.append(AuditEvent(.login, actor: "Ada"))
        #expect(stage.lines.count == AuditLog.refusalsPerMinute + 1)
        stage.time.milliseconds += 60_000
        log.append(AuditEvent(.logout, actor: "Ada"))
        let last = try AuditTrail(path: stage.path).last(2) { _ in true }
        #expect(last.map(\.event.kind) == [.omitted, .logout])
        #expect(last.first?.event.detail == "880 more refusals came within a minute")
    }

    /// In a process of its own, whose files may be of a limited size only.
    @Test func whatTheDiskDoesNotTakeIsCounted() async {
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            let stage = try Stage()
            let log = try stage.open()
            for number in 1...3 { log.append(AuditEvent(.login, actor: "\(number)")) }
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let unlimited = limit.rlim_cur
            limit.rlim_cur = rlim_t(stage.octets.count + 20)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            try #require(log.append(AuditEvent(.login, actor: "lost")) != nil)
            try #require(log.append(AuditEvent(.login, actor: "lost, too")) != nil)
            limit.rlim_cur = unlimited
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            try #require(log.append(AuditEvent(.login, actor: "kept")) == nil)
            let verdict = try stage.verdict()
            try #require(verdict.problems.isEmpty && verdict.records == 5 && verdict.unfinishedOctets == 0)
            let told = try AuditTrail(path: stage.path).last(2) { _ in true }.first?.event
            try #require(told?.kind == .omitted && told?.detail.hasPrefix("2 records could not be written") == true)
        }
    }

    @Test(arguments: [5000, 100_000])
    func longTextsAreCut(count: Int) throws {
        let stage = try Stage()
        let log = try stage.open()
        for text in ["x", "\u{0}", "e\u{301}\u{301}\u{301}", "👩‍👩‍👧‍👧"] {
            let long = String(repeating: text, count: count)
            log.append(AuditEvent(.login, actor: long, origin: long, subject: long, detail: long))
        }
        #expect(try stage.verdict().records == 4 && stage.verdict().problems.isEmpty)
        #expect(stage.lines.allSatisfy { $0.utf8.count < 32_000 })
    }
}
