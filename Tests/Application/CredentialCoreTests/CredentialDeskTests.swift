import Basics
import Testing

@testable import CredentialCore

@Suite struct CredentialDeskTests {
    private let stored = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"

    private func answer(
        _ desk: CredentialDesk, _ password: String, _ stored: String?, account: String = "ada", source: String = "a"
    ) -> CredentialDesk.Verdict? {
        var verdict: CredentialDesk.Verdict?
        desk.verify(password, against: stored, account: account, source: source, now: .zero) { verdict = $0 }
        return verdict
    }

    @Test func rightAndWrong() throws {
        let desk = CredentialDesk(cost: .init(memory: 256, passes: 2, lanes: 1))
        #expect(answer(desk, "password", stored) == .accepted(renewed: nil))
        #expect(answer(desk, "other", stored) == .wrong)
        #expect(answer(desk, "password", "damaged") == .wrong)
        #expect(answer(desk, "password", nil) == .wrong)
    }

    @Test func oldCostIsRenewed() throws {
        let desk = CredentialDesk(cost: .trivial)
        guard case .accepted(let renewed?) = answer(desk, "password", stored) else {
            Issue.record("no renewed hash")
            return
        }
        #expect(PasswordHasher.readCost(of: renewed) == .trivial)
        #expect(PasswordHasher.verify("password", against: renewed))
    }

    @Test func guessesInFlightCount() {
        let desk = CredentialDesk(cost: .trivial, budget: GuessBudget(limit: 2))
        var done: [() -> Void] = []
        desk.runOnWorker = { job, home in done.append { home(job()) } }
        #expect(answer(desk, "1", stored) == nil)
        #expect(answer(desk, "2", stored) == nil)
        #expect(answer(desk, "password", stored) == .tooManyGuesses(wait: .seconds(600)))
        #expect(desk.waiting == 2)
        for finish in done { finish() }
        #expect(desk.waiting == 0)
        #expect(answer(desk, "password", stored) == .tooManyGuesses(wait: .seconds(600)))
    }

    @Test(arguments: [true, false])
    func aPasswordThatCouldNotBeCheckedChargesNothing(_ isKnown: Bool) {
        let desk = CredentialDesk(cost: .trivial, budget: GuessBudget(limit: 2))
        if isKnown { desk.budget.succeeded(account: "ada", source: "a") }
        desk.runOnWorker = { _, home in home(.failed(.noRandomness)) }
        for _ in 0..<5 { #expect(answer(desk, "password", stored) == .busy) }
        desk.runOnWorker = { job, home in home(job()) }
        for _ in 0..<2 { #expect(answer(desk, "1", stored) == .wrong) }
        #expect(answer(desk, "1", stored) == .tooManyGuesses(wait: .seconds(600)))
    }

    @Test func queueIsBoundedAndBusyChargesNothing() {
        let desk = CredentialDesk(cost: .trivial, budget: GuessBudget(limit: 2), waitingLimit: 1)
        var done: [() -> Void] = []
        desk.runOnWorker = { job, home in done.append { home(job()) } }
        #expect(answer(desk, "1", stored) == nil)
        for _ in 0..<5 { #expect(answer(desk, "2", stored, account: "bob", source: "b") == .busy) }
        var refusal: CredentialDesk.Refusal?
        desk.hash("new") { if case .failure(let reason) = $0 { refusal = reason } }
        #expect(refusal == .busy)
        done.removeFirst()()
        #expect(answer(desk, "2", stored, account: "bob", source: "b") == nil)
    }

    @Test func whoChangesPasswordsKeepsNobodyOut() {
        let desk = CredentialDesk(cost: .trivial, changeLimit: 2)
        var done: [() -> Void] = []
        desk.runOnWorker = { job, home in done.append { home(job()) } }
        var refusals = 0
        for _ in 0..<5 {
            desk.hash("new", forChange: true) { if case .failure = $0 { refusals += 1 } }
            desk.verify("password", against: stored, account: "eve", source: "e", forChange: true, now: .zero) {
                if $0 == .busy { refusals += 1 }
            }
        }
        #expect(refusals == 8 && desk.waiting == 2)
        #expect(answer(desk, "password", stored) == nil && desk.waiting == 3)
        for finish in done { finish() }
        #expect(desk.waiting == 0)
        desk.hash("new", forChange: true) { if case .failure = $0 { refusals += 1 } }
        #expect(refusals == 8)
    }

    @Test func newcomersLeaveRoomForThoseWhoComeBack() {
        let desk = CredentialDesk(cost: .trivial, waitingLimit: 4)
        desk.runOnWorker = { _, _ in }
        var refusals = 0
        for _ in 0..<5 { desk.hash("new") { if case .failure = $0 { refusals += 1 } } }
        #expect(refusals == 3 && desk.waiting == 2)
        #expect(answer(desk, "password", stored) == nil && desk.waiting == 3)
    }

    @Test func hashes() throws {
        let desk = CredentialDesk(cost: .trivial)
        var outcome: Result<String, CredentialDesk.Refusal>?
        desk.hash("new word") { outcome = $0 }
        let text = try #require(try outcome?.get())
        #expect(PasswordHasher.verify("new word", against: text))
        desk.hash(String(repeating: "x", count: 2000)) { outcome = $0 }
        #expect(throws: CredentialDesk.Refusal.failure(.tooLong)) { try outcome?.get() }
        #expect(desk.waiting == 0)
    }
}
