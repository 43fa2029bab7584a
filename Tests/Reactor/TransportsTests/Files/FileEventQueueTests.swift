import Basics
import Testing

@testable import Transports

/// A queue that expectations can change.
private final class Queue {
    private var queue: FileEventQueue

    init(limit: Int) { queue = FileEventQueue(limit: limit) }

    var hasNext: Bool { queue.hasNext }

    var nextDeadline: MonotonicInstant? { queue.nextDeadline }

    func append(_ kind: FileEvent.Kind, _ name: String, inside: UInt32? = nil) -> Bool {
        queue.append(FileEvent(kind, WatchedPath(name)), inside: inside)
    }

    func appendHalf(_ name: String, cookie: UInt32, deadline: Int64, inside: UInt32? = nil) -> Bool {
        queue.appendHalf(
            FileEvent(.movedOut, WatchedPath(name)), cookie: cookie,
            deadline: MonotonicInstant(nanoseconds: deadline), inside: inside)
    }

    func takeHalf(_ cookie: UInt32) -> WatchedPath? {
        defer { queue.removeHalf(cookie) }
        return queue.origin(ofHalf: cookie)
    }

    func settleHalf(_ cookie: UInt32) { queue.settleHalf(cookie) }

    func giveUpHalves(by deadline: Int64?) -> Set<UInt32> {
        queue.giveUpHalves(by: deadline.map { MonotonicInstant(nanoseconds: $0) })
    }

    func next() -> FileEvent? { queue.next() }

    func drain() -> [String] {
        var lines: [String] = []
        while let event = queue.next() { lines.append("\(event)") }
        return lines
    }
}

@Suite struct FileEventQueueTests {
    @Test func anUnclearMoveHoldsUpWhatFollows() {
        let queue = Queue(limit: 10)
        #expect(queue.append(.created, "a"))
        #expect(queue.appendHalf("b", cookie: 7, deadline: 5))
        #expect(queue.append(.created, "c"))
        #expect(queue.drain() == ["created a"])
        #expect(!queue.hasNext)
        #expect(queue.giveUpHalves(by: 4) == [])
        #expect(!queue.hasNext)
        #expect(queue.giveUpHalves(by: 5) == [7])
        #expect(queue.hasNext)
        #expect(queue.drain() == ["moved out b", "created c"])
        #expect(queue.nextDeadline == nil)
    }

    @Test func aTakenHalfIsNotTold() {
        let queue = Queue(limit: 10)
        #expect(queue.appendHalf("a", cookie: 1, deadline: 1))
        #expect(queue.append(.created, "b"))
        #expect(queue.takeHalf(2) == nil)
        #expect(queue.takeHalf(1) == WatchedPath("a"))
        #expect(queue.takeHalf(1) == nil)
        #expect(queue.nextDeadline == nil)
        #expect(queue.drain() == ["created b"])
    }

    @Test func whatHappensInADirectoryThatLeftIsDropped() {
        let queue = Queue(limit: 10)
        #expect(queue.appendHalf("d", cookie: 1, deadline: 1))
        #expect(queue.append(.created, "d/unseen", inside: 1))
        #expect(queue.append(.created, "d"))
        #expect(queue.giveUpHalves(by: nil) == [1])
        #expect(queue.drain() == ["moved out d", "created d"])
    }

    @Test func aSettledHalfKeepsItsPlace() {
        let queue = Queue(limit: 10)
        #expect(queue.appendHalf("d", cookie: 1, deadline: 1))
        #expect(queue.appendHalf("d/e", cookie: 2, deadline: 1, inside: 1))
        #expect(queue.append(.created, "f"))
        #expect(queue.takeHalf(2) == nil)
        queue.settleHalf(1)
        #expect(queue.drain() == ["moved out d", "created f"])
    }

    @Test func aFullQueueTakesNoMoreUntilSomeAreTold() {
        let queue = Queue(limit: 2)
        #expect(queue.append(.created, "a"))
        #expect(queue.append(.created, "b"))
        #expect(!queue.append(.created, "c"))
        #expect(!queue.appendHalf("c", cookie: 1, deadline: 1))
        #expect(queue.next() != nil)
        #expect(queue.append(.created, "d"))
        #expect(queue.drain() == ["created b", "created d"])
    }

    @Test func halvesKeepTheirPlacesWhileALongQueueIsTold() {
        let queue = Queue(limit: 10_000)
        for number in 0..<3000 { #expect(queue.append(.created, "\(number)")) }
        #expect(queue.appendHalf("half", cookie: 9, deadline: 1))
        for number in 3000..<3100 { #expect(queue.append(.created, "\(number)")) }
        #expect(queue.drain().count == 3000)
        #expect(queue.takeHalf(9) == WatchedPath("half"))
        #expect(queue.drain().first == "created 3000")
    }
}
