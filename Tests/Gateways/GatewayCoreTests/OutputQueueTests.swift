import Basics
import GatewayCore
import Testing

@Suite struct OutputQueueTests {
    /// Releases and returns what came out.
    private func released(_ queue: inout OutputQueue, _ durable: UInt64) -> String {
        var text = ""
        queue.release(upTo: durable) { text += String(decoding: $0, as: UTF8.self) }
        return text
    }

    @Test func nothingLeavesBeforeItsTurnIsDurable() {
        var queue = OutputQueue()
        queue.append(Array("took lamp".utf8), after: 5)
        #expect(released(&queue, 4).isEmpty)
        #expect(queue.isHeld(above: 4))
        #expect(released(&queue, 5) == "took lamp")
        #expect(queue.isEmpty)
        #expect(!queue.isHeld(above: 0))
    }

    @Test func orderIsKeptAndOnlyTheDurablePrefixLeaves() {
        var queue = OutputQueue()
        queue.append(Array("a".utf8), after: 1)
        queue.append(Array("b".utf8), after: 2)
        queue.append(Array("c".utf8), after: 4)
        #expect(released(&queue, 3) == "ab")
        #expect(released(&queue, 3).isEmpty)
        #expect(queue.count == 1)
        #expect(released(&queue, 4) == "c")
    }

    @Test func laterTextWithAnEarlierNumberWaitsForWhatIsBeforeIt() {
        var queue = OutputQueue()
        queue.append(Array("a".utf8), after: 7)
        // A prompt depends on nothing, but must not overtake.
        queue.append(Array("> ".utf8), after: 0)
        #expect(released(&queue, 6).isEmpty)
        #expect(released(&queue, 7) == "a> ")
    }

    @Test func sendIsCalledOnceAndNeverEmpty() {
        var queue = OutputQueue()
        var calls = 0
        queue.release(upTo: 10) { _ in calls += 1 }
        queue.append([1], after: 1)
        queue.append([2], after: 1)
        queue.append([3], after: 2)
        queue.release(upTo: 10) { bytes in
            calls += 1
            #expect(bytes.count == 3)
        }
        #expect(calls == 1)
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func randomInterleavingsNeverReorderNorRunAhead(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var queue = OutputQueue()
        var sequence: UInt64 = 0
        var durable: UInt64 = 0
        var expected: [(UInt8, UInt64)] = []
        var seen: [UInt8] = []
        for step in 0..<100 {
            if Bool.random(using: &random) {
                sequence += UInt64.random(in: 0...1, using: &random)
                queue.append([UInt8(step)], after: sequence)
                expected.append((UInt8(step), sequence))
            } else {
                durable = UInt64.random(in: durable...max(durable, sequence), using: &random)
                queue.release(upTo: durable) { seen += copy $0 }
                let mayBeSeen = expected.filter { $0.1 <= durable }.map(\.0)
                #expect(seen == mayBeSeen)
            }
        }
    }
}
