import Basics
import IRCWire
import ReactorCore
import ReactorTesting
import Testing
import Transports

@testable import ChatPeers

/// `PASS`, `NICK`, `USER`, `CAP`, cookies and deadlines, until a client is in.
struct IRCRegistrationTests {
    private static let greeting = ["001", "002", "003", "004"]

    private func numerics(_ lines: [String]) -> [String] {
        lines.compactMap { line in line.split(separator: " ").dropFirst().first.map(String.init) }
    }

    @Test(arguments: [["NICK ada", "USER u 0 * :Ada"], ["USER u 0 * :Ada", "NICK ada"]])
    func nickAndUserInAnyOrder(lines: [String]) throws {
        let stage = try IRCServerStage()
        let client = stage.connect()
        client.type(lines[0])
        #expect(client.read() == [])
        client.type(lines[1])
        let answer = client.read()
        #expect(numerics(answer) == Self.greeting)
        #expect(answer.first == ":irc.test 001 ada :Welcome to the Test Network, ada!u@host.test")
        #expect(client.connection?.isRegistered == true && client.connection?.registration == nil)
        #expect(stage.house.members.count == 1)
    }

    @Test func allAtOnceAndOctetByOctetComeToTheSame() throws {
        let text =
            "PASS secret\r\nCAP LS 302\r\nNICK ada\r\nUSER u 0 * :Ada\r\nCAP REQ :batch\r\nCAP END\r\nPING :a b\n"
        var results: [[String]] = []
        for size in [1, 2, 7, text.utf8.count] {
            let stage = try IRCServerStage()
            let client = stage.connect()
            client.wire.deliver(Array(text.utf8), inPiecesOf: size)
            results.append(client.read())
        }
        #expect(results.allSatisfy { $0 == results[0] })
        #expect(results[0].last == ":irc.test PONG irc.test :a b")
    }

