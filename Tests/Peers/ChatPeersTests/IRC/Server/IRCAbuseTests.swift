import Basics
import IRCWire
import ReactorCore
import ReactorTesting
import Testing
import Transports

@testable import ChatPeers

/// Clients that do what nobody does: floods, line ends where none belong, other protocols, readers that don't read.
struct IRCAbuseTests {
    // MARK: Flood

    @Test func aFloodIsTakenAtItsPaceAndNothingIsLost() throws {
        let stage = try IRCServerStage()
        let client = stage.join("ada")
        for number in 0..<1000 { client.wire.deliver("PRIVMSG #a \(number)\r\n") }
        stage.test.settle()
        #expect(stage.house.requests.count == 5 && client.wire.isReadingPaused)
        stage.test.advance(by: .seconds(10))
        #expect(stage.house.requests.count == 25)
        stage.test.advance(by: .seconds(600))
        let words = stage.house.requests.map { request in
            if case .message(let message) = request { message.text.text } else { "" }
        }
        #expect(words == (0..<1000).map(String.init) && client.isOpen && !client.wire.isReadingPaused)
        #expect(client.connection?.framer.bufferedCount == 0)
    }

    /// Only what goes into a batch is free; what is sent while one is open, or into one that has failed, is not.
    @Test(arguments: ["", "@batch=x ", "@batch=y "]) func anOpenBatchDoesNotSwitchThePaceOff(tag: String) throws {
        let stage = try IRCServerStage()
        stage.house.offered = [.multiline]
        let client = stage.join("ada", "batch message-tags draft/multiline")
        client.wire.deliver("BATCH +x draft/multiline #a\r\n")
        for _ in 0..<3000 { client.wire.deliver(tag + "PRIVMSG #b :x\r\n") }
        stage.test.settle()
        #expect(stage.house.requests.count <= 5 && client.wire.isReadingPaused)
        let batch = "BATCH +z draft/multiline #a\r\n@batch=z PRIVMSG #a :x\r\nBATCH -z\r\n"
        let other = stage.join("bob", "batch message-tags draft/multiline")
        let before = stage.house.requests.count
        for _ in 0..<5 { other.wire.deliver(batch) }
        stage.test.settle()
        #expect(stage.house.requests.count == before + 4 && other.wire.isReadingPaused)
    }

    @Test func operatorsMayBeExempt() throws {
        let stage = try IRCServerStage()
        let client = stage.join("ada")
        client.connection?.isExemptFromPace = true
        for number in 0..<1000 { client.wire.deliver("PRIVMSG #a \(number)\r\n") }
        #expect(stage.house.requests.count == 1000)
    }

    @Test func registrationIsNotHeldUpByThePace() throws {
        let stage = try IRCServerStage()
        let client = stage.connect()
        for _ in 0..<30 { client.type("CAP LS 302") }
        client.type("NICK ada", "USER u 0 * :x", "CAP END")
        #expect(client.connection?.isRegistered == true)
    }

    // MARK: Lines

    @Test(arguments: ["PRIVMSG #a :x\ry", "PRIVMSG #a :x\0y", "\u{1}\u{2}", "@", ":", "@a", ":a", "   "])
    func whatIsNoLineIsPassedOver(line: String) throws {
        let stage = try IRCServerStage()
        let client = stage.join("ada")
        client.type(line)
        #expect(stage.house.requests.isEmpty && client.isOpen)
        #expect(client.ask("PING x") == [":irc.test PONG irc.test :x"])
    }

    @Test func longLinesAndTagsAreRefusedByNumeric() throws {
        let stage = try IRCServerStage { $0.pace = nil }
        let client = stage.join("ada", "message-tags")
        let tooLong = [":irc.test 417 ada :Input line was too long"]
        let head = "PRIVMSG #a :"
        for (count, isTaken) in [(510, true), (511, false), (100_000, false)] {
            let answer = client.ask(head + String(repeating: "x", count: count - head.utf8.count))
            #expect(answer == (isTaken ? [] : tooLong))
        }
        for (count, isTaken) in [(4096, true), (4097, false)] {
            // With the sign and the space.
            let tags = "@+a=" + String(repeating: "x", count: count - 5) + " "
            #expect(client.ask(tags + "PRIVMSG #a :x") == (isTaken ? [] : tooLong))
        }
        #expect(stage.house.requests.count == 2)
        #expect(client.ask("PRIVMSG #a :\u{FF}".replacing("\u{FF}", with: "x")) == [])
    }

