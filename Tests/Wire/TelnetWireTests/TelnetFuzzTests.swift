import Basics
import Glibc
import Testing

@testable import TelnetWire

/// Conversations made at random from the seed of each round; `FUZZ_ROUNDS` sets how many rounds a long run makes.
///
/// For every input, both roles and every way of cutting it: nothing traps, the outcomes are the same, what is held and
/// what is said stays within the limits, and our two ends fall silent with each other.
@Suite struct TelnetFuzzTests {
    static let rounds = getenv("FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 1_000

    private static let options: [TelnetOption] = [
        .binary, .echo, .suppressGoAhead, .timingMark, .terminalType, .endOfRecord, .windowSize, .lineMode,
        .newEnvironment,
        .characterSet, .msdp, .mssp, .mccp1, .mccp2, .mccp3, .msp, .mxp, .gmcp, TelnetOption(rawValue: 255),
    ]

    /// One thing a peer might say, whole, empty or damaged.
    private static func word(_ random: inout SeededGenerator) -> [UInt8] {
        let option = options.randomElement(using: &random) ?? .binary
        switch Int.random(in: 0...9, using: &random) {
        case 0...3: return negotiation([will, wont, doIt, dont].randomElement(using: &random) ?? will, option)
        case 4, 5:
            let payload = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                [0, 1, 2, 3, 13, 59, 65, 255].randomElement(using: &random) ?? UInt8(0)
            }
            let doubled = option.subnegotiation(payload)
            return Bool.random(using: &random) ? doubled : subnegotiation(option, payload)
        case 6: return [iac, UInt8.random(in: 236...255, using: &random)]
        case 7: return [[13, 10], [13, 0], [13], [10], [0], [8], [127]].randomElement(using: &random) ?? []
        case 8: return bytes("look \u{E4}")
        default: return [UInt8.random(in: 0...255, using: &random)]
        }
    }

    private static func policy(_ role: TelnetRole, _ random: inout SeededGenerator) -> TelnetPolicy {
        var policy: TelnetPolicy
        switch role {
        case .server: policy = Bool.random(using: &random) ? .server : .server.offeringCompression
        case .client: policy = Bool.random(using: &random) ? .client : .client.acceptingCompression
        }
        policy.lineLimit = Int.random(in: 1...40, using: &random)
        policy.deliversOctets = Int.random(in: 0...3, using: &random) == 0
        if role == .client { policy.environment = [TelnetVariable(.user, "MTTS", value: "1")] }
        return policy
    }

    /// What comes of the pieces when our end asks for keys at the start.
    private func run(_ pieces: [[UInt8]], _ role: TelnetRole, _ policy: TelnetPolicy, keys: Bool) -> [TelnetAction] {
        let machine = TelnetProbe(role: role, policy: policy)
        _ = machine.start()
        if keys { _ = machine.setCharacterMode(true) }
        var heard: [TelnetAction] = []
        for piece in pieces {
            machine.receive(piece)
            #expect(machine.heldOctets <= TelnetLimits.gmcpOctets)
            heard += machine.drain()
        }
        return settled(heard)
    }

    @Test func conversationsComeToTheSameHoweverTheyAreCut() {
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            let role: TelnetRole = Bool.random(using: &random) ? .server : .client
            let policy = Self.policy(role, &random)
            let keys = Bool.random(using: &random)
            var input: [UInt8] = []
            for _ in 0..<Int.random(in: 0...40, using: &random) { input += Self.word(&random) }
            let whole = run([input], role, policy, keys: keys)
            #expect(run(input.map { [$0] }, role, policy, keys: keys) == whole, "seed \(seed)")
            let cut = Int.random(in: 0...input.count, using: &random)
            let halves = [Array(input[..<cut]), Array(input[cut...])]
            #expect(run(halves, role, policy, keys: keys) == whole, "seed \(seed), cut at \(cut)")
            check(whole, of: input, policy, seed: seed)
        }
    }

    private func check(_ actions: [TelnetAction], of input: [UInt8], _ policy: TelnetPolicy, seed: UInt64) {
        var replies = [Int](repeating: 0, count: 256)
        var text = 0
        for action in actions {
            switch action {
            case .send(let octets) where octets.count == 3: replies[Int(octets[2])] += 1
            case .line(let octets), .prompt(let octets):
                #expect(octets.count <= policy.lineLimit, "seed \(seed)")
                text += octets.count
            case .octets(let octets): text += octets.count
            case .message(let option, let payload):
                #expect(payload.count <= TelnetLimits.gmcpOctets, "seed \(seed)")
                #expect([.gmcp, .msdp, .mssp].contains(option), "seed \(seed)")
            case .windowSize(let columns, let rows):
                #expect(columns.map(TelnetLimits.columns.contains) ?? true, "seed \(seed)")
                #expect(rows.map(TelnetLimits.rows.contains) ?? true, "seed \(seed)")
            case .environment(let name, let value):
                #expect(policy.environment.contains { $0.name == name } && value.utf8.count <= 256, "seed \(seed)")
            default: break
            }
        }
        #expect(text <= input.count, "seed \(seed)")
        replies[Int(TelnetOption.timingMark.rawValue)] = 0
        // ECHO and SGA may be taken back once by ourselves.
        #expect(replies.allSatisfy { $0 <= Int(TelnetLimits.repliesPerOption) + 1 }, "seed \(seed)")
    }

    /// Noise in both directions between our own ends, after which they agree and are silent.
    @Test func twoOfOursFallSilent() {
        for seed in 0..<UInt64(Self.rounds / 10) {
            var random = SeededGenerator(seed: seed)
            let server = TelnetProbe(role: .server, policy: Self.policy(.server, &random))
            let client = TelnetProbe(role: .client, policy: Self.policy(.client, &random))
            var (toClient, toServer) = (server.start(), client.start())
            var passes = 0
            while !toClient.isEmpty || !toServer.isEmpty {
                passes += 1
                guard passes < 1000 else { break }
                client.receive(toClient)
                server.receive(toServer)
                (toClient, toServer) = (sent(server.drain()), sent(client.drain()))
                guard passes < 20 else { continue }
                switch Int.random(in: 0...4, using: &random) {
                case 0: toClient += server.setCharacterMode(Bool.random(using: &random))
                case 1: toClient += server.setEcho(hidden: Bool.random(using: &random))
                case 2: toServer += Self.word(&random)
                case 3: toClient += Self.word(&random)
                default: toServer += client.resizeWindow(TelnetWindowSize(columns: passes, rows: nil))
                }
            }
            #expect(passes < 1000, "seed \(seed)")
        }
    }
}
