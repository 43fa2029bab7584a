import Basics
import CredentialCore
import IRCWire
import ReactorCore
import ReactorTesting
import SASLWire
import Testing

@testable import ChatPeers

/// `AUTHENTICATE` in all its ways.
struct IRCSASLTests {
    /// Takes `secret`, after as many challenges as the test wants.
    private final class Exchange: IRCSASLExchange {
        var heard: [[UInt8]] = []
        var answer: ([UInt8]) -> Deferred<IRCSASLStep> = { message in
            .succeeded(message == Array("secret".utf8) ? .accepted(account: "ada") : .refused())
        }

        func start() -> Deferred<IRCSASLStep> { .succeeded(.challenge([])) }
        func receive(_ message: [UInt8]) -> Deferred<IRCSASLStep> {
            heard.append(message)
            return answer(message)
        }
    }

    private func stage(_ exchange: Exchange = Exchange()) throws -> IRCServerStage {
        let stage = try IRCServerStage()
        stage.house.offeredMechanisms = ["PLAIN"]
        stage.house.makeExchange = { $0 == "PLAIN" ? exchange : nil }
        return stage
    }

    /// A client that has asked for the capability.
    private func connect(_ stage: IRCServerStage) -> IRCTypist {
        let client = stage.connect()
        client.type("CAP REQ sasl")
        _ = client.read()
        return client
    }

    private static let secret = "c2VjcmV0"

