import Testing

@testable import TelnetWire

/// Our client and our server, joined in memory.
private final class Loop {
    let server: TelnetProbe
    let client: TelnetProbe
    var toServer: [UInt8] = []
    var toClient: [UInt8] = []
    var seenByServer: [TelnetAction] = []
    var seenByClient: [TelnetAction] = []

    init(server serverPolicy: TelnetPolicy = .server, client policy: TelnetPolicy = .client) {
        server = TelnetProbe(role: .server, policy: serverPolicy)
        client = TelnetProbe(role: .client, policy: policy)
        toClient = server.start()
        toServer = client.start()
    }

    /// Carries octets both ways until both are silent; false if they never are.
    func settle() -> Bool {
        for _ in 0..<100 {
            if toServer.isEmpty && toClient.isEmpty { return true }
            server.receive(toServer)
            client.receive(toClient)
            let fromServer = server.drain()
            let fromClient = client.drain()
            toClient = sent(fromServer)
            toServer = sent(fromClient)
            seenByServer += fromServer.filter(Self.isEvent)
            seenByClient += fromClient.filter(Self.isEvent)
        }
        return false
    }

    private static func isEvent(_ action: TelnetAction) -> Bool {
        if case .send = action { return false }
        return true
    }
}

@Suite struct TelnetLoopbackTests {
    @Test func theyAgreeAndFallSilent() {
        var policy = TelnetPolicy.client
        policy.terminalTypes = ["PROBE", "XTERM", "MTTS 69"]
        policy.window = TelnetWindowSize(columns: 255, rows: 50)
        policy.environment = [
            TelnetVariable(.user, "SCREEN_READER", value: "1"), TelnetVariable(.user, "USER", value: "x"),
        ]
        let loop = Loop(client: policy)
        #expect(loop.settle())
        #expect(
            loop.seenByServer == [
                .optionChanged(.terminalType, .remote, enabled: true),
                .optionChanged(.windowSize, .remote, enabled: true), .windowSize(columns: 255, rows: 50),
                .optionChanged(.newEnvironment, .remote, enabled: true),
                .optionChanged(.endOfRecord, .local, enabled: true),
                .optionChanged(.characterSet, .local, enabled: true), .optionChanged(.gmcp, .local, enabled: true),
                .optionChanged(.msdp, .local, enabled: true), .optionChanged(.mssp, .local, enabled: true),
                .terminalType("PROBE"), .environment(name: "SCREEN_READER", value: "1"), .characterSet("UTF-8"),
                .terminalType("XTERM"), .terminalFeatures([.ansi, .utf8, .screenReader]),
            ])
        #expect(loop.seenByClient.contains(.characterSet("UTF-8")))
        for option in TelnetPolicy.server.offers {
            #expect(loop.client.isEnabled(option, .remote) && loop.server.isEnabled(option, .local))
        }
        for option in TelnetPolicy.server.requests {
            #expect(loop.client.isEnabled(option, .local) && loop.server.isEnabled(option, .remote))
        }
    }

    @Test func messagesGoBothWays() {
        let loop = Loop()
        #expect(loop.server.message(.gmcp, [1]).isEmpty, "not agreed yet")
        #expect(loop.settle())
        let payload = bytes("Room.Info {}") + [255, 0, 240]
        loop.toClient = loop.server.message(.gmcp, payload)
        loop.toServer = loop.client.message(.gmcp, payload) + loop.client.message(.mxp, payload)
        #expect(loop.settle())
        #expect(loop.seenByClient.last == .message(.gmcp, payload))
        #expect(loop.seenByServer.last == .message(.gmcp, payload))
    }

    @Test func bothDirectionsAreCompressed() {
        let loop = Loop(server: .server.offeringCompression, client: .client.acceptingCompression)
        #expect(loop.settle())
        #expect(loop.server.outputIsCompressed && loop.server.inputIsCompressed)
        #expect(loop.client.outputIsCompressed && loop.client.inputIsCompressed)
        loop.toClient = loop.server.stopCompressing()
        loop.toServer = loop.client.stopCompressing()
        #expect(!loop.toClient.isEmpty && !loop.toServer.isEmpty)
        #expect(loop.settle())
        #expect(!loop.server.outputIsCompressed && !loop.server.isEnabled(.mccp2, .local))
        #expect(!loop.client.outputIsCompressed && !loop.client.isEnabled(.mccp3, .remote))
    }

    @Test func keysInsteadOfLines() {
        var policy = TelnetPolicy.client
        policy.willingRemote += [.echo, .suppressGoAhead]
        let loop = Loop(client: policy)
        #expect(loop.settle())
        loop.toClient = loop.server.setCharacterMode(true)
        #expect(loop.settle())
        #expect(loop.seenByServer.last == .characterMode(enabled: true))
        #expect(loop.client.isEnabled(.echo, .remote) && loop.client.isEnabled(.suppressGoAhead, .remote))
        loop.toServer = bytes("l\u{7F}\r\0")
        #expect(loop.settle())
        #expect(loop.seenByServer.last == .octets(bytes("l\u{7F}\r")))
        loop.toClient = loop.server.setCharacterMode(false)
        loop.toServer = bytes("x")
        #expect(loop.settle())
        #expect(loop.seenByServer.contains(.optionChanged(.echo, .local, enabled: false)))
        #expect(loop.seenByServer.contains(.characterMode(enabled: false)))
        loop.toServer = bytes("look\r\n")
        #expect(loop.settle())
        #expect(loop.seenByServer.last == .line(bytes("xlook")), "a key that was under way belongs to the line")
    }

    @Test func aPasswordIsHiddenAndAPromptMarked() {
        let loop = Loop()
        #expect(loop.settle())
        loop.toClient =
            loop.server.setEcho(hidden: true) + bytes("Password: ") + loop.server.promptMark
        #expect(loop.settle())
        #expect(loop.client.isEnabled(.echo, .remote))
        #expect(loop.seenByClient.last == .prompt(bytes("Password: ")))
        loop.toServer = bytes("secret\r\n")
        loop.toClient = loop.server.setEcho(hidden: false)
        #expect(loop.settle())
        #expect(!loop.client.isEnabled(.echo, .remote))
        #expect(!loop.server.isEnabled(.echo, .local))
        #expect(lines(loop.seenByServer) == ["secret"])
    }

    @Test func aWindowIsResized() {
        let loop = Loop()
        #expect(loop.client.resizeWindow(TelnetWindowSize(columns: 90, rows: 30)).isEmpty)
        #expect(loop.settle())
        #expect(loop.seenByServer.contains(.windowSize(columns: 90, rows: 30)))
        loop.toServer = loop.client.resizeWindow(TelnetWindowSize(columns: 132, rows: nil))
        #expect(loop.settle())
        #expect(loop.seenByServer.last == .windowSize(columns: 132, rows: nil))
    }

    @Test func everyOctetOfTextArrives() {
        let loop = Loop()
        #expect(loop.settle())
        let text = (UInt8(0x20)...0xFF).map { $0 } + [0x1B, 0x09]
        loop.toClient = text.flatMap { $0 == iac ? [iac, iac] : [$0] } + bytes("\r\n")
        #expect(loop.settle())
        #expect(loop.seenByClient.last == .line(text))
    }
}
