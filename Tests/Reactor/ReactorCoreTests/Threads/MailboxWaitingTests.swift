import Glibc
import ReactorCore
import ReactorTestingTraits
import Synchronization
import Testing

@Suite(.everyPoller) struct MailboxWaitingTests {
    private struct Broken: Error {}

    /// What a thread outside got for its question.
    private final class Outcome: Sendable {
        private let result = Mutex<Result<Int, any Error>?>(nil)

        func set(_ value: Result<Int, any Error>) { result.withLock { $0 = value } }
        var value: Int? { result.withLock { try? $0?.get() } }
        var error: (any Error)? {
            result.withLock {
                if case .failure(let error)? = $0 { return error }
                return nil
            }
        }
        var isSet: Bool { result.withLock { $0 != nil } }
    }

    private func ask(_ reactor: Reactor, _ question: @escaping @Sendable (ReactorMailbox) throws -> Int) -> Outcome {
        let (mailbox, outcome) = (reactor.mailbox, Outcome())
        let thread = startThread { outcome.set(Result { try question(mailbox) }) }
        #expect(passes(of: reactor) { outcome.isSet })
        pthread_join(thread, nil)
        return outcome
    }

    @Test func theAnswerOfACallComesBack() throws {
        let reactor = try Reactor()
        #expect(ask(reactor) { try $0.callAndWait { _ in 42 } }.value == 42)
        #expect(ask(reactor) { try $0.callAndWait { _ in throw Broken() } }.error is Broken)
    }

    @Test func theResultOfADeferredComesBack() throws {
        let reactor = try Reactor()
        let late = ask(reactor) {
            try $0.callAndWait(forDeferred: { reactor in
                let answer = Deferred<Int>()
                reactor.callLater(.milliseconds(1)) { answer.succeed(7) }
                return answer
            })
        }
        #expect(late.value == 7)
        #expect(ask(reactor) { try $0.callAndWait(forDeferred: { _ in .failed(Broken()) }) }.error is Broken)
    }

    @Test func onTheReactorsOwnThreadItIsRefused() throws {
        let reactor = try Reactor()
        let mailbox = reactor.mailbox
        let outcome = Outcome()
        reactor.callLater(.zero) { outcome.set(Result { try mailbox.callAndWait { _ in 1 } }) }
        reactor.runOnePass(waitingAtMost: .zero)
        #expect(outcome.error as? MailboxFailure == .calledFromReactor)
    }

    @Test func aReactorThatGoesAwayAnswersNobody() throws {
        var reactor: Reactor? = try Reactor()
        let mailbox = try #require(reactor?.mailbox)
        reactor = nil
        #expect(throws: MailboxFailure.reactorGone) { try mailbox.callAndWait { _ in 1 } }
    }

    @Test func aDeferredThatIsDroppedAnswersWithItsEnd() throws {
        let reactor = try Reactor()
        let outcome = ask(reactor) { try $0.callAndWait(forDeferred: { _ in Deferred<Int>() }) }
        #expect(outcome.error as? DeferredFailure == .abandoned)
    }
}
