import Basics
import Glibc
import MUDWire
import Testing

/// Payloads made at random from the seed of each round; `FUZZ_ROUNDS` sets how many rounds a long run makes.
///
/// Nothing traps, and what reads at all reads the same after it was written again.
@Suite struct MUDFuzzTests {
    static let rounds = getenv("FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 2_000

    private static let gmcpPieces: [String] = [
        "Core.Hello", "Core.Supports.Set", "Core.Ping", "Char.Login.Credentials", "Char.Items.Contents", "Char.Vitals",
        "Char.Items.List", "Room.Info", "Client.Media.Play", "Char.Skills.List", " ", "{", "}", "[", "]", ":", ",",
        "\"client\"", "\"num\"", "\"coords\"", "\"1,2,3\"", "\"hp\"", "\"maxhp\"", "\"exits\"", "\"location\"",
        "\"rep7\"",
        "\"items\"", "\"id\"", "\"group\"", "\"account\"", "\"password\"", "\"Char 1\"", "1", "-9223372036854775808",
        "1e308", "true", "null", "é", "\0",
    ]

    @Test func gmcp() {
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            var octets = Self.noise(Self.gmcpPieces, using: &random)
            checkGMCP(octets, seed: seed)
            let whole = GMCPServerMessageTests.messages.randomElement(using: &random)?.0.message.encoded ?? []
            octets = whole
            Self.damage(&octets, using: &random)
            checkGMCP(octets, seed: seed)
        }
    }

    private func checkGMCP(_ octets: [UInt8], seed: UInt64) {
        guard let message = try? GMCPMessage(parsing: octets) else { return }
        #expect((try? GMCPMessage(parsing: message.encoded)) == message, "seed \(seed)")
        if let meaning = try? GMCPClientMessage(message) {
            #expect((try? GMCPClientMessage(meaning.message)) == meaning, "seed \(seed)")
            var supports = GMCPSupports()
            supports.receive(meaning)
            #expect(supports.modules.count <= GMCPLimits.modules)
        }
        if let meaning = try? GMCPServerMessage(message) {
            let again = try? GMCPServerMessage(meaning.message)
            // What is written has no control characters; from then on nothing changes.
            #expect(again?.message.encoded == meaning.message.encoded, "seed \(seed)")
        }
    }

    private static let msdpPieces: [String] = [
        "\u{1}", "\u{2}", "\u{3}", "\u{4}", "\u{5}", "\u{6}", "\u{1}REPORT\u{2}", "\u{1}ROOM\u{2}\u{3}",
        "\u{1}VNUM\u{2}5",
        "\u{1}EXITS\u{2}\u{3}\u{1}n\u{2}6\u{4}", "HEALTH", "é", "\0",
    ]

    @Test func msdp() {
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            var octets = Self.noise(Self.msdpPieces, using: &random)
            if Bool.random(using: &random) { Self.damage(&octets, using: &random) }
            guard let variables = try? MSDPPayload.read(octets) else { continue }
            let written = MSDPPayload.encoded(variables)
            #expect((try? MSDPPayload.read(written)).map(MSDPPayload.encoded) == written, "seed \(seed)")
            var reports = MSDPReports()
            for variable in variables {
                let command = MSDPCommand(variable)
                _ = reports.receive(command, facts: MSDPFacts(serverName: "x"))
                _ = MUDRoom(msdp: variable.value)
            }
            #expect(reports.reported.count <= MSDPLimits.names)
        }
    }

    @Test func mssp() {
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            let pieces = ["\u{1}", "\u{2}", "NAME", "PORT", "4000", "é", "\0", "\u{1}NAME\u{2}x"]
            let octets = Self.noise(pieces, using: &random)
            guard let table = try? MSSPTable(parsing: octets) else { continue }
            #expect((try? MSSPTable(parsing: table.encoded)) == table, "seed \(seed)")
        }
    }

    // MARK: Inputs

    private static func noise(_ pieces: [String], using random: inout SeededGenerator) -> [UInt8] {
        var octets: [UInt8] = []
        for _ in 0..<Int.random(in: 0...30, using: &random) {
            octets += (pieces.randomElement(using: &random) ?? "").utf8
        }
        return octets
    }

    private static func damage(_ octets: inout [UInt8], using random: inout SeededGenerator) {
        for _ in 0..<Int.random(in: 1...4, using: &random) where !octets.isEmpty {
            let place = Int.random(in: 0..<octets.count, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0: octets[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 1: octets.remove(at: place)
            case 2: octets.insert(octets[place], at: place)
            default: octets.insert(UInt8.random(in: 0...255, using: &random), at: place)
            }
        }
    }
}
