import Glibc
import ReactorCore
import Testing
import Transports

/// Crowds that come, vanish and use up descriptors; `MUD_STORM` sets how many connections a long run makes.
///
/// Limits and descriptor numbers belong to the process, so these tests run in one of their own.
@Suite struct StormTests {
    @Test func connectingAndDroppingLeavesNothingBehind() async {
        await #expect(processExitsWith: .success) {
            let count = getenv("MUD_STORM").flatMap { Int(String(cString: $0)) } ?? 2_000
            for kind in SocketKind.allCases {
                let harness = try Harness(kind)
                harness.keepsAccepted = false
                try churn(harness, 50)
                let before = openDescriptorCount()
                try churn(harness, count)
                #expect(openDescriptorCount() == before)
                #expect(harness.acceptedCount == harness.lostCount)
                #expect(harness.reactor.delayedCallCount == 0)
            }
        }
    }

    @Test func aStormAgainstTheLimitIsTurnedAwayAndServiceGoesOn() async {
        await #expect(processExitsWith: .success) {
            let harness = try Harness(.tcp)
            harness.onData = { recorder, bytes in recorder.transport?.write(bytes) }
            let (client, _) = try harness.connect()
            let before = openDescriptorCount()
            var limit = rlimit()
            try #require(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            let original = limit
            limit.rlim_cur = rlim_t(limitLeaving(40))
            for round in 1...20 {
                try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
                var settled = 0
                // Each takes a number of its own and, once accepted, another: there are about 40 for 60 attempts.
                let crowd = (0..<60).map { _ in Recorder() }
                for one in crowd {
                    harness.reactor.connect(harness.endpoint, protocol: one).whenDone { _ in settled += 1 }
                }
                try harness.run { settled == crowd.count }
                #expect(crowd.contains { !$0.isMade || $0.isLost })
                client.transport?.write("x")
                try harness.run { client.receivedCount == round }
                for one in crowd { one.transport?.abortConnection() }
                try harness.run {
                    crowd.allSatisfy { $0.isLost || !$0.isMade }
                        && harness.accepted.dropFirst().allSatisfy(\.isLost)
                }
            }
            limit = original
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            // A listener that could not take its reserve back pauses, and tries again a second later.
            try harness.run { openDescriptorCount() == before }
            #expect(harness.logLines.contains { $0.contains("turned away") })
        }
    }
}

/// Connects and drops, a batch at a time, in turn politely, rudely and without a word.
private func churn(_ harness: Harness, _ count: Int) throws {
    var left = count
    while left > 0 {
        let clients = (0..<min(left, 50)).map { _ in Recorder() }
        left -= clients.count
        for (index, client) in clients.enumerated() {
            client.onMade = { recorder in
                recorder.transport?.write("x")
                if index % 2 == 0 {
                    recorder.transport?.loseConnection()
                } else {
                    recorder.transport?.abortConnection()
                }
            }
            harness.reactor.connect(harness.endpoint, protocol: client).whenDone { _ in }
        }
        try harness.run { clients.allSatisfy(\.isLost) && harness.acceptedCount == harness.lostCount }
    }
    harness.idle()
}

/// The limit under which this process can open `count` more descriptors.
private func limitLeaving(_ count: Int) -> Int32 {
    var (number, free) = (Int32(0), 0)
    while free < count {
        if fcntl(number, F_GETFD) < 0 { free += 1 }
        number += 1
    }
    return number
}
