import ReactorTesting
import Testing

@testable import TelnetGateway

@Suite struct TelnetClientNameTests {
    @Test func theBestThatWasToldCounts() {
        var name = TelnetClientName()
        #expect(name.text == "")
        name.note("1.0", of: "CLIENT_VERSION")
        #expect(name.text == "")
        name.note(terminalType: "TINTIN++")
        name.note(terminalType: "XTERM")
        #expect(name.text == "TINTIN++")
        name.note("TINTIN++", of: "CLIENT_NAME")
        name.note("XTERM", of: "TERMINAL_TYPE")
        #expect(name.text == "TINTIN++ 1.0")
        name.note(greeting: "TinTin++ 2.02.20")
        name.note("other", of: "CLIENT_NAME")
        #expect(name.text == "TinTin++ 2.02.20")
        name.note(greeting: "")
        #expect(name.text == "other 1.0")
    }

    @Test func connectionsAreListedWithIt() throws {
        let stage = try TelnetDoorTests.Stage()
        let transport = try stage.connect()
        transport.deliver([255, 251, 24, 255, 250, 24, 0] + Array("TINTIN++".utf8) + [255, 240])
        _ = stage.type("guest\r\n", transport)
        #expect(stage.type("connections\r\n", transport).contains("with TINTIN++"))
    }

    @Test func theInterruptKeyAsksAnew() throws {
        let stage = try TelnetDoorTests.Stage()
        let transport = try stage.connect()
        _ = transport.takeWrittenText()
        transport.deliver(Array("half".utf8) + [255, 244, 255, 244])
        stage.settle()
        let text = transport.takeWrittenText()
        #expect(text.hasPrefix("\r\nName: "), "\(text)")
        #expect(text.split(separator: "Name: ", omittingEmptySubsequences: false).count == 2)
        #expect(stage.type("quit\r\n", transport).contains("Goodbye."))
    }
}
