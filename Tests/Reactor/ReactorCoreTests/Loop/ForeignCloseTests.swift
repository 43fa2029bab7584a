import Glibc
import ReactorCore
import ReactorTestingTraits
import Testing

/// Descriptors that somebody closes behind the reactor's back.
@Suite(.everyPoller) struct ForeignCloseTests {
    private final class Counter: DescriptorHandler {
        var count = 0
        func descriptorReady(_ readiness: Readiness) { count += 1 }
    }

    @Test(arguments: [1, 3]) func copiesThatLiveOnDoNotKeepTheLoopBusy(count: Int) throws {
        let reactor = try Reactor()
        var complaints: [String] = []
        reactor.log = { complaints.append($0) }
        let (strayHandler, keptHandler) = (Counter(), Counter())
        let kept = try Plumbing(.unixSockets)
        try reactor.add(keptHandler, for: kept.near, interest: .read)
        let strays = try (0..<count).map { _ in try Plumbing(.unixSockets) }
        var copies: [Int32] = []
        defer { for copy in copies { close(copy) } }
        for stray in strays {
            try reactor.add(strayHandler, for: stray.near, interest: .read)
            copies.append(dup(stray.near))
            let number = stray.near
            stray.closeNear()
            reactor.remove(number)
            stray.send()
        }
        for _ in 0..<10 { reactor.runOnePass(waitingAtMost: .zero) }
        #expect(strayHandler.count == 0)
        #expect(complaints.count <= 1)
        if PollerKind.preferred == .epoll { #expect(complaints.count == 1) }
        kept.send()
        for _ in 0..<3 { reactor.runOnePass(waitingAtMost: .milliseconds(100)) }
        #expect(keptHandler.count == 3)
        reactor.remove(kept.near)
    }

    /// In a process of its own, where no other poller's descriptor can be meant.
    @Test func thePollersOwnDescriptorIsReplaced() async {
        await #expect(processExitsWith: .success) {
            // Other libraries of the process have such descriptors, too.
            func pollers() -> [Int32] {
                (0..<100 as Range<Int32>).filter { descriptor in
                    var name = [CChar](repeating: 0, count: 64)
                    return readlink("/proc/self/fd/\(descriptor)", &name, 63) > 0
                        && name.prefix(24).elementsEqual("anon_inode:[eventpoll]\0\0".utf8.map { CChar($0) })
                }
            }
            let others = pollers()
            let reactor = try Reactor(poller: EpollPoller())
            var complaints: [String] = []
            reactor.log = { complaints.append($0) }
            let (plumbing, counter) = (try Plumbing(.pipe), Counter())
            try reactor.add(counter, for: plumbing.near, interest: .read)
            for descriptor in pollers() where !others.contains(descriptor) { close(descriptor) }
            plumbing.send()
            for _ in 0..<3 { reactor.runOnePass(waitingAtMost: .zero) }
            try #require(complaints.count == 1 && counter.count == 2)
            reactor.remove(plumbing.near)
        }
    }
}
