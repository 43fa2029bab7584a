import Testing
import WorldModel
import WorldStore
import WorldStoreTesting

/// Cuts the power at each write and sync of a script, on a disk that loses, tears and reorders what was not synced.
@Suite struct PowerCutTests {
    /// One run that loses power at a change; nil when the script ended before it.
    private func findings(
        cutAt change: UInt64, seed: UInt64, records: [TurnRecord], lies: Bool = false, releasesEarly: Bool = false
    ) -> [String]? {
        let volume = FaultVolume()
        volume.setSyncLies(lies)
        volume.cutPower(atChange: change, seed: seed)
        var options = volume.busyOptions
        options.releasesEarly = releasesEarly
        let heard = Session(path: volume.database, options: options, records: records).run { !volume.hasPower }
        if volume.hasPower { return nil }
        volume.powerOn()
        if !lies, let damage = LogScan.damage(in: volume.content(of: volume.database + "-wal") ?? []) {
            return ["a power cut is taken for damage: \(damage)"]
        }
        let proof = RecoveryProof(records: records, published: heard?.durable.last ?? 0)
        return proof.findings(path: volume.database, options: options)
    }

    private func script() -> [TurnRecord] {
        var script = WorldScript(seed: 11)
        return script.play(40)
    }

    @Test func nothingPublishedIsLostAndNoTurnIsHalfDone() {
        let records = script()
        // The number of changes varies a little with how the threads run.
        var change: UInt64 = 1
        var tried = 0
        let limit = crashPoints(400)
        while tried < limit {
            guard let found = findings(cutAt: change, seed: UInt64(tried) &* 7_919, records: records) else {
                if change == 1 { break }
                change = 1
                continue
            }
            #expect(found == [], "cut at change \(change), round \(tried)")
            tried += 1
            change += 1
        }
        #expect(tried == limit)
    }

    @Test func aSecondCutWhileRecoveringLosesNothing() {
        let records = script()
        for round in 0..<UInt64(crashPoints(60)) {
            let volume = FaultVolume()
            volume.cutPower(atChange: 40 + round * 3, seed: round)
            let options = volume.busyOptions
            let session = Session(path: volume.database, options: options, records: records)
            var published = session.run { !volume.hasPower }?.durable.last ?? 0
            volume.powerOn()
            volume.cutPower(atChange: 1 + round % 20, seed: round &+ 1)
            published = max(published, session.run { !volume.hasPower }?.durable.last ?? 0)
            volume.powerOn()
            let proof = RecoveryProof(records: records, published: published)
            #expect(proof.findings(path: volume.database, options: options) == [], "round \(round)")
        }
    }

    @Test func theProofFindsADiskThatLies() {
        let records = script()
        let lost = (0..<60).contains { round in
            findings(cutAt: 60 + UInt64(round), seed: UInt64(round), records: records, lies: true)?.isEmpty == false
        }
        #expect(lost)
    }

    @Test func theProofFindsAReleaseBeforeTheCommit() {
        let records = script()
        let lost = (0..<100).contains { round in
            findings(cutAt: 30 + UInt64(round), seed: UInt64(round), records: records, releasesEarly: true)?.isEmpty
                == false
        }
        #expect(lost)
    }
}
