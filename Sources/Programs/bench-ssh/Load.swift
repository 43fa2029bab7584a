import Basics
import FileAccess
import Glibc
import ReactorCore
import SSHWire
import ShellPeers
import Transports

// What a server of any make costs and gives over loopback, one RESULT line for each part:
//
//   bench-ssh handshakes PORT USER KEYFILE COUNT PID…     logins with a session, one after the other
//   bench-ssh echo PORT USER KEYFILE SECONDS              one octet there and back through a shell that repeats it
//   bench-ssh bulk PORT USER KEYFILE SECONDS [CIPHER]     64 KiB blocks through such a shell, MB/s of one direction
//   bench-ssh idle PORT USER KEYFILE COUNT PID…           memory of sessions that do nothing
//   bench-ssh look PORT USER KEYFILE SECONDS              a command of the game there and its answer back

/// Nobody who could be asked.
private final class Nobody: SSHClientPrompter {}

/// Gathers, or sends on, what a shell repeats.
private final class Repeater: SSHChannelHandler {
    private let channel = Deferred<SSHChannel>()
    /// What is done with what came.
    var take: (Span<UInt8>, SSHChannel) -> Void = { _, _ in }
    var caught: (SSHChannel) -> Void = { _ in }
    private(set) var isBehind = false

    func opened(_ channel: SSHChannel) {}
    func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) { take(octets, channel) }
    func fellBehind(_ channel: SSHChannel) { isBehind = true }
    func caughtUp(_ channel: SSHChannel) {
        isBehind = false
        caught(channel)
    }
    func closed(_ channel: SSHChannel) {}
}

/// One kind of load on one server.
struct Load {
    let reactor: Reactor
    let endpoint: any ClientEndpoint
    let settings: SSHClientSettings

    init(_ reactor: Reactor, port: String, user: String, key: String, cipher: String? = nil) throws {
        self.reactor = reactor
        let registry = EndpointRegistry(resolver: SystemNameResolver(on: reactor))
        endpoint = try registry.client("tcp:127.0.0.1:\(port)")
        var settings = SSHClientSettings(user: user, host: "127.0.0.1", port: UInt16(port) ?? 22)
        settings.unknownHosts = .trust
        settings.keyFiles = [key]
        if let cipher = cipher.flatMap(SSHCipherName.init(rawValue:)) {
            settings.connection.transport.algorithms.ciphers = [cipher]
        }
        self.settings = settings
    }

    private func connect() async throws -> SSHClient {
        try await endpoint.connectSSH(settings, prompter: Nobody(), on: reactor).value
    }

    func handshakes(_ count: Int, _ pids: [Int32]) async throws {
        let (began, spent) = (Self.time(), pids.map(Self.spent).reduce(0, +))
        var times: [Int] = []
        for _ in 0..<count {
            let start = Self.time()
            let client = try await connect()
            _ = try await client.connection.openChannel(.session, handler: Repeater()).value
            times.append(Self.time() - start)
            client.close()
            _ = try await client.ended.value
        }
        let rate = Double(count) * 1e9 / Double(Self.time() - began)
        let cost = (pids.map(Self.spent).reduce(0, +) - spent) / Double(count) * 1e6
        times.sort()
        print("RESULT rate=\(rate) p50_us=\(times[count / 2] / 1000) p99_us=\(times[count * 99 / 100] / 1000) server_us=\(cost)")
    }

    private func shell(_ repeater: Repeater) async throws -> (SSHClient, SSHChannel) {
        let client = try await connect()
        return (client, try await client.start(.shell, handler: repeater).value)
    }

    func echo(_ seconds: Double) async throws {
        let repeater = Repeater()
        let (client, channel) = try await shell(repeater)
        let end = Self.time() + Int(seconds * 1e9)
        var times: [Int] = []
        var start = 0
        let done = Deferred<Void>()
        repeater.take = { _, channel in
            let now = Self.time()
            times.append(now - start)
            if now >= end {
                if !done.isFired { done.succeed(()) }
                return
            }
            start = now
            channel.send([0x61])
        }
        start = Self.time()
        channel.send([0x61])
        try await done.value
        times.sort()
        Self.report(times, seconds)
        client.close()
        _ = try await client.ended.value
    }