    @Test func whoIsAcceptedIsToldAndMayGoOn() throws {
        let stage = try stage()
        let client = connect(stage)
        client.type("NICK ada", "USER u 0 * :x")
        _ = client.read()
        #expect(client.ask("AUTHENTICATE PLAIN") == ["AUTHENTICATE +"])
        #expect(
            client.ask("AUTHENTICATE \(Self.secret)") == [
                ":irc.test 900 ada ada!*@127.0.0.1 ada :You are now logged in as ada",
                ":irc.test 903 ada :SASL authentication successful",
            ])
        #expect(client.connection?.account == "ada")
        #expect(client.ask("CAP END").first?.contains(" 001 ") == true)
        #expect(stage.house.accounts.isEmpty)
    }

    @Test func aMessageMayComeInPieces() throws {
        for count in [299, 300, 301, 600, 900] {
            let exchange = Exchange()
            let stage = try stage(exchange)
            let client = connect(stage)
            let message = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            var rest = Base64.encode(message)[...]
            client.type("AUTHENTICATE PLAIN")
            while rest.count >= 400 {
                client.type("AUTHENTICATE " + String(decoding: rest.prefix(400), as: UTF8.self))
                rest = rest.dropFirst(400)
            }
            client.type("AUTHENTICATE " + (rest.isEmpty ? "+" : String(decoding: rest, as: UTF8.self)))
            #expect(exchange.heard == [message])
        }
    }

    @Test func challengesGoOutInPieces() throws {
        for count in [0, 1, 299, 300, 301, 600] {
            let exchange = Exchange()
            let challenge = [UInt8](repeating: 7, count: count)
            exchange.answer = { _ in .succeeded(.challenge(challenge)) }
            let client = connect(try stage(exchange))
            client.type("AUTHENTICATE PLAIN")
            let lines = client.ask("AUTHENTICATE \(Self.secret)").map { $0.replacing("AUTHENTICATE ", with: "") }
            #expect(lines.allSatisfy { $0.utf8.count <= 400 })
            #expect(lines.dropLast().allSatisfy { $0.utf8.count == 400 } && lines.last?.utf8.count != 400)
            let text = lines.joined().replacing("+", with: "", maxReplacements: lines.last == "+" ? 1 : 0)
            #expect(Base64.decode(Array(text.utf8)) == challenge)
        }
    }

    @Test(arguments: [
        (["AUTHENTICATE NONE"], ["908", "904"]),
        (["AUTHENTICATE *"], ["906"]),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE *"], ["AUTHENTICATE", "906"]),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE !!!"], ["AUTHENTICATE", "904"]),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE +"], ["AUTHENTICATE", "904"]),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE " + String(repeating: "A", count: 401)], ["AUTHENTICATE", "905"]),
        (["AUTHENTICATE"], ["461"]),
    ])
    func failuresHaveTheirNumerics(lines: [String], expected: [String]) throws {
        let client = connect(try stage())
        for line in lines { client.type(line) }
        let words = client.read().map { line in
            line.split(separator: " ").first { $0 == "AUTHENTICATE" || $0.count == 3 && Int($0) != nil }.map(
                String.init)
        }
        #expect(words == expected && client.isOpen)
    }

    @Test func theCapabilityComesFirst() throws {
        let client = try stage().connect()
        #expect(client.ask("AUTHENTICATE PLAIN") == [":irc.test 904 * :Ask for the capability sasl first"])
    }

    @Test func aMessageWithoutEndIsRefused() throws {
        let exchange = Exchange()
        let client = connect(try stage(exchange))
        client.type("AUTHENTICATE PLAIN")
        var last: [String] = []
        for _ in 0..<20 where last.isEmpty {
            last = client.ask("AUTHENTICATE " + String(repeating: "A", count: 400))
        }
        #expect(last == [":irc.test 905 * :SASL message too long"] && exchange.heard.isEmpty)
    }

    @Test func threeFailuresAreEnough() throws {
        let stage = try stage()
        let client = connect(stage)
        for _ in 0..<2 {
            client.type("AUTHENTICATE PLAIN", "AUTHENTICATE AAAA")
            #expect(client.isOpen)
        }
        client.type("AUTHENTICATE PLAIN", "AUTHENTICATE AAAA")
        #expect(!client.isOpen && stage.house.losses == ["Too many failed logins"])
    }

    @Test func registrationWaitsForTheLoginAndEndsItByCapEnd() throws {
        let exchange = Exchange()
        let stage = try stage(exchange)
        let client = connect(stage)
        client.type("NICK ada", "USER u 0 * :x", "AUTHENTICATE PLAIN")
        _ = client.read()
        let lines = client.ask("CAP END")
        #expect(lines.first?.contains(" 906 ") == true && lines.dropFirst().first?.contains(" 001 ") == true)
    }

    @Test func anAnswerThatTakesTimeHoldsTheClient() throws {
        let exchange = Exchange()
        let answer = Deferred<IRCSASLStep>()
        exchange.answer = { _ in answer }
        let stage = try stage(exchange)
        let client = connect(stage)
        client.type("NICK ada", "USER u 0 * :x", "AUTHENTICATE PLAIN")
        _ = client.read()
        client.type("AUTHENTICATE \(Self.secret)", "CAP END")
        #expect(client.read() == [] && client.wire.isReadingPaused)
        answer.succeed(.accepted(account: "ada"))
        let lines = client.read()
        try #require(lines.count == 6)
        #expect(lines[0].contains(" 900 ") && lines[2].contains(" 001 "))
    }

    @Test func aLoginAfterRegistrationIsToldToTheHouse() throws {
        let stage = try stage()
        let client = stage.join("ada", "labeled-response batch sasl")
        client.type("@label=a AUTHENTICATE PLAIN")
        #expect(client.read() == ["@label=a AUTHENTICATE +"])
        let lines = client.ask("@label=b AUTHENTICATE \(Self.secret)")
        try #require(lines.count == 4)
        #expect(lines[0].hasPrefix("@label=b ") && lines[1].contains(" 900 "))
        #expect(stage.house.accounts == ["ada"] && client.connection?.account == "ada")
    }

    @Test func whoGoesAwayCancelsTheCheck() throws {
        let exchange = Exchange()
        var isCancelled = false
        exchange.answer = { _ in Deferred { isCancelled = true } }
        let stage = try stage(exchange)
        let client = connect(stage)
        client.type("AUTHENTICATE PLAIN", "AUTHENTICATE \(Self.secret)")
        client.wire.loseFromPeer()
        stage.test.settle()
        #expect(isCancelled && stage.server.connections.isEmpty && stage.test.reactor.delayedCallCount == 0)
    }
}
