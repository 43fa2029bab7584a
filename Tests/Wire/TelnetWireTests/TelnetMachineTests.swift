import Testing

@testable import TelnetWire

/// One conversation: what the peer sends and what it causes.
struct TelnetFixture: CustomTestStringConvertible {
    var name: String
    var input: [UInt8]
    var expected: [TelnetAction]
    var role = TelnetRole.server
    var policy = TelnetPolicy.server

    var testDescription: String { name }
}

private let charsetRequest = TelnetAction.send(
    subnegotiation(.characterSet, [1] + bytes(";UTF-8;ISO-8859-1;US-ASCII")))

private let environmentRequest = TelnetAction.send(
    subnegotiation(.newEnvironment, TelnetEnvironment.send(TelnetPolicy.server.environment).payload))

private let ttypeSend = TelnetAction.send(subnegotiation(.terminalType, [1]))

private let fixtures: [TelnetFixture] = [
    TelnetFixture(name: "nothing", input: [], expected: []),
    TelnetFixture(name: "CR LF", input: bytes("look\r\n"), expected: [.line(bytes("look"))]),
    TelnetFixture(
        name: "CR NUL", input: bytes("look\r\0go\r\0"), expected: [.line(bytes("look")), .line(bytes("go"))]),
    TelnetFixture(name: "LF", input: bytes("look\ngo\n"), expected: [.line(bytes("look")), .line(bytes("go"))]),
    TelnetFixture(name: "CR", input: bytes("look\rgo\r"), expected: [.line(bytes("look")), .line(bytes("go"))]),
    TelnetFixture(name: "empty lines", input: bytes("\r\n\r\n\n"), expected: [.line([]), .line([]), .line([])]),
    TelnetFixture(
        name: "a command between CR and LF", input: bytes("a\r") + [iac, 241] + bytes("\nb\r\n"),
        expected: [.line(bytes("a")), .line(bytes("b"))]),
    TelnetFixture(name: "unfinished", input: bytes("loo"), expected: []),
    TelnetFixture(
        name: "control characters", input: bytes("a\0b\u{1}c\td\u{1B}[A\u{7}\r\n"),
        expected: [.line(bytes("abc\td\u{1B}[A\u{7}"))]),
    TelnetFixture(name: "backspace", input: bytes("lookx\u{8}\u{8}k\u{7F}\r\n"), expected: [.line(bytes("loo"))]),
    TelnetFixture(
        name: "backspace over UTF-8", input: bytes("a\u{E4}\u{1F600}\u{8}\u{8}\u{8}\u{8}b\r\n"),
        expected: [.line(bytes("b"))]),
    TelnetFixture(
        name: "backspace over Latin-1", input: [0x61, 0xE4, 0x08, 0x0D], expected: [.line([0x61])]),
    TelnetFixture(
        name: "backspace over stray continuations", input: [0x61, 0xA4, 0xA4, 0x08, 0x0D],
        expected: [.line([0x61])]),
    TelnetFixture(name: "doubled IAC", input: [0x61, iac, iac, 0x62, 0x0D], expected: [.line([0x61, 255, 0x62])]),
    TelnetFixture(
        name: "unknown commands keep the text", input: bytes("lo") + [iac, 7, iac, 200, iac, se] + bytes("ok\r\n"),
        expected: [.line(bytes("look"))]),
    TelnetFixture(
        name: "signals",
        input: [iac, 246] + bytes("xy") + [iac, 247] + bytes("\r\nold") + [iac, 248] + bytes("new\r\n"),
        expected: [.areYouThere, .line(bytes("x")), .eraseLine, .line(bytes("new"))]),
    TelnetFixture(
        name: "interrupt drops the line", input: bytes("kill") + [iac, 244, iac, 242] + bytes("look\r\n"),
        expected: [.interrupt, .line(bytes("look"))]),
    TelnetFixture(
        name: "break and abort interrupt", input: [iac, 243, iac, 238], expected: [.interrupt, .interrupt]),
    TelnetFixture(
        name: "AO, a data mark and NOP", input: bytes("a") + [iac, 245, iac, 242, iac, 241] + bytes("b\n"),
        expected: [.abortOutput, .line(bytes("ab"))]),
    TelnetFixture(
        name: "SUSP and EOF are LINEMODE's", input: bytes("a") + [iac, 236, iac, 237] + bytes("b\n"),
        expected: [.line(bytes("ab"))]),
    TelnetFixture(
        name: "GA from a client", input: bytes("a") + [iac, 249] + bytes("b\n"), expected: [.line(bytes("ab"))]),
    TelnetFixture(
        name: "unknown options refused",
        input: negotiation(will, TelnetOption(rawValue: 99)) + negotiation(doIt, TelnetOption(rawValue: 99)),
        expected: [.send([iac, dont, 99]), .send([iac, wont, 99])]),
    TelnetFixture(
        name: "unknown options refused once",
        input: negotiation(will, TelnetOption(rawValue: 99)) + negotiation(will, TelnetOption(rawValue: 99))
            + negotiation(doIt, TelnetOption(rawValue: 99)) + negotiation(doIt, TelnetOption(rawValue: 99))
            + negotiation(wont, TelnetOption(rawValue: 99)) + negotiation(will, TelnetOption(rawValue: 99)),
        expected: [.send([iac, dont, 99]), .send([iac, wont, 99])]),
    TelnetFixture(
        name: "LINEMODE and MCCP1 refused",
        input: negotiation(will, .lineMode) + negotiation(doIt, .lineMode) + negotiation(doIt, .mccp1)
            + [iac, sb, 34, 1, 7, iac, se] + bytes("x\n"),
        expected: [
            .send(negotiation(dont, .lineMode)), .send(negotiation(wont, .lineMode)), .send(negotiation(wont, .mccp1)),
            .line(bytes("x")),
        ]),
    TelnetFixture(
        name: "what is on stays on in silence",
        input: negotiation(doIt, .endOfRecord) + negotiation(doIt, .endOfRecord) + negotiation(will, .windowSize)
            + negotiation(will, .windowSize) + negotiation(doIt, .endOfRecord),
        expected: [
            .optionChanged(.endOfRecord, .local, enabled: true), .optionChanged(.windowSize, .remote, enabled: true),
        ]),
    TelnetFixture(
        name: "denials of what is off", input: [iac, wont, 99, iac, dont, 99, iac, wont, 255, iac, dont, 0],
        expected: []),
    TelnetFixture(
        name: "ECHO is ours to decide", input: negotiation(doIt, .echo) + negotiation(will, .echo),
        expected: [.send(negotiation(wont, .echo)), .send(negotiation(dont, .echo))]),
    TelnetFixture(
        name: "SGA would leave line mode", input: negotiation(doIt, .suppressGoAhead),
        expected: [.send(negotiation(wont, .suppressGoAhead))]),
    TelnetFixture(
        name: "SGA of the client", input: negotiation(will, .suppressGoAhead),
        expected: [
            .send(negotiation(doIt, .suppressGoAhead)), .optionChanged(.suppressGoAhead, .remote, enabled: true),
        ]),
    TelnetFixture(
        name: "answers to our start", input: negotiation(doIt, .endOfRecord) + negotiation(wont, .windowSize),
        expected: [.optionChanged(.endOfRecord, .local, enabled: true)]),
    TelnetFixture(
        name: "window", input: negotiation(will, .windowSize) + subnegotiation(.windowSize, [0, 100, 0, 30]),
        expected: [.optionChanged(.windowSize, .remote, enabled: true), .windowSize(columns: 100, rows: 30)]),
    TelnetFixture(
        name: "window with 255 doubled",
        input: negotiation(will, .windowSize) + subnegotiation(.windowSize, [0, iac, iac, 0, 30]),
        expected: [.optionChanged(.windowSize, .remote, enabled: true), .windowSize(columns: 255, rows: 30)]),
    TelnetFixture(
        name: "window not agreed", input: subnegotiation(.windowSize, [0, 100, 0, 30]) + bytes("x\n"),
        expected: [.line(bytes("x"))]),
    TelnetFixture(
        name: "same window again",
        input: negotiation(will, .windowSize) + subnegotiation(.windowSize, [0, 100, 0, 30])
            + subnegotiation(.windowSize, [0, 100, 0, 30]),
        expected: [.optionChanged(.windowSize, .remote, enabled: true), .windowSize(columns: 100, rows: 30)]),
    TelnetFixture(
        name: "window with 255 not doubled",
        input: negotiation(will, .windowSize) + subnegotiation(.windowSize, [0, iac, 0, 30]) + bytes("x\n"),
        expected: [.optionChanged(.windowSize, .remote, enabled: true), .line(bytes("x"))]),
    TelnetFixture(
        name: "subnegotiation without SE",
        input: [iac, sb, 31, 0, 100] + negotiation(doIt, .endOfRecord) + bytes("x\n"),
        expected: [.optionChanged(.endOfRecord, .local, enabled: true), .line(bytes("x"))]),
    TelnetFixture(
        name: "a flood of windows",
        input: negotiation(will, .windowSize)
            + (1...50).flatMap { subnegotiation(.windowSize, [0, 100 + $0, 0, 30]) } + bytes("x\n")
            + subnegotiation(.windowSize, [0, 90, 0, 30]) + subnegotiation(.windowSize, [0, 150, 0, 30]),
        expected: [
            .optionChanged(.windowSize, .remote, enabled: true), .windowSize(columns: 150, rows: 30), .line(bytes("x")),
        ]),
    TelnetFixture(
        name: "windows of the extremes",
        input: negotiation(will, .windowSize)
            + subnegotiation(.windowSize, [0, 0, 0, 0]) + bytes("\n")
            + subnegotiation(.windowSize, [UInt8](repeating: iac, count: 8)) + bytes("\n")
            + subnegotiation(.windowSize, [0, 1, 0, 1]),
        expected: [
            .optionChanged(.windowSize, .remote, enabled: true), .windowSize(columns: nil, rows: nil), .line([]),
            .windowSize(columns: 500, rows: 500), .line([]), .windowSize(columns: 20, rows: 5),
        ]),
    TelnetFixture(
        name: "character set agreed",
        input: negotiation(doIt, .characterSet)
            + subnegotiation(.characterSet, [2] + bytes("utf-8"))
            + subnegotiation(.characterSet, [2] + bytes("US-ASCII")),
        expected: [.optionChanged(.characterSet, .local, enabled: true), charsetRequest, .characterSet("UTF-8")]),
    TelnetFixture(
        name: "character set rejected, or none of ours",
        input: negotiation(doIt, .characterSet)
            + subnegotiation(.characterSet, [3]) + subnegotiation(.characterSet, [2] + bytes("UTF-8")),
        expected: [.optionChanged(.characterSet, .local, enabled: true), charsetRequest]),
    TelnetFixture(
        name: "character set that we did not name",
        input: negotiation(doIt, .characterSet)
            + subnegotiation(.characterSet, [2] + bytes("EBCDIC")),
        expected: [.optionChanged(.characterSet, .local, enabled: true), charsetRequest]),
    TelnetFixture(
        name: "character sets of the client",
        input: negotiation(will, .characterSet)
            + subnegotiation(.characterSet, [1] + bytes(" latin1 us-ascii utf-8"))
            + subnegotiation(.characterSet, [1] + bytes("[TTABLE]\u{1};EBCDIC"))
            + subnegotiation(.characterSet, [4, 1]),
        expected: [
            .send(negotiation(doIt, .characterSet)), .optionChanged(.characterSet, .remote, enabled: true),
            .send(subnegotiation(.characterSet, [2] + bytes("utf-8"))), .characterSet("UTF-8"),
            .send(subnegotiation(.characterSet, [3])), .send(subnegotiation(.characterSet, [5])),
        ]),
    TelnetFixture(
        name: "lists that cross: the server's counts",
        input: negotiation(doIt, .characterSet)
            + subnegotiation(.characterSet, [1] + bytes(";ISO-8859-1"))
            + subnegotiation(.characterSet, [2] + bytes("UTF-8")),
        expected: [
            .optionChanged(.characterSet, .local, enabled: true), charsetRequest,
            .send(subnegotiation(.characterSet, [3])), .characterSet("UTF-8"),
        ]),
    TelnetFixture(
        name: "client: lists that cross",
        input: negotiation(doIt, .characterSet)
            + subnegotiation(.characterSet, [1] + bytes(";ISO-8859-1")) + subnegotiation(.characterSet, [3]),
        expected: [
            .send(negotiation(will, .characterSet)), .optionChanged(.characterSet, .local, enabled: true),
            charsetRequest,
            .send(subnegotiation(.characterSet, [2] + bytes("ISO-8859-1"))), .characterSet("ISO-8859-1"),
        ], role: .client, policy: .client),
    TelnetFixture(
        name: "environment of Mudlet",
        input: negotiation(will, .newEnvironment)
            + subnegotiation(
                .newEnvironment,
                [0, 0] + bytes("MTTS") + [3] + bytes("MTTS") + [1] + bytes("333") + [3] + bytes("SCREEN_READER") + [1]
                    + bytes("1"))
            + subnegotiation(.newEnvironment, [2, 3] + bytes("WORD_WRAP") + [1] + bytes("100")),
        expected: [
            .optionChanged(.newEnvironment, .remote, enabled: true), environmentRequest,
            .environment(name: "MTTS", value: "333"), .environment(name: "SCREEN_READER", value: "1"),
            .environment(name: "WORD_WRAP", value: "100"),
        ]),
    TelnetFixture(
        name: "variables nobody asked for",
        input: negotiation(will, .newEnvironment)
            + subnegotiation(
                .newEnvironment, [0, 0] + bytes("USER") + [1] + bytes("-f root") + [3] + bytes("LD_PRELOAD") + [1, 65])
            + subnegotiation(
                .newEnvironment, [0, 0] + bytes("CHARSET") + [1] + bytes("a\r\n") + [2, 0] + bytes("\u{1B}b")),
        expected: [
            .optionChanged(.newEnvironment, .remote, enabled: true), environmentRequest,
            .environment(name: "CHARSET", value: "ab"),
        ]),
    TelnetFixture(
        name: "environment not agreed", input: subnegotiation(.newEnvironment, [0, 0] + bytes("MTTS") + [1, 49]),
        expected: []),
    TelnetFixture(
        name: "client: answers what is asked",
        input: negotiation(doIt, .newEnvironment)
            + subnegotiation(.newEnvironment, [1, 0] + bytes("MTTS") + [3] + bytes("X") + [0] + bytes("USER"))
            + subnegotiation(.newEnvironment, [1]) + subnegotiation(.newEnvironment, [1, 3])
            + subnegotiation(.newEnvironment, [0, 0] + bytes("MTTS") + [1, 49]),
        expected: [
            .send(negotiation(will, .newEnvironment)), .optionChanged(.newEnvironment, .local, enabled: true),
            .send(
                subnegotiation(
                    .newEnvironment, [0, 0] + bytes("MTTS") + [1] + bytes("9") + [3] + bytes("X") + [0] + bytes("USER"))
            ),
            .send(
                subnegotiation(
                    .newEnvironment, [0, 0] + bytes("MTTS") + [1] + bytes("9") + [3] + bytes("COLOURS") + [1])),
            .send(subnegotiation(.newEnvironment, [0, 3] + bytes("COLOURS") + [1])),
        ], role: .client,
        policy: TelnetPolicy(
            willingLocal: [.newEnvironment],
            environment: [TelnetVariable(.wellKnown, "MTTS", value: "9"), TelnetVariable(.user, "COLOURS", value: "")])),
    TelnetFixture(
        name: "messages",
        input: negotiation(doIt, .gmcp) + negotiation(doIt, .msdp)
            + subnegotiation(.gmcp, bytes("Core.Hello {}") + [iac, iac, 0, 13, 10])
            + subnegotiation(.msdp, [1, 65, 2, 66]) + subnegotiation(.mssp, [1]) + subnegotiation(.gmcp, []),
        expected: [
            .optionChanged(.gmcp, .local, enabled: true), .optionChanged(.msdp, .local, enabled: true),
            .message(.gmcp, bytes("Core.Hello {}") + [255, 0, 13, 10]), .message(.msdp, [1, 65, 2, 66]),
            .message(.gmcp, []),
        ]),
    TelnetFixture(
        name: "empty and unknown subnegotiations",
        input: [iac, sb, 31, iac, se, iac, sb, 24, iac, se, iac, sb, 201, 1, 2, iac, iac, 3, iac, se] + bytes("x\n"),
        expected: [.line(bytes("x"))]),
    TelnetFixture(
        name: "terminal types of a MUD client",
        input: negotiation(will, .terminalType) + subnegotiation(.terminalType, [0] + bytes("MUDLET"))
            + subnegotiation(.terminalType, [0] + bytes("ANSI-TRUECOLOR"))
            + subnegotiation(.terminalType, [0] + bytes("MTTS 333"))
            + subnegotiation(.terminalType, [0] + bytes("MTTS 333"))
            + subnegotiation(.terminalType, [0] + bytes("UNASKED")),
        expected: [
            .optionChanged(.terminalType, .remote, enabled: true), ttypeSend, .terminalType("MUDLET"), ttypeSend,
            .terminalType("ANSI-TRUECOLOR"), ttypeSend,
            .terminalFeatures([.ansi, .utf8, .colours256, .screenReader, .trueColour]), ttypeSend,
        ]),
    TelnetFixture(
        name: "Debian's telnet on a terminal without a size",
        input: negotiation(will, .terminalType) + negotiation(will, .windowSize)
            + subnegotiation(.windowSize, [0, 0, 0, 0]) + negotiation(dont, .endOfRecord)
            + subnegotiation(.terminalType, [0] + bytes("XTERM-256COLOR"))
            + subnegotiation(.terminalType, [0] + bytes("XTERM-256COLOR")) + bytes("look \u{FC}\r\n")
            + [iac, 244] + negotiation(doIt, .timingMark),
        expected: [
            .optionChanged(.terminalType, .remote, enabled: true), ttypeSend,
            .optionChanged(.windowSize, .remote, enabled: true), .windowSize(columns: nil, rows: nil),
            .terminalType("XTERM-256COLOR"), ttypeSend, .line(bytes("look \u{FC}")), .interrupt,
            .send(negotiation(will, .timingMark)),
        ]),
    TelnetFixture(
        name: "early typing stays in order",
        input: bytes("bob\r\n") + negotiation(will, .windowSize) + bytes("sec")
            + subnegotiation(.windowSize, [0, 80, 0, 24])
            + bytes("ret\r\n"),
        expected: [
            .line(bytes("bob")), .optionChanged(.windowSize, .remote, enabled: true),
            .windowSize(columns: 80, rows: 24),
            .line(bytes("secret")),
        ]),
    TelnetFixture(
        name: "a line at the limit", input: bytes("12345678\r\n"), expected: [.line(bytes("12345678"))],
        policy: TelnetPolicy(lineLimit: 8)),
    TelnetFixture(
        name: "a line past the limit", input: bytes("123456789abcdef\u{8}\r\nok\r\n"),
        expected: [.lineTooLong, .line(bytes("ok"))], policy: TelnetPolicy(lineLimit: 8)),
    TelnetFixture(
        name: "timing mark", input: negotiation(doIt, .timingMark) + negotiation(will, .timingMark),
        expected: [.send(negotiation(will, .timingMark)), .send(negotiation(dont, .timingMark))]),
    TelnetFixture(
        name: "client: prompt by GA and by EOR",
        input: bytes("Hi\r\n\u{1B}[1mName: ") + [iac, 249] + bytes("> ") + [iac, 239],
        expected: [.line(bytes("Hi")), .prompt(bytes("\u{1B}[1mName: ")), .prompt(bytes("> "))], role: .client,
        policy: .client),
    TelnetFixture(
        name: "client: keeps controls but NUL", input: bytes("a\u{8}\u{7F}\u{E}\0b\n"),
        expected: [.line(bytes("a\u{8}\u{7F}\u{E}b"))], role: .client, policy: .client),
    TelnetFixture(
        name: "client: answers NAWS and TTYPE, refuses the rest",
        input: negotiation(doIt, .windowSize) + negotiation(doIt, .terminalType) + subnegotiation(.terminalType, [1])
            + [iac, doIt, 36, iac, will, 86],
        expected: [
            .send(negotiation(will, .windowSize)), .optionChanged(.windowSize, .local, enabled: true),
            .send(subnegotiation(.windowSize, [0, 80, 0, 24])), .send(negotiation(will, .terminalType)),
            .optionChanged(.terminalType, .local, enabled: true),
            .send(subnegotiation(.terminalType, [0] + bytes("ANSI"))), .send([iac, wont, 36]), .send([iac, dont, 86]),
        ], role: .client, policy: .client),
]

