/// Why a ``DeferredQueue`` refused.
public enum DeferredQueueFailure: Error, Hashable, Sendable {
    /// As many elements as allowed wait to be taken.
    case overflow(size: Int)

    /// As many takers as allowed wait for elements.
    case underflow(backlog: Int)
}

/// Hands elements from those who have them to those who wait for them, both in order.
///
/// - Complexity: O(1) for every operation, on average.
public final class DeferredQueue<Element> {
    /// The most elements that may wait; nil for no limit.
    public let size: Int?

    /// The most takers that may wait; nil for no limit.
    public let backlog: Int?

    private var elements = NumberedQueue<Element>()
    private var takers = NumberedQueue<Deferred<Element>>()

    /// Makes an empty queue.
    ///
    /// - Parameters:
    ///   - size: The most elements that may wait. With zero an element goes only to a taker that waits.
    ///   - backlog: The most takers that may wait.
    public init(size: Int? = nil, backlog: Int? = nil) {
        precondition(size ?? 0 >= 0 && backlog ?? 0 >= 0, "a queue with a negative limit")
        self.size = size
        self.backlog = backlog
    }

    /// How many elements wait to be taken.
    public var count: Int { elements.count }

    /// How many takers wait for elements.
    public var takerCount: Int { takers.count }

    /// Gives an element to the first taker, or keeps it until there is one.
    ///
    /// - Throws: ``DeferredQueueFailure/overflow(size:)`` when there is no taker and no room.
    public func put(_ element: Element) throws(DeferredQueueFailure) {
        if let taker = takers.popFirst() {
            taker.succeed(element)
        } else if let size, elements.count >= size {
            throw .overflow(size: size)
        } else {
            _ = elements.append(element)
        }
    }

    /// Takes the first element, now or when there is one.
    ///
    /// Cancelling a deferred that waits takes it out of the queue.
    ///
    /// - Returns: A deferred that has failed with ``DeferredQueueFailure/underflow(backlog:)`` when there
    ///   is no element and as many takers as allowed wait.
    public func get(fileID: StaticString = #fileID, line: UInt = #line) -> Deferred<Element> {
        if let element = elements.popFirst() { return .succeeded(element, fileID: fileID, line: line) }
        if let backlog, takers.count >= backlog {
            return .failed(DeferredQueueFailure.underflow(backlog: backlog), fileID: fileID, line: line)
        }
        var number: UInt64 = 0
        let taker = Deferred<Element>(
            canceller: { [weak self] in self?.takers.remove(number) }, fileID: fileID, line: line)
        number = takers.append(taker)
        return taker
    }
}
