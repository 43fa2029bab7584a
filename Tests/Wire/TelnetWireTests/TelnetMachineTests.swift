import Basics
import TelnetWire
import Testing

@Suite struct TelnetMachineTests {
    private static let iac: UInt8 = 255

    struct Fixture: Sendable, CustomTestStringConvertible {
        var name: String
        var input: [UInt8]
        var actions: [TelnetAction]
        var testDescription: String { name }
    }

    private static func text(_ string: String) -> [UInt8] { Array(string.utf8) }
    private static func line(_ string: String) -> TelnetAction { .line(text(string)) }

    static let fixtures: [Fixture] = [
        Fixture(name: "CR LF", input: text("look\r\n"), actions: [line("look")]),
        Fixture(name: "CR NUL", input: text("look\r\0north\r\0"), actions: [line("look"), line("north")]),
        Fixture(name: "lone LF", input: text("look\nnorth\n"), actions: [line("look"), line("north")]),
        Fixture(name: "lone CR", input: text("look\rnorth\r"), actions: [line("look"), line("north")]),
        Fixture(name: "empty lines", input: text("\r\n\r\n"), actions: [line(""), line("")]),
        Fixture(name: "no end yet", input: text("loo"), actions: []),
        Fixture(name: "doubled IAC", input: [0x61, iac, iac, 0x62, 13, 10], actions: [.line([0x61, iac, 0x62])]),
        Fixture(name: "NUL and bells vanish", input: [0x61, 0, 7, 0x62, 10], actions: [line("ab")]),
        Fixture(name: "tabs stay", input: text("a\tb\n"), actions: [line("a\tb")]),
        Fixture(name: "backspace", input: text("lool\u{8}k\n"), actions: [line("look")]),
        Fixture(name: "delete takes a whole scalar", input: text("xé\u{7F}y\n"), actions: [line("xy")]),
        Fixture(name: "erase at the beginning", input: text("\u{8}\u{8}a\n"), actions: [line("a")]),
        Fixture(name: "erase character", input: text("ab") + [iac, 247] + text("c\n"), actions: [line("ac")]),
        Fixture(name: "erase line", input: text("ab") + [iac, 248] + text("c\n"), actions: [line("c")]),
        Fixture(name: "are you there", input: [iac, 246], actions: [.areYouThere]),
        Fixture(
            name: "interrupt, break, abort", input: [iac, 244, iac, 243, iac, 245],
            actions: [.interrupt, .interrupt, .interrupt]),
        Fixture(
            name: "no operation and data mark", input: text("a") + [iac, 241, iac, 242] + text("b\n"),
            actions: [line("ab")]),
        Fixture(
            name: "unknown command keeps the text", input: text("a") + [iac, 7] + text("b\n"), actions: [line("ab")]),
        Fixture(name: "go ahead from a client", input: text("a") + [iac, 249] + text("b\n"), actions: [line("ab")]),
        Fixture(name: "unknown option offered", input: [iac, 251, 200], actions: [.send([iac, 254, 200])]),
        Fixture(name: "unknown option asked for", input: [iac, 253, 200], actions: [.send([iac, 252, 200])]),
        Fixture(name: "refusals draw nothing", input: [iac, 252, 200, iac, 254, 200], actions: []),
        Fixture(name: "suppress go ahead is refused", input: [iac, 253, 3], actions: [.send([iac, 252, 3])]),
        Fixture(name: "echo is not ours outside passwords", input: [iac, 253, 1], actions: [.send([iac, 252, 1])]),
        Fixture(
            name: "window size", input: [iac, 251, 31, iac, 250, 31, 0, 100, 0, 30, iac, 240],
            actions: [
                .optionChanged(.windowSize, .theirs, isOn: true), .windowSize(columns: 100, rows: 30),
            ]),
        Fixture(
            name: "window size of zero is unknown", input: [iac, 251, 31, iac, 250, 31, 0, 0, 0, 0, iac, 240],
            actions: [
                .optionChanged(.windowSize, .theirs, isOn: true), .windowSize(columns: nil, rows: nil),
            ]),
        Fixture(
            name: "window size is clamped",
            input: [iac, 251, 31, iac, 250, 31] + [UInt8](repeating: 255, count: 8) + [iac, 240],
            actions: [
                .optionChanged(.windowSize, .theirs, isOn: true), .windowSize(columns: 500, rows: 500),
            ]),
        Fixture(
            name: "window size of the wrong length", input: [iac, 251, 31, iac, 250, 31, 0, 80, iac, 240],
            actions: [.optionChanged(.windowSize, .theirs, isOn: true)]),
        Fixture(
            name: "window size nobody agreed to", input: [iac, 252, 31, iac, 250, 31, 0, 80, 0, 24, iac, 240],
            actions: []),
        Fixture(
            name: "unknown subnegotiation", input: text("a") + [iac, 250, 99, 1, 2, 3, iac, 240] + text("b\n"),
            actions: [line("ab")]),
        Fixture(name: "empty subnegotiation", input: [iac, 250, iac, 240] + text("a\n"), actions: [line("a")]),
        Fixture(
            name: "forgotten SE", input: [iac, 250, 99, 1, iac, 246] + text("a\n"), actions: [.areYouThere, line("a")]),
        Fixture(
            name: "typed ahead of the negotiation", input: text("ada\r\nse") + [iac, 251, 31] + text("cret\r\n"),
            actions: [line("ada"), .optionChanged(.windowSize, .theirs, isOn: true), line("secret")]),
    ]

