import Basics
import Glibc
import ReactorCore
import Synchronization
import Testing

/// Long enough for anything local to arrive; nothing that works waits for its end.
private let patience = Duration.seconds(10)

/// Longer than any look a poller takes by itself.
private let silence = Duration.milliseconds(120)

/// The sentences of ``Poller``, for each poller of the machine.
@Suite struct PollerContractTests {
    @Test(
        .enabled(
            if: PollerKind.ioUring.reasonUnavailable == nil,
            "the other tests leave io_uring out: \(PollerKind.ioUring.reasonUnavailable ?? "")"))
    func theContractIsProvenForUring() {
        #expect(PollerKind.available.contains(.ioUring))
    }

    @Test(arguments: PollerKind.available, Plumbing.Shape.allCases)
    func readinessIsRepeatedUntilItEnds(kind: PollerKind, shape: Plumbing.Shape) throws {
        let poller = try kind.makePoller()
        let plumbing = try Plumbing(shape)
        #expect(poller.answer().isEmpty)
        try poller.add(plumbing.near, token: 7, interest: .read)
        #expect(poller.answer().isEmpty)
        for _ in 0..<3 {
            plumbing.send()
            for _ in 0..<3 { #expect(poller.answer(within: patience) == [7: .read]) }
            plumbing.drain()
            #expect(poller.answer().isEmpty)
        }
        poller.remove(plumbing.near)
    }

    @Test(arguments: PollerKind.available)
    func anEventCounterIsReadableWhenItCounts(kind: PollerKind) throws {
        let poller = try kind.makePoller()
        let box = try Reactor(poller: poller)
        box.mailbox.callFromThread { _ in }
        #expect(poller.answer(within: patience).count == 1)
        box.runOnePass(waitingAtMost: .zero)
        #expect(poller.answer().isEmpty)
    }

    /// A limit that somebody lowers below what is open already takes nobody's readiness away.
    ///
    /// A process of its own, because the limit is the process's.
    @Test(arguments: PollerKind.available)
    func moreIsWatchedThanMayBeOpenedNow(kind: PollerKind) async throws {
        await #expect(processExitsWith: .success) { [name = kind.rawValue as String] in
            let poller = try PollerKind(named: name).makePoller()
            let plumbings = try (0..<40).map { _ in try Plumbing(.pipe) }
            for (index, plumbing) in plumbings.enumerated() {
                try poller.add(plumbing.near, token: UInt64(index), interest: .read)
            }
            var former = rlimit()
            try #require(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &former) == 0)
            var limit = former
            limit.rlim_cur = 17
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            // The report of this process needs descriptors, too.
            defer { setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &former) }
            #expect(poller.answer(within: silence).isEmpty)
            for index in [0, 20, 39] {
                plumbings[index].send()
                #expect(poller.answer(within: patience) == [UInt64(index): .read])
                plumbings[index].drain()
            }
            for plumbing in plumbings { poller.remove(plumbing.near) }
        }
    }

    @Test(arguments: PollerKind.available)
    func aListeningSocketIsReadableForEachPeer(kind: PollerKind) throws {
        let poller = try kind.makePoller()
        let listener = try ListeningSocket()
        try poller.add(listener.descriptor, token: 1, interest: .read)
        #expect(poller.answer().isEmpty)
        let peers = [try listener.connect(), try listener.connect()]
        defer { for peer in peers { close(peer) } }
        for _ in peers {
            #expect(poller.answer(within: patience) == [1: .read])
            close(accept(listener.descriptor, nil, nil))
        }
        #expect(poller.answer().isEmpty)
        poller.remove(listener.descriptor)
    }

    @Test(arguments: PollerKind.available)
    func aConnectionAttemptEndsWritableOrHungUp(kind: PollerKind) throws {
        let poller = try kind.makePoller()
        var listener: ListeningSocket? = try ListeningSocket()
        let welcome = try #require(try listener?.connect(blocking: false))
        try poller.add(welcome, token: 1, interest: .write)
        #expect(poller.answer(within: patience) == [1: .write])
        poller.remove(welcome)
        close(welcome)
        let refused = try #require(
            try {
                let other = try ListeningSocket()
                listener = other
                shutdown(other.descriptor, Int32(SHUT_RD))
                return try listener?.connect(blocking: false)
            }())
        try poller.add(refused, token: 2, interest: .write)
        #expect(poller.answer(within: patience)[2]?.contains(.hangup) == true)
        poller.remove(refused)
        close(refused)
    }

    @Test(arguments: PollerKind.available)
    func oneEntryHoldsAllThatIsKnown(kind: PollerKind) throws {
        let poller = try kind.makePoller()
        let plumbing = try Plumbing(.unixSockets)
        try poller.add(plumbing.near, token: 3, interest: [.read, .write])
        #expect(poller.answer() == [3: .write])
        plumbing.send()
        #expect(poller.answer() == [3: [.read, .write]])
        plumbing.fill()
        #expect(poller.answer() == [3: .read])
        plumbing.closeFar()
        #expect(poller.answer()[3]?.isSuperset(of: [.read, .hangup]) == true)
        poller.remove(plumbing.near)
    }

    @Test(arguments: PollerKind.available, [[], .read, .write, [.read, .write]] as [Interest])
    func aHangupIsRepeatedWhateverTheInterest(kind: PollerKind, interest: Interest) throws {
        let poller = try kind.makePoller()
        let sockets = try Plumbing(.unixSockets)
        let reader = try Plumbing(.pipe)
        let writer = try Plumbing(.pipe)
        try poller.add(sockets.near, token: 1, interest: interest)
        try poller.add(reader.near, token: 2, interest: interest)
        try poller.add(writer.far, token: 3, interest: interest)
        sockets.fill()
        let before = poller.answer(within: interest.isEmpty ? silence : .zero)
        #expect(!before.values.contains { $0.contains(.hangup) })
        sockets.closeFar()
        reader.closeFar()
        writer.closeNear()
        for _ in 0..<3 {
            let answer = poller.answer(within: patience)
            for token in [1, 2, 3] as [UInt64] {
                #expect(answer[token]?.contains(.hangup) == true, "\(token)")
                #expect(interest.contains(.read) || answer[token]?.contains(.read) == false)
                #expect(interest.contains(.write) || answer[token]?.contains(.write) == false)
            }
        }
        for descriptor in [sockets.near, reader.near, writer.far] { poller.remove(descriptor) }
        #expect(poller.answer().isEmpty)
    }

    @Test(arguments: PollerKind.available, Plumbing.Shape.allCases)
    func aWaitHearsOfAHangupWhileNobodyReads(kind: PollerKind, shape: Plumbing.Shape) throws {
        let poller = try kind.makePoller()
        let plumbing = try Plumbing(shape)
        plumbing.send()
        try poller.add(plumbing.near, token: 1, interest: [])
        #expect(poller.answer(within: silence).isEmpty)
        // Both halves of a TCP connection end only when this side has ended its own.
        if shape == .tcp { plumbing.shutNear() }
        let far = plumbing.surrenderFar()
        let closer = startThread { close(far) }
        #expect(poller.answer(within: patience) == [1: .hangup])
        pthread_join(closer, nil)
        poller.remove(plumbing.near)
    }

    @Test(arguments: PollerKind.available, [Plumbing.Shape.unixSockets, .tcp])
    func aHalfClosedPeerIsAnEndOfFileAndNoMore(kind: PollerKind, shape: Plumbing.Shape) throws {
        let poller = try kind.makePoller()
        let plumbing = try Plumbing(shape)
        try poller.add(plumbing.near, token: 1, interest: .read)
        plumbing.shutFar()
        for _ in 0..<3 { #expect(poller.answer(within: patience) == [1: .read]) }
        try poller.modify(plumbing.near, token: 1, interest: [])
        #expect(poller.answer(within: silence).isEmpty)
        try poller.modify(plumbing.near, token: 1, interest: .write)
        for _ in 0..<3 { #expect(poller.answer() == [1: .write]) }
        plumbing.fill()
        #expect(poller.answer().isEmpty)
        try poller.modify(plumbing.near, token: 1, interest: [.read, .write])
        for _ in 0..<3 { #expect(poller.answer() == [1: .read]) }
        try poller.modify(plumbing.near, token: 1, interest: .write)
        #expect(poller.answer().isEmpty)
        for _ in 0..<20 { plumbing.drainFar() }
        for _ in 0..<3 { #expect(poller.answer(within: patience) == [1: .write]) }
        try poller.modify(plumbing.near, token: 1, interest: [])
        #expect(poller.answer().isEmpty)
        plumbing.shutNear()
        for _ in 0..<3 { #expect(poller.answer(within: patience) == [1: .hangup]) }
        poller.remove(plumbing.near)
    }

    @Test(arguments: PollerKind.available)
    func urgentDataAreNotReported(kind: PollerKind) throws {
        let poller = try kind.makePoller()
        let plumbing = try Plumbing(.tcp)
        try poller.add(plumbing.near, token: 1, interest: .read)
        plumbing.sendUrgent()
        #expect(poller.answer(within: silence).isEmpty)
        plumbing.send()
        #expect(poller.answer(within: patience) == [1: .read])
        poller.remove(plumbing.near)
    }

    @Test(arguments: PollerKind.available)
    func aChangeHoldsFromTheNextWaitOn(kind: PollerKind) throws {
        let poller = try kind.makePoller()
        let plumbing = try Plumbing(.unixSockets)
        plumbing.send()
        try poller.add(plumbing.near, token: 1, interest: .read)
        // Before any wait, after an answer, and while the kernel has an unanswered request.
        try poller.modify(plumbing.near, token: 1, interest: .write)
        #expect(poller.answer() == [1: .write])
        try poller.modify(plumbing.near, token: 1, interest: [])
        #expect(poller.answer().isEmpty)
        try poller.modify(plumbing.near, token: 2, interest: .read)
        #expect(poller.answer() == [2: .read])
        try poller.modify(plumbing.near, token: 3, interest: .read)
        #expect(poller.answer() == [3: .read])
        plumbing.drain()
        #expect(poller.answer().isEmpty)
        plumbing.send()
        for interest in [.write, [], [.read, .write], .write] as [Interest] {
            try poller.modify(plumbing.near, token: 3, interest: interest)
        }
        #expect(poller.answer() == [3: .write])
        poller.remove(plumbing.near)
    }

    @Test(arguments: PollerKind.available, [false, true])
    func whatIsRemovedIsNotReported(kind: PollerKind, afterAWait: Bool) throws {
        let poller = try kind.makePoller()
        let first = try Plumbing(.pipe)
        let second = try Plumbing(.pipe)
        try poller.add(first.near, token: 1, interest: .read)
        try poller.add(second.near, token: 2, interest: .read)
        if afterAWait { #expect(poller.answer().isEmpty) }
        first.send()
        second.send()
        poller.remove(first.near)
        poller.remove(first.near)
        poller.remove(1_000_000)
        poller.remove(-1)
        for _ in 0..<2 { #expect(poller.answer() == [2: .read]) }
        poller.remove(second.near)
        #expect(poller.answer().isEmpty)
    }

    @Test(arguments: PollerKind.available, [false, true])
    func aRemovedDescriptorIsNotKeptOpen(kind: PollerKind, answered: Bool) throws {
        let poller = try kind.makePoller()
        let plumbing = try Plumbing(.pipe)
        try poller.add(plumbing.near, token: 1, interest: .read)
        if answered { plumbing.send() }
        #expect(poller.answer().isEmpty != answered)
        poller.remove(plumbing.near)
        plumbing.closeNear()
        #expect(write(plumbing.far, "x", 1) == -1 && errno == EPIPE)
    }

    @Test(arguments: PollerKind.available)
    func aDroppedPollerKeepsNothingOpen(kind: PollerKind) throws {
        var poller: (any Poller)? = try kind.makePoller()
        let plumbing = try Plumbing(.pipe)
        try poller?.add(plumbing.near, token: 1, interest: .read)
        #expect(poller?.answer().isEmpty == true)
        poller = nil
        plumbing.closeNear()
        #expect(write(plumbing.far, "x", 1) == -1 && errno == EPIPE)
    }

    @Test(arguments: PollerKind.available, [false, true])
    func aReusedNumberIsAnotherDescriptor(kind: PollerKind, afterAWait: Bool) throws {
        let poller = try kind.makePoller()
        let old = try Plumbing(.unixSockets)
        let new = try Plumbing(.unixSockets)
        let number = fcntl(old.near, F_DUPFD_CLOEXEC, 0)
        defer { close(number) }
        try poller.add(number, token: 1, interest: .read)
        if afterAWait { #expect(poller.answer().isEmpty) }
        old.send()
        poller.remove(number)
        #expect(dup2(new.near, number) == number)
        try poller.add(number, token: 2, interest: .read)
        #expect(poller.answer().isEmpty)
        new.send()
        for _ in 0..<2 { #expect(poller.answer() == [2: .read]) }
        poller.remove(number)
        #expect(poller.answer().isEmpty)
    }

    @Test(arguments: PollerKind.available.filter { $0 != .select })
    func twoThousandDescriptorsAreWatched(kind: PollerKind) throws {
        let poller = try kind.makePoller()
        let pairs = try (0..<1000).map { _ in
            let plumbing = try Plumbing(.unixSockets)
            try plumbing.move(from: 4000)
            return plumbing
        }
        for pair in pairs {
            try poller.add(pair.near, token: UInt64(pair.near), interest: .read)
            try poller.add(pair.far, token: UInt64(pair.far), interest: .read)
        }
        #expect(poller.answer().isEmpty)
        for pair in pairs { pair.send() }
        #expect(poller.answer() == Dictionary(uniqueKeysWithValues: pairs.map { (UInt64($0.near), .read) }))
        for pair in pairs { _ = write(pair.near, "x", 1) }
        #expect(Self.union(of: poller, waits: 4).count == 2000, "what one answer does not hold comes in the next")
        for pair in pairs {
            pair.drain()
            pair.drainFar()
        }
        for pair in pairs { try poller.modify(pair.near, token: UInt64(pair.near), interest: [.read, .write]) }
        #expect(poller.answer().count == 1000)
        for pair in pairs.dropLast() {
            poller.remove(pair.near)
            poller.remove(pair.far)
        }
        #expect(poller.answer() == [UInt64(pairs[999].near): .write])
    }

    @Test(.enabled(if: PollerKind.ioUring.reasonUnavailable == nil))
    func aRingThatIsTooSmallLosesNothing() throws {
        let poller = try UringPoller(requestCapacity: 4, completionCapacity: 8)
        let pairs = try (0..<200).map { _ in
            let plumbing = try Plumbing(.unixSockets)
            try plumbing.move(from: 4000)
            return plumbing
        }
        for (index, pair) in pairs.enumerated() { try poller.add(pair.near, token: UInt64(index), interest: .read) }
        #expect(poller.answer().isEmpty)
        for pair in pairs { pair.send() }
        for _ in 0..<2 { #expect(Self.union(of: poller, waits: 60).count == 200) }
        for (index, pair) in pairs.enumerated() { try poller.modify(pair.near, token: UInt64(index), interest: .write) }
        #expect(Self.union(of: poller, waits: 60).values.allSatisfy { $0 == .write })
        for pair in pairs { pair.drain() }
        for (index, pair) in pairs.enumerated() { try poller.modify(pair.near, token: UInt64(index), interest: .read) }
        #expect(Self.union(of: poller, waits: 60).isEmpty)
        for pair in pairs { poller.remove(pair.near) }
    }

    /// What several waits report together.
    private static func union(of poller: any Poller, waits: Int) -> [UInt64: Readiness] {
        (0..<waits).reduce(into: [:]) { union, _ in union.merge(poller.answer()) { $0.union($1) } }
    }

    @Test func selectRefusesWhatItsSetsCannotHold() throws {
        let poller = SelectPoller()
        let plumbing = try Plumbing(.unixSockets)
        try plumbing.move(from: SelectPoller.descriptorLimit)
        let refusal = #expect(throws: SystemFailure.self) {
            try poller.add(plumbing.near, token: 1, interest: .read)
        }
        #expect(SelectPoller.descriptorLimit == 1024)
        #expect(refusal?.description.contains("select (limited to descriptors below 1024)") == true)
        #expect(throws: SystemFailure.self) { try poller.modify(plumbing.near, token: 1, interest: .read) }
        poller.remove(plumbing.near)
        #expect(poller.answer().isEmpty)
    }

    @Test(arguments: PollerKind.available)
    func whatCannotBeWaitedForIsRefused(kind: PollerKind) throws {
        let poller = try kind.makePoller()
        let plumbing = try Plumbing(.pipe)
        let file = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
        let directory = open("/", O_RDONLY | O_CLOEXEC)
        defer {
            close(file)
            close(directory)
        }
        func code(_ descriptor: Int32) -> Int32? {
            #expect(throws: SystemFailure.self) { try poller.add(descriptor, token: 9, interest: .read) }?.code
        }
        #expect(code(-1) == EBADF)
        #expect(code(1_000_000) == EBADF)
        #expect(code(file) == EPERM)
        #expect(code(directory) == EPERM)
        try poller.add(plumbing.near, token: 1, interest: .read)
        #expect(code(plumbing.near) == EEXIST)
        for unwatched in [plumbing.far, 900_000] {
            let refusal = #expect(throws: SystemFailure.self) {
                try poller.modify(unwatched, token: 9, interest: .read)
            }
            #expect(refusal?.code == ENOENT || refusal?.code == EBADF)
        }
        plumbing.send()
        #expect(poller.answer() == [1: .read])
        poller.remove(plumbing.near)
    }

    @Test(arguments: PollerKind.available)
    func aWaitLastsNoShorterAndLittleLonger(kind: PollerKind) throws {
        let poller = try kind.makePoller()
        let plumbing = try Plumbing(.pipe)
        try poller.add(plumbing.near, token: 1, interest: .read)
        let clock = SystemMonotonicTime()
        func measure(_ limit: Duration) -> Duration {
            let start = clock.now()
            var ready: [ReadyDescriptor] = []
            poller.wait(nanoseconds: limit.wholeNanoseconds, into: &ready)
            #expect(ready.isEmpty)
            return start.duration(to: clock.now())
        }
        for limit in [Duration.zero, .microseconds(100), .milliseconds(3)] {
            let measured = (0..<40).map { _ in measure(limit) }
            #expect(measured.count { $0 < limit } < interruptionLimit)
            // Whole milliseconds would show here; the best of many tries is not disturbed by neighbours.
            #expect(try #require(measured.min()) < limit + .microseconds(800))
        }
        poller.remove(plumbing.near)
    }

    @Test(arguments: PollerKind.available)
    func aVeryLongWaitIsNoShortOne(kind: PollerKind) throws {
        for limit in [Int64.max, -1, .min] {
            let poller = try kind.makePoller()
            let plumbing = try Plumbing(.pipe)
            try poller.add(plumbing.near, token: 1, interest: .read)
            let far = plumbing.far
            let writer = startThread {
                poll(nil, 0, 20)
                _ = write(far, "x", 1)
            }
            var ready: [ReadyDescriptor] = []
            for _ in 0..<interruptionLimit where ready.isEmpty { poller.wait(nanoseconds: limit, into: &ready) }
            #expect(ready == [ReadyDescriptor(token: 1, readiness: .read)], "\(limit)")
            pthread_join(writer, nil)
            poller.remove(plumbing.near)
        }
    }

    @Test(arguments: PollerKind.available)
    func theMailboxEndsAWaitWithoutEnd(kind: PollerKind) throws {
        let reactor = try Reactor(kind)
        let mailbox = reactor.mailbox
        let log = SharedLog()
        for round in 0..<20 {
            let thread = startThread { mailbox.callFromThread { _ in log.append("\(round)") } }
            while log.entries.count == round { reactor.runOnePass(waitingAtMost: nil) }
            pthread_join(thread, nil)
        }
        #expect(log.entries == (0..<20).map(String.init))
    }

    @Test(arguments: PollerKind.available, [false, true])
    func aSignalEndsAWaitWithNothing(kind: PollerKind, hasChanges: Bool) throws {
        final class State: Sendable {
            let isOver = Atomic<Bool>(false)
        }
        signal(SIGURG) { _ in }
        let poller = try kind.makePoller()
        let plumbing = try Plumbing(.pipe)
        try poller.add(plumbing.near, token: 1, interest: .read)
        if !hasChanges { #expect(poller.answer().isEmpty) }
        let state = State()
        let waiter = pthread_self()
        let sender = startThread {
            while !state.isOver.load(ordering: .acquiring) {
                pthread_kill(waiter, SIGURG)
                poll(nil, 0, 1)
            }
        }
        var ready: [ReadyDescriptor] = []
        // The threads that tests run on block signals.
        var urgent = sigset_t()
        sigemptyset(&urgent)
        sigaddset(&urgent, SIGURG)
        pthread_sigmask(SIG_UNBLOCK, &urgent, nil)
        poller.wait(nanoseconds: -1, into: &ready)
        pthread_sigmask(SIG_BLOCK, &urgent, nil)
        state.isOver.store(true, ordering: .releasing)
        pthread_join(sender, nil)
        #expect(ready.isEmpty)
        plumbing.send()
        #expect(poller.answer(within: patience) == [1: .read])
        poller.remove(plumbing.near)
    }

    @Test(arguments: PollerKind.available)
    func passesMayMoveToAnotherThreadWhenTheFirstHasEnded(kind: PollerKind) throws {
        // Handed from thread to thread, never used by two at a time: the joins order the uses.
        struct Handed: @unchecked Sendable {
            let poller: any Poller
        }
        let handed = Handed(poller: try kind.makePoller())
        let plumbing = try Plumbing(.pipe)
        try handed.poller.add(plumbing.near, token: 1, interest: .read)
        pthread_join(startThread { #expect(handed.poller.answer().isEmpty) }, nil)
        #expect(handed.poller.answer().isEmpty)
        plumbing.send()
        #expect(handed.poller.answer(within: patience) == [1: .read])
        handed.poller.remove(plumbing.near)
    }
}
