import Glibc
import ReactorCore
import ReactorTestingTraits
import Synchronization
import Testing

/// That a reactor is used by its own thread only, and that two of them meet by their mailboxes.
@Suite struct ThreadRuleTests {
    /// What a thread may not do with somebody else's reactor.
    enum Use: String, CaseIterable, Codable {
        case callLater
        case atEndOfPass
        case callWhenRunning
        case add
        case remove
        case stop

        func act(on reactor: Reactor) {
            switch self {
            case .callLater: reactor.callLater(.seconds(1)) {}
            case .atEndOfPass: reactor.atEndOfPass {}
            case .callWhenRunning: reactor.callWhenRunning {}
            case .add: try? reactor.add(Nobody(), for: 0, interest: .read)
            case .remove: reactor.remove(0)
            case .stop: reactor.stop()
            }
        }
    }

    #if DEBUG
    @Test(arguments: Use.allCases) func useByAnotherThreadTrapsWhileTheReactorWaits(use: Use) async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            [use = use as Use] in
            let poller = WaitingPoller()
            let reactor = try Reactor(poller: poller)
            // Against the rule, and only to see it kept: the loop's thread waits in `pthread_join` until the other has
            // ended, so the two never use the reactor at the same time.
            nonisolated(unsafe) let smuggled = reactor
            poller.onWait = {
                let thread = startThread {
                    use.act(on: smuggled)
                    exit(EXIT_SUCCESS)
                }
                pthread_join(thread, nil)
            }
            reactor.run()
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains("a reactor was used from another thread"))
    }
    #endif

    @Test func theMailboxIsOpenToEveryThread() async {
        await #expect(processExitsWith: .success) {
            let reactor = try Reactor()
            let mailbox = reactor.mailbox
            var thread: pthread_t?
            reactor.callLater(.zero) { thread = startThread { mailbox.callFromThread { $0.stop() } } }
            reactor.run()
            if let thread { pthread_join(thread, nil) }
        }
    }

    @Test(.everyPoller) func twoReactorsOnTwoThreadsCallEachOther() throws {
        let here = try Reactor()
        let (mailbox, kind, rally) = (here.mailbox, PollerKind.preferred, Rally())
        let thread = startThread {
            guard let there = try? Reactor(kind) else { return }
            rally.note(door: there.mailbox)
            let door = there.mailbox
            mailbox.callFromThread { rally.play(0, $0, against: door) }
            there.run()
        }
        defer { pthread_join(thread, nil) }
        #expect(passes(of: here) { rally.numbers.count == Rally.length })
        #expect(rally.numbers == Array(0..<Rally.length))
        #expect(rally.threads.count == 2, "each number is played by the thread of its reactor")

        // Both at once, many at a time: nothing is lost, and everything stays in order.
        let door = try #require(rally.door)
        for number in 0..<Rally.length {
            door.callFromThread { there in
                rally.count(number)
                if number == 0 { for _ in 0..<Rally.length { mailbox.callFromThread { _ in rally.countHere() } } }
                if number == Rally.length - 1 { there.stop() }
            }
        }
        #expect(passes(of: here) { rally.counted == Array(0..<Rally.length) && rally.countedHere == Rally.length })
    }
}

/// What two reactors have said to each other.
private final class Rally: Sendable {
    static let length = 500

    private struct State {
        var numbers: [Int] = []
        var threads: Set<UInt> = []
        var counted: [Int] = []
        var countedHere = 0
        var door: ReactorMailbox?
    }

    private let state = Mutex(State())

    var numbers: [Int] { state.withLock { $0.numbers } }
    var threads: Set<UInt> { state.withLock { $0.threads } }
    var counted: [Int] { state.withLock { $0.counted } }
    var countedHere: Int { state.withLock { $0.countedHere } }
    var door: ReactorMailbox? { state.withLock { $0.door } }

    func note(door: ReactorMailbox) { state.withLock { $0.door = door } }
    func count(_ number: Int) { state.withLock { $0.counted.append(number) } }
    func countHere() { state.withLock { $0.countedHere += 1 } }

    /// Writes a number down and has the other reactor play the next.
    func play(_ number: Int, _ reactor: Reactor, against other: ReactorMailbox) {
        state.withLock { state in
            state.numbers.append(number)
            state.threads.insert(UInt(pthread_self()))
        }
        let mine = reactor.mailbox
        if number + 1 < Self.length { other.callFromThread { [self] in play(number + 1, $0, against: mine) } }
    }
}

private final class Nobody: DescriptorHandler {
    func descriptorReady(_ readiness: Readiness) {}
}

/// Has something done while the reactor waits.
private final class WaitingPoller: Poller {
    var onWait: () -> Void = {}

    func add(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {}

    func modify(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {}

    func remove(_ descriptor: Int32) {}

    func wait(nanoseconds: Int64, into ready: inout [ReadyDescriptor]) { onWait() }
}
