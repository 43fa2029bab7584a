import ReactorCore
public import Testing

/// Runs each test of a suite once for each poller of the machine, and names the poller in what fails.
///
/// ```swift
/// @Suite(.everyPoller) struct PipeTests {
///     @Test func linesComeThrough() throws {
///         let reactor = try Reactor()        // waits with epoll, then with poll, and so on
///         …
///     }
/// }
/// ```
///
/// Reactors that are made with a poller of their own are not touched. What a test leaves behind fails it, too, as with
/// ``LeavesNothing``.
public struct EveryPoller: SuiteTrait, TestTrait, TestScoping {
    /// Given to a suite, it holds for all tests inside.
    public var isRecursive: Bool { true }

    /// Makes the trait; ``Testing/Trait/everyPoller`` reads better.
    public init() {}

    /// Runs a test with one poller after the other.
    @concurrent public func provideScope(
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
    /// The test runs with each poller of the machine.
    public static var everyPoller: Self { EveryPoller() }
}
