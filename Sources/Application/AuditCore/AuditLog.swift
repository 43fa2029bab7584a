package import Basics
import FileAccess
import Glibc

/// The trail of a server, as the server writes it: records are only ever appended, each bound to the one before.
///
/// A record has reached the kernel when ``append(_:)`` returns, so that no crash of the process loses it; a loss of power
/// may take those that ``sync`` has not been asked for. What the trail cannot take is counted, and that is recorded when it
/// can again. Refusals that come in floods are counted, too, so that no stranger fills the disk.
///
/// - Isolation: belongs to one thread.
/// - Limits: ``refusalsPerMinute``; a line of ``AuditRecord/longestLine`` octets.
/// - Complexity: a record is one `write(2)`, whatever the length of the trail.
package final class AuditLog {
    /// The refusals written down in a minute; our choice, some 30 KiB at most, and further ones are counted.
    package static let refusalsPerMinute = 120

    /// What was wrong with the end of the trail when it was opened.
    package enum Mending: Hashable, Sendable {
        case none
        /// So many octets of a record that was being written when power was lost were taken off.
        case torn(octets: Int)
        /// The last line is no record of ours; the file was put aside under this name, and a new trail begun.
        case putAside(String)
    }

    /// The last record: what a later look at the trail can be held against.
    package private(set) var head: AuditHead
    package let mending: Mending
    /// Asks for what was appended to be on disk; called after each record, with the file's descriptor.
    package var sync: (Int32) -> Void = { _ in }

    private let path: String
    private let descriptor: Int32
    private let now: () -> WallInstant
    private var lostCount = 0
    private var lastFailure: Int32 = 0
    private var minute: Int64 = .min
    private var refusals = 0
    private var omittedRefusals = 0

    /// Opens a trail, and makes it with mode 0600 when it is missing.
    ///
    /// - Throws: ``AuditFailure`` when it cannot be opened, or another process writes it.
    package init(path: String, now: @escaping () -> WallInstant) throws(AuditFailure) {
        self.path = path
        self.now = now
        var descriptor = try Self.open(path)
        let tail: AuditTail
        do throws(AuditFailure) {
            tail = try AuditTail(descriptor, path)
        } catch {
            close(descriptor)
            throw error
        }
        head = tail.head
        if tail.isForeign {
            close(descriptor)
            let aside = path + ".\(now().stamp)"
            guard rename(path, aside) == 0 else { throw AuditFailure(path, "cannot be put aside", errno) }
            descriptor = try Self.open(path)
            mending = .putAside(aside)
        } else if tail.tornCount > 0 {
            guard ftruncate(descriptor, tail.wholeLength) == 0 else {
                let code = errno
                close(descriptor)
                throw AuditFailure(path, "cannot be mended", code)
            }
            mending = .torn(octets: tail.tornCount)
        } else {
            mending = .none
        }
        self.descriptor = descriptor
        // Only the newline of the last record was lost.
        if tail.lacksNewline, Glibc.write(descriptor, "\n", 1) != 1 {
            throw AuditFailure(path, "cannot be mended", errno)
        }
        switch mending {
        case .none: break
        case .torn(let octets):
            append(AuditEvent(.trail, detail: "\(octets) octets of an unfinished record were taken off"))
        case .putAside(let aside): append(AuditEvent(.trail, .refused, detail: "begun anew; the old one is \(aside)"))
        }
    }

    deinit { close(descriptor) }

    private static func open(_ path: String) throws(AuditFailure) -> Int32 {
        let opened = Glibc.open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else { throw AuditFailure(path, "cannot be opened", errno) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(opened)
            throw AuditFailure(path, "is being written by another process", code)
        }
        return opened
    }

    /// Writes down what happened.
    ///
    /// - Returns: Nil, or why it was not: then it is counted, and the trail says so as soon as it can.
    @discardableResult package func append(_ event: AuditEvent) -> AuditFailure? {
        let time = now()
        if time.milliseconds / 60_000 != minute {
            minute = time.milliseconds / 60_000
            refusals = 0
            tellOmittedRefusals(time)
        }
        // Nothing may follow.
        if event.kind == .stop { tellOmittedRefusals(time) }
        if event.outcome == .refused {
            refusals += 1
            guard refusals <= Self.refusalsPerMinute else {
                omittedRefusals += 1
                return nil
            }
        }
        if lostCount > 0 {
            let count = lostCount
            lostCount = 0
            let text = "\(count) records could not be written: " + SystemReason.text(of: lastFailure)
            write(AuditEvent(.omitted, detail: text), time)
            // The one that says so counts as a record itself when it is lost.
            if lostCount > 0 { lostCount = count }
        }
        return write(event, time) ? nil : AuditFailure(path, "cannot be written", lastFailure)
    }

    private func tellOmittedRefusals(_ time: WallInstant) {
        guard omittedRefusals > 0 else { return }
        let count = omittedRefusals
        omittedRefusals = 0
        write(AuditEvent(.omitted, detail: "\(count) more refusals came within a minute"), time)
    }

    @discardableResult private func write(_ event: AuditEvent, _ time: WallInstant) -> Bool {
        let (record, line) = AuditRecord.make(
            event, sequence: head.sequence &+ 1, time: time, previous: head.hash)
        let length = lseek(descriptor, 0, SEEK_END)
        let count = Glibc.write(descriptor, line, line.count)
        guard count == line.count else {
            lastFailure = count < 0 ? errno : ENOSPC
            lostCount += 1
            // A part of a line would spoil the next one.
            if count > 0 { _ = ftruncate(descriptor, length) }
            return false
        }
        head = AuditHead(sequence: record.sequence, hash: record.hash)
        sync(descriptor)
        return true
    }
}

