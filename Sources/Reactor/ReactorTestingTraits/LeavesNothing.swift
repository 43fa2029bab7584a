import ReactorTesting
public import Testing

/// Makes what a test leaves behind an issue of the test: things that still go on in the reactors it made, and failures of
/// deferreds that nobody looked at.
///
/// ```swift
/// @Suite(.leavesNothing) struct MailTests {
///     @Test func fetchesMail() throws { … }      // fails with "left over: a delayed call due in 3.0 seconds, made at …"
/// }
/// ```
///
/// What is looked at, and what is not, ``Leftovers/after(_:)`` says.
public struct LeavesNothing: SuiteTrait, TestTrait, TestScoping {
    /// Given to a suite, it holds for all tests inside.
    public var isRecursive: Bool { true }

    /// Makes the trait; ``Testing/Trait/leavesNothing`` reads better.
    public init() {}

    /// Runs a test and looks at what it left behind.
    @concurrent public func provideScope(
        for test: Test, testCase: Test.Case?, performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let leftovers = try await Leftovers.after { try await body() }
        for line in leftovers.lines { Issue.record("left over: \(line)", sourceLocation: test.sourceLocation) }
    }
}

extension Trait where Self == LeavesNothing {
    /// What the test leaves behind is an issue of it.
    public static var leavesNothing: Self { LeavesNothing() }
}
