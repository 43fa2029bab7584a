import Basics
import Testing

@testable import CredentialCore

extension GuessBudget {
    /// A guess that is wrong, if it is admitted.
    fileprivate mutating func guessWrong(account: String, source: String, now: MonotonicInstant) -> Verdict {
        let verdict = admit(account: account, source: source, now: now)

        return verdict
    }
}

@Suite struct GuessBudgetTests {
    private func at(_ seconds: Int) -> MonotonicInstant { .zero.advanced(by: .seconds(seconds)) }

    @Test func tenGuessesThenAWait() {
        var budget = GuessBudget()
        for second in 0..<10 {
            #expect(budget.guessWrong(account: "ada", source: "192.0.2.1", now: at(second)) == .admitted)
        }
        #expect(
            budget.guessWrong(account: "ada", source: "192.0.2.1", now: at(10)) == .refused(wait: .seconds(590)))
        #expect(budget.guessWrong(account: "ada", source: "192.0.2.1", now: at(599)) == .refused(wait: .seconds(1)))
        #expect(budget.guessWrong(account: "ada", source: "192.0.2.1", now: at(600)) == .admitted)
        #expect(budget.guessWrong(account: "ada", source: "192.0.2.1", now: at(600)) == .refused(wait: .seconds(1)))
    }

    @Test func whatIsOnlyAskedIsNotChargedAndWhatIsChargedIsCounted() {
        var budget = GuessBudget(limit: 2)
        for _ in 0..<100 { #expect(budget.verdict(account: "ada", source: "192.0.2.1", now: at(0)) == .admitted) }
        // Those that were looked at side by side may be more than are admitted one after the other.
        for _ in 0..<3 { budget.charge(account: "ada", source: "192.0.2.1", now: at(0)) }
        #expect(budget.verdict(account: "ada", source: "192.0.2.2", now: at(1)) == .refused(wait: .seconds(599)))
        #expect(budget.admit(account: "ada", source: "192.0.2.2", now: at(1)) == .refused(wait: .seconds(599)))
        #expect(budget.admit(account: "bob", source: "192.0.2.1", now: at(1)) == .admitted)
    }

    @Test func accountIsCountedOverAllSources() {
        var budget = GuessBudget(limit: 3)
        for source in 1...3 {
            #expect(budget.guessWrong(account: "ada", source: "192.0.2.\(source)", now: at(0)) == .admitted)
        }
        #expect(budget.guessWrong(account: "ADA", source: "192.0.2.9", now: at(0)) == .refused(wait: .seconds(600)))
        #expect(budget.guessWrong(account: "bob", source: "192.0.2.9", now: at(0)) == .admitted)
    }

    @Test func sourceIsCountedOverAllAccountsAtThreeTimesTheLimit() {
        var budget = GuessBudget(limit: 2)
        for name in ["ada", "bob", "cyd", "dan", "eve", "flo"] {
            #expect(budget.guessWrong(account: name, source: "192.0.2.1", now: at(0)) == .admitted)
        }
        #expect(budget.guessWrong(account: "dot", source: "192.0.2.1", now: at(0)) == .refused(wait: .seconds(600)))
        #expect(budget.guessWrong(account: "dot", source: "192.0.2.2", now: at(0)) == .admitted)
    }

    @Test func whoWasKnownBeforeARestartIsNotLockedOut() {
        var budget = GuessBudget(limit: 1)
        budget.know(account: "Ada", key: GuessBudget.sourceKey("2001:db8::1"))
        #expect(budget.guessWrong(account: "ada", source: "192.0.2.1", now: at(0)) == .admitted)
        #expect(budget.guessWrong(account: "ada", source: "192.0.2.2", now: at(0)) == .refused(wait: .seconds(600)))
        #expect(budget.admit(account: "ada", source: "2001:db8::2", now: at(0)) == .admitted)
    }

    @Test func aNeighboursWrongGuessesDoNotKeepOutWhoIsKnownHere() {
        var budget = GuessBudget(limit: 1)
        #expect(budget.admit(account: "ada", source: "home", now: at(0)) == .admitted)
        budget.succeeded(account: "ada", source: "home")
        for name in ["bob", "cyd", "dan"] {
            #expect(budget.guessWrong(account: name, source: "home", now: at(1)) == .admitted)
        }
        #expect(budget.guessWrong(account: "eve", source: "home", now: at(1)) == .refused(wait: .seconds(600)))
        #expect(budget.admit(account: "ada", source: "home", now: at(1)) == .admitted)
        #expect(budget.admit(account: "ada", source: "home", now: at(1)) == .refused(wait: .seconds(600)))
    }

    /// Each who is in makes room for the next; the limit is for those whose passwords are being checked.
    @Test func aSchoolBehindOneAddressMayComeIn() {
        var budget = GuessBudget(limit: 3)
        for row in 0..<10 {
            let pupils = (0..<9).map { "pupil\(row).\($0)" }
            for pupil in pupils {
                #expect(budget.admit(account: pupil, source: "192.0.2.1", now: at(0)) == .admitted)
            }
            for pupil in pupils { budget.succeeded(account: pupil, source: "192.0.2.1") }
        }
        #expect(budget.admit(account: "late", source: "192.0.2.1", now: at(0)) == .admitted)
    }

    /// A hundred guesses at the same moment, at as many accounts, are no more than one after the other.
    @Test func guessesUnderWayCountForTheirSource() {
        var budget = GuessBudget()
        let admitted = (0..<100).count { budget.admit(account: "a\($0)", source: "192.0.2.1", now: at(0)) == .admitted }
        #expect(admitted == budget.sourceMinuteLimit)
        budget.withdraw(account: "a0", source: "192.0.2.1")
        budget.acquit(source: "192.0.2.1")
        #expect(budget.admit(account: "b", source: "192.0.2.1", now: at(1)) == .admitted)
        #expect(budget.admit(account: "c", source: "192.0.2.1", now: at(1)) == .admitted)
        #expect(budget.admit(account: "d", source: "192.0.2.1", now: at(1)) != .admitted)
    }

    /// However many names, and however patient.
    @Test func aSourceHasTwentyGuessesAMinuteAndThirtyInTen() {
        var budget = GuessBudget()
        var admitted: [Int] = []
        for second in 0..<1200 where budget.admit(account: "a\(second)", source: "a", now: at(second)) == .admitted {
            admitted.append(second)
        }
        for start in 0..<1200 {
            #expect(admitted.count { $0 >= start && $0 < start + 60 } <= budget.sourceMinuteLimit)
            #expect(admitted.count { $0 >= start && $0 < start + 600 } <= budget.sourceLimit)
        }
        #expect(admitted.count == 2 * budget.sourceLimit)
        #expect(Array(admitted.prefix(21)) == Array(0..<20) + [60])
    }

    @Test func refusalChargesNothing() {
        var budget = GuessBudget(limit: 1, window: .seconds(10))
        #expect(budget.guessWrong(account: "ada", source: "a", now: at(0)) == .admitted)
        for second in 1..<10 {
            #expect(
                budget.guessWrong(account: "ada", source: "a", now: at(second)) == .refused(wait: .seconds(10 - second))
            )
        }
        #expect(budget.guessWrong(account: "ada", source: "a", now: at(10)) == .admitted)
    }

    @Test func successClearsTheAccountButNotTheSource() {
        var budget = GuessBudget(limit: 1)
        for name in ["victim", "other"] {
            #expect(budget.guessWrong(account: name, source: "evil", now: at(0)) == .admitted)
        }
        #expect(budget.admit(account: "mine", source: "evil", now: at(0)) == .admitted)
        budget.succeeded(account: "mine", source: "evil")
        #expect(budget.guessWrong(account: "third", source: "evil", now: at(0)) == .admitted)
        #expect(budget.guessWrong(account: "fourth", source: "evil", now: at(0)) == .refused(wait: .seconds(600)))
    }

    @Test func ownerComesInFromAKnownSourceWhileOthersGuess() {
        var budget = GuessBudget(limit: 2)
        #expect(budget.admit(account: "owner", source: "home", now: at(0)) == .admitted)
        budget.succeeded(account: "owner", source: "home")
        #expect(budget.guessWrong(account: "owner", source: "evil1", now: at(1)) == .admitted)
        #expect(budget.guessWrong(account: "owner", source: "evil2", now: at(1)) == .admitted)
        #expect(budget.guessWrong(account: "owner", source: "evil3", now: at(1)) == .refused(wait: .seconds(600)))
        #expect(budget.guessWrong(account: "owner", source: "home", now: at(1)) == .admitted)
        #expect(budget.guessWrong(account: "owner", source: "home", now: at(1)) == .admitted)
        #expect(budget.guessWrong(account: "owner", source: "home", now: at(1)) == .refused(wait: .seconds(600)))
    }

    @Test func neverMoreThanTheLimitInAnyWindow() {
        var budget = GuessBudget(limit: 4, window: .seconds(20))
        var admitted: [Int] = []
        for second in 0..<200 where budget.guessWrong(account: "ada", source: "a", now: at(second)) == .admitted {
            admitted.append(second)
        }
        for start in 0..<200 {
            #expect(admitted.count { $0 >= start && $0 < start + 20 } <= 4)
        }
        #expect(admitted.count == 40)
    }

    static let keys: [(String, String)] = [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "20:1:d:b8:0:1:0:2/64"),
        ("2001:db8:1:2::1", "20:1:d:b8:0:1:0:2/64"), ("fe80::1%eth0", "fe:80:0:0:0:0:0:0/64"), ("", ""),
        ("/run/door.sock", "/run/door.sock"), ("not:an:address", "not:an:address"),
    ]

    @Test(arguments: keys) func sourceKey(address: String, key: String) {
        #expect(GuessBudget.sourceKey(address) == key)
    }

    @Test func tableForgetsTheLongestUntouched() {
        var table = RecencyTable<Int, String>(capacity: 3)
        for key in 1...3 { table.store("\(key)", for: key) }
        table.store("one", for: 1)
        table.store("4", for: 4)
        #expect([1, 2, 3, 4].map { table.peek($0) } == ["one", nil, "3", "4"])
        table.remove(3)
        table.remove(3)
        table.store("5", for: 5)
        #expect([1, 3, 4, 5].map { table.peek($0) } == ["one", nil, "4", "5"])
        table.store("6", for: 6)
        #expect([1, 4, 5, 6].map { table.peek($0) } == [nil, "4", "5", "6"])
        #expect(table.count == 3)
    }

    @Test func tableAgreesWithAPlainModel() {
        var generator = SeededGenerator(seed: 7)
        var table = RecencyTable<Int, Int>(capacity: 8)
        var model: [(key: Int, value: Int)] = []
        for step in 0..<5000 {
            let key = Int.random(in: 0..<16, using: &generator)
            model.removeAll { $0.key == key }
            if Int.random(in: 0..<4, using: &generator) == 0 {
                table.remove(key)
            } else {
                table.store(step, for: key)
                model.append((key, step))
                if model.count > 8 { model.removeFirst() }
            }
            for key in 0..<16 { #expect(table.peek(key) == model.first { $0.key == key }?.value) }
        }
    }
}
