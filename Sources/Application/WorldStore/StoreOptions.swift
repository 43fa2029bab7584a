import WorldModel

/// How a world database is opened and kept; the defaults are for a server.
package struct StoreOptions: Sendable {
    /// Where `lock` and `ballast` are kept; nil means beside the database.
    package var directory: String?
    /// Whether a second process is kept out by `<directory>/lock`.
    package var locksDirectory = true
    /// Octets kept in reserve for the hour when the disk is full; 0 for none.
    package var ballastBytes = 16 << 20
    /// How long the committer must have nothing to do before it folds.
    package var foldDelay = KeptEvents.foldDelay
    /// Turns folded in one transaction when idle.
    package var foldSlice = 512
    /// Turns in the log above which folding no longer waits for an idle moment; bounds recovery.
    package var tailLimit = 20_000
    /// Turns in one transaction at most; bounds how long the first of them waits.
    package var largestGroup = 2_048
    /// WAL frames (pages of 4 KiB) above which the committer checkpoints.
    package var checkpointFrames = 1_000
    /// The first pause after a full disk; doubles up to four times as long.
    package var retryDelay: Duration = .milliseconds(250)
    /// How long ``Committer/stop()`` waits for a full disk before it gives up.
    package var stopPatience: Duration = .seconds(10)
    /// Tests only: publishes a turn before it is committed, a fault which every durability test must find.
    package var releasesEarly = false

    package init() {}
}
