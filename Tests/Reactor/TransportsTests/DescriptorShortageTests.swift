import Glibc
import ReactorCore
import Testing
import Transports

/// The limit on descriptors belongs to the process, so these tests run in one of their own, for each poller.
@Suite struct DescriptorShortageTests {
    @Test(arguments: PollerKind.available) func waitingPeersAreTurnedAwayAndServiceGoesOn(kind: PollerKind) async {
        await #expect(processExitsWith: .success) { [name = kind.rawValue as String] in
            try PollerKind.$preferred.withValue(PollerKind(named: name)) {
                let harness = try Harness(.tcp)
                harness.onData = { recorder, bytes in recorder.transport?.write(bytes) }
                let peers = try (0..<5).map { _ in try RawPeer(harness.endpoint) }
                let highest = peers.map(\.descriptor).max() ?? 0
                let original = try descriptorLimit()
                try setDescriptorLimit(rlim_t(highest + 2))
                while open("/dev/null", O_RDONLY) >= 0 {}

                // Another thread of the process, a test's own, may let go of a descriptor meanwhile: somebody is lucky then. Or it
                // takes the reserve's place while that is given up: accepting pauses until there is a descriptor for it.
                var isRaised = false
                try harness.run {
                    if !isRaised, harness.logLines.contains(where: { $0.contains("accepting pauses") }) {
                        isRaised = setrlimit(descriptors: rlim_t(highest + 3))
                    }
                    return !harness.logLines.isEmpty
                        && peers.count(where: \.hasEnded) + harness.accepted.count == peers.count
                }
                let lucky = harness.accepted.count
                if isRaised {
                    // One more descriptor was given, and one may have been let go of.
                    #expect(lucky <= 2)
                    #expect(harness.logLines.first?.contains("connections are turned away") == true)
                } else {
                    #expect(lucky <= 1)
                    #expect(harness.logLines.count == 1)
                    #expect(
                        harness.logLines.first?.contains("turned away (\(5 - lucky))") == true, "\(harness.logLines)")
                }
                for one in harness.accepted { one.transport?.abortConnection() }
                try harness.run { harness.accepted.allSatisfy(\.isLost) }
                for peer in peers { #expect(peer.receiveAll().isEmpty) }
                #expect(harness.reactor.runOnePass(waitingAtMost: .zero) == 0, "no spinning")

                try setDescriptorLimit(original)
                let (client, _) = try harness.connect()
                client.transport?.write("alive")
                try harness.run { client.text == "alive" }
            }
        }
    }

    @Test(arguments: PollerKind.available) func withoutTheReserveAcceptingPauses(kind: PollerKind) async {
        await #expect(processExitsWith: .success) { [name = kind.rawValue as String] in
            try PollerKind.$preferred.withValue(PollerKind(named: name)) {
                let harness = try Harness(.tcp)
                let peer = try RawPeer(harness.endpoint)
                let original = try descriptorLimit()
                // Refuses every new descriptor, also in the place of the reserve. Less, and poll(2) would refuse to wait for
                // the two that there are.
                try setDescriptorLimit(3)
                try harness.run { !harness.logLines.isEmpty }
                #expect(harness.logLines.first?.contains("accepting pauses") == true)
                for _ in 0..<10 { #expect(harness.reactor.runOnePass(waitingAtMost: .zero) == 0, "no spinning") }
                try setDescriptorLimit(original)
                try harness.run { harness.accepted.count == 1 }
                #expect(peer.send("x"))
                try harness.run { harness.accepted[0].text == "x" }
            }
        }
    }

    /// `select(2)` knows descriptors below 1,024 only; what is accepted beyond is closed, and the listener lives on.
    @Test func descriptorsTooHighForSelectAreDropped() async {
        await #expect(processExitsWith: .success) {
            try PollerKind.$preferred.withValue(.select) {
                let harness = try Harness(.tcp)
                harness.onData = { recorder, bytes in recorder.transport?.write(bytes) }
                let (client, _) = try harness.connect()
                let peers = try (0..<3).map { _ in try RawPeer(harness.endpoint) }
                try setDescriptorLimit(rlim_t(SelectPoller.descriptorLimit + 64))
                var fillers: [Int32] = []
                repeat {
                    fillers.append(open("/dev/null", O_RDONLY | O_CLOEXEC))
                } while fillers.last.map { $0 >= 0 && $0 < SelectPoller.descriptorLimit - 1 } ?? false
                try #require(fillers.last == Int32(SelectPoller.descriptorLimit - 1))

                for peer in peers.dropLast() { #expect(peer.send("x")) }
                try harness.run { !harness.logLines.isEmpty }
                for peer in peers { #expect(peer.receiveAll().isEmpty) }
                #expect(harness.logLines.count == 1, "\(harness.logLines)")
                #expect(harness.logLines.first?.contains("connections are dropped") == true)
                #expect(harness.reactor.runOnePass(waitingAtMost: .zero) == 0, "no spinning")
                client.transport?.write("old")
                try harness.run { client.text == "old" }

                for filler in fillers { close(filler) }
                let (late, _) = try harness.connect()
                late.transport?.write("new")
                try harness.run { late.text == "new" }
            }
        }
    }
}

private func descriptorLimit() throws -> rlim_t {
    var limit = rlimit()
    try #require(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
    return limit.rlim_cur
}

private func setDescriptorLimit(_ count: rlim_t) throws {
    try #require(setrlimit(descriptors: count))
}

/// Whether the limit is now `count`.
private func setrlimit(descriptors count: rlim_t) -> Bool {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return false }
    limit.rlim_cur = count
    return setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
}
