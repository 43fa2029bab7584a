package import Basics
import FileAccess
import Glibc
package import Logging
import Synchronization

/// The server's log: one line for one record, in a file, on standard output, or in the journal.
///
/// Records of level `info` and above are written at once, those of `debug` and `trace` together with the next of these, at
/// ``flush()``, or when 32 KiB have gathered. When a write fails (a full disk) the record is dropped; the number of dropped records is
/// written as soon as records are taken again.
///
/// A file is opened for appending. It may be moved away by others, and ``reopen()`` then begins a new one; with a
/// ``LogRotation`` it is put aside here.
///
/// - Isolation: may be used from any thread; the state is behind a mutex.
package final class LogFile: Sendable {
    private struct State {
        var output: Output
        var levels: LogLevels
        var cells: [String: LevelCell] = [:]
        var rotation: LogRotation
        var buffer: [UInt8] = []
        var dropped = 0
        var onGathering: @Sendable () -> Void = {}
    }

    private enum Output {
        /// Not opened yet: records wait for it.
        case none([LogRecord])
        case descriptor(Int32, isColoured: Bool)
        case file(OpenedLog)
        case journal(JournalSocket)
    }

    /// Octets that gather before records below `info` are written.
    private static let gathering = 32_768
    /// Records that wait for the log to be opened; the first are kept.
    private static let mostUnopened = 1000

    private let format: LogFormat
    private let now: @Sendable () -> WallInstant
    private let state: Mutex<State>

    /// Makes a log that is not opened yet; records wait until it is.
    package init(
        format: LogFormat = .text, levels: LogLevels = LogLevels(.info), rotation: LogRotation = LogRotation(),
        now: @escaping @Sendable () -> WallInstant = wallTimeNow
    ) {
        self.format = format
        self.now = now
        state = Mutex(State(output: .none([]), levels: levels, rotation: rotation))
    }

    /// Opens a log; a file is made with mode 0600 when it is missing.
    package convenience init(
        _ destination: LogDestination, format: LogFormat = .text, levels: LogLevels = LogLevels(.info),
        rotation: LogRotation = LogRotation(), now: @escaping @Sendable () -> WallInstant = wallTimeNow
    ) throws(DaemonFailure) {
        self.init(format: format, levels: levels, rotation: rotation, now: now)
        try open(destination)
    }

    /// Opens a log that is not opened yet, and writes what has waited for it.
    package func open(_ destination: LogDestination) throws(DaemonFailure) {
        let output: Output =
            switch destination {
            case .standardOutput: .descriptor(STDOUT_FILENO, isColoured: Self.isOutputColoured)
            case .journal: .journal(try JournalSocket())
            case .file(let path): .file(try OpenedLog(path: path, now: now()))
            }
        state.withLock { state in
            guard case .none(let waiting) = state.output else { preconditionFailure("this log is open already") }
            state.output = output
            for record in waiting { write(record, &state) }
            writeOut(&state)
        }
    }

    /// Whether standard output is a terminal, and nobody has asked for no colours there (https://no-color.org).
    private static var isOutputColoured: Bool {
        guard isatty(STDOUT_FILENO) == 1 else { return false }
        return getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
    }

    /// Writes to a descriptor that stays open; for tests.
    init(descriptor: Int32, format: LogFormat = .text, now: @escaping @Sendable () -> WallInstant) {
        self.format = format
        self.now = now
        state = Mutex(
            State(
                output: .descriptor(descriptor, isColoured: false), levels: LogLevels(.trace), rotation: LogRotation()))
    }

    /// Writes to a journal that listens elsewhere; for tests.
    init(journal: JournalSocket, now: @escaping @Sendable () -> WallInstant) {
        format = .text
        self.now = now
        state = Mutex(State(output: .journal(journal), levels: LogLevels(.trace), rotation: LogRotation()))
    }

    deinit {
        flush()
        state.withLock { state in
            switch state.output {
            case .file(let log): close(log.descriptor)
            case .journal(let journal): close(journal.descriptor)
            case .none, .descriptor: break
            }
        }
    }

    /// A logger of a subsystem that writes here; its level follows ``levels``.
    package func makeLogger(label: String) -> Logger {
        let cell = state.withLock { state in
            if let cell = state.cells[label] { return cell }
            let made = LevelCell(state.levels.level(of: label))
            state.cells[label] = made
            return made
        }
        return Logger(label: label) { label in LogFileHandler(file: self, label: label, subsystem: cell) }
    }

    /// What is logged; a change counts at once, for every logger.
    package var levels: LogLevels {
        get { state.withLock { $0.levels } }
        set {
            state.withLock { state in
                state.levels = newValue
                for (label, cell) in state.cells { cell.level = newValue.level(of: label) }
            }
        }
    }

    /// The subsystems that have loggers, in alphabetical order.
    package var subsystems: [String] { state.withLock { $0.cells.keys.sorted() } }

    /// Sets when a file is put aside.
    package func rotate(by rotation: LogRotation) { state.withLock { $0.rotation = rotation } }

    /// Sets what is told, on the thread of the record, that one has begun to gather: so that somebody sees to a ``flush()``
    /// soon, and nothing has to wake up while there is none.
    package func whenRecordsGather(_ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.onGathering = action }
    }

    /// Writes what has gathered.
    package func flush() {
        state.withLock { writeOut(&$0) }
    }

    /// Opens the file anew, after something else has moved it away; other logs only write what has gathered.
    ///
    /// - Throws: ``DaemonFailure``; then the log goes on where it was.
    package func reopen() throws(DaemonFailure) {
        let time = now()
        let result = state.withLock { state -> Result<Void, DaemonFailure> in
            writeOut(&state)
            guard case .file(let old) = state.output else { return .success(()) }
            do throws(DaemonFailure) {
                state.output = .file(try OpenedLog(path: old.path, now: time))
            } catch {
                return .failure(error)
            }
            close(old.descriptor)
            return .success(())
        }
        try result.get()
    }

    func append(level: Logger.Level, label: String, message: String, fields: [(key: String, value: String)]) {
        let record = LogRecord(time: now(), level: level, label: label, message: message, fields: fields)
        let onGathering = state.withLock { state in
            let isFirst = state.buffer.isEmpty
            write(record, &state)
            return isFirst && !state.buffer.isEmpty ? state.onGathering : nil
        }
        onGathering?()
    }

    private func write(_ record: LogRecord, _ state: inout State) {
        var isColoured = false
        switch state.output {
        case .none(var waiting):
            guard waiting.count < Self.mostUnopened else { return }
            state.output = .none([])
            waiting.append(record)
            state.output = .none(waiting)
            return
        case .journal(let journal): return tell(journal, record, &state)
        case .descriptor(_, let coloured): isColoured = coloured
        case .file: break
        }
        let octets = format.encode(record, isColoured: isColoured)
        // What has gathered goes into one file.
        if let size = state.rotation.size, state.buffer.count + octets.count > size { writeOut(&state) }
        state.buffer += octets
        if record.level >= .info || state.buffer.count >= Self.gathering { writeOut(&state) }
    }

    private func tell(_ journal: JournalSocket, _ record: LogRecord, _ state: inout State) {
        if state.dropped > 0, journal.send(JournalSocket.encode(lost(state.dropped))) { state.dropped = 0 }
        if !journal.send(JournalSocket.encode(record)) { state.dropped += 1 }
    }

    private func lost(_ count: Int) -> LogRecord {
        LogRecord(time: now(), level: .warning, label: "log", message: "\(count) records were lost here")
    }

    private func writeOut(_ state: inout State) {
        if state.buffer.isEmpty { return }
        var octets = state.buffer
        state.buffer.removeAll(keepingCapacity: true)
        if state.dropped > 0 { octets = format.encode(lost(state.dropped)) + octets }
        let isWritten: Bool
        switch state.output {
        case .descriptor(let descriptor, _): isWritten = write(octets, to: descriptor)
        case .file(var log):
            log.putAside(before: octets.count, by: state.rotation, now: now())
            isWritten = write(octets, to: log.descriptor)
            if isWritten { log.size += octets.count }
            state.output = .file(log)
        case .none, .journal: isWritten = true
        }
        if isWritten { state.dropped = 0 } else { state.dropped += octets.count { $0 == 0x0A } }
    }

    private func write(_ octets: [UInt8], to descriptor: Int32) -> Bool {
        var rest = octets[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// A log file that is open, with what its rotation goes by.
private struct OpenedLog {
    let path: String
    var descriptor: Int32
    var size: Int
    /// The day of the file's records, counted from 1970-01-01.
    var day: Int64
    /// Whether it is a file that can be put aside, and no device or pipe.
    private let isRegular: Bool

    init(path: String, now: WallInstant) throws(DaemonFailure) {
        self.path = path
        do throws(FileFailure) {
            descriptor = try Self.open(path)
        } catch {
            throw DaemonFailure(ExitStatus(ofFile: error.code), "The log \(path) cannot be opened: \(error.reason).")
        }
        var information = stat()
        isRegular = fstat(descriptor, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
        size = isRegular ? Int(information.st_size) : 0
        day = size > 0 ? Self.day(WallInstant(milliseconds: Int64(information.st_mtim.tv_sec) * 1000)) : Self.day(now)
    }

    /// Begins a new file when the next octets are too many for this one, or of another day.
    ///
    /// When a step fails, as on a file system without room for a name, this file is gone on with.
    mutating func putAside(before count: Int, by rotation: LogRotation, now: WallInstant) {
        let isFull = rotation.size.map { size > 0 && size + count > $0 } ?? false
        let today = Self.day(now)
        guard isRegular, isFull || rotation.isDaily && size > 0 && today != day else { return }
        day = today
        // The new file first: without one, for want of descriptors or room, nothing is moved.
        let new = "\(path).new"
        guard let made = try? Self.open(new) else { return }
        for number in stride(from: rotation.keep, to: 1, by: -1) {
            rename("\(path).\(number - 1)", "\(path).\(number)")
        }
        guard rotation.keep == 0 || rename(path, "\(path).1") == 0, rename(new, path) == 0 else {
            unlink(new)
            close(made)
            return
        }
        close(descriptor)
        (descriptor, size) = (made, 0)
    }

    /// A pipe will do, because standard output often is one, and `/dev/stdout` names it.
    private static func open(_ path: String) throws(FileFailure) -> Int32 {
        try openToAppend(path, followsLinks: true, takesPipes: true)
    }

    private static func day(_ time: WallInstant) -> Int64 {
        let length: Int64 = 86_400_000
        let (day, rest) = time.milliseconds.quotientAndRemainder(dividingBy: length)
        return rest < 0 ? day - 1 : day
    }
}

/// The civil time; `clock_gettime(2)` with `CLOCK_REALTIME`.
@Sendable package func wallTimeNow() -> WallInstant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return WallInstant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
}