    private func run(_ pieces: [[UInt8]]) -> [TelnetAction] {
        var machine = TelnetMachine(policy: .server)
        _ = machine.start()
        var actions: [TelnetAction] = []
        for piece in pieces {
            machine.receive(piece)
            while let action = machine.nextAction() { actions.append(action) }
        }
        return actions
    }

    @Test(arguments: fixtures) func wholeByteByByteAndSplitEverywhere(_ fixture: Fixture) {
        #expect(run([fixture.input]) == fixture.actions)
        #expect(run(fixture.input.map { [$0] }) == fixture.actions)
        for split in 0...fixture.input.count {
            #expect(run([Array(fixture.input[..<split]), Array(fixture.input[split...])]) == fixture.actions)
        }
    }

    @Test func opensWithRequestsAndOffersButNeverEcho() {
        var machine = TelnetMachine(policy: .server)
        let iac = Self.iac
        #expect(machine.start() == [iac, 253, 31, iac, 253, 24, iac, 251, 25])
        #expect(machine.start().isEmpty)
    }

    @Test func inputIsHiddenAroundPasswordsOnly() {
        var machine = TelnetMachine(policy: .server)
        #expect(machine.hideInput(true) == [Self.iac, 251, 1])
        #expect(machine.hideInput(true).isEmpty)
        machine.receive([Self.iac, 253, 1])
        #expect(machine.nextAction() == .optionChanged(.echo, .ours, isOn: true))
        #expect(machine.hideInput(false) == [Self.iac, 252, 1])
        machine.receive([Self.iac, 254, 1])
        #expect(machine.hideInput(true) == [Self.iac, 251, 1])
    }

    @Test func passwordsCanBeAskedForManyTimes() {
        var machine = TelnetMachine(policy: .server)
        for _ in 0..<200 {
            #expect(machine.hideInput(true) == [Self.iac, 251, 1])
            machine.receive([Self.iac, 253, 1])
            #expect(machine.hideInput(false) == [Self.iac, 252, 1])
            machine.receive([Self.iac, 254, 1])
            while machine.nextAction() != nil {}
        }
    }

    @Test func promptsEndAsAgreed() {
        var machine = TelnetMachine(policy: .server)
        _ = machine.start()
        #expect(machine.promptMark == [Self.iac, 249])
        machine.receive([Self.iac, 253, 25])
        #expect(machine.promptMark == [Self.iac, 239])
        machine.receive([Self.iac, 254, 25])
        #expect(machine.promptMark == [Self.iac, 249])
    }

    @Test func terminalTypesAreAskedForUntilTheyRepeat() {
        var machine = TelnetMachine(policy: .server)
        _ = machine.start()
        let iac = Self.iac
        let ask: TelnetAction = .send([iac, 250, 24, 1, iac, 240])
        func say(_ name: String) -> [UInt8] { [iac, 250, 24, 0] + Array(name.utf8) + [iac, 240] }
        machine.receive([iac, 251, 24])
        #expect(machine.nextAction() == .optionChanged(.terminalType, .theirs, isOn: true))
        #expect(machine.nextAction() == ask)
        for name in ["MUDLET", "XTERM", "MTTS 141"] {
            machine.receive(say(name))
            #expect(machine.nextAction() == .terminalType(name))
            #expect(machine.nextAction() == ask)
        }
        machine.receive(say("MTTS 141"))
        #expect(machine.nextAction() == nil)
        for number in 0..<50 { machine.receive(say("TYPE\(number)")) }
        var types = 0
        while let action = machine.nextAction() {
            if case .terminalType = action { types += 1 }
        }
        #expect(types == TelnetLimits.terminalTypeRounds - 3)
    }

    @Test func terminalStandardBits() {
        let standard = TerminalStandard(terminalType: "MTTS 201")
        #expect(standard?.contains(.screenReader) == true)
        #expect(standard?.contains(.utf8) == false)
        for bad in ["MTTS", "MTTS x", "MTTS -1", "XTERM 201", "MTTS 1 2", "MTTS 99999999999999999999"] {
            #expect(TerminalStandard(terminalType: bad) == nil)
        }
    }

