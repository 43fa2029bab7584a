import CLinux
import Glibc
import Synchronization

/// The one door into a reactor that other threads may use.
///
/// Whatever is put in runs on the reactor's thread, in order, in the pass after it arrived; a call made
/// from the reactor's own thread also waits for the next pass. The wake-ups of many calls are joined
/// into one.
public struct ReactorMailbox: Sendable {
    /// The mailbox of the reactor that runs the current task, when ``Reactor/spawn(fileID:line:_:)`` started it.
    @TaskLocal package static var current: ReactorMailbox?

    let box: MailboxBox

    /// Readable from the moment another thread puts something in until the reactor has heard of it.
    package var wakeDescriptor: Int32 { box.wakeDescriptor }

    /// Has the reactor call `body` on its thread; callable from any thread, never blocks for long.
    ///
    /// After the reactor is gone the call is dropped.
    public func callFromThread(_ body: @escaping @Sendable (Reactor) -> Void) {
        box.deposit(body)
    }
}

/// What the copies of a mailbox share: the waiting calls and jobs, and the descriptor that wakes the poller.
final class MailboxBox: Sendable {
    struct Contents {
        var calls: [@Sendable (Reactor) -> Void] = []
        var jobs: [UnownedJob] = []
        var isWakeSent = false
        var isClosed = false
    }

    private let contents = Mutex(Contents())

    /// True while something waits; lets a pass skip the lock when nothing does.
    private let isOccupied = Atomic<Bool>(false)

    /// The thread that is inside a pass, zero when none is; deposits of that thread need no wake-up.
    private let passThread = Atomic<UInt>(0)

    let wakeDescriptor: Int32

    init() throws(SystemFailure) {
        wakeDescriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard wakeDescriptor >= 0 else { throw SystemFailure(call: "eventfd") }
    }

    deinit {
        if wakeDescriptor >= 0 { close(wakeDescriptor) }
    }

    var hasContents: Bool { isOccupied.load(ordering: .acquiring) }

    var callCount: Int { contents.withLock { $0.calls.count } }

    /// True when no pass is running, or it runs on this thread.
    var isOnPassThread: Bool {
        let thread = passThread.load(ordering: .relaxed)
        return thread == 0 || thread == UInt(pthread_self())
    }

    /// True when a pass is running, and on this thread.
    var isPassOfThisThread: Bool { passThread.load(ordering: .relaxed) == UInt(pthread_self()) }

    func passBegan() { passThread.store(UInt(pthread_self()), ordering: .relaxed) }

    func passEnded() { passThread.store(0, ordering: .relaxed) }

    /// Drops what waits, and whatever will come: the reactor is gone.
    func shut() {
        let dropped = contents.withLock { contents in
            defer { contents = Contents(isClosed: true) }
            return contents
        }
        // Outside the lock, because what a call captured may put something in while it goes away.
        _ = dropped
    }

    func deposit(_ call: @escaping @Sendable (Reactor) -> Void) {
        put { $0.calls.append(call) }
    }

    func deposit(_ job: UnownedJob) {
        put { $0.jobs.append(job) }
    }

    func takeCalls() -> [@Sendable (Reactor) -> Void] {
        contents.withLock { contents in
            defer {
                contents.calls = []
                isOccupied.store(!contents.jobs.isEmpty, ordering: .releasing)
            }
            return contents.calls
        }
    }

    func takeJobs() -> [UnownedJob] {
        contents.withLock { contents in
            defer {
                contents.jobs = []
                isOccupied.store(!contents.calls.isEmpty, ordering: .releasing)
            }
            return contents.jobs
        }
    }

    private func put(_ change: (inout Contents) -> Void) {
        let isLocal = isPassOfThisThread
        let needsWake = contents.withLock { contents in
            guard !contents.isClosed else { return false }
            change(&contents)
            isOccupied.store(true, ordering: .releasing)
            guard !isLocal, !contents.isWakeSent else { return false }
            contents.isWakeSent = true
            return true
        }
        guard needsWake else { return }
        // A counter that is full wakes just as well, so EAGAIN is no failure.
        while eventfd_write(wakeDescriptor, 1) != 0, errno == EINTR {}
    }

    /// Takes back the wake-up, once the poller has reported it.
    ///
    /// What is deposited between the two steps sends no wake-up of its own, but it is seen before the
    /// next wait, because the reactor looks whether the mailbox is occupied.
    func consumeWake() {
        var count: eventfd_t = 0
        while unsafe eventfd_read(wakeDescriptor, &count) != 0, errno == EINTR {}
        contents.withLock { $0.isWakeSent = false }
    }
}

/// Hears that another thread has put something into the mailbox.
final class MailboxWake: DescriptorHandler {
    private let box: MailboxBox

    init(box: MailboxBox) {
        self.box = box
    }

    func descriptorReady(_ readiness: Readiness) {
        box.consumeWake()
    }
}
