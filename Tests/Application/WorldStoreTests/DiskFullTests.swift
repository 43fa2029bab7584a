import Foundation
import Testing
import WorldModel
import WorldStore
import WorldStoreTesting

@Suite struct DiskFullTests {
    @Test func turnsWaitForRoomAndNothingIsLost() throws {
        let volume = FaultVolume()
        var script = WorldScript(seed: 9)
        let records = script.play(600)
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: volume.database, options: volume.busyOptions)
            .startCommitter(events: probe.events)
        committer.submit(Array(records[..<10]))
        #expect(probe.waitForDurable(10))
        volume.limitCapacity(to: 40_000)
        for start in stride(from: 10, to: 600, by: 59) { committer.submit(Array(records[start..<(start + 59)])) }
        #expect(probe.wait { !$0.stalls.isEmpty }.stalls.first == .diskFull)
        #expect(committer.durable < 600 && committer.statistics().stalled == .diskFull)
        volume.heal()
        #expect(probe.waitForDurable(600))
        #expect(probe.wait { $0.recoveries == $0.stalls.count }.fatal.isEmpty)
        committer.stop()
        #expect(committer.statistics().stalled == nil)
        let proof = RecoveryProof(records: records, published: 600)
        #expect(proof.findings(path: volume.database, options: volume.options) == [])
    }

    @Test(arguments: [false, true]) func anyWriteMayFindTheDiskFull(sticky: Bool) throws {
        var script = WorldScript(seed: 5)
        let records = script.play(24)
        for nth in stride(from: UInt64(1), through: 200, by: 7) {
            let volume = FaultVolume()
            // Not while the store is being made: that is refused, and tested with the other faults.
            try StoredWorld(path: volume.database, options: volume.busyOptions).close()
            volume.fail(.write, nth: nth, sticky: sticky, with: .full)
            let probe = CommitterProbe()
            let committer = try StoredWorld(path: volume.database, options: volume.busyOptions)
                .startCommitter(events: probe.events)
            for record in records {
                committer.submit([record])
                let heard = probe.wait { $0.durable.last == record.sequence || !$0.stalls.isEmpty || !$0.fatal.isEmpty }
                if !heard.stalls.isEmpty { volume.heal() }
            }
            #expect(probe.waitForDurable(24))
            committer.stop()
            #expect(probe.soFar.fatal == [])
            let proof = RecoveryProof(records: records, published: 24)
            #expect(proof.findings(path: volume.database, options: volume.options) == [], "write \(nth)")
        }
    }

    @Test func theBallastIsGivenUpAndTakenBack() throws {
        let directory = try TemporaryDirectory()
        let volume = FaultVolume()
        var options = volume.busyOptions
        options.directory = directory.path
        options.ballastBytes = 64 << 10
        let ballast = directory.path + "/ballast"
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: volume.database, options: options).startCommitter(events: probe.events)
        #expect(FileManager.default.fileExists(atPath: ballast))
        volume.fail(.write, sticky: true, with: .full)
        var script = WorldScript(seed: 1)
        let records = script.play(5)
        committer.submit(records)
        probe.wait { !$0.stalls.isEmpty }
        #expect(!FileManager.default.fileExists(atPath: ballast))
        #expect(!committer.statistics().hasBallast)
        volume.heal()
        #expect(probe.waitForDurable(5))
        probe.wait { $0.recoveries == 1 }
        #expect(FileManager.default.fileExists(atPath: ballast))
        committer.stop()
    }

    @Test func stoppingOnAFullDiskGivesUpInTheEnd() throws {
        let volume = FaultVolume()
        var options = volume.busyOptions
        options.stopPatience = .milliseconds(5)
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: volume.database, options: options).startCommitter(events: probe.events)
        volume.fail(.write, sticky: true, with: .full)
        var script = WorldScript(seed: 1)
        committer.submit(script.play(5))
        committer.stop()
        #expect(probe.soFar.fatal.count == 1 && committer.durable == 0)
    }
}
