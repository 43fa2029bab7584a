import Basics
import Glibc
import IRCWire
import Testing

/// Lines with tags made at random from the seed of each round; `FUZZ_ROUNDS` sets how many rounds a long run makes.
///
/// For every one: nothing traps, pieces of any size read the same, what reads writes as something that reads the same, and no
/// line that is written has an end inside.
@Suite struct IRCFuzzTests {
    static let rounds = getenv("FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 1_500

    private static let pieces: [String] = [
        "@", ":", ";", "=", "\\", "\\:", "\\s", "\\n", "+", "/", " ", "  ", "\r\n", "\n", "\r", "\0", "\u{1}", "label",
        "time",
        "msgid=1", "+draft/reply=x", "example.com/key=v", "batch=b", "draft/multiline-concat", "é", "\u{1F600}",
        "#a,#b,&c", "*",
        "-1", "99999999999999999999", "timestamp=2026-11-30T00:00:00.000Z", "msgid=x", "%tcuhnfdlaor,42", ">5", "C<3",
        "T>1",
        "+b-b+o-v", "o", "302", "LS", "REQ", "END", "+ref", "-ref", "draft/multiline", "LATEST", "BETWEEN", "TARGETS",
        "nick!u@h",
    ]

    private static func line(_ random: inout SeededGenerator) -> [UInt8] {
        var octets: [UInt8] = []
        if Bool.random(using: &random) {
            octets.append(UInt8(ascii: "@"))
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                octets += (pieces.randomElement(using: &random) ?? "").utf8
                if Bool.random(using: &random) { octets.append(UInt8(ascii: ";")) }
            }
            octets.append(0x20)
        }
        if Int.random(in: 0...4, using: &random) == 0 { octets += ":n!u@h ".utf8 }
        let command = IRCClientCommand.allCases.randomElement(using: &random)?.rawValue ?? ""
        octets += command.utf8
        for _ in 0..<Int.random(in: 0...17, using: &random) {
            if Int.random(in: 0...5, using: &random) > 0 { octets.append(0x20) }
            octets += (pieces.randomElement(using: &random) ?? "").utf8
        }
        if Int.random(in: 0...9, using: &random) == 0 {
            octets += [UInt8](repeating: 0x78, count: Int.random(in: 400...5000, using: &random))
        }
        if Int.random(in: 0...9, using: &random) == 0, !octets.isEmpty {
            octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        return octets + (Bool.random(using: &random) ? [0x0D, 0x0A] : [0x0A])
    }

    private static func events(_ stream: [UInt8], _ sender: IRCSender, pieceSize: Int) -> [IRCLineEvent] {
        var framer = IRCLineFramer(from: sender)
        var events: [IRCLineEvent] = []
        var rest = stream[...]
        while !rest.isEmpty {
            framer.receive(Array(rest.prefix(pieceSize)).span)
            rest = rest.dropFirst(pieceSize)
            while let event = framer.next() { events.append(event) }
            #expect(framer.bufferedCount <= IRCLimits.serverTagOctets + IRCLimits.bodyOctets + pieceSize)
        }
        return events
    }

    @Test(arguments: [IRCSender.client, .server]) func piecesReadTheSame(sender: IRCSender) {
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            var stream: [UInt8] = []
            for _ in 0..<Int.random(in: 1...4, using: &random) { stream += Self.line(&random) }
            let whole = Self.events(stream, sender, pieceSize: stream.count)
            for size in [1, 2, 3, 64] {
                #expect(Self.events(stream, sender, pieceSize: size) == whole, "seed \(seed), pieces of \(size)")
            }
        }
    }

    @Test func whatReadsIsRefusedOrTakenAndWritesTheSame() throws {
        var assembler = IRCMultilineAssembler()
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            for case .message(let message) in Self.events(Self.line(&random), .client, pieceSize: 10_000) {
                let octets = message.octets(limit: .max)
                Self.checkIsOneLine(octets, seed)
                #expect((try? IRCMessage(parsing: Array(octets.dropLast(2)))) == message, "seed \(seed): \(message)")
                do throws(IRCRequestFailure) {
                    _ = try IRCRequest(message)
                } catch {
                    var answer: [UInt8] = []
                    error.reply?.append(to: &answer, from: .server("irc.test"), nick: "n")
                    if !answer.isEmpty { Self.checkIsOneLine(answer, seed) }
                }
                if let event = IRCEvent(message) {
                    var written: [UInt8] = []
                    event.append(to: &written, from: message.source)
                    Self.checkIsOneLine(written, seed)
                }
                _ = assembler.take(message)
                let text = message.parameters.last?.text ?? ""
                _ = IRCMask(text).matches(text + "x")
                _ = WallInstant(ircTime: text)
                var support = IRCISupport()
                support.receive(message.parameters.map(\.text))
                _ = support.lines()
            }
        }
    }

    private static func checkIsOneLine(_ octets: [UInt8], _ seed: UInt64) {
        #expect(octets.suffix(2) == [0x0D, 0x0A], "seed \(seed)")
        #expect(!octets.dropLast(2).contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 }, "seed \(seed)")
    }
}
