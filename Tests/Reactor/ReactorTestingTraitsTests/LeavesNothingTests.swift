import ReactorCore
import ReactorTesting
import ReactorTestingTraits
import Synchronization
import Testing
import Transports

@Suite struct LeavesNothingTests {
    private struct Broken: Error {}

    /// Runs a body under the trait; returns what was recorded.
    private func issues(_ body: @escaping @Sendable () throws -> Void) async throws -> [String] {
        let test = try #require(Test.current)
        let found = Collected()
        let collecting = IssueHandlingTrait.filterIssues { issue in
            found.add(issue.comments.map(\.rawValue).joined())
            return false
        }
        try await collecting.provideScope(for: test, testCase: nil) {
            try await LeavesNothing().provideScope(for: test, testCase: nil) { try body() }
        }
        return found.texts
    }

    @Test func aTidyTestPasses() async throws {
        let found = try await issues {
            let test = try TestReactor()
            test.reactor.callLater(.seconds(1)) {}
            test.advance(by: .seconds(1))
        }
        #expect(found.isEmpty)
    }

    @Test func whatAReactorStillHasWhenItGoesIsTold() async throws {
        let found = try await issues {
            let reactor = try Reactor()
            reactor.callLater(.seconds(60)) {}
        }
        #expect(found.count == 1 && found[0].contains("left over: a delayed call"))
        #expect(found.first?.contains("LeavesNothingTests.swift:") == true)
    }

    @Test func whatKeepsAReactorAliveIsTold() async throws {
        let found = try await issues {
            let reactor = try Reactor()
            _ = try reactor.listen(
                EndpointDescription(.tcp(interface: .loopback, port: 0)), factory: NobodyFactory())
        }
        #expect(found.count == 1 && found[0].contains("listener on 127.0.0.1:"))
    }

    @Test func aFailureThatNobodyLookedAtIsTold() async throws {
        let found = try await issues { _ = Deferred<Int>.failed(Broken()) }
        #expect(found.count == 1 && found[0].contains("Broken"))
    }

}

// snippet: testing-trait
@Suite(.leavesNothing) struct BellTests {
    @Test func ringsOnce() throws {
        let test = try TestReactor()
        var rings = 0
        test.reactor.callLater(.seconds(1)) { rings += 1 }
        test.advance(by: .seconds(1))  // without this, a delayed call would be left over
        #expect(rings == 1)
    }
}
// snippet ends

private final class Collected: Sendable {
    private let stored = Mutex<[String]>([])

    var texts: [String] { stored.withLock { $0 } }

    func add(_ text: String) { stored.withLock { $0.append(text) } }
}

private final class NobodyFactory: ProtocolFactory {
    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { nil }
}