/// A record by its number and hash, as people note it: `42:d473…`.
package struct AuditHead: Hashable, Sendable, CustomStringConvertible {
    package let sequence: UInt64
    package let hash: String

    package init(sequence: UInt64, hash: String) {
        self.sequence = sequence
        self.hash = hash
    }

    /// Reads `42:` and 64 hexadecimal digits.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let sequence = UInt64(parts[0]), parts[1].utf8.count == 64,
            parts[1].allSatisfy({ $0.isHexDigit })
        else { return nil }
        self.init(sequence: sequence, hash: parts[1].lowercased())
    }

    package var description: String { "\(sequence):\(hash)" }
}

/// Why a trail cannot be opened, read or written.
package struct AuditFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    package let problem: String
    /// The system's number for it (`errno(3)`).
    package let code: Int32
    private let reason: String

    init(_ path: String, _ problem: String, _ code: Int32) {
        self.init(path, problem, FileFailure(code: code))
    }

    init(_ path: String, _ problem: String, _ failure: FileFailure) {
        self.path = path
        self.problem = problem
        code = failure.code
        reason = failure.reason
    }

    /// Whether there is no such file.
    package var isMissing: Bool { code == ENOENT }

    package var description: String { "the audit trail \(path) \(problem): \(reason)" }
}

/// The end of a trail that is opened.
private struct AuditTail {
    var head = AuditHead(sequence: 0, hash: "")
    /// The octets up to the last newline.
    var wholeLength = 0
    var tornCount = 0
    var lacksNewline = false
    var isForeign = false

    init(_ descriptor: Int32, _ path: String) throws(AuditFailure) {
        let length = lseek(descriptor, 0, SEEK_END)
        guard length >= 0 else { throw AuditFailure(path, "cannot be read", errno) }
        if length == 0 { return }
        // Enough for an unfinished line and the whole one before it.
        let start = max(0, length - 2 * AuditRecord.longestLine)
        var octets = [UInt8](repeating: 0, count: length - start)
        var filled = 0
        while filled < octets.count {
            let count = octets.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled, start + filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw AuditFailure(path, "cannot be read", count < 0 ? errno : EIO) }
            filled += count
        }
        let newline = octets.lastIndex(of: 0x0A)
        let rest = octets[(newline.map { $0 + 1 } ?? 0)...]
        wholeLength = length - rest.count
        if take(rest) {
            lacksNewline = true
            return
        }
        // Only what began as a record may be cut off; anything else is somebody's.
        let beginning = Array(AuditRecord.beginning.utf8)
        if rest.count <= AuditRecord.longestLine, rest.starts(with: beginning.prefix(rest.count)) {
            tornCount = rest.count
        } else {
            isForeign = true
        }
        guard let newline else { return }
        let line = octets[..<newline]
        if !take(line[(line.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)...]) { isForeign = true }
    }

    /// Takes a line for the last record, if it is one that another can follow.
    private mutating func take(_ line: ArraySlice<UInt8>) -> Bool {
        guard let record = try? AuditRecord(line: line), record.sequence < .max else { return false }
        head = AuditHead(sequence: record.sequence, hash: record.hash)
        return true
    }
}