    @Test func aLoopingPeerDrawsTwoAnswersPerOption() {
        var machine = TelnetMachine(policy: .server)
        _ = machine.start()
        var sent = 0
        for _ in 0..<100 {
            for option in UInt8.min...UInt8.max {
                for verb: UInt8 in [251, 252, 253, 254] { machine.receive([Self.iac, verb, option]) }
            }
            while let action = machine.nextAction() {
                if case .send = action { sent += 1 }
            }
        }
        #expect(sent <= TelnetLimits.answers + TelnetLimits.terminalTypeRounds)
    }

    @Test func aPeerThatInvertsEverythingGetsNoLoop() {
        var machine = TelnetMachine(policy: .server)
        var pending = machine.start()
        var rounds = 0
        while !pending.isEmpty, rounds < 1000 {
            rounds += 1
            var reply: [UInt8] = []
            var index = 0
            while index + 2 < pending.count {
                // WILL is answered DONT, DO is answered WONT, and so on.
                let inverse: [UInt8: UInt8] = [251: 254, 252: 253, 253: 252, 254: 251]
                reply += [Self.iac, inverse[pending[index + 1]] ?? 241, pending[index + 2]]
                index += 3
            }
            machine.receive(reply)
            pending = []
            while let action = machine.nextAction() {
                if case .send(let octets) = action, octets.count == 3 { pending += octets }
            }
        }
        #expect(rounds < 10)
    }

    @Test func aLineBeyondTheLimitIsToldOnceAndDroppedToItsEnd() {
        let long = [UInt8](repeating: 0x61, count: TelnetLimits.line)
        #expect(run([long + [10]]) == [.line(long)])
        for extra in [1, 2, 100_000] {
            let input = long + [UInt8](repeating: 0x62, count: extra) + Self.text("\r\nlook\r\n")
            #expect(run([input]) == [.lineTooLong, Self.line("look")])
            #expect(run(input.chunked(1000)) == [.lineTooLong, Self.line("look")])
        }
    }

    @Test func anUnendedSubnegotiationHoldsNoMoreThanItsLimit() {
        var machine = TelnetMachine(policy: .server)
        _ = machine.start()
        machine.receive([Self.iac, 251, 31, Self.iac, 250, 31])
        let chunk = [UInt8](repeating: 1, count: 65_536)
        for _ in 0..<64 { machine.receive(chunk) }
        machine.receive([Self.iac, 240] + Self.text("look\n"))
        var last: TelnetAction?
        while let action = machine.nextAction() { last = action }
        #expect(last == Self.line("look"))
    }

    @Test func noOctetsTrapOrLoseTheNextLine() {
        var random = SeededGenerator(seed: 854)
        for _ in 0..<300 {
            let length = Int.random(in: 0..<200, using: &random)
            let soup = (0..<length).map { _ in
                Bool.random(using: &random)
                    ? UInt8.random(in: 239...255, using: &random) : UInt8.random(in: .min ... .max, using: &random)
            }
            let whole = run([soup])
            #expect(run(soup.map { [$0] }) == whole)
            // Two of each end whatever the soup began: an option, a subnegotiation, a line.
            var machine = TelnetMachine(policy: .server)
            machine.receive(soup + [0, Self.iac, 240, Self.iac, 240, 10] + Self.text("look\n"))
            var last: TelnetAction?
            while let action = machine.nextAction() { last = action }
            #expect(last == Self.line("look"))
        }
    }

    @Test func ourClientAndOurServerAgree() {
        var server = TelnetMachine(policy: .server)
        var client = TelnetMachine(
            policy: .client(columns: 255, rows: 40, terminalTypes: ["OURS", "XTERM", "MTTS 13"]))
        var toClient = server.start() + server.hideInput(true)
        var toServer = client.start()
        var heard: [TelnetAction] = []
        for _ in 0..<20 {
            client.receive(toClient)
            toClient = []
            while let action = client.nextAction() {
                if case .send(let octets) = action { toServer += octets }
            }
            server.receive(toServer)
            toServer = []
            while let action = server.nextAction() {
                if case .send(let octets) = action { toClient += octets } else { heard.append(action) }
            }
        }
        #expect(heard.contains(.windowSize(columns: 255, rows: 40)))
        #expect(heard.contains(.terminalType("MTTS 13")))
        let (clientHides, serverMarks) = (client.isOn(.echo, .theirs), server.isOn(.endOfRecord, .ours))
        #expect(clientHides && serverMarks)
        client.receive(Array("Name: ".utf8) + server.promptMark)
        #expect(client.nextAction() == .prompt(Array("Name: ".utf8)))
    }

    @Test func iacIsDoubledInText() {
        #expect(TelnetMachine.escaped([1, 255, 2]) == [1, 255, 255, 2])
        #expect(TelnetMachine.escaped([1, 2]) == [1, 2])
    }
}

extension Array where Element == UInt8 {
    fileprivate func chunked(_ size: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