    func bulk(_ seconds: Double) async throws {
        let repeater = Repeater()
        let (client, channel) = try await shell(repeater)
        channel.widenWindow(to: 2 << 20)
        let block = [UInt8](repeating: 0x61, count: 65_536)
        let began = Self.time()
        let end = began + Int(seconds * 1e9)
        var (sent, received) = (0, 0)
        let done = Deferred<Void>()
        func push(_ channel: SSHChannel) {
            while !repeater.isBehind, Self.time() < end {
                channel.send(block)
                sent += block.count
            }
            // Otherwise it goes on when the server has caught up.
        }
        repeater.caught = { push($0) }
        repeater.take = { octets, _ in
            received += octets.count
            if Self.time() >= end, received >= sent, !done.isFired { done.succeed(()) }
        }
        push(channel)
        try await done.value
        print("RESULT MBps=\(Double(received) / 1e6 / (Double(Self.time() - began) / 1e9))")
        client.close()
        _ = try await client.ended.value
    }

    func idle(_ count: Int, _ pids: [Int32]) async throws {
        let before = pids.map(Self.resident).reduce(0, +)
        var clients: [SSHClient] = []
        for _ in 0..<count {
            clients.append(try await shell(Repeater()).0)
        }
        try await pause(.seconds(1))
        print("RESULT octets_each=\((pids.map(Self.resident).reduce(0, +) - before) / count)")
        for client in clients { client.close() }
    }

    func look(_ seconds: Double) async throws {
        let repeater = Repeater()
        let client = try await connect()
        let channel = try await client.start(.shell, handler: repeater).value
        // What the game says first is not the answer to anything.
        try await pause(.seconds(1))
        let end = Self.time() + Int(seconds * 1e9)
        var times: [Int] = []
        var start = 0
        let done = Deferred<Void>()
        repeater.take = { octets, channel in
            if octets[octets.count - 1] != 0x0A { return }
            let now = Self.time()
            times.append(now - start)
            if now >= end {
                if !done.isFired { done.succeed(()) }
                return
            }
            start = now
            channel.send("look\n")
        }
        start = Self.time()
        channel.send("look\n")
        try await done.value
        times.sort()
        Self.report(times, seconds)
        client.close()
        _ = try await client.ended.value
    }

    private static func report(_ times: [Int], _ seconds: Double) {
        let (half, most) = (times[times.count / 2], times[times.count * 99 / 100])
        print("RESULT rate=\(Double(times.count) / seconds) p50_us=\(Double(half) / 1000) p99_us=\(Double(most) / 1000)")
    }

    private func pause(_ time: Duration) async throws {
        let done = Deferred<Void>()
        reactor.callLater(time) { done.succeed(()) }
        try await done.value
    }

    /// Nanoseconds.
    private static func time() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    /// Seconds of processor time of a process and of its children that have ended.
    private static func spent(_ pid: Int32) -> Double {
        guard let text = try? readFile("/proc/\(pid)/stat", limit: 4096) else { return 0 }
        // The name of the program, in parentheses, may hold anything.
        let fields = String(decoding: text, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
        // utime, stime, cutime and cstime are fields 14 to 17.
        return fields.dropFirst(11).prefix(4).compactMap { Double($0) }.reduce(0, +) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Octets of memory.
    private static func resident(_ pid: Int32) -> Int {
        guard let text = try? readFile("/proc/\(pid)/statm", limit: 4096) else { return 0 }
        let pages = String(decoding: text, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * 4096
    }
}

/// Runs what the command line asks for.
func load(_ reactor: Reactor, _ words: [String]) async throws {
    guard words.count >= 5 else { throw Usage() }
    let load = try Load(
        reactor, port: words[1], user: words[2], key: words[3], cipher: words[0] == "bulk" && words.count > 5 ? words[5] : nil)
    let pids = words.dropFirst(5).compactMap { Int32($0) }
    switch words[0] {
    case "handshakes": try await load.handshakes(Int(words[4]) ?? 100, pids)
    case "echo": try await load.echo(Double(words[4]) ?? 1)
    case "bulk": try await load.bulk(Double(words[4]) ?? 1)
    case "idle": try await load.idle(Int(words[4]) ?? 100, pids)
    case "look": try await load.look(Double(words[4]) ?? 1)
    default: throw Usage()
    }
}

/// What is wrong when the words make no sense.
struct Usage: Error, CustomStringConvertible {
    var description: String { "usage: bench-ssh [handshakes|echo|bulk|idle|look PORT USER KEYFILE NUMBER ...]" }
}
