/// A first-in-first-out queue whose elements can leave from the middle.
///
/// - Complexity: adding and removing by number are O(1), taking the first is O(1) on average, and an
///   element that left takes no memory.
struct NumberedQueue<Element> {
    private var elements: [UInt64: Element] = [:]
    private var head: UInt64 = 0
    private var tail: UInt64 = 0

    var count: Int { elements.count }

    var isEmpty: Bool { elements.isEmpty }

    /// Adds an element at the end, and returns the number it can be removed by.
    mutating func append(_ element: Element) -> UInt64 {
        defer { tail += 1 }
        elements[tail] = element
        return tail
    }

    @discardableResult mutating func remove(_ number: UInt64) -> Element? {
        elements.removeValue(forKey: number)
    }

    mutating func popFirst() -> Element? {
        guard !elements.isEmpty else { return nil }
        while head < tail {
            defer { head += 1 }
            if let element = elements.removeValue(forKey: head) { return element }
        }
        return nil
    }

    /// Takes all elements, the oldest first.
    mutating func takeAll() -> [Element] {
        defer { elements = [:] }
        return elements.sorted { $0.key < $1.key }.map(\.value)
    }
}