    @Test func theHouseHearsAllThatWasSaid() throws {
        let stage = try IRCServerStage()
        var heard: IRCRegistration?
        stage.house.verdict = { connection in
            heard = connection.registration
            return .succeeded(.accepted(nick: "Ada", user: "~u", host: "h"))
        }
        let client = stage.connect()
        client.type("PASS :the secret", "NICK ada", "USER u 0 * :Ada L.", "USER v 0 * :other")
        #expect(
            heard?.password == "the secret" && heard?.nick == "ada" && heard?.user == "u" && heard?.realName == "Ada L."
        )
        #expect(client.connection?.source.text == "Ada!~u@h")
        #expect(client.read().last == ":irc.test 462 Ada :You may not reregister")
    }

    @Test func negotiationSuspendsUntilItsEnd() throws {
        let stage = try IRCServerStage()
        let client = stage.connect()
        client.type("CAP LS", "NICK ada", "USER u 0 * :Ada")
        #expect(client.connection?.isRegistered == false)
        client.type("CAP REQ :nonsense")
        #expect(client.read().last == ":irc.test CAP ada NAK :nonsense")
        client.type("CAP END")
        #expect(numerics(client.read()) == Self.greeting)
    }

    @Test func capabilitiesAreListedWithValuesForThoseWhoKnowThem() throws {
        let stage = try IRCServerStage { $0.strictTransport = IRCStrictTransport(port: 6697, duration: 60) }
        stage.house.offered = [.echoMessage]
        stage.house.offeredMechanisms = ["PLAIN", "EXTERNAL"]
        let new = stage.connect().ask("CAP LS 302")
        #expect(new.count == 1)
        let words = Set((new[0].split(separator: ":").last ?? "").split(separator: " ").map(String.init))
        #expect(
            words.isSuperset(of: ["sasl=PLAIN,EXTERNAL", "sts=port=6697", "echo-message", "labeled-response", "batch"]))
        let old = stage.connect().ask("CAP LS")
        #expect(old[0].contains(" sasl ") && !old[0].contains("="))
    }

    @Test func whatIsRefusedIsRefusedAsAWhole() throws {
        let stage = try IRCServerStage()
        let client = stage.connect()
        client.type("CAP REQ :batch sts")
        client.type("CAP REQ :batch -server-time")
        client.type("CAP LIST")
        #expect(
            client.read() == [
                ":irc.test CAP * NAK :batch sts", ":irc.test CAP * ACK :batch -server-time",
                ":irc.test CAP * LIST :batch",
            ])
        #expect(client.connection?.capabilities == [.batch])
    }

    @Test func commandsComeTooEarly() throws {
        let stage = try IRCServerStage()
        let client = stage.connect()
        #expect(client.ask("JOIN #a") == [":irc.test 451 * :You have not registered"])
        #expect(client.ask("PRIVMSG") == [":irc.test 451 * :You have not registered"])
        #expect(client.ask("REGISTER * * pw")[0].hasPrefix(":irc.test FAIL REGISTER COMPLETE_CONNECTION_REQUIRED"))
        #expect(client.ask("PING x") == [":irc.test PONG irc.test :x"])
        #expect(client.ask("NICK") == [":irc.test 431 * :No nickname given"])
        #expect(client.ask("USER a b") == [":irc.test 461 * USER :Not enough parameters"])
        #expect(client.ask("FLY") == [":irc.test 421 * FLY :Unknown command"])
        #expect(stage.house.requests.isEmpty && client.isOpen)
    }

    @Test func aRefusedNickMayBeChanged() throws {
        let stage = try IRCServerStage()
        stage.house.refusal = { $0 == "taken" ? .nickInUse("taken") : nil }
        let client = stage.connect()
        #expect(client.ask("USER u 0 * :x", "NICK taken") == [":irc.test 433 * taken :Nickname is already in use"])
        #expect(client.connection?.isRegistered == false)
        #expect(numerics(client.ask("NICK free")) == Self.greeting)
    }

    @Test func theHouseMayRefuseTheNickOrTheClientAtTheEnd() throws {
        let stage = try IRCServerStage()
        var verdict = IRCRegistrationVerdict.nickRefused(.nickInUse("ada"))
        stage.house.verdict = { _ in .succeeded(verdict) }
        let client = stage.connect()
        #expect(client.ask("NICK ada", "USER u 0 * :x") == [":irc.test 433 * ada :Nickname is already in use"])
        verdict = .refused(.passwordMismatch, words: "Bad password")
        let last = client.ask("NICK bob")
        #expect(last == [":irc.test 464 bob :Password incorrect", "ERROR :Closing link: (*@127.0.0.1) [Bad password]"])
        #expect(!client.isOpen && stage.house.losses == ["Bad password"] && stage.server.connections.isEmpty)
    }

    @Test func nothingIsTakenWhileTheHouseThinks() throws {
        let stage = try IRCServerStage()
        let verdict = Deferred<IRCRegistrationVerdict>()
        stage.house.verdict = { _ in verdict }
        let client = stage.connect()
        client.type("NICK ada", "USER u 0 * :x", "PRIVMSG #a :early")
        #expect(client.read() == [] && client.wire.isReadingPaused)
        verdict.succeed(.accepted(nick: "ada", user: "u", host: "h"))
        #expect(numerics(client.read()) == Self.greeting)
        #expect(stage.house.requests.count == 1 && !client.wire.isReadingPaused)
    }

    @Test func whoGoesAwayMeanwhileIsNotLetIn() throws {
        let stage = try IRCServerStage()
        var isCancelled = false
        stage.house.verdict = { _ in Deferred { isCancelled = true } }
        let client = stage.connect()
        client.type("NICK ada", "USER u 0 * :x")
        client.wire.loseFromPeer()
        stage.test.settle()
        #expect(isCancelled && stage.house.members.isEmpty && stage.house.losses.count == 1)
        #expect(stage.server.connections.isEmpty && stage.test.reactor.delayedCallCount == 0)
    }

    @Test func aCookieMustComeBack() throws {
        let stage = try IRCServerStage { $0.demandsCookie = true }
        let client = stage.connect()
        let ping = client.ask("NICK ada", "USER u 0 * :x")
        #expect(ping.count == 1 && ping[0].hasPrefix("PING "))
        #expect(client.ask("PONG wrong") == [])
        #expect(numerics(client.ask("PONG " + ping[0].dropFirst(5))) == Self.greeting)
    }

    @Test func whoDoesNotRegisterIsCutOffAtTheDeadline() throws {
        let stage = try IRCServerStage()
        let clients = (0..<50).map { stage.connect(from: 1000 + $0) }
        for _ in 0..<11 {
            // One octet each five seconds, as slow as a client can be.
            for client in clients { client.wire.deliver("X") }
            stage.test.advance(by: .seconds(5))
        }
        #expect(clients.allSatisfy { $0.isOpen })
        stage.test.advance(by: .seconds(10))
        #expect(clients.allSatisfy { !$0.isOpen })
        #expect(clients[0].read() == ["ERROR :Closing link: (*@127.0.0.1) [Registration timed out]"])
        #expect(stage.server.connections.isEmpty)
        stage.test.advance(by: .seconds(60))
        #expect(stage.test.reactor.delayedCallCount == 0)
    }

    @Test func linesBeforeRegistrationAreCounted() throws {
        let stage = try IRCServerStage { $0.linesBeforeRegistration = 10 }
        let client = stage.connect()
        for _ in 0..<10 { client.type("CAP LS 302") }
        #expect(client.isOpen)
        client.type("CAP LS 302")
        #expect(client.read().last?.contains("Too many lines") == true && !client.isOpen)
    }
}
