import ReactorCore
import ReactorTesting
import Testing

/// The code of the article on deferreds.
@Suite struct DeferredArticleTests {
    struct NoNumber: Error {}

    @Test func aChainMakesANumber() {
        func parse(_ text: String) throws -> Int {
            guard let number = Int(text) else { throw NoNumber() }
            return number
        }
        var answers: [Int] = []
        // snippet: deferred-first
        let text = Deferred<String>()
        let number =
            text
            .map { try parse($0) }
            .recover { _ in 0 }
        number.whenDone { result in
            if case .success(let number) = result { answers.append(number) }
        }
        text.succeed("42")
        // snippet ends
        #expect(answers == [42])
    }

    @Test func cancellingReachesTheSource() {
        var isAborted = false
        func abort() { isAborted = true }
        // snippet: deferred-cancel
        let request = Deferred<[UInt8]>(canceller: { abort() })
        let size = request.map(\.count)
        size.cancel()
        // snippet ends
        #expect(isAborted && request.isFired && size.isFired)
    }

    @Test func lateIsAFailure() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        let answer = Deferred<Int>()
        var isLate = false
        // snippet: deferred-timeout
        let inTime = answer.timeout(after: .seconds(5), on: reactor)
        inTime.whenDone { result in
            if case .failure(let error) = result { isLate = error is DeferredTimeout }
        }
        // snippet ends
        test.advance(by: .seconds(5))
        #expect(isLate)
    }

    @Test func severalAreGathered() {
        func name() -> Deferred<String> { .succeeded("ada") }
        func age() -> Deferred<Int> { .succeeded(36) }
        func ask(_ mirror: String) -> Deferred<String> { .succeeded("from \(mirror)") }
        var told: [String] = []
        // snippet: deferred-gather
        gather(name(), age()).whenDone { result in
            if case .success((let name, let age)) = result { told.append("\(name), \(age)") }
        }
        race(["north", "south"].map(ask)).whenDone { result in
            if case .success(let page) = result { told.append(page) }
        }
        // snippet ends
        #expect(told == ["ada, 36", "from north"])
    }

    @Test func tasksAwait() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        func price(of fruit: String) -> Deferred<Int> { reactor.deferLater(.seconds(1)) { fruit.count } }
        var sum = 0
        // snippet: deferred-await
        let total = reactor.deferToTask {
            let apple = try await price(of: "apple").value
            let pear = try await price(of: "pear").value
            return apple + pear
        }
        total.whenDone { result in sum = (try? result.get()) ?? 0 }
        // snippet ends
        test.advance(by: .seconds(2))
        #expect(sum == 9)
    }

    @Test func failuresNobodyLooksAtAreReported() {
        let recorder = ReportRecorder()
        // snippet: deferred-unhandled
        recorder.collectFailures {
            _ = Deferred<Int>.failed(NoNumber())
        }
        #expect(recorder.reports(.unhandledFailure).first?.place?.contains("DeferredArticleTests") == true)
        // snippet ends
    }

    @Test func toolsKeepOrder() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        func fetch(_ page: Int) -> Deferred<Int> { reactor.deferLater(.seconds(1)) { page } }
        var pages: [Int] = []
        // snippet: deferred-tools
        let downloads = DeferredSemaphore(limit: 2)
        for page in 1...4 {
            downloads.run { fetch(page) }.whenDone { result in
                if case .success(let page) = result { pages.append(page) }
            }
        }
        // snippet ends
        test.advance(by: .seconds(1))
        #expect(pages == [1, 2])
        test.advance(by: .seconds(1))
        #expect(pages == [1, 2, 3, 4])
    }

    @Test func aScopeEndsWhatIsLeft() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        var isReminded = false
        // snippet: deferred-scope
        let scope = DeferredScope()
        scope.callLater(.seconds(60), on: reactor) { isReminded = true }
        scope.spawn(on: reactor) { try await reactor.deferLater(.seconds(60)).value }
        scope.end()
        // snippet ends
        test.advance(by: .seconds(60))
        #expect(!isReminded && test.leftovers.isEmpty)
    }
}