@Suite struct TelnetMachineTests {
    @Test(arguments: fixtures) func whole(_ fixture: TelnetFixture) {
        #expect(actions(of: [fixture.input], role: fixture.role, policy: fixture.policy) == fixture.expected)
    }

    @Test(arguments: fixtures) func octetByOctet(_ fixture: TelnetFixture) {
        let pieces = fixture.input.map { [$0] }
        #expect(actions(of: pieces, role: fixture.role, policy: fixture.policy) == fixture.expected)
    }

    @Test(arguments: fixtures) func splitAnywhere(_ fixture: TelnetFixture) {
        for cut in fixture.input.indices {
            let pieces = [Array(fixture.input[..<cut]), Array(fixture.input[cut...])]
            #expect(
                actions(of: pieces, role: fixture.role, policy: fixture.policy) == fixture.expected, "cut at \(cut)")
        }
    }

    @Test func serverStartsWithoutEchoOrSGA() {
        let machine = TelnetProbe(role: .server, policy: .server)
        let requests: [TelnetOption] = [.terminalType, .windowSize, .newEnvironment]
        let offers: [TelnetOption] = [.endOfRecord, .characterSet, .gmcp, .msdp, .mssp]
        #expect(
            machine.start() == requests.flatMap { negotiation(doIt, $0) } + offers.flatMap { negotiation(will, $0) })
    }

    @Test func clientStartsSilent() {
        let machine = TelnetProbe(role: .client, policy: .client)
        #expect(machine.start().isEmpty)
    }

    @Test func lineLimitIsReportedBeforeTheEndComes() {
        var policy = TelnetPolicy.server
        policy.lineLimit = 16
        let flood = [UInt8](repeating: 0x61, count: 100_000)
        #expect(actions(of: [flood, flood], policy: policy) == [.lineTooLong])
    }

    @Test func theQueueIsReusedAfterDraining() {
        let machine = TelnetProbe(role: .server, policy: .server)
        for round in 0..<100 {
            machine.receive(bytes("line \(round)\r\n"))
            #expect(machine.nextAction() == .line(bytes("line \(round)")))
            #expect(machine.nextAction() == nil)
        }
    }
}
