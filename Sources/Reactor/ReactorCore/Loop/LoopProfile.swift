import Basics

/// How long the loop's calls took, by what was called.
public struct LoopProfile: Hashable, Sendable, CustomStringConvertible {
    /// One kind of call: a handler's type, or a kind and the place where it was asked for.
    public struct Row: Hashable, Sendable {
        /// What was called.
        public var name: String

        /// How often.
        public var calls: UInt64

        /// How long all calls took together.
        public var total: Duration

        /// How long the longest took.
        public var longest: Duration

        /// How long a call took on average.
        public var mean: Duration { calls == 0 ? .zero : total / Int(clamping: calls) }
    }

    /// The kinds of calls, those first that took the most time.
    public var rows: [Row]

    /// How long it has been measured.
    public var duration: Duration

    /// What every description begins with; by it an earlier one is known that may be replaced.
    package static let firstWords = "The loop was watched for "

    /// A table for people; times are in milliseconds.
    public var description: String {
        let busy = rows.reduce(Duration.zero) { $0 + $1.total }
        let share = duration > .zero ? busy / duration * 100 : 0
        let head =
            "\(Self.firstWords)\(Self.milliseconds(duration)) ms, and busy with calls for "
            + "\(Self.milliseconds(busy)) ms of them (\(Self.fixed(Int64(share * 1000))) %)."
        let table =
            [["calls", "total ms", "mean ms", "longest ms", "what was called"]]
            + rows.map { row in
                [
                    "\(row.calls)", Self.milliseconds(row.total), Self.milliseconds(row.mean),
                    Self.milliseconds(row.longest),
                    row.name,
                ]
            }
        let widths = (0..<4).map { column in table.map { $0[column].count }.max() ?? 0 }
        let lines = table.map { cells in
            zip(cells, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }.joined(separator: "  ")
                + "  " + cells[4]
        }
        return ([head] + lines).joined(separator: "\n") + "\n"
    }

    private static func milliseconds(_ duration: Duration) -> String { fixed(duration.wholeNanoseconds / 1000) }

    /// A number of thousandths with three places behind the point.
    private static func fixed(_ thousandths: Int64) -> String {
        let rest = "\(thousandths % 1000)"
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}

/// Adds up the times of the loop's calls.
final class CallTally {
    private struct Sum {
        var calls: UInt64 = 0
        var total: Int64 = 0
        var longest: Int64 = 0

        mutating func add(_ nanoseconds: Int64) { add(Sum(calls: 1, total: nanoseconds, longest: nanoseconds)) }

        mutating func add(_ other: Sum) {
            calls += other.calls
            total &+= other.total
            longest = max(longest, other.longest)
        }
    }

    private let time: any MonotonicTime
    private let beginning: MonotonicInstant
    private var sums: [CallSubject: Sum] = [:]
    private var current: (subject: CallSubject, since: MonotonicInstant)?

    init(time: any MonotonicTime) {
        self.time = time
        beginning = time.now()
    }

    func begin(_ subject: CallSubject) { current = (subject, time.now()) }

    func end() {
        guard let (subject, since) = current else { return }
        current = nil
        let elapsed = max(0, since.duration(to: time.now()).wholeNanoseconds)
        sums[subject, default: Sum()].add(elapsed)
    }

    var profile: LoopProfile {
        // Literals of the same text may stand at several addresses.
        var byName: [String: Sum] = [:]
        for (subject, sum) in sums { byName[subject.name, default: Sum()].add(sum) }
        let rows = byName.map { name, sum in
            LoopProfile.Row(
                name: name, calls: sum.calls, total: .nanoseconds(sum.total), longest: .nanoseconds(sum.longest))
        }
        return LoopProfile(
            rows: rows.sorted { ($1.total, $0.name) < ($0.total, $1.name) },
            duration: beginning.duration(to: time.now()))
    }
}

extension Reactor {
    /// Measures every call of the loop from now on, anew when it was measured before.
    ///
    /// Each call costs two looks at the clock and one at a table; a loop that is not measured pays nothing.
    public func startProfiling() {
        callWatch = CallWatch(stalls: callWatch?.stalls, tally: CallTally(time: time))
    }

    /// What has been measured since ``startProfiling()``; nil when nothing is.
    ///
    /// The call that asks is not in it.
    public var profile: LoopProfile? { callWatch?.tally?.profile }

    /// Ends the measuring.
    public func stopProfiling() {
        callWatch = CallWatch(stalls: callWatch?.stalls, tally: nil)
    }
}
