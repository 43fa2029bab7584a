import ReactorCore
import ReactorTestingTraits
import Synchronization
import Testing

@Suite struct EveryPollerTests {
    @Test func everyPollerHasItsTurnAndIsNamedInWhatFails() async throws {
        let test = try #require(Test.current)
        let found = Mutex<[String]>([])
        let collecting = IssueHandlingTrait.filterIssues { issue in
            found.withLock { $0.append(issue.comments.map(\.rawValue).joined(separator: ", ")) }
            return false
        }
        try await collecting.provideScope(for: test, testCase: nil) {
            try await EveryPoller().provideScope(for: test, testCase: nil) {
                Issue.record("failed with \(PollerKind.preferred)")
            }
        }
        let expected = PollerKind.available.map { "failed with \($0), with the \($0) poller" }
        #expect(found.withLock { $0 } == expected && expected.count > 1)
    }
}
