/// Those who wait for their turn, first come first served.
///
/// - Isolation: none; a value type.
/// - Complexity: O(1) for each who comes and goes, over their number.
struct TurnQueue<Element> {
    /// Those who have had their turn are nil until the array is made shorter, so that nothing is kept alive.
    private var elements: [Element?] = []
    private var doneCount = 0

    var isEmpty: Bool { doneCount == elements.count }

    mutating func append(_ element: Element) { elements.append(element) }

    /// Takes out who has waited longest.
    mutating func popFirst() -> Element? {
        guard doneCount < elements.count else { return nil }
        let first = elements[doneCount]
        elements[doneCount] = nil
        doneCount += 1
        if doneCount == elements.count {
            elements.removeAll(keepingCapacity: true)
            doneCount = 0
        } else if doneCount > elements.count / 2 {
            elements.removeFirst(doneCount)
            doneCount = 0
        }
        return first
    }
}
