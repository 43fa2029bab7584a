import Glibc
import ReactorCore
import Testing
import Transports

/// The limit on descriptors belongs to the process, so these tests run in one of their own.
@Suite struct DescriptorShortageTests {
    @Test func waitingPeersAreTurnedAwayAndServiceGoesOn() async {
        await #expect(processExitsWith: .success) {
            let harness = try Harness(.tcp)
            harness.onData = { recorder, bytes in recorder.transport?.write(bytes) }
            let peers = try (0..<5).map { _ in try RawPeer(harness.endpoint) }
            let highest = peers.map(\.descriptor).max() ?? 0
            var limit = rlimit()
            try #require(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            let original = limit
            limit.rlim_cur = rlim_t(highest + 2)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            while open("/dev/null", O_RDONLY) >= 0 {}

            try harness.run { !harness.logLines.isEmpty }
            #expect(harness.logLines.count == 1)
            #expect(harness.logLines.first?.contains("turned away (5)") == true)
            for peer in peers { #expect(peer.receiveAll().isEmpty) }
            #expect(harness.reactor.runOnePass(waitingAtMost: .zero) == 0, "no spinning")

            limit = original
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            let (client, _) = try harness.connect()
            client.transport?.write("alive")
            try harness.run { client.text == "alive" }
        }
    }

    @Test func withoutTheReserveAcceptingPauses() async {
        await #expect(processExitsWith: .success) {
            let harness = try Harness(.tcp)
            var limit = rlimit()
            try #require(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            let original = limit
            let peer = try RawPeer(harness.endpoint)
            // Zero refuses every new descriptor, also in the place of the reserve.
            limit.rlim_cur = 0
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            try harness.run { !harness.logLines.isEmpty }
            #expect(harness.logLines.first?.contains("accepting pauses") == true)
            for _ in 0..<10 { #expect(harness.reactor.runOnePass(waitingAtMost: .zero) == 0, "no spinning") }
            limit = original
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            try harness.run { harness.accepted.count == 1 }
            #expect(peer.send("x"))
            try harness.run { harness.accepted[0].text == "x" }
        }
    }
}
