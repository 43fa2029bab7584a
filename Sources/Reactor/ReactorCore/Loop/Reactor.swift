public import Basics
import Glibc

/// The event loop: waits for descriptors, timers and other threads, and calls what they concern.
///
/// A reactor and everything that touches it belong to one thread; there may be many reactors, one for
/// each thread, and none is global. Only its ``mailbox`` may travel. One *pass* does, in this order:
///
/// 1. wait for descriptors, no longer than until the next timer,
/// 2. make the calls other threads left in the mailbox before the pass,
/// 3. call the handlers of ready descriptors,
/// 4. make the delayed calls that are due and were scheduled before the pass,
/// 5. resume the tasks that are ready to run,
/// 6. run what asked for the end of the pass (which is when transports send what was written).
@safe public final class Reactor {
    /// The size of the buffer all connections of a reactor read into, in octets.
    package static let readBufferSize = 65_536

    /// The most rounds of ready tasks one pass resumes, so that tasks which keep yielding cannot stop the loop.
    private static let taskRoundsPerPass = 16

    /// The most rounds of one end of pass.
    private static let endOfPassRounds = 16

    /// How long one pass makes the calls of other threads, when there are so many.
    private static let longestMailboxPortion = Duration.milliseconds(10)

    /// How often a shutdown looks whether the worker threads have finished.
    private static let workerLookInterval = Duration.milliseconds(10)

    /// The door for other threads.
    public let mailbox: ReactorMailbox

    /// Receives the reactor's own complaints, one line each; writes to standard error unless set.
    public var log: (String) -> Void = Reactor.logToStandardError

    /// True inside ``run()``.
    public private(set) var isRunning = false

    /// The buffer connections read into; its bytes are valid until the handler that read them returns.
    package let readBuffer: UnsafeMutableRawBufferPointer

    let executor: ReactorExecutor
    private let poller: any Poller
    let time: any MonotonicTime
    let timers: TimerQueue
    private let box: MailboxBox
    private(set) var table = DescriptorTable()
    private var ready: [ReadyDescriptor] = []
    private var endOfPass = EndOfPassQueue()
    /// Taken out of the mailbox and not made yet.
    private var mailboxCalls: [@Sendable (Reactor) -> Void] = []
    /// Descriptors with a handler that the poller does not know at present.
    private var silenced: Set<Int32> = []
    /// The tokens without a handler of the last pass that had any, and of the pass right before it.
    private var strangers: Set<UInt64> = []
    private var formerStrangers: Set<UInt64> = []
    private var strangersPass: UInt64 = 0
    private var isInPass = false
    private var isStopRequested = false
    private var isShuttingDown = false
    private var isShutdownForced = false

    /// What the loop has done so far.
    public var counters: ReactorCounters {
        var counters = counted
        counters.stalls = formerStalls + (callWatch?.stalls?.reportCount ?? 0)
        return counters
    }

    private(set) var counted = ReactorCounters()
    /// Those of stall watches that have ended.
    var formerStalls: UInt64 = 0

    /// The longest time a shutdown waits for the deferreds of its triggers, and then for work on other threads; what is late
    /// is logged and left.
    public var shutdownLimit: Duration = .seconds(30)

    /// What handshakes of peers may cost in one pass.
    package private(set) lazy var handshakePortion = PassPortion(self)
    /// The portion of each pass for requests of clients that work with files.
    package private(set) lazy var filePortion = PassPortion(self)

    var triggers: [LifecycleEvent: TriggerList] = [:]
    var lastTrigger: UInt64 = 0
    /// Nil unless somebody wants to know of every call.
    var callWatch: CallWatch?

    var signals: SignalSource?
    var team: ThreadPool?
    var pendingWork: [UInt64: DeferredNode] = [:]
    var lastWork: UInt64 = 0

    /// Where the tasks were made that have not ended.
    var tasks: [UInt64: CodePlace] = [:]
    var leftoverSources: [WeakLeftoverSource] = []
    private let census = ReactorCensus.current

    /// Makes a reactor; it does nothing until ``run()`` or ``runOnePass(waitingAtMost:)``.
    ///
    /// The process ignores `SIGPIPE` from now on: a peer that went away is an error of the write.
    ///
    /// - Parameters:
    ///   - poller: Waits for descriptors; one of the ``PollerKind/preferred`` kind when nil.
    ///   - time: The clock behind ``now`` and all delays.
    /// - Throws: ``SystemFailure`` when the kernel refuses a descriptor.
    public init(poller: (any Poller)? = nil, time: any MonotonicTime = SystemMonotonicTime()) throws {
        signal(SIGPIPE, SIG_IGN)
        let box = try MailboxBox()
        self.box = box
        mailbox = ReactorMailbox(box: box)
        executor = ReactorExecutor(box: box)
        self.poller = try poller ?? PollerKind.preferred.makePoller()
        self.time = time
        timers = TimerQueue(now: time.now())
        unsafe readBuffer = .allocate(byteCount: Self.readBufferSize, alignment: 16)
        self.poller.complain = { [unowned self] in log($0) }
        try add(MailboxWake(box: box), for: box.wakeDescriptor, interest: .read)
        census?.add(self)
    }

