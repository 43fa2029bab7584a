import ReactorCore
import ReactorTestingTraits
import Testing

/// Runs each test of a suite once for each poller of the machine, and names the poller in what fails.
///
/// What a test leaves behind fails it, too.
struct EveryPoller: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?, performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        for kind in PollerKind.available {
            let naming = IssueHandlingTrait.compactMapIssues { issue in
                var issue = issue
                issue.comments.append("with the \(kind) poller")
                return issue
            }
            try await naming.provideScope(for: test, testCase: testCase) {
                try await PollerKind.$preferred.withValue(kind) {
                    try await LeavesNothing().provideScope(for: test, testCase: testCase, performing: body)
                }
            }
        }
    }
}

extension Trait where Self == EveryPoller {
    static var everyPoller: Self { EveryPoller() }
}
