public import ReactorCore

/// What a test has left behind: things still going on, and reports it did not expect.
///
/// ```swift
/// @Test func everythingIsClosedInTheEnd() throws {
///     let leftovers = try TestReactor.leftovers { test in
///         let pair = LoopbackPair(client: dialogue, server: echo, test: test)
///         pair.client.loseConnection()
///         pair.pump()
///     }
///     #expect(leftovers.isEmpty)     // says what is left, and where it was made
/// }
/// ```
public struct Leftovers: Sendable, CustomStringConvertible {
    /// What still goes on.
    public var things: [Leftover]

    /// The complaints and the failures nobody looked at.
    public var reports: [ReportRecorder.Report]

    /// Looks at a reactor, and at what was reported and not taken out; traffic is expected.
    ///
    /// ```swift
    /// let leftovers = Leftovers(of: reactor, recorder)
    /// ```
    public init(of reactor: Reactor, _ recorder: ReportRecorder = ReportRecorder()) {
        things = reactor.leftovers
        reports = recorder.reports.filter { $0.kind != .traffic }
    }

    private init(things: [Leftover], reports: [ReportRecorder.Report]) {
        self.things = things
        self.reports = reports
    }

    /// Whether nothing is left.
    public var isEmpty: Bool { things.isEmpty && reports.isEmpty }

    /// One line for each.
    public var lines: [String] { things.map(\.description) + reports.map(\.description) }

    /// The lines, one below the other; `nothing` when there are none.
    public var description: String { isEmpty ? "nothing" : lines.joined(separator: "\n") }
}

extension Leftovers {
    /// Runs the body of a test, and tells what the reactors made in it have left behind.
    ///
    /// Reactors are looked at that `body` and its tasks make, when they go away or, if they live on, at the end; the failures of
    /// deferreds that nobody looked at are among the reports. Threads that the test starts itself, and the complaints of a
    /// reactor's log, are not looked at: see ``TestReactor/leftovers``. Meant for the traits of a test library; for Swift Testing
    /// there is one, `leavesNothing` in the room `ReactorTestingTraits`.
    ///
    /// - Throws: What `body` throws; then nothing is said of what it left.
    public static func after(_ body: () async throws -> Void) async throws -> Leftovers {
        let (census, recorder) = (ReactorCensus(), ReportRecorder())
        try await recorder.collectFailuresOfTask {
            try await ReactorCensus.$current.withValue(census) { try await body() }
        }
        return Leftovers(things: census.leftovers, reports: recorder.reports)
    }
}

extension TestReactor {
    /// What is still going on, and what was reported and not taken out of ``reports``.
    public var leftovers: Leftovers { Leftovers(of: reactor, reports) }

    /// Runs a test with a reactor of its own and tells what it left behind, once all that is due now is done.
    ///
    /// Deferreds that go away inside, those that only the test knew of included, report to the reactor's ``reports``.
    /// An error of the test is passed on.
    public static func leftovers(_ body: (TestReactor) throws -> Void) throws -> Leftovers {
        let test = try TestReactor()
        try test.reports.collectFailures {
            try body(test)
            test.settle()
        }
        return test.leftovers
    }
}
