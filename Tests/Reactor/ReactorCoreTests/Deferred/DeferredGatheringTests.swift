import ReactorCore
import Testing

@Suite struct DeferredGatheringTests {
    /// Every order in which three deferreds may fire.
    static let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]

    @Test(arguments: orders) func gathersInTheOrderOfTheList(order: [Int]) {
        let members = (0..<3).map { _ in Deferred<Int>() }
        let (values, results) = (Outcome(gather(members)), Outcome(gatherResults(members)))
        for index in order {
            #expect(values.isEmpty && results.isEmpty)
            members[index].succeed(index)
        }
        #expect(values.values == [[0, 1, 2]])
        #expect(results.values.first?.map { try? $0.get() } == [0, 1, 2])
    }

    @Test(arguments: orders) func gathersAlsoWhatHasFiredBefore(order: [Int]) {
        let members = (0..<3).map { _ in Deferred<Int>() }
        members[order[0]].succeed(order[0])
        members[order[1]].succeed(order[1])
        let values = Outcome(gather(members))
        members[order[2]].succeed(order[2])
        #expect(values.values == [[0, 1, 2]])
        #expect(Outcome(gather(members)).values == [[0, 1, 2]])
    }

    @Test func ofNothingTheResultIsThereAtOnce() {
        #expect(Outcome(gather([Deferred<Int>]())).values == [[]])
        #expect(Outcome(gatherResults([Deferred<Int>]())).values.first?.isEmpty == true)
        #expect(Outcome(race([Deferred<Int>]())).errors.first is RaceLost)
        #expect(Outcome(firstResult(of: [Deferred<Int>]())).ownFailures == [.abandoned])
    }

    @Test(arguments: [0, 1, 2], [true, false]) func theFirstFailureCancelsTheOthers(failing: Int, before: Bool) {
        var cancelled: [Int] = []
        let members = (0..<3).map { index in Deferred<Int> { cancelled.append(index) } }
        if before { members[failing].fail(Boom(number: failing)) }
        let outcome = Outcome(gather(members))
        if !before { members[failing].fail(Boom(number: failing)) }
        #expect(outcome.booms == [Boom(number: failing)])
        #expect(cancelled == (0..<3).filter { $0 != failing })
        for (index, member) in members.enumerated() where index != failing { member.succeed(9) }
        #expect(outcome.errors.count == 1)
    }

    @Test func resultsOfSuccessAndFailureAreCollected() {
        let members = (0..<3).map { _ in Deferred<Int>() }
        let outcome = Outcome(gatherResults(members))
        members[2].fail(Boom(number: 2))
        members[0].succeed(0)
        members[1].cancel()
        let results = outcome.values.first ?? []
        #expect(results.count == 3)
        #expect(results.map { try? $0.get() } == [0, nil, nil])
    }

    @Test func cancellingTheWholeCancelsTheMembers() {
        var cancelled: [Int] = []
        func members() -> [Deferred<Int>] { (0..<3).map { index in Deferred<Int> { cancelled.append(index) } } }
        let makers: [([Deferred<Int>]) -> (cancel: () -> Void, failures: () -> Int)] = [
            { list in
                let whole = gather(list)
                let outcome = Outcome(whole)
                return (whole.cancel, { outcome.ownFailures == [.cancelled] ? 1 : 0 })
            },
            { list in
                let whole = gatherResults(list)
                let outcome = Outcome(whole)
                return (whole.cancel, { outcome.values.first?.count == 3 ? 1 : 0 })
            },
            { list in
                let whole = race(list)
                let outcome = Outcome(whole)
                return (whole.cancel, { (outcome.errors.first as? RaceLost)?.errors.count == 3 ? 1 : 0 })
            },
            { list in
                let whole = firstResult(of: list)
                let outcome = Outcome(whole)
                return (whole.cancel, { outcome.ownFailures == [.cancelled] ? 1 : 0 })
            },
        ]
        for make in makers {
            cancelled = []
            let list = members()
            let whole = make(list)
            whole.cancel()
            #expect(cancelled == [0, 1, 2])
            #expect(whole.failures() == 1)
        }
    }

    @Test func tuplesKeepTheirTypes() {
        let (number, text) = (Deferred<Int>(), Deferred<String>())
        let outcome = Outcome(gather(number, text, Deferred<Bool>.succeeded(true)))
        text.succeed("a")
        #expect(outcome.isEmpty)
        number.succeed(1)
        #expect(outcome.values.first?.0 == 1)
        #expect(outcome.values.first?.1 == "a")
        #expect(outcome.values.first?.2 == true)
    }

    @Test func aTupleFailsFastAndCancels() {
        var cancels = 0
        let (number, text) = (Deferred<Int>(), Deferred<String> { cancels += 1 })
        let failed = gather(number, text).map { "\($0)" }
        let outcome = Outcome(failed)
        number.fail(Boom())
        #expect(outcome.booms == [Boom()])
        #expect(cancels == 1)
    }

    @Test(arguments: [0, 1, 2], [true, false]) func theFirstSuccessWinsTheRace(winner: Int, before: Bool) {
        var cancelled: [Int] = []
        let members = (0..<3).map { index in Deferred<Int> { cancelled.append(index) } }
        if before { members[winner].succeed(winner) }
        let outcome = Outcome(race(members))
        if !before { members[winner].succeed(winner) }
        #expect(outcome.values == [winner])
        #expect(cancelled == (0..<3).filter { $0 != winner })
    }

    @Test func aRaceGoesOnAfterFailuresAndTellsThemAllWhenLost() {
        let members = (0..<3).map { _ in Deferred<Int>() }
        let (outcome, lost) = (Outcome(race(members)), Outcome(race(members.prefix(2))))
        members[1].fail(Boom(number: 1))
        members[0].fail(Boom(number: 0))
        #expect((lost.errors.first as? RaceLost)?.errors as? [Boom] == [Boom(number: 0), Boom(number: 1)])
        #expect(outcome.isEmpty)
        members[2].succeed(2)
        #expect(outcome.values == [2])
    }

    @Test func theLosersAreCancelledBeforeTheWinnerIsHeard() {
        var seen: [String] = []
        let loser = Deferred<Int> { seen.append("cancel") }
        let winner = Deferred<Int>()
        race([loser, winner]).whenDone { _ in seen.append("won") }
        winner.succeed(1)
        #expect(seen == ["cancel", "won"])
    }

    @Test func aLoserThatAnswersItsCancelDoesNotWin() {
        var own: Deferred<Int>?
        let loser = Deferred<Int> { own?.succeed(1) }
        own = loser
        let outcome = Outcome(race([loser, .succeeded(2)]))
        own = nil
        #expect(outcome.values == [2])
    }

    @Test(arguments: [true, false]) func firstTakesFailuresToo(fails: Bool) {
        var cancels = 0
        let (slow, quick) = (Deferred<Int> { cancels += 1 }, Deferred<Int>())
        let outcome = Outcome(firstResult(of: [slow, quick]))
        quick.settle(fails ? .failure(Boom()) : .success(1))
        #expect(cancels == 1)
        #expect(outcome.values == (fails ? [] : [1]))
        #expect(outcome.booms == (fails ? [Boom()] : []))
    }

    @Test func membersNobodyCanFireFailTheWhole() {
        var member: Deferred<Int>? = Deferred()
        let outcome = Outcome(gather([member ?? Deferred(), .succeeded(1)]))
        #expect(outcome.isEmpty)
        member = nil
        #expect(member == nil)
        #expect(outcome.ownFailures == [.abandoned])
    }

    @Test func foldsInOrderAndWithoutStack() {
        let sum = Outcome(fold(1...manyLinks, into: 0) { .succeeded($0 + $1) })
        #expect(sum.values == [manyLinks * (manyLinks + 1) / 2])
        var waiting: [Deferred<String>] = []
        let outcome = Outcome(
            fold(["b", "c"], into: "a") { text, element in
                let step = Deferred<String>()
                waiting.append(step)
                return step.map { text + $0 + element }
            })
        waiting.first?.succeed("-")
        #expect(waiting.count == 2)
        waiting.last?.succeed("+")
        #expect(outcome.values == ["a-b+c"])
    }

    @Test func aFoldEndsWithTheFirstFailure() {
        var steps = 0
        let failing = fold(1...3, into: 0) { value, element -> Deferred<Int> in
            steps += 1
            if element == 2 { throw Boom(number: element) }
            return .succeeded(value)
        }
        #expect(Outcome(failing).booms == [Boom(number: 2)])
        #expect(steps == 2)
    }

    @Test func cancellingAFoldCancelsItsStep() {
        var (cancels, steps) = (0, 0)
        var waiting: Deferred<Int>?
        let whole = fold(1...3, into: 0) { _, _ in
            steps += 1
            let step = Deferred<Int> { cancels += 1 }
            waiting = step
            return step
        }
        let outcome = Outcome(whole)
        whole.cancel()
        waiting?.succeed(1)
        #expect((cancels, steps) == (1, 1))
        #expect(outcome.ownFailures == [.cancelled])
    }
}