    deinit {
        census?.noteEnd(leftovers)
        callWatch?.stalls?.stop()
        box.shut()
        timers.removeAll()
        poller.remove(box.wakeDescriptor)
        unsafe readBuffer.deallocate()
    }

    /// The current instant, sampled once for each pass: all of a pass happens at the same time.
    public var now: MonotonicInstant { timers.now }

    /// How long ago the pass woke up, by a fresh look at the clock; for work that can be divided among passes.
    public var elapsedInPass: Duration { timers.now.duration(to: time.now()) }

    // MARK: Timers

    /// Calls `body` once, in a later pass, when `delay` has passed.
    ///
    /// Calls with equal deadlines are made in the order they were scheduled. What a pass schedules is
    /// never run by the same pass, also with a delay of zero. A negative delay counts as zero.
    @discardableResult public func callLater(
        _ delay: Duration, fileID: StaticString = #fileID, line: UInt = #line, _ body: @escaping () -> Void
    ) -> DelayedCall {
        assertOwnThread()
        return timers.schedule(after: delay, origin: CodePlace(file: fileID, line: line), body)
    }

    /// The number of delayed calls still to be made.
    public var delayedCallCount: Int { timers.activeCount }

    /// The number of calls that other threads have asked for and that are still to be made.
    package var mailboxCallCount: Int { mailboxCalls.count + box.callCount }

    /// What the delayed calls have cost so far, in entries of their queue looked at or moved.
    package var timerStepCount: Int { timers.stepCount }

    /// The delayed calls there is memory for.
    package var timerCapacity: Int { timers.capacity }

    /// The deadline of the earliest delayed call, or nil when there is none.
    public var nextDeadline: MonotonicInstant? { timers.earliestDeadline() }

    // MARK: Phases

    /// Calls `body` when the reactor starts to run: at once if it is running already.
    public func callWhenRunning(_ body: @escaping () -> Void) {
        assertOwnThread()
        guard !isRunning, !isInPass else { return body() }
        addTrigger(.during, .startup, body)
    }

    /// Calls `body` once, after the events of this pass and before the next wait.
    ///
    /// Bodies run in the order of registration. One that is registered by another runs in the next
    /// round of the same end of pass, or, after 16 rounds, at the end of the next pass, which then does not wait:
    /// whoever always has more to do does not keep the others waiting. Outside a pass, it runs at the end of the next one.
    public func atEndOfPass(_ body: @escaping () -> Void) {
        assertOwnThread()
        endOfPass.append(.call(body))
    }

    /// Like ``atEndOfPass(_:)`` for an object that needs no closure for it.
    package func atEndOfPass(_ finisher: any PassFinisher) {
        assertOwnThread()
        endOfPass.append(.finisher(finisher))
    }

    // MARK: Running

    /// Runs passes until ``stop()``; may be called again afterwards.
    ///
    /// First come the startup triggers (``addTrigger(_:_:_:)``), at the end the shutdown triggers, both in their
    /// three phases; the loop goes on while it waits for what runs *before*, and then for the worker threads, each for as
    /// long as ``shutdownLimit`` at most. Two more passes send what was written and deliver what was ended.
    public func run() {
        precondition(!isRunning && !isInPass, "Reactor.run() was called while the reactor runs")
        isRunning = true
        isStopRequested = false
        go(through: .startup)
        while !isStopRequested { runOnePass(waitingAtMost: nil) }
        shutDown()
        runOnePass(waitingAtMost: .zero)
        runOnePass(waitingAtMost: .zero)
        isRunning = false
    }

    /// Ends ``run()`` after the current pass; without a run it does nothing.
    ///
    /// A second call, while the shutdown waits for its triggers, ends that wait.
    public func stop() {
        assertOwnThread()
        if isShuttingDown { isShutdownForced = true }
        isStopRequested = true
    }

    private func shutDown() {
        isShuttingDown = true
        isShutdownForced = false
        let alarm = callLater(shutdownLimit) { [unowned self] in
            log("the shutdown triggers took longer than \(shutdownLimit) and are not waited for any more")
            isShutdownForced = true
        }
        go(through: .shutdown)
        alarm.cancel()
        finishWork()
        isShuttingDown = false
    }

