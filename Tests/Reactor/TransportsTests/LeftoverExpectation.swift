import ReactorCore
import ReactorTesting
import Testing

/// Reports everything a reactor still holds as an issue of the current test.
func expectNoLeftovers(_ reactor: Reactor, sourceLocation: SourceLocation = #_sourceLocation) {
    for line in Leftovers(of: reactor).lines { Issue.record("left over: \(line)", sourceLocation: sourceLocation) }
}

/// Makes every failure of a deferred that nobody looked at while `body` runs an issue of the current test.
func failingOnUnhandledFailures(_ body: () async throws -> Void) async throws {
    let recorder = ReportRecorder()
    try await recorder.collectFailuresOfTask(body)
    for report in recorder.reports { Issue.record("left over: \(report)") }
}
