import ReactorCore
import Testing

@Suite struct DeferredQueueTests {
    @Test func handsOverInOrderWhoeverComesFirst() throws {
        let queue = DeferredQueue<Int>()
        try queue.put(1)
        try queue.put(2)
        #expect(queue.count == 2)
        let outcomes = (0..<4).map { _ in Outcome(queue.get()) }
        #expect(outcomes.map(\.values) == [[1], [2], [], []])
        #expect(queue.takerCount == 2)
        try queue.put(3)
        try queue.put(4)
        #expect(outcomes.map(\.values) == [[1], [2], [3], [4]])
        #expect((queue.count, queue.takerCount) == (0, 0))
    }

    @Test(arguments: [0, 1, 3]) func refusesWhatHasNoRoom(size: Int) throws {
        let queue = DeferredQueue<Int>(size: size)
        for number in 0..<size { try queue.put(number) }
        #expect(throws: DeferredQueueFailure.overflow(size: size)) { try queue.put(9) }
        #expect(queue.count == size)
        for number in 0..<size { #expect(Outcome(queue.get()).values == [number]) }
        let taker = Outcome(queue.get())
        try queue.put(5)
        #expect(taker.values == [5])
    }

    @Test(arguments: [0, 1, 3]) func refusesTakersBeyondTheBacklog(backlog: Int) throws {
        let queue = DeferredQueue<Int>(backlog: backlog)
        let takers = (0..<backlog).map { _ in Outcome(queue.get()) }
        let refused = Outcome(queue.get())
        #expect(refused.errors.first as? DeferredQueueFailure == .underflow(backlog: backlog))
        for number in 0..<backlog { try queue.put(number) }
        #expect(takers.flatMap(\.values) == Array(0..<backlog))
        try queue.put(7)
        #expect(Outcome(queue.get()).values == [7])
    }

    @Test func aCancelledTakerLeavesTheQueue() throws {
        let queue = DeferredQueue<Int>(backlog: 2)
        let takers = [queue.get(), queue.get()]
        let outcomes = takers.map { Outcome($0) }
        takers[0].cancel()
        #expect(queue.takerCount == 1)
        #expect(outcomes[0].ownFailures == [.cancelled])
        let third = Outcome(queue.get())
        try queue.put(1)
        try queue.put(2)
        #expect(outcomes[1].values == [1])
        #expect(third.values == [2])
    }

    @Test func takersOfAQueueThatGoesAwayAreAbandoned() {
        var queue: DeferredQueue<Int>? = DeferredQueue()
        let taker = queue.map { Outcome($0.get()) }
        queue = nil
        #expect(queue == nil)
        #expect(taker?.ownFailures == [.abandoned])
    }

    @Test func aTakerMayPutAndTakeAgain() throws {
        let queue = DeferredQueue<Int>()
        var seen: [Int] = []
        func take() {
            queue.get().whenDone { result in
                guard case .success(let number) = result else { return }
                seen.append(number)
                take()
            }
        }
        take()
        for number in 0..<5 { try queue.put(number) }
        #expect(seen == [0, 1, 2, 3, 4])
        #expect(queue.takerCount == 1)
    }
}