    /// Lets the worker threads finish, and leaves them alone when that takes too long.
    private func finishWork() {
        guard let team else { return }
        var isLate = false
        let alarm = callLater(shutdownLimit) { isLate = true }
        while !team.isIdle, !isLate, !isShutdownForced { runOnePass(waitingAtMost: Self.workerLookInterval) }
        alarm.cancel()
        if team.isIdle { return team.stop() }
        log("work on other threads took longer than \(shutdownLimit) and is not waited for any more")
        self.team = nil
    }

    /// Runs an event's triggers, with passes while those before it are waited for.
    private func go(through event: LifecycleEvent) {
        var waiting = 0
        fire(event, .before) { deferred in
            waiting += 1
            deferred.whenDone { [weak self] result in
                waiting -= 1
                if case .failure(let error) = result { self?.log("a trigger before \(event) failed: \(error)") }
            }
        }
        while waiting > 0, event == .startup ? !isStopRequested : !isShutdownForced { runOnePass(waitingAtMost: nil) }
        for phase in [LifecyclePhase.during, .after] { fire(event, phase) { _ in } }
    }

    /// Runs one pass; what tests and other people's loops use instead of ``run()``.
    ///
    /// - Parameter limit: The longest wait for something to happen; nil waits until something does.
    /// - Returns: The number of calls made and handlers called, without those at the end of the pass.
    @discardableResult public func runOnePass(waitingAtMost limit: Duration?) -> Int {
        precondition(!isInPass, "a pass was started inside a pass")
        isInPass = true
        box.passBegan()
        defer {
            box.passEnded()
            isInPass = false
        }
        let sequenceLimit = timers.nextSequence
        var ready = self.ready
        self.ready = []
        poller.wait(nanoseconds: waitingTime(limit), into: &ready)
        timers.now = time.now()
        var count = runStartupTriggers() + runMailboxCalls()
        var handled = 0
        for event in ready {
            guard let handler = table.handler(for: event.token) else {
                noteStranger(event.token)
                continue
            }
            // Kept, because the call may switch the watch on, off, or over to another.
            let watch = callWatch
            watch?.begin(handler)
            handler.descriptorReady(event.readiness)
            watch?.end()
            handled += 1
        }
        ready.removeAll(keepingCapacity: true)
        self.ready = ready
        count += handled + runDueCalls(before: sequenceLimit) + resumeTasks()
        runEndOfPass()
        counted.passes += 1
        counted.handlerCalls += UInt64(handled)
        counted.passTimes.record(elapsedInPass)
        return count
    }

    /// An event of nobody: its handler was removed in this very pass, or its descriptor closed behind our back.
    private func noteStranger(_ token: UInt64) {
        if strangersPass != counted.passes {
            formerStrangers = strangersPass &+ 1 == counted.passes ? strangers : []
            strangers = []
            strangersPass = counted.passes
        }
        guard formerStrangers.contains(token) else {
            _ = strangers.insert(token)
            return
        }
        poller.forgetStrangers()
        formerStrangers = []
        strangers = []
    }

    /// True when the next pass would not wait, whatever the descriptors say.
    public var hasImmediateWork: Bool {
        box.hasContents || !mailboxCalls.isEmpty || !endOfPass.isEmpty || hasStartupTriggers
            || timers.earliestDeadline().map { $0 <= timers.now } ?? false
    }

    private func waitingTime(_ limit: Duration?) -> Int64 {
        if box.hasContents || !mailboxCalls.isEmpty || !endOfPass.isEmpty || hasStartupTriggers
            || isStopRequested && isRunning && !isShuttingDown
        {
            return 0
        }
        let longest = limit.map { max(0, $0.wholeNanoseconds) } ?? -1
        guard longest != 0, let deadline = timers.earliestDeadline() else { return longest }
        let (remaining, overflow) = deadline.nanoseconds.subtractingReportingOverflow(time.now().nanoseconds)
        let untilDeadline = overflow ? .max : max(0, remaining)
        return longest < 0 ? untilDeadline : min(longest, untilDeadline)
    }

    /// Whether a reactor that is only run by passes has startup triggers to run.
    private var hasStartupTriggers: Bool { !isRunning && triggers[.startup].map { !$0.isEmpty } ?? false }

    /// Without ``run()`` the first pass is the startup, and nothing is waited for.
    private func runStartupTriggers() -> Int {
        guard hasStartupTriggers else { return 0 }
        return LifecyclePhase.allCases.reduce(0) { $0 + fire(.startup, $1) { _ in } }
    }

    private func runMailboxCalls() -> Int {
        if box.hasContents { mailboxCalls.append(contentsOf: box.takeCalls()) }
        if mailboxCalls.isEmpty { return 0 }
        let calls = mailboxCalls
        mailboxCalls = []
        var count = 0
        // A thread that deposits faster than this one works gets its portion, and everybody else theirs.
        let limit = timers.now.advanced(by: Self.longestMailboxPortion)
        while count < calls.count {
            let watch = callWatch
            watch?.begin(CallSubject(activity: .mailboxCall))
            calls[count](self)
            watch?.end()
            count += 1
            if count.isMultiple(of: 16), time.now() >= limit { break }
        }
        if count < calls.count { mailboxCalls = Array(calls[count...]) }
        counted.mailboxCalls += UInt64(count)
        return count
    }