    @Test func endlessLinesTakeNoMemory() throws {
        let stage = try IRCServerStage()
        let client = stage.join("ada")
        let piece = [UInt8](repeating: 0x41, count: 65_536)
        for _ in 0..<1000 { client.send(piece) }
        #expect(client.connection?.framer.bufferedCount ?? .max <= 65_536 + 8192)
        #expect(client.ask("", "PING x").suffix(1) == [":irc.test PONG irc.test :x"])
    }

    @Test func whatIsNotUTF8IsToldAndDropped() throws {
        let stage = try IRCServerStage()
        let client = stage.join("ada")
        client.send(Array("PRIVMSG #a :".utf8) + [0xFF, 0xC0, 0x0D, 0x0A])
        let answer = client.read()
        #expect(answer.count == 1 && answer[0].hasPrefix(":irc.test FAIL PRIVMSG INVALID_UTF8 "))
        #expect(stage.house.requests.isEmpty && client.isOpen)
    }

    /// Each octet in each parameter of each command: whatever comes of it, no line of ours has a line end inside.
    @Test func noOctetInAnyParameterForgesALine() throws {
        let stage = try IRCServerStage { $0.pace = nil }
        stage.house.answer = { request, connection in
            // What a careless house would do: send everything back to everybody.
            let text = IRCParameter(cleaning: "\(request)")
            connection.send(
                IRCLine(
                    .message(.notice, target: text, text: text),
                    from: IRCSource(text.text, user: text.text, host: text.text)))
            connection.reply(.noSuchNick(text))
        }
        let client = stage.join("ada", "message-tags labeled-response batch")
        for command in IRCClientCommand.allCases where command != .quit {
            for octet in UInt8.min...UInt8.max {
                for place in [0, 3] {
                    var line = Array("@label=l;+t=".utf8) + [octet] + Array(" \(command.rawValue)".utf8)
                    for index in 0..<4 {
                        line += Array(" p".utf8) + (index == place ? [octet] : []) + Array("q".utf8)
                    }
                    client.wire.deliver(line + [0x0D, 0x0A])
                }
            }
            stage.test.settle()
            let octets = client.wire.takeWritten()
            #expect(!octets.contains(0))
            for line in octets.split(separator: 0x0A, omittingEmptySubsequences: true) {
                #expect(line.last == 0x0D && line.dropLast().allSatisfy { $0 != 0x0D })
                let isOurs = ["@", ":", "PING ", "AUTHENTICATE ", "ERROR "].contains { line.starts(with: $0.utf8) }
                #expect(isOurs, "\(String(decoding: line, as: UTF8.self))")
            }
            if !client.isOpen { break }
        }
        #expect(client.isOpen || stage.house.losses == ["Too many failed logins"])
    }

    // MARK: Other protocols

    static let foreign: [String] = [
        "GET / HTTP/1.1\r\n", "POST / HTTP/1.1\r\nHost: irc\r\n\r\nNICK evil\r\nUSER e 0 * :e\r\nJOIN #a\r\n",
        "CONNECT irc:6667 HTTP/1.1\r\n", "EHLO mail\r\n", "PRI * HTTP/2.0\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\r\n",
        "SSH-2.0-OpenSSH\r\n", "PROPFIND / HTTP/1.1\n",
    ]

    @Test(arguments: foreign, [1, 10_000]) func otherProtocolsAreCutOffUnheard(text: String, size: Int) throws {
        let stage = try IRCServerStage()
        let client = stage.connect()
        client.wire.deliver(Array(text.utf8), inPiecesOf: size)
        stage.test.settle()
        #expect(!client.isOpen && client.wire.takeWritten() == [])
        #expect(stage.house.members.isEmpty && stage.server.connections.isEmpty)
    }

    // MARK: Readers

