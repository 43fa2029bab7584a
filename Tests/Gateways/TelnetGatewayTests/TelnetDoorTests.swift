import Basics
import CredentialCore
import GatewayCore
import GatewayTesting
import Logging
import ReactorCore
import ReactorTesting
import Synchronization
import TelnetGateway
import Testing
import Transports
import WorldLanguage
import WorldModel
import WorldVerbs

/// The telnet door over a memory transport, with a small game behind it.
@Suite struct TelnetDoorTests {
    /// Makes every turn durable at once.
    final class Stage {
        let time = ManualTime()
        let reactor: Reactor
        let world = World()
        let game: Game
        private let archive = PromptArchive()

        init(log: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) throws {
            reactor = try Reactor(time: time)
            world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
            let root = world.create(.world)
            let hall = world.create(.place)
            world.set(.name, to: "Hall", on: hall)
            world.set(
                .description, to: "A plain hall with a floor of worn boards and a long bare table by the window.",
                on: hall)
            world.set(.startPlace, to: hall, on: root)
            _ = world.endTurn()
            game = .inMemory(world, on: reactor, archive, log: log, at: WallInstant(milliseconds: 1))
        }

        func connect() throws -> MemoryTransport {
            let transport = MemoryTransport()
            let factory = TelnetFactory(game: game)
            transport.connect(try #require(factory.makeProtocol(for: transport.peer)))
            settle()
            return transport
        }

        func settle() {
            for _ in 0..<20 { reactor.runOnePass(waitingAtMost: .zero) }
        }

        func type(_ text: String, _ transport: MemoryTransport) -> String {
            transport.deliver(text)
            settle()
            return transport.takeWrittenText()
        }

        func guest() throws -> MemoryTransport {
            let transport = try connect()
            _ = type("guest\r\n", transport)
            return transport
        }
    }

    private static let iac: UInt8 = 255

    @Test(arguments: [nil, Duration.seconds(60)]) func aSilentConnectionIsKeptAliveWhereThatIsWanted(
        interval: Duration?
    ) throws {
        let stage = try Stage()
        stage.game.settings.keepAlive = interval
        let transport = try stage.guest()
        _ = transport.takeWritten()
        stage.time.advance(by: .seconds(59))
        stage.settle()
        #expect(!transport.takeWritten().contains([Self.iac, 241]))
        stage.time.advance(by: .seconds(2))
        stage.settle()
        #expect(transport.takeWritten().contains([Self.iac, 241]) == (interval != nil))
    }

    @Test func opensWithItsOffersAGreetingAndAMarkedPrompt() throws {
        let transport = try Stage().connect()
        let written = transport.takeWritten()
        #expect(written.starts(with: [Self.iac, 253, 24, Self.iac, 253, 31, Self.iac, 253, 39, Self.iac, 251, 25]))
        #expect(written.suffix(8) == ArraySlice(Array("Name: ".utf8) + [Self.iac, 249]))
        #expect(!written.contains { $0 == 0x1B })
    }

    @Test func whatIsTypedAheadOfTheNegotiationCounts() throws {
        let stage = try Stage()
        let transport = try stage.connect()
        transport.deliver(Array("gue".utf8) + [Self.iac, 251, 31] + Array("st\r\nsay hello\r\n".utf8))
        stage.settle()
        let text = transport.takeWrittenText()
        #expect(text.contains("A plain hall"))
        #expect(text.contains("You say, \"hello\""))
    }

    @Test func aNarrowWindowIsWrappedFor() throws {
        let stage = try Stage()
        let transport = try stage.guest()
        transport.deliver([Self.iac, 251, 31, Self.iac, 250, 31, 0, 30, 0, 20, Self.iac, 240])
        let text = stage.type("look\r\n", transport)
        #expect(text.contains("worn"))
        #expect(text.split(separator: "\r\n").allSatisfy { $0.count <= 34 })
    }

    @Test func coloursGoToTerminalsThatHaveThem() throws {
        let stage = try Stage()
        let transport = try stage.guest()
        #expect(!stage.type("look\r\n", transport).contains("\u{1B}"))
        transport.deliver(
            [Self.iac, 251, 24, Self.iac, 250, 24, 0] + Array("XTERM-256COLOR".utf8) + [Self.iac, 240])
        #expect(stage.type("look\r\n", transport).contains("\u{1B}["))
    }

    @Test func echoIsOffAroundPasswordsOnly() throws {
        let stage = try Stage()
        let transport = try stage.connect()
        _ = transport.takeWritten()
        func write(_ line: String) -> [UInt8] {
            transport.deliver(line + "\r\n")
            stage.settle()
            return transport.takeWritten()
        }
        let hide: [UInt8] = [Self.iac, 251, 1]
        let show: [UInt8] = [Self.iac, 252, 1]
        #expect(!write("ada").contains(hide))
        #expect(write("yes").contains(hide))
        transport.deliver([Self.iac, 253, 1])
        _ = write("correct horse")
        #expect(write("correct horse").contains(show))
        #expect(!write("no").contains(hide))
    }

