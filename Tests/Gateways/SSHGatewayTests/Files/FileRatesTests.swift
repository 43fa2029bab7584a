import Basics
import ReactorCore
import SFTPWire
import ShellPeers
import Testing
import WorldModel

@testable import SSHGateway

/// How often players look at files.
@Suite struct FileRatesTests {
    private func instant(_ milliseconds: Int) -> MonotonicInstant {
        MonotonicInstant.zero.advanced(by: .milliseconds(milliseconds))
    }

    @Test func whatIsSavedUpIsHadAtOnceAndMoreWaits() throws {
        let stage = try TreeStage()
        var rates = FileRates()
        for _ in 0..<FileRates.burst { #expect(rates.take(stage.ada.id, at: instant(0)) == .zero) }
        #expect(rates.take(stage.ada.id, at: instant(0)) == .milliseconds(2))
        #expect(rates.take(stage.ada.id, at: instant(0)) == .milliseconds(4))
        // Five hundred a second.
        #expect(rates.take(stage.ada.id, at: instant(6)) == .zero)
        #expect(rates.take(stage.ada.id, at: instant(6)) == .milliseconds(2))
    }

    @Test func othersAreNotAtAFaultAndThoseWhoRestAreForgotten() throws {
        let stage = try TreeStage()
        var rates = FileRates()
        for _ in 0..<5_000 { _ = rates.take(stage.ada.id, at: instant(0)) }
        stage.world.beginTurn(at: stage.world.now, seed: 1)
        let people = (0..<2_000).map { _ in stage.world.create().id }
        _ = stage.world.endTurn()
        for (index, person) in people.enumerated() {
            #expect(rates.take(person, at: instant(1_000 + index * 10)) == .zero)
        }
        #expect(rates.count < 600)
    }

    @Test func manyLooksOfOnePlayerWaitInAllTheirSessions() throws {
        let stage = try TreeStage()
        stage.settle()
        let home = try stage.path("/homepage")
        let trees = (0..<2).map { _ in
            GameTree(
                game: stage.game, persona: stage.ada, origin: "ssh 192.0.2.7", editing: nil, refusals: FileRefusals(),
                budgets: stage.budgets)
        }
        var answerCount = 0
        // So many would take sixteen seconds.
        for index in 0..<10_000 { trees[index % 2].attributes(of: home).whenDone { _ in answerCount += 1 } }
        stage.pass()
        #expect(answerCount >= FileRates.burst && answerCount < 10_000)
        let before = answerCount
        for _ in 0..<1_000 where answerCount == before { stage.reactor.runOnePass(waitingAtMost: .milliseconds(20)) }
        #expect(answerCount > before)
    }

    @Test func roomAndTimesFollowEachWrite() throws {
        let stage = try TreeStage()
        let home = try stage.path("/homepage")
        let before = try #require(try stage.get(stage.tree.space(of: home)))
        try stage.write("Hello.", to: "/homepage/a.txt")
        let after = try #require(try stage.get(stage.tree.space(of: home)))
        #expect(after.freeOctets == before.freeOctets - 6 && after.freeFiles == before.freeFiles - 1)
        try stage.get(stage.tree.remove(try stage.path("/homepage/a.txt")))
        let last = try #require(try stage.get(stage.tree.space(of: home)))
        #expect(last.freeOctets == before.freeOctets && last.freeFiles == before.freeFiles)
    }
}
