import Basics
import Glibc
import IRCWire
import ReactorCore
import ReactorTesting
import Testing

@testable import ChatPeers

/// Clients that send lines, tags and noise made from the seed of each round; `FUZZ_ROUNDS` sets how many rounds a long run makes.
///
/// For every one: nothing traps, pieces of any size bring the same requests to the house, and nothing of the client is left.
@Suite struct IRCServerFuzzTests {
    private static let rounds = getenv("FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 400

    private static let words = [
        "CAP", "LS", "302", "REQ", ":batch labeled-response message-tags draft/multiline sasl", "END", "AUTHENTICATE",
        "PLAIN", "*", "+",
        "c2VjcmV0", "NICK", "ada", "USER", "u", "0", "PASS", "PING", "PONG", "JOIN", "#a", "PRIVMSG", ":words and more",
        "BATCH",
        "+b", "-b", "draft/multiline", "@label=l", "@batch=b", "@label=l;batch=b", "@draft/multiline-concat;batch=b",
        "MODE", "é",
        "WHO", "QUIT", "ERROR", "\0", "\r", "@", ":", "\u{FFFF}",
    ]

    private static func stream(_ seed: UInt64) -> [UInt8] {
        var random = SeededGenerator(seed: seed)
        var stream: [UInt8] = []
        if Bool.random(using: &random) {
            stream +=
                "CAP REQ :batch labeled-response message-tags draft/multiline sasl\r\nNICK a\r\nUSER a 0 * :a\r\nCAP END\r\n"
                .utf8
        }
        for _ in 0..<Int.random(in: 1...30, using: &random) {
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                stream += (words.randomElement(using: &random) ?? "").utf8
                stream.append(0x20)
            }
            if Int.random(in: 0...9, using: &random) == 0 {
                stream += (0..<9).map { _ in UInt8.random(in: 0...255, using: &random) }
            }
            stream += [0x0D, 0x0A]
        }
        return stream
    }

    private static func requests(_ stream: [UInt8], pieceSize: Int, _ seed: UInt64) throws -> [IRCRequest] {
        let stage = try IRCServerStage()
        stage.house.offered = [.multiline, .echoMessage]
        stage.house.offeredMechanisms = ["PLAIN"]
        stage.house.answer = { request, connection in
            if case .who = request { connection.reply(.noMotd) }
        }
        let client = stage.connect()
        client.wire.deliver(stream, inPiecesOf: pieceSize)
        stage.test.advance(by: .seconds(50))
        for line in client.wire.takeWritten().split(separator: 0x0A) {
            #expect(line.last == 0x0D && !line.contains(0), "seed \(seed)")
        }
        client.wire.loseFromPeer()
        stage.test.settle()
        #expect(stage.server.connections.isEmpty && stage.test.reactor.delayedCallCount == 0, "seed \(seed)")
        return stage.house.requests
    }

    @Test func streamsOfAllKinds() throws {
        for seed in 0..<UInt64(Self.rounds) {
            let stream = Self.stream(seed)
            let whole = try Self.requests(stream, pieceSize: stream.count, seed)
            for size in [1, 3, 64] {
                #expect(try Self.requests(stream, pieceSize: size, seed) == whole, "seed \(seed), pieces of \(size)")
            }
        }
    }
}
