import ReactorCore
import ReactorTesting
import Testing

/// Whoever always has more to do does not keep the others waiting.
@Suite struct FairnessTests {
    @Test func anEndOfPassComesToAnEnd() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        var rounds = 0
        func again() {
            rounds += 1
            if rounds < 40 { reactor.atEndOfPass(again) }
        }
        reactor.atEndOfPass(again)
        reactor.runOnePass(waitingAtMost: .zero)
        #expect(rounds == 16 && reactor.hasImmediateWork)
        reactor.runOnePass(waitingAtMost: nil)
        #expect(rounds == 32)
        reactor.runOnePass(waitingAtMost: nil)
        #expect(rounds == 40 && !reactor.hasImmediateWork)
    }

    /// What the calls of this test write down; they are made on the reactor's thread alone.
    private final class Diary: @unchecked Sendable {
        var numbers: [Int] = []
    }

    @Test func manyCallsOfOtherThreadsAreDividedAmongPasses() throws {
        let test = try TestReactor()
        let (reactor, diary) = (test.reactor, Diary())
        let time = ReactorHeld(test.time)
        for number in 0..<40 {
            reactor.mailbox.callFromThread { _ in
                diary.numbers.append(number)
                time.value.advance(by: .milliseconds(1))
            }
        }
        reactor.runOnePass(waitingAtMost: .zero)
        #expect(diary.numbers == Array(0..<16) && reactor.hasImmediateWork)
        // What comes later waits behind what is there.
        reactor.mailbox.callFromThread { _ in diary.numbers.append(40) }
        for _ in 0..<2 { reactor.runOnePass(waitingAtMost: nil) }
        #expect(diary.numbers == Array(0...40) && !reactor.hasImmediateWork)
    }

    /// Everything here is on one thread.
    private struct ReactorHeld<Value>: @unchecked Sendable {
        let value: Value
        init(_ value: Value) { self.value = value }
    }
}
