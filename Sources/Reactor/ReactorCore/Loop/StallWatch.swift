import Basics
import CLinux
import Glibc
import Synchronization

/// A call that has kept the loop for too long.
public struct StallReport: Hashable, Sendable, CustomStringConvertible {
    /// What was called: a handler's type, or the place where a delayed call was scheduled.
    public var culprit: String

    /// How long it had run when this was noticed; it may still be running.
    public var elapsed: Duration

    /// The report in one line.
    public var description: String { "\(culprit) has kept the loop for \(elapsed)" }
}

/// What the loop is calling at this moment, where another thread can read it.
///
/// The loop writes a few words before and after each call and takes no lock; the watchdog reads them, looks whether they
/// changed meanwhile, and only then takes them for what they say (a sequence lock: the fences keep the words of two calls
/// apart).
///
/// `@unchecked Sendable` holds because all stored variables are atomics, constants, or read and written under
/// the mutex only. The addresses among the words are of metadata and of literals, which live as long as the program.
@safe final class StallWatch: @unchecked Sendable {
    private let threshold: Duration
    private let report: @Sendable (StallReport) -> Void

    /// Odd while a call runs; changes with every beginning and end.
    private let epoch = Atomic<UInt64>(0)
    private let activity = Atomic<UInt8>(0)
    /// A type's metadata for a handler, the file's name for a delayed call; both live as long as the program.
    private let subject = Atomic<UInt>(0)
    private let length = Atomic<Int>(0)
    private let line = Atomic<UInt>(0)

    /// The reports made.
    private let reports = Atomic<UInt64>(0)

    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var isStopping = false
    private var thread: pthread_t?

    init(threshold: Duration, report: @escaping @Sendable (StallReport) -> Void) {
        self.threshold = threshold
        self.report = report
        unsafe mutex = .allocate(capacity: 1)
        unsafe condition = .allocate(capacity: 1)
        unsafe pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        unsafe pthread_cond_init(condition, &attributes)
        unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    // MARK: The loop's side

    func begin(_ subject: CallSubject) {
        atomicMemoryFence(ordering: .releasing)
        activity.store(subject.activity.rawValue, ordering: .relaxed)
        self.subject.store(subject.address, ordering: .relaxed)
        length.store(subject.length, ordering: .relaxed)
        line.store(subject.line, ordering: .relaxed)
        epoch.add(1, ordering: .releasing)
    }

    func end() { epoch.add(1, ordering: .releasing) }

    /// The number of reports made so far.
    var reportCount: UInt64 { reports.load(ordering: .relaxed) }

    // MARK: The watchdog's side

    func start() throws(SystemFailure) {
        var thread = pthread_t()
        let argument = unsafe Unmanaged.passRetained(self)
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<StallWatch>.fromOpaque(argument).takeRetainedValue().watch()
                return nil
            }, argument.toOpaque())
        guard code == 0 else {
            unsafe argument.release()
            throw SystemFailure(code: code, call: "pthread_create")
        }
        self.thread = thread
    }

    /// Ends the watchdog's thread and waits for it.
    func stop() {
        guard let thread else { return }
        self.thread = nil
        unsafe pthread_mutex_lock(mutex)
        isStopping = true
        unsafe pthread_cond_signal(condition)
        unsafe pthread_mutex_unlock(mutex)
        pthread_join(thread, nil)
    }

    /// Looks four times in each threshold; a call that is seen unchanged for a whole one is reported once.
    private func watch() {
        var seen: (epoch: UInt64, since: Int64, isReported: Bool) = (0, 0, true)
        let limit = max(1, threshold.wholeNanoseconds)
        while wait(nanoseconds: max(100_000, limit / 4)) {
            let now = SystemMonotonicTime().now().nanoseconds
            let epoch = epoch.load(ordering: .acquiring)
            guard epoch % 2 == 1 else {
                seen.isReported = true
                continue
            }
            if seen.epoch != epoch || seen.since == 0 {
                seen = (epoch, now, false)
            } else if !seen.isReported, now - seen.since >= limit {
                let subject = readSubject()
                // What was read belongs to this call, and is sound, only if it still runs.
                atomicMemoryFence(ordering: .acquiring)
                guard self.epoch.load(ordering: .relaxed) == epoch else { continue }
                seen.isReported = true
                reports.add(1, ordering: .relaxed)
                report(StallReport(culprit: subject.name, elapsed: .nanoseconds(now - seen.since)))
            }
        }
    }

    private func readSubject() -> CallSubject {
        CallSubject(
            activity: CallSubject.Activity(rawValue: activity.load(ordering: .relaxed)) ?? .handler,
            address: subject.load(ordering: .relaxed), length: length.load(ordering: .relaxed),
            line: line.load(ordering: .relaxed))
    }

    /// Waits; false when the watchdog shall end.
    private func wait(nanoseconds: Int64) -> Bool {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        var deadline = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &deadline)
        let sum = Int64(deadline.tv_nsec) + nanoseconds
        deadline.tv_sec += Int(sum / 1_000_000_000)
        deadline.tv_nsec = Int(sum % 1_000_000_000)
        while !isStopping {
            if unsafe pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { return !isStopping }
        }
        return false
    }
}

extension Reactor {
    /// Watches the loop from a thread of its own, and reports every call that keeps it for longer than `threshold`.
    ///
    /// Each call is reported once, while it may still be running, with the type of the handler or the place where the
    /// delayed call was scheduled. Watching costs the loop a few stores for each call. A second call replaces
    /// the first.
    ///
    /// - Parameters:
    ///   - threshold: What is too long; noticed up to half of it later.
    ///   - report: Called on the watchdog's thread.
    /// - Throws: ``SystemFailure`` when the kernel refuses a thread.
    public func detectStalls(over threshold: Duration, report: @escaping @Sendable (StallReport) -> Void) throws {
        stopDetectingStalls()
        let watch = StallWatch(threshold: threshold, report: report)
        try watch.start()
        callWatch = CallWatch(stalls: watch, tally: callWatch?.tally)
    }

    /// Ends the watch of ``detectStalls(over:report:)``; no report comes after this returns.
    public func stopDetectingStalls() {
        guard let watch = callWatch?.stalls else { return }
        callWatch = CallWatch(stalls: nil, tally: callWatch?.tally)
        watch.stop()
        formerStalls += watch.reportCount
    }
}
