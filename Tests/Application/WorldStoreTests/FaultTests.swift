import Testing
import WorldModel
import WorldStore
import WorldStoreTesting

/// Lets the nth call of each kind fail, once and for good.
@Suite struct FaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var call: FaultVolume.Call
        var code: FaultVolume.Code
        var sticky: Bool
        var testDescription: String { "\(call) \(code) \(sticky ? "for good" : "once")" }
    }

    static let cases: [Case] = [false, true].flatMap { sticky in
        [
            Case(call: .open, code: .cannotOpen, sticky: sticky),
            Case(call: .read, code: .readFailed, sticky: sticky),
            Case(call: .write, code: .writeFailed, sticky: sticky),
            Case(call: .sync, code: .syncFailed, sticky: sticky),
            Case(call: .truncate, code: .truncateFailed, sticky: sticky),
            Case(call: .delete, code: .deleteFailed, sticky: sticky),
        ]
    }

    @Test(arguments: cases) func oneFailedCallNeverMakesAWrongPromise(_ test: Case) {
        var script = WorldScript(seed: 5)
        let records = script.play(24)
        let clean = FaultVolume()
        _ = Session(path: clean.database, options: clean.busyOptions, records: records).run()
        let total = clean.calls(test.call)
        var refused = 0
        for nth in stride(from: 1, through: max(total, 1), by: max(1, Int(total) / 40)) {
            let volume = FaultVolume()
            volume.fail(test.call, nth: nth, sticky: test.sticky, with: test.code)
            let session = Session(path: volume.database, options: volume.busyOptions, records: records)
            let heard = session.run()
            if heard?.fatal.isEmpty != true { refused += 1 }
            #expect(heard == nil || heard?.fatal.isEmpty == false || heard?.durable.last == 24)
            #expect(heard?.durableAfterFatal ?? 0 == 0)
            #expect(heard?.fatal.count ?? 0 <= 1)
            volume.heal()
            // First the process is gone, then the power as well.
            volume.endProcess()
            let proof = RecoveryProof(records: records, published: heard?.durable.last ?? 0)
            #expect(proof.findings(path: volume.database, options: volume.options) == [], "call \(nth)")
            volume.cutPower(seed: nth)
            volume.powerOn()
            #expect(proof.findings(path: volume.database, options: volume.options) == [], "call \(nth), power cut")
        }
        // Truncations and deletions are tidying; SQLite does without.
        if [.read, .write, .sync].contains(test.call) { #expect(refused > 0) }
    }

    @Test func aFailedSyncEndsEverythingAtOnce() throws {
        let volume = FaultVolume()
        var script = WorldScript(seed: 5)
        let records = script.play(20)
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: volume.database, options: volume.options).startCommitter(
            events: probe.events)
        committer.submit(Array(records[..<10]))
        #expect(probe.waitForDurable(10))
        // Once only: a second try would succeed, and prove nothing.
        volume.fail(.sync, with: .syncFailed)
        committer.submit(Array(records[10...]))
        let heard = probe.wait { !$0.fatal.isEmpty }
        let syncs = volume.calls(.sync)
        committer.submit(records)
        committer.stop()
        #expect(heard.fatal.count == 1 && committer.durable == 10)
        #expect(probe.soFar.durable.last == 10 && probe.soFar.durableAfterFatal == 0)
        #expect(volume.calls(.sync) == syncs)
    }
}
