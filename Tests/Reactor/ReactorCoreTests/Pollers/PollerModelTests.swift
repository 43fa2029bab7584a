import Basics
import Glibc
import ReactorCore
import Testing

/// Random changes of random descriptors, compared with what `poll(2)` says of the same ones.
///
/// One case after the other: each holds 200 descriptors, and `select` takes none above 1023.
@Suite(.serialized) struct PollerModelTests {
    private struct Watched {
        var token: UInt64
        var interest: Interest
    }

    private static let interests: [Interest] = [[], .read, .write, [.read, .write]]

    /// What an answer must be, by the kernel's simplest call.
    private static func expected(_ watched: [Int32: Watched]) -> [UInt64: Readiness] {
        var answer: [UInt64: Readiness] = [:]
        for (descriptor, target) in watched {
            var entry = pollfd(fd: descriptor, events: 0, revents: 0)
            if target.interest.contains(.read) { entry.events |= Int16(POLLIN) }
            if target.interest.contains(.write) { entry.events |= Int16(POLLOUT) }
            guard poll(&entry, 1, 0) > 0 else { continue }
            var readiness: Readiness = []
            if entry.revents & Int16(POLLIN) != 0 { readiness.insert(.read) }
            if entry.revents & Int16(POLLOUT) != 0 { readiness.insert(.write) }
            if entry.revents & Int16(POLLHUP | POLLERR) != 0 { readiness.insert(.hangup) }
            answer[target.token] = readiness
        }
        return answer
    }

    @Test(arguments: PollerKind.available, 1...6 as ClosedRange<UInt64>)
    func agreesWithPoll(kind: PollerKind, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let poller = try kind.makePoller()
        var pairs = try (0..<100).map { _ in try Plumbing(.unixSockets) }
        var watched: [Int32: Watched] = [:]
        var lastToken: UInt64 = 0
        for step in 0..<4000 {
            let index = Int.random(in: 0..<pairs.count, using: &generator)
            let pair = pairs[index]
            let descriptor = Bool.random(using: &generator) ? pair.near : pair.far
            switch Int.random(in: 0..<100, using: &generator) {
            case 0..<25 where watched[descriptor] == nil && descriptor >= 0:
                lastToken += 1
                let added = Watched(token: lastToken, interest: Self.interests.randomElement(using: &generator) ?? [])
                try poller.add(descriptor, token: added.token, interest: added.interest)
                watched[descriptor] = added
            case 0..<25:
                guard let token = watched[descriptor]?.token else { continue }
                let interest = Self.interests.randomElement(using: &generator) ?? []
                try poller.modify(descriptor, token: token, interest: interest)
                watched[descriptor]?.interest = interest
            case 25..<35:
                poller.remove(descriptor)
                watched[descriptor] = nil
            case 35..<55: pair.send()
            case 55..<65: pair.drain()
            case 65..<75: pair.drainFar()
            case 75..<80: pair.fill()
            case 80..<83: pair.shutFar()
            case 83..<85: pair.shutNear()
            case 85..<88 where pair.far >= 0:
                poller.remove(pair.far)
                watched[pair.far] = nil
                pair.closeFar()
            case 88..<92:
                // The new pair takes the old numbers, or some of them.
                for end in [pair.near, pair.far] {
                    poller.remove(end)
                    watched[end] = nil
                }
                pair.closeNear()
                pair.closeFar()
                pairs[index] = try Plumbing(.unixSockets)
            default:
                let before = Self.expected(watched)
                let first = poller.answer()
                let expected = Self.expected(watched)
                // A process that another test starts may have a copy of an end for an instant, until it runs its program.
                guard before == expected else { continue }
                #expect(expected.keys.allSatisfy { first[$0] != nil }, "step \(step): something was missed")
                // A ring's first answers may tell of what has changed since, on a busy machine more than one.
                var answer = first
                for _ in 0..<8 where kind == .ioUring && answer != expected { answer = poller.answer() }
                let wrong = Set(answer.keys).union(expected.keys).filter { answer[$0] != expected[$0] }
                    .map { "\($0): \(answer[$0]?.rawValue ?? 0), not \(expected[$0]?.rawValue ?? 0)" }
                try #require(wrong.isEmpty, "step \(step)")
            }
        }
        for descriptor in watched.keys { poller.remove(descriptor) }
        #expect(poller.answer().isEmpty)
    }
}