    private func runDueCalls(before sequenceLimit: UInt64) -> Int {
        var count = 0
        while let (body, origin) = timers.takeDue(before: sequenceLimit) {
            let watch = callWatch
            watch?.begin(CallSubject(.delayedCall, at: origin))
            body()
            watch?.end()
            count += 1
        }
        counted.delayedCalls += UInt64(count)
        return count
    }

    private func resumeTasks() -> Int {
        var count = 0
        for _ in 0..<Self.taskRoundsPerPass {
            guard box.hasContents else { break }
            let jobs = box.takeJobs()
            guard !jobs.isEmpty else { break }
            for job in jobs {
                let watch = callWatch
                watch?.begin(CallSubject(activity: .task))
                executor.run(job)
                watch?.end()
            }
            count += jobs.count
        }
        counted.taskPieces += UInt64(count)
        return count
    }

    private func runEndOfPass() {
        for _ in 0..<Self.endOfPassRounds {
            guard !endOfPass.isEmpty else { break }
            let round = endOfPass.takeRound()
            for item in round {
                let watch = callWatch
                switch item {
                case .call(let body):
                    watch?.begin(CallSubject(activity: .endOfPass))
                    body()
                case .finisher(let finisher):
                    watch?.begin(CallSubject(.finisher, of: finisher))
                    finisher.passEnded()
                }
                watch?.end()
            }
            endOfPass.giveBack(round)
        }
    }

    // MARK: Descriptors

    /// Starts to call `handler` when `descriptor` is ready; the reactor keeps the handler until removal.
    ///
    /// - Throws: ``SystemFailure`` when the kernel refuses, as it does for regular files (`EPERM`), and
    ///   with `EEXIST` when the descriptor has a handler already.
    public func add(_ handler: any DescriptorHandler, for descriptor: Int32, interest: Interest) throws(SystemFailure) {
        assertOwnThread()
        guard descriptor >= 0 else { throw SystemFailure(code: EBADF, call: "add") }
        guard !table.contains(descriptor) else { throw SystemFailure(code: EEXIST, call: "add") }
        let token = table.insert(handler, for: descriptor)
        do throws(SystemFailure) {
            try poller.add(descriptor, token: token, interest: interest)
        } catch {
            table.remove(descriptor)
            throw error
        }
    }

    /// Changes what the handler of `descriptor` waits for.
    public func modify(_ descriptor: Int32, interest: Interest) throws(SystemFailure) {
        assertOwnThread()
        guard table.contains(descriptor) else { throw SystemFailure(code: ENOENT, call: "modify") }
        try poller.modify(descriptor, token: table.token(for: descriptor), interest: interest)
    }

    /// Whether the descriptor has a handler.
    package func hasHandler(for descriptor: Int32) -> Bool { table.contains(descriptor) }

    /// Reports nothing of `descriptor` any more, not even a hangup, until ``listenAgain(to:interest:)``.
    ///
    /// The handler stays the reactor's, which names it among the leftovers and takes it down.
    package func silence(_ descriptor: Int32) {
        assertOwnThread()
        guard table.contains(descriptor), silenced.insert(descriptor).inserted else { return }
        poller.remove(descriptor)
    }

    /// Ends what ``silence(_:)`` began.
    package func listenAgain(to descriptor: Int32, interest: Interest) throws(SystemFailure) {
        assertOwnThread()
        guard silenced.remove(descriptor) != nil else { return try modify(descriptor, interest: interest) }
        do throws(SystemFailure) {
            try poller.add(descriptor, token: table.token(for: descriptor), interest: interest)
        } catch {
            silenced.insert(descriptor)
            throw error
        }
    }

    /// Stops calling the handler of `descriptor`, from this instant on; to be done before closing it.
    public func remove(_ descriptor: Int32) {
        assertOwnThread()
        guard table.contains(descriptor) else { return }
        if silenced.remove(descriptor) == nil { poller.remove(descriptor) }
        table.remove(descriptor)
    }

    /// Has every handler let go of its descriptor: listeners stop, connections are aborted.
    ///
    /// A reactor that still has handlers is kept alive by them; call this before dropping it. The
    /// protocols hear of their aborted connections in a later pass.
    public func disconnectAll() {
        for handler in table.allHandlers() { handler.disconnect() }
    }

    // MARK: Checks and complaints

    /// Stops a debug build when another thread is inside a pass of this reactor.
    func assertOwnThread() {
        assert(box.isOnPassThread, "a reactor was used from another thread; use its mailbox")
    }

    private static func logToStandardError(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
