import Basics
import Glibc
import ReactorCore
import Testing
import TransportTLS
import Transports

/// Descriptions made at random from the seed of each round; `FUZZ_ROUNDS` sets how many rounds a long run makes.
///
/// For every text: nothing traps, a complaint quotes the text, and what is understood is written so that it is
/// understood as the same again.
@Suite struct EndpointFuzzTests {
    static let rounds = getenv("FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 5_000

    private static let words = [
        "tcp", "tcp4", "tcp6", "unix", "haproxy", "tls", ":", ":", ":", "=", "\\", "\\:", "interface=", "host=",
        "port=",
        "backlog=", "mode=", "timeout=", "trust=", "0", "4000", "65535", "65536", "-1", "+7", "99999999999999999999",
        "127.0.0.1", #"\:\:1"#, "localhost", "fe80%1", "/run/mud", "@mud", "600", "777", "\0", "é", "\u{301}", "\r\n",
        "🏳️‍🌈", " ", "yes", ",", "10.0.0.0/8", "a",
    ]

    private static let shapes = [
        "tcp:4000:interface=127.0.0.1:backlog=7", #"tcp6:1:interface=fe80\:\:1"#, #"unix:/a\:b\=c\\d:mode=7"#,
        "haproxy:trust=10.0.0.0/8,127.0.0.1:tcp:4000", "tcp:example.org:80:timeout=5", "unix:@mud:timeout=1",
    ]

    private static func text(using random: inout SeededGenerator) -> String {
        guard Bool.random(using: &random), let shape = shapes.randomElement(using: &random) else {
            return (0..<Int.random(in: 0...12, using: &random))
                .map { _ in words.randomElement(using: &random) ?? "" }.joined()
        }
        var scalars = Array(shape.unicodeScalars)
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let place = Int.random(in: 0...scalars.count, using: &random)
            if Bool.random(using: &random), place < scalars.count {
                scalars.remove(at: place)
            } else {
                scalars.insert(contentsOf: (words.randomElement(using: &random) ?? "").unicodeScalars, at: place)
            }
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    @Test func whatIsUnderstoodIsUnderstoodAgain() {
        var understood = 0
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            let text = Self.text(using: &random)
            do throws(EndpointFailure) {
                let parsed = try EndpointDescription(text)
                understood += 1
                let again = try? EndpointDescription(parsed.description)
                #expect(again == parsed, "seed \(seed): \(text.debugDescription)")
            } catch {
                #expect(
                    error.text == text && (error.part.isEmpty || text.utf8.contains(error.part.utf8)),
                    "seed \(seed): \(text.debugDescription)")
            }
        }
        #expect(understood > Self.rounds / 50)
    }

    @Test func registriesUnderstandTheirOwnWords() throws {
        var registry = EndpointRegistry(resolver: ScriptedResolver())
        registry.registerProxied()
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            let text = Self.text(using: &random)
            if let server = try? registry.server(text) {
                let again = try registry.server(server.description).description
                #expect(again == server.description, "seed \(seed): \(text.debugDescription)")
            }
            if let client = try? registry.client(text) {
                let again = try registry.client(client.description).description
                #expect(again == client.description, "seed \(seed): \(text.debugDescription)")
            }
        }
    }

    @Test(arguments: [":", "=", "\\", "a=b:", "haproxy:", "tcp:1:", "\u{301}", "backlog=1:"])
    func longTextsAreRefusedWithoutHarm(piece: String) throws {
        var registry = EndpointRegistry(resolver: ScriptedResolver())
        registry.registerProxied()
        let text = "tcp:1:" + String(repeating: piece, count: 50_000)
        #expect(throws: EndpointFailure.self) { try EndpointDescription(text) }
        #expect(throws: (any Error).self) { try registry.server(text) }
        #expect(throws: (any Error).self) { try registry.client(text) }
        #expect(throws: (any Error).self) { try registry.server(String(repeating: piece, count: 50_000)) }
    }

    @Test func wrappersHaveALimit() throws {
        var registry = EndpointRegistry(resolver: ScriptedResolver())
        registry.registerProxied()
        let wrappers = { String(repeating: "haproxy:", count: $0) + "tcp:0" }
        _ = try registry.server(wrappers(EndpointArguments.deepestNesting))
        #expect(throws: EndpointFailure.self) { try registry.server(wrappers(EndpointArguments.deepestNesting + 1)) }
        #expect(throws: EndpointFailure.self) { try registry.server(wrappers(10_000)) }
    }
}
