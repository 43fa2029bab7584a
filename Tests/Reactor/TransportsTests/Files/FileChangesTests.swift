import Basics
import ReactorCore
import ReactorTesting
import Testing
import Transports

@Suite struct FileChangesTests {
    private func event(_ kind: FileEvent.Kind, _ name: String) -> FileEvent { FileEvent(kind, WatchedPath(name)) }

    /// Times of events in milliseconds, and the times of the calls for a quiet of 100 and a longest wait of 350.
    @Test(arguments: [
        ([0], [100]),
        ([0, 99], [199]),
        ([0, 150], [100, 250]),
        ([0, 90, 180, 270, 360], [350, 460]),
    ])
    func callsAreMadeOnceItIsQuiet(events: [Int], calls: [Int]) throws {
        let test = try TestReactor()
        var seen: [Duration] = []
        let start = test.reactor.now
        let gatherer = FileChangeGatherer(test.reactor, onceQuiet: .milliseconds(100), atMost: .milliseconds(350)) {
            _ in
            seen.append(start.duration(to: test.reactor.now))
        }
        for time in events {
            test.reactor.callLater(.milliseconds(time)) { gatherer.note(event(.written, "a")) }
        }
        test.advance(by: .seconds(2))
        #expect(seen == calls.map { .milliseconds($0) })
        #expect(test.leftovers.isEmpty)
    }

    @Test func eachPathIsToldOnce() {
        var changes = FileChanges()
        let kinds: [FileEvent.Kind] = [.created, .changed, .written, .moved(from: WatchedPath("b"))]
        for kind in kinds { changes.add(event(kind, "a")) }
        #expect(changes.paths == [WatchedPath("a"), WatchedPath("b")] && !changes.needsLook && changes.end == nil)
    }

    @Test func lossesAndTooManyPathsNeedALook() {
        var changes = FileChanges()
        changes.add(event(.overflow, "root"))
        #expect(changes.needsLook && changes.paths.isEmpty)
        changes = FileChanges()
        for number in 0..<FileChanges.pathCount { changes.add(event(.written, "\(number)")) }
        changes.add(event(.written, "0"))
        #expect(!changes.needsLook)
        changes.add(event(.written, "one more"))
        #expect(changes.needsLook && changes.paths.count == FileChanges.pathCount)
    }

    @Test func theEndIsToldAtOnceAndACancelledGathererTellsNothing() throws {
        let test = try TestReactor()
        var told: [FileChanges] = []
        let gatherer = FileChangeGatherer(test.reactor, onceQuiet: .seconds(1)) { told.append($0) }
        gatherer.note(event(.written, "a"))
        gatherer.note(event(.ended(.removed), "root"))
        #expect(told.map(\.end) == [.removed] && told[0].paths == [WatchedPath("a")])
        gatherer.note(event(.written, "a"))
        gatherer.cancel()
        test.advance(by: .seconds(5))
        #expect(told.count == 1 && test.leftovers.isEmpty)
    }
}
