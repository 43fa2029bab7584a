import Glibc
import ReactorCore
import Testing
import Transports

/// Crowds that come, vanish and use up descriptors; `MUD_STORM` sets how many connections a long run makes.
///
/// Limits and descriptor numbers belong to the process, so these tests run in one of their own.
@Suite struct StormTests {
    /// How many connections each kind makes.
    static var count: Int { getenv("MUD_STORM").flatMap { Int(String(cString: $0)) } ?? 2_000 }

    /// The resident memory that a million connections may add, in octets; a leak of one word each would be more.
    static let growthLimit = 4 << 20

    @Test func connectingAndDroppingLeavesNothingBehind() async {
        await #expect(processExitsWith: .success) {
            for kind in SocketKind.allCases {
                let harness = try Harness(kind)
                harness.keepsAccepted = false
                try expectNoGrowth(harness, count: StormTests.count) { try churn(harness, $0) }
            }
        }
    }

    @Test func resetsWhileFlushingLeaveNothingBehind() async {
        await #expect(processExitsWith: .success) {
            for kind in [SocketKind.tcp, .unix] {
                let harness = try Harness(kind)
                harness.keepsAccepted = false
                harness.onMade = { recorder in
                    recorder.transport?.write([UInt8](repeating: 1, count: 1 << 20))
                    recorder.transport?.write([UInt8](repeating: 2, count: 5_000))
                    recorder.transport?.loseConnection()
                }
                try expectNoGrowth(harness, count: StormTests.count / 20) { try resetWhileFlushing(harness, $0) }
            }
        }
    }

    @Test func secureConnectionsLeaveNothingBehind() async {
        await #expect(processExitsWith: .success) {
            let harness = try ContractHarness(.tls13)
            try expectNoGrowth(harness.reactor, count: StormTests.count / 20) { count in
                for round in 0..<count {
                    let (client, server) = try harness.connect()
                    client.transport?.write("x")
                    if round % 2 == 0 {
                        client.transport?.loseConnection()
                    } else {
                        client.transport?.abortConnection()
                    }
                    try harness.run { client.isLost && server.isLost }
                }
            }
        }
    }

    @Test(arguments: PollerKind.available)
    func aStormAgainstTheLimitIsTurnedAwayAndServiceGoesOn(kind: PollerKind) async {
        await #expect(processExitsWith: .success) { [name = kind.rawValue as String] in
            try PollerKind.$preferred.withValue(PollerKind(named: name)) { try stormAgainstTheLimit() }
        }
    }
}

private func stormAgainstTheLimit() throws {
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

/// Runs a storm after a smaller one, and compares what the process then has open and in memory.
private func expectNoGrowth(_ harness: Harness, count: Int, _ storm: (Int) throws -> Void) throws {
    try expectNoGrowth(harness.reactor, count: count, storm)
    #expect(harness.acceptedCount == harness.lostCount)
}

private func expectNoGrowth(_ reactor: Reactor, count: Int, _ storm: (Int) throws -> Void) throws {
    try storm(max(100, count / 10))
    let (descriptors, memory) = (openDescriptorCount(), try residentByteCount())
    try storm(count)
    #expect(openDescriptorCount() == descriptors)
    #expect(reactor.delayedCallCount == 0)
    #expect(try residentByteCount() - memory < StormTests.growthLimit)
}

/// The memory of this process that is in use (`proc(5)`, the second number of `statm`, in pages).
private func residentByteCount() throws -> Int {
    let file = try #require(fopen("/proc/self/statm", "r"))
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    try #require(fgets(&line, Int32(line.count), file) != nil)
    let words = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: " ")
    return try #require(words.dropFirst().first.flatMap { Int($0) }) * sysconf(Int32(_SC_PAGESIZE))
}

/// Has peers reset their connections while most of what was written for them still waits.
private func resetWhileFlushing(_ harness: Harness, _ count: Int) throws {
    for _ in 0..<count {
        let client = Recorder()
        client.keepsBytes = false
        client.onMade = { $0.transport?.pauseProducing() }
        harness.reactor.connect(harness.endpoint, protocol: client).whenDone { _ in }
        let before = harness.acceptedCount
        try harness.run { client.isMade && harness.acceptedCount > before }
        client.transport?.abortConnection()
        try harness.run { client.isLost && harness.acceptedCount == harness.lostCount }
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
