import CompressionWire
import ReactorTesting
import Testing
import Transports
import WorldModel

/// What players read and type over compressed connections and in old character sets.
@Suite struct TelnetStreamTests {
    private static let iac: UInt8 = 255

    @Test func whoAgreesToCompressionReadsTheGameDeflated() throws {
        let stage = try TelnetDoorTests.Stage()
        let transport = try stage.guest()
        _ = transport.takeWritten()
        transport.deliver([Self.iac, 253, 86])
        let mark: [UInt8] = [Self.iac, 250, 86, Self.iac, 240]
        let opening = transport.takeWritten()
        #expect(opening.starts(with: mark))
        var inflater = try Inflater()
        var text: [UInt8] = []
        var deflated = Array(opening.dropFirst(mark.count))
        for _ in 0..<10 {
            transport.deliver("look\r\n")
            stage.settle()
            deflated += transport.takeWritten()
        }
        _ = try inflater.inflate(deflated, into: &text)
        let read = String(decoding: text, as: UTF8.self)
        #expect(read.count(of: "A plain hall") == 10)
        #expect(deflated.count < text.count / 2)
        _ = stage.type("quit\r\n", transport)
        #expect(!transport.isOpen)
    }

    @Test func commandsMayComeDeflated() throws {
        let stage = try TelnetDoorTests.Stage()
        let transport = try stage.guest()
        _ = transport.takeWritten()
        var deflater = try Deflater()
        var deflated: [UInt8] = []
        deflater.compress(Array("say from afar\r\n".utf8), into: &deflated)
        deflater.flush(into: &deflated)
        transport.deliver([Self.iac, 253, 87, Self.iac, 250, 87, Self.iac, 240] + deflated)
        stage.settle()
        #expect(transport.takeWrittenText().contains("You say, \"from afar\""))
    }

    @Test func aBombEndsOneConnectionAndNoOther() throws {
        let stage = try TelnetDoorTests.Stage()
        let (bomber, other) = (try stage.guest(), try stage.guest())
        var deflater = try Deflater(level: 9)
        var bomb: [UInt8] = []
        deflater.compress([UInt8](repeating: 0x61, count: 4 << 20), into: &bomb)
        deflater.finish(into: &bomb)
        bomber.deliver([Self.iac, 253, 87, Self.iac, 250, 87, Self.iac, 240] + bomb)
        stage.settle()
        #expect(!bomber.isOpen)
        #expect(stage.type("look\r\n", other).contains("A plain hall"))
    }

    @Test func anAgreedCharacterSetGoesBothWays() throws {
        let stage = try TelnetDoorTests.Stage()
        let (old, other) = (try stage.guest(), try stage.guest())
        old.deliver([Self.iac, 253, 42, Self.iac, 250, 42, 2] + Array("GBK".utf8) + [Self.iac, 240])
        _ = old.takeWritten()
        _ = other.takeWritten()
        old.deliver(Array("say ".utf8) + [0xC4, 0xE3, 0xBA, 0xC3, 13, 10])
        stage.settle()
        #expect(other.takeWrittenText().contains("\u{4F60}\u{597D}"))
        let echo = old.takeWritten()
        #expect(echo.indices.contains { echo[$0...].starts(with: [0xC4, 0xE3, 0xBA, 0xC3]) })
    }

    @Test func whatThePlayerSetsCountsForMore() throws {
        let stage = try TelnetDoorTests.Stage()
        let (old, other) = (try stage.guest(), try stage.guest())
        _ = stage.type("set encoding big5\r\n", old)
        _ = stage.type("say \u{4F60}\u{597D} caf\u{E9}\r\n", other)
        let heard = old.takeWritten()
        #expect(heard.indices.contains { heard[$0...].starts(with: [0xA7, 0x41, 0xA6, 0x6E] + Array(" cafe".utf8)) })
        old.deliver([Self.iac, 253, 42, Self.iac, 250, 42, 2] + Array("GBK".utf8) + [Self.iac, 240])
        old.deliver(Array("say ".utf8) + [0xA7, 0x41, 13, 10])
        stage.settle()
        #expect(other.takeWrittenText().contains("\u{4F60}"))
    }

    @Test func compressionEndsWhenThePlayerWantsNone() throws {
        let stage = try TelnetDoorTests.Stage()
        let transport = try stage.guest()
        transport.deliver([Self.iac, 253, 86])
        _ = transport.takeWritten()
        transport.deliver("set compress off\r\n")
        stage.settle()
        _ = transport.takeWritten()
        #expect(stage.type("look\r\n", transport).contains("A plain hall"))
    }

    /// In Latin-1 one letter is the octet 255, which must not begin a command.
    @Test func noLetterBecomesACommand() throws {
        let stage = try TelnetDoorTests.Stage()
        let (old, other) = (try stage.guest(), try stage.guest())
        old.deliver([Self.iac, 253, 42, Self.iac, 250, 42, 2] + Array("ISO-8859-1".utf8) + [Self.iac, 240])
        _ = old.takeWritten()
        _ = stage.type("say x\u{FF}\u{FA}y\r\n", other)
        let heard = old.takeWritten()
        #expect(heard.indices.contains { heard[$0...].starts(with: [0x78, 0xFF, 0xFF, 0xFA, 0x79]) })
    }
}

extension String {
    /// How often a text is in it.
    fileprivate func count(of text: String) -> Int {
        var (count, rest) = (0, self[...])
        while let range = rest.firstRange(of: text) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
