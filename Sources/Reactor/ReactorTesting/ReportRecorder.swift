public import ReactorCore
import Synchronization
public import Transports

/// Collects what the reactor's floor reports, for a test to look at: complaints, failures nobody looked at, stalls, traffic.
///
/// ```swift
/// let recorder = ReportRecorder()
/// recorder.listen(to: reactor)
/// recorder.collectFailures { _ = Deferred<Int>.failed(Broken()) }
/// #expect(recorder.reports(.unhandledFailure).first?.text.contains("Broken") == true)
/// ```
///
/// Reports may come from any thread.
public final class ReportRecorder: Sendable {
    /// Where a report comes from.
    public enum Kind: Hashable, Sendable, CaseIterable {
        /// A line of the reactor's own log.
        case complaint

        /// A failure of a deferred that nobody looked at, or a second firing.
        case unhandledFailure

        /// A call that kept the loop too long.
        case stall

        /// A line of a traffic log.
        case traffic
    }

    /// One thing reported.
    public struct Report: Hashable, Sendable, CustomStringConvertible {
        /// Where it comes from.
        public let kind: Kind

        /// What it says.
        public let text: String

        /// The place in the program it is about, as `Module/File.swift:12`; nil when that is not known.
        public let place: String?

        /// The text, and the place if there is one.
        public var description: String { place.map { "\(text), made at \($0)" } ?? text }
    }

    private let stored = Mutex<[Report]>([])

    /// Makes a recorder that nothing reports to yet.
    public init() {}

    /// Everything reported so far, in order.
    public var reports: [Report] { stored.withLock { $0 } }

    /// What was reported of one kind, in order.
    ///
    /// ```swift
    /// #expect(recorder.reports(.complaint).isEmpty)
    /// ```
    public func reports(_ kind: Kind) -> [Report] { reports.filter { $0.kind == kind } }

    /// Takes everything reported so far out: what a test expected shall not count as left over.
    ///
    /// ```swift
    /// #expect(test.reports.takeReports().map(\.text) == ["127.0.0.1:4000: out of descriptors; 5 connections turned away"])
    /// ```
    @discardableResult public func takeReports() -> [Report] {
        stored.withLock { stored in
            defer { stored = [] }
            return stored
        }
    }

    /// Takes the place of a reactor's log.
    public func listen(to reactor: Reactor) {
        reactor.log = { [self] line in add(.complaint, line) }
    }

    /// Collects failures nobody looks at, of deferreds that go away while `body` runs.
    ///
    /// Tests that run at the same time do not see each other's; tasks started inside report here, too.
    public func collectFailures<Value>(_ body: () throws -> Value) rethrows -> Value {
        try DeferredDiagnostics.withUnhandledFailureHandler({ [self] in addFailure($0, $1) }, body)
    }

    /// Collects failures nobody looks at while an asynchronous `body` runs.
    public func collectFailuresOfTask<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        try await DeferredDiagnostics.withUnhandledFailureHandler({ [self] in addFailure($0, $1) }, body)
    }

    /// Has a reactor's calls watched, and collects those that take longer than `threshold`.
    ///
    /// - Throws: ``SystemFailure`` when the kernel refuses a thread.
    public func detectStalls(of reactor: Reactor, over threshold: Duration) throws {
        try reactor.detectStalls(over: threshold) { [self] in add(.stall, "\($0.culprit) took \($0.elapsed)") }
    }

    /// Makes a traffic log whose lines are collected.
    ///
    /// ```swift
    /// let policy = recorder.makeTrafficLog(test.reactor)
    /// transport.connect(policy.layer(below: protocol, peer: transport.peer))
    /// ```
    public func makeTrafficLog(_ reactor: Reactor) -> TrafficLog {
        TrafficLog(reactor) { [self] line in add(.traffic, line) }
    }

    private func addFailure(_ failure: any Error, _ origin: String) {
        add(.unhandledFailure, "unhandled failure of a deferred: \(failure)", place: origin)
    }

    private func add(_ kind: Kind, _ text: String, place: String? = nil) {
        stored.withLock { $0.append(Report(kind: kind, text: text, place: place)) }
    }
}
