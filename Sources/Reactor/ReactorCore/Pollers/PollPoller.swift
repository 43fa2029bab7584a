import CLinux
import Glibc

/// The portable poller, by `poll(2)`: for systems without anything better, and to compare others with.
///
/// - Complexity: O(1) for each change, without a system call but the check of ``add(_:token:interest:)``;
///   O(watched) for a wait, in the kernel and here.
/// - Limits: none of its own; the kernel takes as many descriptors as the process may have open.
@safe public final class PollPoller: Poller {
    /// What the kernel is given, without gaps; `tokens` runs in parallel.
    private var entries: [pollfd] = []
    private var tokens: [UInt64] = []

    /// The place of each descriptor in `entries`, by its number; negative when it is not watched.
    private var places: [Int32] = []

    /// Makes a poller that watches nothing.
    public init() {}

    /// Starts watching a descriptor.
    ///
    /// - Throws: ``SystemFailure`` with `EEXIST` for one that is watched, `EBADF` for one that is not open,
    ///   `EPERM` for a regular file or directory.
    public func add(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {
        try verifyPollable(descriptor, call: "poll")
        guard place(of: descriptor) == nil else { throw SystemFailure(code: EEXIST, call: "poll") }
        while places.count <= Int(descriptor) { places.append(-1) }
        places[Int(descriptor)] = Int32(entries.count)
        entries.append(pollfd(fd: descriptor, events: interest.pollEvents, revents: 0))
        tokens.append(token)
    }

    /// Changes what a descriptor waits for.
    ///
    /// - Throws: ``SystemFailure`` with `ENOENT` when it is not watched.
    public func modify(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {
        guard let place = place(of: descriptor) else { throw SystemFailure(code: ENOENT, call: "poll") }
        entries[place].events = interest.pollEvents
        tokens[place] = token
    }

    /// Stops watching a descriptor; the last one of the list takes its place.
    public func remove(_ descriptor: Int32) {
        guard let place = place(of: descriptor) else { return }
        places[Int(descriptor)] = -1
        let last = entries.removeLast()
        let lastToken = tokens.removeLast()
        guard place < entries.count else { return }
        entries[place] = last
        tokens[place] = lastToken
        places[Int(last.fd)] = Int32(place)
    }

    /// Waits for descriptors, to the nanosecond (`ppoll(2)`).
    public func wait(nanoseconds: Int64, into ready: inout [ReadyDescriptor]) {
        let count = unsafe entries.withUnsafeMutableBufferPointer {
            unsafe clinux_poll($0.baseAddress, nfds_t($0.count), nanoseconds)
        }
        var missing = Int(count)
        var place = 0
        while missing > 0, place < entries.count {
            let events = entries[place].revents
            if events != 0 {
                ready.append(ReadyDescriptor(token: tokens[place], readiness: Readiness(pollEvents: events)))
                missing -= 1
            }
            place += 1
        }
    }

    private func place(of descriptor: Int32) -> Int? {
        guard places.indices.contains(Int(descriptor)) else { return nil }
        let place = Int(places[Int(descriptor)])
        return place < 0 ? nil : place
    }
}
