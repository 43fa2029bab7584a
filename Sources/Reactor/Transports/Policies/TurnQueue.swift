/// Who waits for a share of something common: first whoever has had least (start-time fair queueing).
///
/// Each waiter has a tag, the octets it has had on the queue's virtual clock. That clock stands at the tag of
/// whoever came last, so that being idle saves nothing up but the first place among equals. A binary heap:
/// O(log n) for each step.
struct TurnQueue<Element> {
    private struct Entry {
        var tag: UInt64
        /// The tag before it was brought up to the clock.
        var ownTag: UInt64
        var sequence: UInt64
        var element: Element

        func precedes(_ other: Entry) -> Bool {
            (tag, ownTag, sequence) < (other.tag, other.ownTag, other.sequence)
        }
    }

    private var heap: [Entry] = []
    private var nextSequence: UInt64 = 0
    private var clock: UInt64 = 0

    var isEmpty: Bool { heap.isEmpty }

    var count: Int { heap.count }

    var first: Element? { heap.first?.element }

    /// The tag after `count` octets more.
    func tag(_ tag: UInt64, after count: Int) -> UInt64 { max(tag, clock) &+ UInt64(max(0, count)) }

    mutating func append(_ element: Element, tag: UInt64) {
        heap.append(Entry(tag: max(tag, clock), ownTag: tag, sequence: nextSequence, element: element))
        nextSequence &+= 1
        var index = heap.count - 1
        while index > 0, heap[index].precedes(heap[(index - 1) / 2]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func popFirst() -> Element? {
        guard let top = heap.first else { return nil }
        clock = max(clock, top.tag)
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            siftDown(0)
        }
        return top.element
    }

    /// Forgets some waiters; O(*n*).
    mutating func removeAll(where isGone: (Element) -> Bool) {
        heap.removeAll { isGone($0.element) }
        for index in (0..<heap.count / 2).reversed() { siftDown(index) }
    }

    private mutating func siftDown(_ start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && heap[child].precedes(heap[least]) {
                least = child
            }
            guard least != index else { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}
