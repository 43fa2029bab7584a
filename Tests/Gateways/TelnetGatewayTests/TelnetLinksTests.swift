import ReactorTesting
import Testing
import Transports
import WorldModel

/// Commands that can be clicked, for players who want that and whose client knows MXP.
@Suite struct TelnetLinksTests {
    private static let iac: UInt8 = 255
    private static let will: [UInt8] = [iac, 251, 91]

    private func contains(_ sequence: [UInt8], _ octets: [UInt8]) -> Bool {
        octets.indices.contains { octets[$0...].starts(with: sequence) }
    }

    @Test func commandsAreLinksForThoseWhoWantThem() throws {
        let stage = try TelnetDoorTests.Stage()
        let (transport, other) = (try stage.guest(), try stage.guest())
        #expect(!contains(Self.will, transport.takeWritten()))
        transport.deliver("set mxp on\r\n")
        stage.settle()
        #expect(contains(Self.will, transport.takeWritten()))
        // Nothing changes before the client agrees.
        #expect(!stage.type("xyzzy\r\n", transport).contains("<SEND"))
        transport.deliver([Self.iac, 253, 91])
        stage.settle()
        #expect(contains([Self.iac, 250, 91, Self.iac, 240] + Array("\u{1B}[7z".utf8), transport.takeWritten()))
        let answer = stage.type("xyzzy\r\n", transport)
        #expect(answer.contains("\u{1B}[1zThere is no verb &quot;xyzzy&quot;."))
        #expect(answer.contains("<SEND href=\"commands\">commands</SEND>"))

        // What players write is no element, nor what they make others type.
        _ = other.takeWritten()
        _ = stage.type("say <SEND href=quit>x</SEND>\r\n", other)
        let heard = transport.takeWrittenText()
        #expect(heard.contains("<SEND href=quit>x</SEND>"))
        #expect(!heard.contains("\u{1B}[1z"))

        transport.deliver("set mxp off\r\n")
        stage.settle()
        let last = transport.takeWritten()
        #expect(contains([Self.iac, 252, 91], last))
        #expect(!String(decoding: last, as: UTF8.self).contains("<SEND"))
        #expect(!stage.type("xyzzy\r\n", transport).contains("<SEND"), "before the client has answered")
        transport.deliver([Self.iac, 254, 91])
        #expect(!stage.type("xyzzy\r\n", transport).contains("<SEND"))
    }

    @Test func whoRefusesIsAskedOnce() throws {
        let stage = try TelnetDoorTests.Stage()
        let transport = try stage.guest()
        transport.deliver("set mxp on\r\n")
        stage.settle()
        _ = transport.takeWritten()
        transport.deliver([Self.iac, 254, 91])
        transport.deliver("set width 60\r\nset mxp on\r\nxyzzy\r\n")
        stage.settle()
        let written = transport.takeWritten()
        #expect(!contains(Self.will, written))
        #expect(!String(decoding: written, as: UTF8.self).contains("<SEND"))
    }
}