    @Test func whoDoesNotReadIsCutOffAndOthersAreNot() throws {
        let stage = try IRCServerStage()
        let (slow, fast) = (stage.join("slow"), stage.join("fast"))
        slow.wire.isPeerReading = false
        let text = IRCParameter(cleaning: String(repeating: "x", count: 400))
        let line = IRCLine(.message(.privmsg, target: "#a", text: text), from: nil)
        var most = 0
        for _ in 0..<25_000 {
            slow.connection?.send(line)
            fast.connection?.send(line)
            stage.test.settle()
            most = max(most, slow.connection?.bufferedByteCount ?? 0)
            _ = fast.wire.takeWritten()
            if slow.connection?.isEnded == true { break }
        }
        #expect(stage.house.losses == ["SendQ exceeded"] && fast.isOpen)
        #expect(most <= (256 << 10) + 1024)
        stage.test.advance(by: .seconds(6))
        #expect(!slow.isOpen)
    }

    @Test func requestsOfWhoDoesNotReadAreNotTaken() throws {
        let stage = try IRCServerStage { $0.pace = nil }
        stage.house.answer = { _, connection in
            for _ in 0..<100 {
                connection.reply(.noSuchNick(IRCParameter(cleaning: String(repeating: "x", count: 400))))
            }
        }
        let client = stage.join("ada")
        client.wire.isPeerReading = false
        for _ in 0..<1000 { client.wire.deliver("WHO x\r\n") }
        stage.test.settle()
        #expect(client.isOpen && client.wire.isReadingPaused && stage.house.requests.count < 10)
        client.wire.isPeerReading = true
        for _ in 0..<1000 {
            _ = client.wire.takeWritten()
            stage.test.settle()
        }
        #expect(stage.house.requests.count == 1000 && client.isOpen)
    }

    /// Who asks for something long has not had the time to read it, and is not cut off for that, but for what follows.
    @Test func longAnswersAreNoSignOfASlowReader() throws {
        let stage = try IRCServerStage()
        let text = IRCParameter(cleaning: String(repeating: "x", count: 400))
        stage.house.answer = { _, connection in
            for _ in 0..<1500 { connection.reply(.noSuchNick(text)) }
        }
        let client = stage.join("ada")
        client.wire.isPeerReading = false
        client.type("LIST")
        #expect(client.isOpen && client.connection?.isEnded == false)
        #expect(client.connection?.bufferedByteCount ?? 0 > 512 << 10)
        let line = IRCLine(.message(.privmsg, target: "#a", text: text), from: nil)
        for _ in 0..<400 {
            client.connection?.send(line)
            stage.test.settle()
        }
        #expect(client.connection?.isEnded == false)
        for _ in 0..<400 {
            client.connection?.send(line)
            stage.test.settle()
        }
        #expect(stage.house.losses == ["SendQ exceeded"])
    }

    /// However long the answers are, so much waits and no more.
    @Test func answersWithoutEndAreCutOff() throws {
        let stage = try IRCServerStage()
        let text = IRCParameter(cleaning: String(repeating: "x", count: 400))
        stage.house.answer = { _, connection in
            for _ in 0..<5000 { connection.reply(.noSuchNick(text)) }
        }
        let client = stage.join("ada")
        client.wire.isPeerReading = false
        client.type("LIST")
        #expect(stage.house.losses == ["SendQ exceeded"])
    }

    // MARK: Crowds

    @Test func whatNeverLogsInLeavesNothing() throws {
        let stage = try IRCServerStage()
        let steps = [
            "", "CAP LS 302\r\n", "NICK a\r\n", "PASS x\r\nNICK a\r\nCAP LS\r\nUSER a", "\u{16}\r\n",
            "AUTHENTICATE PLAIN\r\n",
        ]
        for number in 0..<3000 as Range<UInt16> {
            let client = stage.connect(from: number)
            client.wire.deliver(steps[Int(number) % steps.count])
            client.wire.loseFromPeer()
        }
        stage.test.settle()
        #expect(stage.server.connections.isEmpty && stage.server.connectionCount == 3000)
        #expect(stage.test.reactor.delayedCallCount == 0)
    }
}
