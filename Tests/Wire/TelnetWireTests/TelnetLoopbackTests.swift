import Testing

@testable import TelnetWire

/// Our client and our server, joined in memory.
private final class Loop {
    let server = TelnetProbe(role: .server, policy: .server)
    let client: TelnetProbe
    var toServer: [UInt8] = []
    var toClient: [UInt8] = []
    var seenByServer: [TelnetAction] = []
    var seenByClient: [TelnetAction] = []

    init(client policy: TelnetPolicy = .client) {
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
        let loop = Loop(client: policy)
        #expect(loop.settle())
        #expect(
            loop.seenByServer == [
                .optionChanged(.terminalType, .remote, enabled: true),
                .optionChanged(.windowSize, .remote, enabled: true), .windowSize(columns: 255, rows: 50),
                .optionChanged(.endOfRecord, .local, enabled: true), .terminalType("PROBE"), .terminalType("XTERM"),
                .terminalFeatures([.ansi, .utf8, .screenReader]),
            ])
        #expect(loop.client.isEnabled(.endOfRecord, .remote))
    }

    @Test func aPasswordIsHiddenAndAPromptMarked() {
        let loop = Loop()
        #expect(loop.settle())
        loop.toClient =
            loop.server.setEcho(hidden: true) + TelnetText.encode(bytes("Password: ")) + loop.server.promptMark
        #expect(loop.settle())
        #expect(loop.client.isEnabled(.echo, .remote))
        #expect(loop.seenByClient.last == .prompt(bytes("Password: ")))
        loop.toServer = TelnetText.encode(bytes("secret\n"))
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
        loop.toClient = TelnetText.encode(text + [0x0A])
        #expect(loop.settle())
        #expect(loop.seenByClient.last == .line(text))
    }
}
