import Basics

/// The reactor's delayed calls: a binary heap ordered by deadline, then by order of scheduling.
///
/// Cancelling leaves the heap alone and compacts it when most entries are stale; moving a call later
/// only changes the call, and its entry is put right when it reaches the top.
final class TimerQueue {
    struct Entry {
        var deadline: MonotonicInstant
        var sequence: UInt64
        var call: DelayedCall

        func precedes(_ other: Entry) -> Bool {
            deadline == other.deadline ? sequence < other.sequence : deadline < other.deadline
        }
    }

    /// Below this number of stale entries a compaction is not worth it.
    private static let compactionThreshold = 50

    /// Up to this number of entries their memory is not given back.
    private static let keptCapacity = 1024

    private var heap: [Entry] = []
    private var staleCount = 0

    /// The entries looked at or copied so far to keep the heap in order and small.
    private(set) var stepCount = 0

    /// The entries there is memory for.
    var capacity: Int { heap.capacity }

    /// The sequence number the next scheduled call will get.
    private(set) var nextSequence: UInt64 = 0

    /// The reactor's idea of now; delays count from it.
    var now: MonotonicInstant

    init(now: MonotonicInstant) {
        self.now = now
    }

    /// The number of calls still to be made.
    var activeCount: Int { heap.count - staleCount }

    /// The calls still to be made, the earliest first.
    func activeCalls() -> [DelayedCall] {
        heap.lazy.filter { !Self.isStale($0) }.map(\.call)
            .sorted { ($0.deadline, $0.sequence) < ($1.deadline, $1.sequence) }
    }

    func schedule(after delay: Duration, origin: CodePlace, _ body: @escaping () -> Void) -> DelayedCall {
        let deadline = now.advanced(by: max(.zero, delay))
        let call = DelayedCall(deadline: deadline, sequence: takeSequence(), queue: self, origin: origin, body: body)
        push(Entry(deadline: deadline, sequence: call.sequence, call: call))
        return call
    }

    func move(_ call: DelayedCall, to delay: Duration) {
        let deadline = now.advanced(by: max(.zero, delay))
        let isLater = deadline >= call.deadline
        call.deadline = deadline
        call.sequence = takeSequence()
        guard !isLater else { return }
        call.entrySequence = call.sequence
        push(Entry(deadline: deadline, sequence: call.sequence, call: call))
        noteStaleEntry()
    }

    func noteStaleEntry() {
        staleCount += 1
        guard staleCount > Self.compactionThreshold, staleCount > heap.count / 2 else { return }
        stepCount += heap.count
        heap.removeAll(where: Self.isStale)
        staleCount = 0
        giveMemoryBack()
        for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { siftDown(index) }
    }

    /// The deadline of the earliest call, or nil when there is none.
    func earliestDeadline() -> MonotonicInstant? {
        settleTop()
        return heap.first?.deadline
    }

    /// Takes the earliest call that is due and was scheduled before sequence number `limit`.
    ///
    /// Calls scheduled later cannot stand before it: their deadlines are not earlier than now.
    func takeDue(before limit: UInt64) -> (body: () -> Void, origin: CodePlace)? {
        settleTop()
        guard let top = heap.first, top.deadline <= now, top.sequence < limit else { return nil }
        removeTop()
        guard let body = top.call.body else { return nil }
        top.call.body = nil
        top.call.leaveScope()
        return (body, top.call.origin)
    }

    func removeAll() {
        heap.removeAll()
        staleCount = 0
    }

    private static func isStale(_ entry: Entry) -> Bool {
        entry.call.body == nil || entry.call.entrySequence != entry.sequence
    }

    private func takeSequence() -> UInt64 {
        defer { nextSequence += 1 }
        return nextSequence
    }

    /// Drops stale entries from the top and puts moved calls where they belong now.
    private func settleTop() {
        while let top = heap.first {
            if Self.isStale(top) {
                removeTop()
                staleCount -= 1
            } else if top.sequence != top.call.sequence {
                top.call.entrySequence = top.call.sequence
                heap[0] = Entry(deadline: top.call.deadline, sequence: top.call.sequence, call: top.call)
                siftDown(0)
            } else {
                return
            }
        }
    }

    private func push(_ entry: Entry) {
        heap.append(entry)
        var index = heap.count - 1
        while index > 0 {
            stepCount += 1
            let parent = (index - 1) / 2
            guard heap[index].precedes(heap[parent]) else { return }
            heap.swapAt(index, parent)
            index = parent
        }
    }

    private func removeTop() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        giveMemoryBack()
        if !heap.isEmpty { siftDown(0) }
    }

    /// Moves what is left into less memory once three quarters are empty, so that a crowd does not cost for ever.
    private func giveMemoryBack() {
        guard heap.capacity > Self.keptCapacity, heap.count < heap.capacity / 4 else { return }
        stepCount += heap.count
        var smaller: [Entry] = []
        smaller.reserveCapacity(heap.count * 2)
        smaller.append(contentsOf: heap)
        heap = smaller
    }

    private func siftDown(_ start: Int) {
        var index = start
        while true {
            stepCount += 1
            var first = index
            let left = 2 * index + 1
            if left < heap.count, heap[left].precedes(heap[first]) { first = left }
            if left + 1 < heap.count, heap[left + 1].precedes(heap[first]) { first = left + 1 }
            guard first != index else { return }
            heap.swapAt(first, index)
            index = first
        }
    }
}
