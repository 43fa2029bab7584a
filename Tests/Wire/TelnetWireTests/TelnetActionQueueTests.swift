import Testing

@testable import TelnetWire

@Suite struct TelnetActionQueueTests {
    private static func size(_ columns: Int) -> TelnetWindowSize { TelnetWindowSize(columns: columns, rows: nil) }

    private func drain(_ queue: inout TelnetActionQueue) -> [TelnetAction] {
        var actions: [TelnetAction] = []
        while let action = queue.next() { actions.append(action) }
        return actions
    }

    @Test func keysAndWindowsAreJoinedBetweenOtherThings() {
        var queue = TelnetActionQueue()
        queue.append(key: 1)
        queue.append(keys: [2, 3])
        queue.append(window: Self.size(80))
        queue.append(window: Self.size(90))
        queue.append(key: 4)
        queue.append(.interrupt)
        queue.append(window: Self.size(90))
        queue.append(key: 5)
        let early = drain(&queue)
        #expect(early == [.octets([1, 2, 3]), .windowSize(columns: 90, rows: nil), .octets([4]), .interrupt])
        queue.settle()
        let late = drain(&queue)
        #expect(late == [.octets([5])])
    }

    @Test func aSizeIsToldOnlyWhenItIsNews() {
        var queue = TelnetActionQueue()
        for columns in [80, 90, 80] {
            queue.append(window: Self.size(columns))
            queue.settle()
        }
        queue.append(window: Self.size(90))
        queue.append(window: Self.size(80))
        queue.settle()
        let actions = drain(&queue)
        #expect(actions == [80, 90, 80].map { .windowSize(columns: $0, rows: nil) })
    }

    @Test func theQueueIsFilledAgainWhileItIsDrained() {
        var queue = TelnetActionQueue()
        var heard: [TelnetAction?] = []
        for _ in 0..<50 {
            queue.append(.interrupt)
            queue.append(.eraseLine)
            heard += [queue.next()]
        }
        #expect(heard == (0..<50).map { $0 % 2 == 0 ? .interrupt : .eraseLine })
        let rest = drain(&queue)
        #expect(rest.count == 50)
    }
}
