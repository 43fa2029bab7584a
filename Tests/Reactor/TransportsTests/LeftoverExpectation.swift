import ReactorCore
import ReactorTesting
import Testing

/// Reports everything a reactor still holds as an issue of the current test.
func expectNoLeftovers(_ reactor: Reactor, sourceLocation: SourceLocation = #_sourceLocation) {
    for line in Leftovers(of: reactor).lines { Issue.record("left over: \(line)", sourceLocation: sourceLocation) }
}