    @Test func nothingHarmfulReachesAnotherPlayer() throws {
        let stage = try Stage()
        let (speaker, listener) = (try stage.guest(), try stage.guest())
        _ = listener.takeWritten()
        for octet in UInt8.min...UInt8.max where octet != 10 && octet != 13 && octet != 255 {
            speaker.deliver(Array("say x".utf8) + [octet] + Array("y\r\n".utf8))
            stage.settle()
        }
        _ = stage.type("say \u{1B}]0;title\u{7}\u{9B}2J\u{202E}end\r\n", speaker)
        let heard = String(decoding: listener.takeWritten().filter { $0 < 0xF0 }, as: UTF8.self)
        #expect(heard.contains("end"))
        let controls = heard.unicodeScalars.filter { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
        #expect(controls.allSatisfy { $0 == "\r" || $0 == "\n" })
        #expect(!heard.unicodeScalars.contains("\u{202E}"))
    }

    @Test func aLineTooLongIsRefusedWithAWord() throws {
        let stage = try Stage()
        let transport = try stage.guest()
        let text = stage.type("say " + String(repeating: "x", count: 5000) + "\r\n", transport)
        #expect(text.contains("longer than 2048"))
        #expect(!text.contains("xxxx"))
        #expect(stage.type("look\r\n", transport).contains("A plain hall"))
    }

    @Test func otherProtocolsAndSoupDoNoHarm() throws {
        let stage = try Stage()
        for request in ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}", "SSH-2.0-x\r\n"] {
            let transport = try stage.connect()
            transport.deliver(request)
            stage.settle()
        }
        var random = SeededGenerator(seed: 23)
        let transport = try stage.guest()
        for _ in 0..<300 {
            transport.deliver(
                (0..<Int.random(in: 1..<80, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random)
                })
            stage.settle()
        }
        #expect(stage.world.violations().isEmpty)
    }

    @Test func aPeerThatStopsReadingIsNotHeardUntilItReadsAgain() throws {
        let stage = try Stage()
        let transport = try stage.guest()
        transport.isPeerReading = false
        var typed = 0
        while !transport.isReadingPaused, typed < 2000 {
            _ = stage.type("look\r\n", transport)
            typed += 1
        }
        #expect(transport.isReadingPaused)
        #expect(transport.bufferedByteCount < 2 * StreamLimits.producerHighWater)
        transport.isPeerReading = true
        stage.settle()
        #expect(!transport.isReadingPaused)
        _ = transport.takeWritten()
        #expect(stage.type("look\r\n", transport).contains("A plain hall"))
        #expect(stage.type("quit\r\n", transport).contains("Goodbye"))
        #expect(!transport.isOpen)
    }

    @Test func theLogSaysWhatWasWrongWithAConnection() throws {
        struct Trouble: Error, CustomStringConvertible {
            let description = "no handshake"
        }
        let book = LogBook()
        let stage = try Stage(log: Logger(label: "test") { _ in BookHandler(book: book) })
        for reason in [DisconnectReason.done, .aborted, .layerFailure(Trouble()), .protocolFailure(Trouble())] {
            try stage.connect().loseFromPeer(reason)
            stage.settle()
        }
        #expect(
            book.lines.filter { $0.hasPrefix("disconnected") } == [
                "disconnected", "disconnected", "disconnected: no handshake",
                "disconnected: protocol failure: no handshake",
            ])
    }

    @Test(arguments: [true, false]) func monitoringSeesAnOpenDoorBeforeAnybodyComes(isLate: Bool) throws {
        let stage = try Stage()
        #expect(stage.game.trafficByDoor.isEmpty)
        let factory = TelnetFactory(game: isLate ? nil : stage.game)
        if isLate { factory.game = stage.game }
        #expect(stage.game.trafficByDoor["telnet"]?.admitted == 0 && stage.game.trafficByDoor["telnet"]?.refused == 0)
    }

    /// However much of it the peer took before it was gone, the next connection goes on with the first event it has not wholly.
    @Test func whatAPeerDidNotTakeComesAtTheNextConnection() throws {
        let stage = try Stage()
        func enter(_ lines: String...) throws -> MemoryTransport {
            let transport = try stage.connect()
            for line in lines { transport.deliver(line + "\r\n") }
            stage.settle()
            return transport
        }
        func numbers(_ octets: [UInt8]) -> [Int] {
            String(decoding: octets, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
                .dropLast()
                .compactMap { line in line.split(separator: "Ben says, \"").last.flatMap { Int($0.dropLast()) } }
        }
        let ben = try enter("ben", "yes", "correct horse", "correct horse", "no")
        var ada = try enter("ada", "yes", "correct horse", "correct horse", "no")
        var said = 0
        for cut in 0..<90 {
            _ = ada.takeWritten()
            ada.isPeerReading = false
            let first = said + 1
            for _ in 0..<4 {
                said += 1
                _ = stage.type("say \(said)\r\n", ben)
            }
            let before = numbers(ada.take(atMost: cut))
            ada.loseFromPeer(.aborted)
            stage.settle()
            ada = try enter("connect ada correct horse")
            #expect(before + numbers(ada.takeWritten()) == Array(first...said), "cut at \(cut)")
        }
    }

    @Test func aLostConnectionEndsAGuest() throws {
        let stage = try Stage()
        let transport = try stage.guest()
        #expect(stage.world.player(named: "Guest1") != nil)
        transport.loseFromPeer()
        stage.settle()
        #expect(stage.world.player(named: "Guest1") == nil)
        #expect(stage.game.sessions.isEmpty)
    }
}

/// Keeps what is logged.
private final class LogBook: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    func add(_ line: String) { kept.withLock { $0.append(line) } }
}

/// Writes messages with their reasons into a book.
private struct BookHandler: LogHandler {
    let book: LogBook
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        book.add(event.message.description + (event.metadata?["reason"].map { ": \($0)" } ?? ""))
    }
}
