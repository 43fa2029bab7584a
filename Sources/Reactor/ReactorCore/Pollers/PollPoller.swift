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
        var count = unsafe entries.withUnsafeMutableBufferPointer {
            unsafe clinux_poll($0.baseAddress, nfds_t($0.count), nanoseconds)
        }
        if count < 0, errno == EINVAL { count = pollInPortions(nanoseconds) }
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

    /// The longest wait in one portion, in nanoseconds; what becomes ready in others is seen after it.
    private static let portionWait: Int64 = 10_000_000

    /// Looks at all descriptors though the limit of open files has been lowered below their number since, which `poll(2)` refuses.
    private func pollInPortions(_ nanoseconds: Int64) -> Int32 {
        var limit = rlimit()
        _ = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let portion = max(1, Int(clamping: limit.rlim_cur))
        func poll(_ range: Range<Int>, _ wait: Int64) -> Int32 {
            let found = unsafe entries.withUnsafeMutableBufferPointer { buffer in
                let part = unsafe UnsafeMutableBufferPointer(rebasing: buffer[range])
                return unsafe clinux_poll(part.baseAddress, nfds_t(part.count), wait)
            }
            return max(0, found)
        }
        var count: Int32 = 0
        for start in stride(from: 0, to: entries.count, by: portion) {
            count += poll(start..<min(start + portion, entries.count), 0)
        }
        if count > 0 || nanoseconds == 0 { return count }
        let wait = nanoseconds < 0 ? Self.portionWait : min(nanoseconds, Self.portionWait)
        return poll(0..<min(portion, entries.count), wait)
    }

    private func place(of descriptor: Int32) -> Int? {
        guard places.indices.contains(Int(descriptor)) else { return nil }
        let place = Int(places[Int(descriptor)])
        return place < 0 ? nil : place
    }
}
