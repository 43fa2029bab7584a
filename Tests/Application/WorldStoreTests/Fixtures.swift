import FileAccessTesting
import Foundation
import WorldModel
import WorldStore
import WorldStoreTesting

/// A directory of the real file system that goes when the test ends.
final class TemporaryDirectory {
    private let folder: TemporaryFolder
    var path: String { folder.path }

    init() throws { folder = try TemporaryFolder() }

    var database: String { path + "/world.db" }
    var options: StoreOptions {
        var options = StoreOptions()
        options.ballastBytes = 0
        return options
    }
}

/// Opens a store, plays it a script's turns in groups, and stops; whatever goes wrong ends it early.
struct Session {
    var path: String
    var options: StoreOptions
    var records: [TurnRecord]
    var group = 3

    /// - Returns: What the committer told; nil when the store did not open.
    func run(until interrupted: () -> Bool = { false }) -> CommitterProbe.Heard? {
        let world = World()
        let probe = CommitterProbe()
        do throws(StoreFailure) {
            let store = try StoredWorld(path: path, options: options)
            _ = try store.load(into: world)
            let committer = store.startCommitter(events: probe.events)
            var rest = records.dropFirst(Int(world.sequence))
            while !rest.isEmpty, !interrupted() {
                let batch = Array(rest.prefix(group))
                rest = rest.dropFirst(group)
                committer.submit(batch)
                if !probe.waitForDurable(batch[batch.count - 1].sequence) { break }
            }
            committer.stop()
            return probe.soFar
        } catch {
            return nil
        }
    }

    var proof: RecoveryProof { RecoveryProof(records: records, published: 0) }
}

extension FaultVolume {
    /// Options that make folds, forced folds and checkpoints happen within a few dozen turns.
    var busyOptions: StoreOptions {
        var options = options
        options.foldDelay = .zero
        options.foldSlice = 2
        options.tailLimit = 6
        options.largestGroup = 4
        options.checkpointFrames = 12
        options.retryDelay = .milliseconds(1)
        return options
    }
}

/// How many crash points to try; `MUD_CRASH_POINTS` overrides it.
func crashPoints(_ usual: Int) -> Int {
    ProcessInfo.processInfo.environment["MUD_CRASH_POINTS"].flatMap { Int($0) } ?? usual
}
