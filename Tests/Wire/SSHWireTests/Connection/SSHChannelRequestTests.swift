import SSHKeys
import SSHWire
import Testing

/// Requests on a channel and for all of a connection, as they travel.
struct SSHChannelRequestTests {
    static let requests: [SSHChannelRequest] = [
        .terminal(
            SSHTerminalRequest(
                type: "xterm-256color", size: SSHWindowSize(columns: 120, rows: 40, pixelWidth: 960, pixelHeight: 640),
                modes: SSHTerminalModes([1: 3, 53: 1, 128: 38_400]))),
        .environment(name: "LANG", value: "de_DE.UTF-8"), .shell, .execute("look at ädler"), .subsystem("sftp"),
        .windowChange(SSHWindowSize(columns: .max, rows: 0)), .signal("INT"), .lineBreak(milliseconds: 500),
        .flowControl(false), .exitStatus(255), .exitSignal(SSHExitSignal(name: "TERM", dumpedCore: true, text: "gone")),
        .endOfWrite, .agentForwarding, .x11Forwarding, .keepAlive, .other(name: "x@example.com", fields: [1, 2]),
    ]

    @Test(arguments: requests) func aRequestArrivesAsItWasSent(request: SSHChannelRequest) throws {
        var sender = try ChannelsUnderTest(open: ())
        var receiver = try ChannelsUnderTest(open: ())
        sender.machine.send(request, wantsAnswer: true, on: 0)
        var message = sender.sent()[0]
        // The peer of one is channel 0 of the other.
        message.replaceSubrange(1..<5, with: [0, 0, 0, 0])
        #expect(try receiver.machine.receive(message) == .request(0, request, ticket: 0))
    }

    @Test func aTerminalIsAskedForAsTheRFCShows() throws {
        let fields: [UInt8] =
            [0, 0, 0, 5] + Array("vt100".utf8) + [0, 0, 0, 80, 0, 0, 0, 24, 0, 0, 2, 128, 0, 0, 1, 224]
            + [0, 0, 0, 11] + [3, 0, 0, 0, 127, 53, 0, 0, 0, 0, 0]
        var test = try ChannelsUnderTest(open: ())
        guard
            case .request(0, .terminal(let terminal), _) = try test.machine.receive(
                ChannelMessages.request("pty-req", fields: fields))
        else { throw Unexpected() }
        #expect(terminal.type == "vt100")
        #expect(terminal.size == SSHWindowSize(columns: 80, rows: 24, pixelWidth: 640, pixelHeight: 480))
        #expect(terminal.modes[.erase] == 127 && terminal.modes[.echo] == 0 && terminal.modes[.canonical] == nil)
    }

    @Test func textThatIsNoUTF8IsRepaired() throws {
        var test = try ChannelsUnderTest(open: ())
        let message = ChannelMessages.request("exec", fields: [0, 0, 0, 2, 0x61, 0xFF])
        #expect(try test.machine.receive(message) == .request(0, .execute("a\u{FFFD}"), ticket: 0))
    }

    @Test func textsHaveTheirLimits() throws {
        var test = try ChannelsUnderTest(open: ())
        func exec(_ count: Int) -> [UInt8] {
            ChannelMessages.request(
                "exec", fields: ChannelMessages.fields { $0.string([UInt8](repeating: 0x61, count: count)) })
        }
        #expect(try test.machine.receive(exec(SSHChannelLimits.commandByteCount)) != nil)
        #expect(try test.machine.receive(exec(SSHChannelLimits.commandByteCount + 1)) == nil)
        let longName = String(repeating: "x", count: SSHChannelLimits.nameByteCount + 1)
        #expect(throws: SSHFailure.self) { try test.machine.receive(ChannelMessages.request(longName)) }
    }

    static let globals: [SSHGlobalRequest] = [
        .forward(host: "", port: 0), .cancelForward(host: "127.0.0.1", port: 65_535), .keepAlive, .noMoreSessions,
        .hostKeys([[1, 2], []]), .proveHostKeys([[3]]), .other(name: "x@example.com", fields: [9]),
    ]

    @Test(arguments: globals) func aGlobalRequestArrivesAsItWasSent(request: SSHGlobalRequest) throws {
        var sender = ChannelsUnderTest()
        var receiver = ChannelsUnderTest()
        sender.machine.sendGlobal(request, wantsAnswer: true)
        #expect(try receiver.machine.receive(sender.sent()[0]) == .globalRequest(request, ticket: 0))
    }

    @Test func hostKeysHaveTheirLimit() throws {
        var test = ChannelsUnderTest()
        func keys(_ count: Int) -> [UInt8] {
            ChannelMessages.global(
                "hostkeys-00@openssh.com", wantsAnswer: false,
                fields: ChannelMessages.fields { for _ in 0..<count { $0.string([1]) } })
        }
        #expect(try test.machine.receive(keys(32)) != nil)
        #expect(try test.machine.receive(keys(33)) == nil)
    }

    @Test func aPortHasSixteenBits() throws {
        var test = ChannelsUnderTest()
        let fields = ChannelMessages.fields {
            $0.string("a")
            $0.uint32(65_536)
        }
        #expect(try test.machine.receive(ChannelMessages.global("tcpip-forward", fields: fields)) == nil)
        #expect(test.sent() == [[82]])
    }

    @Test func modesEndWhereNobodyKnowsOn() throws {
        let modes = try SSHTerminalModes(encoded: [53, 0, 0, 0, 1, 160, 9])
        #expect(modes == SSHTerminalModes([53: 1]))
        #expect(modes.encoded == [53, 0, 0, 0, 1, 0])
        #expect(try SSHTerminalModes(encoded: [53, 0, 0, 0, 1]) == modes)
        #expect(throws: SSHDataFailure.truncated) { try SSHTerminalModes(encoded: [53, 0, 0, 0]) }
        #expect(SSHTerminalModes([0: 1, 200: 1]).encoded == [0])
    }
}
