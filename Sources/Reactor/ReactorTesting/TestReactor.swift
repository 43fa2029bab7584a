import Basics
import Glibc
public import ReactorCore

/// A reactor without a kernel and without waiting: time moves when the test says so.
///
/// ```swift
/// let test = try TestReactor()
/// test.reactor.callLater(.seconds(5)) { rings += 1 }
/// test.advance(by: .seconds(5))
/// #expect(rings == 1 && test.leftovers.isEmpty)
/// ```
public final class TestReactor {
    /// The most passes one step may need; more means that something keeps itself busy for ever.
    public static let passLimit = 10_000

    /// The reactor under test.
    public let reactor: Reactor

    /// The reactor's clock.
    public let time: ManualTime

    /// The reactor's poller.
    public let poller: ManualPoller

    /// What the reactor complained about, and what else is reported here.
    public let reports = ReportRecorder()

    /// What the reactor complained about.
    public var logLines: [String] { reports.reports(.complaint).map(\.text) }

    /// Makes a reactor whose clock shows zero.
    public init() throws {
        time = ManualTime()
        poller = ManualPoller()
        reactor = try Reactor(poller: poller, time: time)
        reports.listen(to: reactor)
    }

    /// Runs passes until nothing is left to do at this instant.
    public func settle() {
        for _ in 0..<Self.passLimit where reactor.runOnePass(waitingAtMost: .zero) == 0 && !reactor.hasImmediateWork {
            return
        }
        preconditionFailure("the reactor is still busy after \(Self.passLimit) passes")
    }

    /// Moves time forward, stopping at each deadline on the way, so that every call is made at its own time.
    public func advance(by duration: Duration) {
        settle()
        let target = time.now().advanced(by: max(.zero, duration))
        while let deadline = reactor.nextDeadline, deadline <= target {
            time.advance(by: time.now().duration(to: deadline))
            settle()
        }
        time.advance(by: time.now().duration(to: target))
        settle()
    }

    /// Runs passes until `condition` holds, waiting for other threads when there is nothing to do.
    ///
    /// The clock stands still meanwhile. For work on other threads, as of `deferToThread`.
    ///
    /// - Returns: False when the condition still does not hold after about ten real seconds.
    public func run(until condition: () -> Bool) -> Bool {
        for _ in 0..<Self.passLimit {
            if condition() { return true }
            if reactor.runOnePass(waitingAtMost: .zero) == 0, !reactor.hasImmediateWork { waitForMailbox() }
        }
        return condition()
    }

    /// Waits a millisecond at most until another thread has put something into the mailbox.
    private func waitForMailbox() {
        let descriptor = reactor.mailbox.wakeDescriptor
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&wanted, 1, 1) > 0 else { return }
        poller.makeReady(descriptor, .read)
    }
}
