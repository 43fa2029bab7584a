import Basics
import Testing

@testable import Transports

@Suite struct FileEventQueueTests {
    private func event(_ kind: FileEvent.Kind, _ name: String) -> FileEvent { FileEvent(kind, WatchedPath(name)) }

    private func drain(_ queue: inout FileEventQueue) -> [String] {
        var lines: [String] = []
        while let event = queue.next() { lines.append("\(event)") }
        return lines
    }

    private func at(_ nanoseconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: nanoseconds) }

    @Test func anUnclearMoveHoldsUpWhatFollows() {
        var queue = FileEventQueue(limit: 10)
        #expect(queue.append(event(.created, "a")))
        #expect(queue.appendHalf(event(.movedOut, "b"), cookie: 7, deadline: at(5)))
        #expect(queue.append(event(.created, "c")))
        #expect(drain(&queue) == ["created a"])
        #expect(!queue.hasNext)
        #expect(queue.giveUpHalves(by: at(4)) == [])
        #expect(!queue.hasNext)
        #expect(queue.giveUpHalves(by: at(5)) == [7])
        #expect(queue.hasNext)
        #expect(drain(&queue) == ["moved out b", "created c"])
        #expect(queue.nextDeadline == nil)
    }

    @Test func aTakenHalfIsNotTold() {
        var queue = FileEventQueue(limit: 10)
        #expect(queue.appendHalf(event(.movedOut, "a"), cookie: 1, deadline: at(1)))
        #expect(queue.append(event(.created, "b")))
        #expect(queue.takeHalf(2) == nil)
        #expect(queue.takeHalf(1)?.path == WatchedPath("a"))
        #expect(queue.takeHalf(1) == nil)
        #expect(queue.nextDeadline == nil)
        #expect(drain(&queue) == ["created b"])
    }

    @Test func whatHappensInADirectoryThatLeftIsDropped() {
        var queue = FileEventQueue(limit: 10)
        #expect(queue.appendHalf(event(.movedOut, "d"), cookie: 1, deadline: at(1)))
        #expect(queue.append(event(.created, "d/unseen"), inside: 1))
        #expect(queue.append(event(.created, "d")))
        #expect(queue.giveUpHalves(by: nil) == [1])
        #expect(drain(&queue) == ["moved out d", "created d"])
    }

    @Test func aFullQueueTakesNoMoreUntilSomeAreTold() {
        var queue = FileEventQueue(limit: 2)
        #expect(queue.append(event(.created, "a")))
        #expect(queue.append(event(.created, "b")))
        #expect(!queue.append(event(.created, "c")))
        #expect(!queue.appendHalf(event(.movedOut, "c"), cookie: 1, deadline: at(1)))
        #expect(queue.next() != nil)
        #expect(queue.append(event(.created, "d")))
        #expect(drain(&queue) == ["created b", "created d"])
    }

    @Test func halvesKeepTheirPlacesWhileALongQueueIsTold() {
        var queue = FileEventQueue(limit: 10_000)
        for number in 0..<3000 { #expect(queue.append(event(.created, "\(number)"))) }
        #expect(queue.appendHalf(event(.movedOut, "half"), cookie: 9, deadline: at(1)))
        for number in 3000..<3100 { #expect(queue.append(event(.created, "\(number)"))) }
        #expect(drain(&queue).count == 3000)
        #expect(queue.takeHalf(9)?.path == WatchedPath("half"))
        #expect(drain(&queue).first == "created 3000")
    }
}
