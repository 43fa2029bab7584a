package import Basics
import Glibc
package import Logging
import Synchronization

/// The server's log: one line for one record, appended to one file.
///
/// ```text
///   2026-11-23T05:41:00.123Z info door.telnet session opened source=127.0.0.1 session=7
/// ```
///
/// Records of level `info` and above are written at once, those of `debug` and `trace` together with the
/// next of these, or when 32 KiB have gathered. The file is opened for appending, so `logrotate` with
/// `copytruncate` works. When a write fails (a full disk) the record is dropped; the number of dropped
/// records is written as soon as the file takes records again.
///
/// - Isolation: may be used from any thread; the state is behind a mutex.
package final class LogFile: Sendable {
    private struct State {
        var buffer: [UInt8] = []
        var dropped = 0
    }

    /// Octets that gather before records below `info` are written.
    private static let gathering = 32_768

    private let descriptor: Int32
    private let now: @Sendable () -> WallInstant
    private let state = Mutex(State())

    /// Opens a log for appending, made with mode 0600 when it is missing.
    package init(path: String) throws(DaemonFailure) {
        // Without waiting, because a named pipe would hold the start up until somebody reads it.
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
        now = wallTimeNow
        if descriptor < 0 {
            let status: ExitStatus = errno == EACCES || errno == EPERM ? .noPermission : .cannotCreate
            throw DaemonFailure(status, "The log \(path) cannot be opened: \(FileFailure(code: errno).reason).")
        }
    }

    /// Writes to a descriptor that the log takes over; time is a parameter, for tests.
    init(descriptor: Int32, now: @escaping @Sendable () -> WallInstant) {
        self.descriptor = descriptor
        self.now = now
    }

    deinit {
        flush()
        close(descriptor)
    }

    /// A logger that writes here.
    package func makeLogger(label: String, level: Logger.Level) -> Logger {
        Logger(label: label) { label in LogFileHandler(file: self, label: label, logLevel: level) }
    }

    /// Writes what has gathered.
    package func flush() {
        state.withLock { writeOut(&$0) }
    }

    func append(_ line: LogLine, level: Logger.Level) {
        let time = now()
        state.withLock { state in
            state.buffer += line.encoded(at: time)
            if level >= .info || state.buffer.count >= Self.gathering { writeOut(&state) }
        }
    }

    private func writeOut(_ state: inout State) {
        if state.buffer.isEmpty { return }
        var octets = state.buffer
        state.buffer.removeAll(keepingCapacity: true)
        if state.dropped > 0 {
            octets =
                LogLine(level: .warning, label: "log", message: "\(state.dropped) records were lost here")
                .encoded(at: now()) + octets
        }
        if write(octets) { state.dropped = 0 } else { state.dropped += octets.count { $0 == 0x0A } }
    }

    private func write(_ octets: [UInt8]) -> Bool {
        var rest = octets[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// The civil time; `clock_gettime(2)` with `CLOCK_REALTIME`.
@Sendable package func wallTimeNow() -> WallInstant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return WallInstant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
}
