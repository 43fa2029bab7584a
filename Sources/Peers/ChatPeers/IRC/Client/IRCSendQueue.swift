import Basics

/// The lines that a client has not sent yet: by priority, no faster than its pace, and not without end.
///
/// Within a priority lines keep their order. ``IRCClientPriority/immediate`` ones are not held back, but count for the pace
/// of those behind them.
///
/// - Isolation: none; a value type. Time is a parameter.
/// - Limits: ``mostLines`` and ``mostOctets`` wait at once.
/// - Complexity: O(1) each, amortized.
struct IRCSendQueue {
    /// Lines that wait at most.
    static let mostLines = 10_000
    /// Octets of lines that wait at most: 4 MiB.
    static let mostOctets = 1 << 22

    private struct Lane {
        private var lines: [[UInt8]] = []
        private var first = 0

        var isEmpty: Bool { first == lines.count }

        mutating func append(_ line: [UInt8]) { lines.append(line) }

        mutating func popFirst() -> [UInt8]? {
            guard first < lines.count else { return nil }
            let line = lines[first]
            lines[first] = []
            first += 1
            if first == lines.count || first >= 64 && first * 2 > lines.count {
                lines.removeFirst(first)
                first = 0
            }
            return line
        }
    }

    private let pace: IRCPace
    private var meter = IRCPaceMeter()
    private var lanes = [Lane](repeating: Lane(), count: IRCClientPriority.allCases.count)
    private(set) var lineCount = 0
    private(set) var octetCount = 0

    init(pace: IRCPace) { self.pace = pace }

    var isEmpty: Bool { lineCount == 0 }

    /// Takes a line with its end, or several that nothing may come between.
    ///
    /// - Returns: False when too many wait; the line is dropped then.
    mutating func append(_ line: [UInt8], _ priority: IRCClientPriority) -> Bool {
        guard lineCount < Self.mostLines, octetCount + line.count <= Self.mostOctets else { return false }
        lanes[priority.rawValue].append(line)
        lineCount += 1
        octetCount += line.count
        return true
    }

    /// Gives the next line, or lines that belong together, that may go at that time, and counts it as sent.
    mutating func next(at now: MonotonicInstant) -> [UInt8]? {
        if let line = pop(.immediate) {
            count(line, at: now)
            return line
        }
        guard lineCount > 0, delay(at: now) == .zero else { return nil }
        for priority in IRCClientPriority.allCases {
            guard let line = pop(priority) else { continue }
            count(line, at: now)
            return line
        }
        return nil
    }

    /// Begins anew with a whole allowance, as when registration is over, whose lines servers do not count.
    mutating func forgive() { meter.forgive() }

    /// How long until ``next(at:)`` gives a line; nil when none waits.
    func delay(at now: MonotonicInstant) -> Duration? {
        if lineCount == 0 { return nil }
        if !lanes[IRCClientPriority.immediate.rawValue].isEmpty { return .zero }
        return meter.wait(pace, now: now) ?? .zero
    }

    private mutating func pop(_ priority: IRCClientPriority) -> [UInt8]? {
        guard let line = lanes[priority.rawValue].popFirst() else { return nil }
        lineCount -= 1
        octetCount -= line.count
        return line
    }

    /// Counts what was sent by its lines: those of a batch go together.
    private mutating func count(_ sent: [UInt8], at now: MonotonicInstant) {
        meter.count(pace, lines: max(1, sent.count { $0 == 0x0A }), now: now)
    }
}
