import CFaultVolume
package import WorldStore

/// A disk in memory for SQLite databases, with faults and power cuts on demand.
///
/// Every path that begins with ``path`` is on the volume; a ``StoredWorld`` (or any SQLite connection of the process)
/// uses it like a directory. The volume knows what the machine sees and what the medium would hold if the power
/// failed now.
///
/// ```swift
/// let volume = FaultVolume()
/// volume.cutPower(atChange: 12, seed: 1)
/// …                                   // the 12th write, sync, truncation or deletion fails, and all after it
/// volume.powerOn()
/// let store = try StoredWorld(path: volume.database, options: volume.options)
/// ```
///
/// | Control | What it breaks | What a durability test must then find |
/// | --- | --- | --- |
/// | ``setSyncLies(_:)`` | a sync reports success and does nothing | turns lost after a power cut |
/// | `StoreOptions.releasesEarly` | turns are published before their commit | the same |
///
/// `@unchecked Sendable`: the C volume takes its own mutex in every call, and the pointer never changes.
///
/// - SeeAlso: `WorldStoreTests`.
package final class FaultVolume: @unchecked Sendable {
    /// The kinds of calls that are counted and can fail.
    package enum Call: CInt, CaseIterable, Sendable {
        case open, read, write, sync, truncate, delete
    }

    /// A code SQLite's file system may return.
    package enum Code: CInt, CaseIterable, Sendable {
        case cannotOpen = 14
        case full = 13
        case readFailed = 266
        case writeFailed = 778
        case syncFailed = 1034
        case truncateFailed = 1546
        case deleteFailed = 2570
    }

    private let disk: OpaquePointer

    /// Makes an empty volume with power on.
    package init() {
        guard let disk = fault_volume_make() else { fatalError("SQLite takes no further file system") }
        self.disk = disk
    }

    deinit {
        fault_volume_drop(disk)
    }

    /// What the paths of this volume begin with, ending in a slash.
    package var path: String { "/faulty-\(fault_volume_number(disk))/" }

    /// Where tests put the world.
    package var database: String { path + "world.db" }

    /// Store options for this volume: no lock and no ballast, as those are files of the real file system.
    package var options: StoreOptions {
        var options = StoreOptions()
        options.locksDirectory = false
        options.ballastBytes = 0
        return options
    }

    // MARK: Counting

    /// Calls of a kind since the volume was made.
    package func calls(_ call: Call) -> UInt64 { fault_volume_calls(disk, call.rawValue) }

    /// Writes, syncs, truncations and deletions since the volume was made.
    package var changes: UInt64 { fault_volume_changes(disk) }

    // MARK: Faults

    /// Lets the `nth` call of a kind from now fail; 1 is the next.
    package func fail(_ call: Call, nth: UInt64 = 1, sticky: Bool = false, with code: Code) {
        fault_volume_fail(disk, call.rawValue, nth, sticky ? 1 : 0, code.rawValue)
    }

    /// Ends all faults, a limit of the capacity included; ``setSyncLies(_:)`` stays.
    package func heal() { fault_volume_heal(disk) }

    /// Lets every write that would make the files larger than `octets` in all fail as on a full disk.
    package func limitCapacity(to octets: Int) { fault_volume_capacity(disk, Int64(octets)) }

    /// Lets every sync report success and do nothing, as bad disks do.
    package func setSyncLies(_ lies: Bool) { fault_volume_sync_lies(disk, lies ? 1 : 0) }

    // MARK: Power

    /// Cuts the power now.
    ///
    /// What was synced stays; of what was not, a subset chosen by `seed`, whole writes or sectors of 512 octets.
    /// Files that are open fail from now on.
    package func cutPower(seed: UInt64) { fault_volume_cut_power(disk, seed) }

    /// Cuts the power in the middle of the `nth` change from now; 1 is the next.
    package func cutPower(atChange nth: UInt64, seed: UInt64) { fault_volume_cut_power_at(disk, nth, seed) }

    /// Lets every open file fail from now on and loses nothing, as when a process is killed.
    package func endProcess() { fault_volume_end_process(disk) }

    package var hasPower: Bool { fault_volume_has_power(disk) != 0 }

    /// Lets files be opened again, and forgets a cut that has not happened.
    package func powerOn() { fault_volume_power_on(disk) }

    // MARK: Files

    /// Size of a file in octets; nil when there is none.
    package func size(of file: String) -> Int? {
        let size = fault_volume_size(disk, file)
        return size < 0 ? nil : Int(size)
    }

    /// A file's content as the machine sees it.
    package func content(of file: String) -> [UInt8]? {
        guard let size = size(of: file) else { return nil }
        var bytes = [UInt8](repeating: 0, count: size)
        return fault_volume_peek(disk, file, 0, &bytes, Int64(size)) == 0 ? nil : bytes
    }

    /// Overwrites octets of a file, on the medium too.
    ///
    /// - Returns: Whether the range lies inside the file.
    @discardableResult
    package func overwrite(_ file: String, at offset: Int, with bytes: [UInt8]) -> Bool {
        fault_volume_poke(disk, file, Int64(offset), bytes, Int64(bytes.count)) != 0
    }
}
