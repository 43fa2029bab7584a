import Testing

@testable import TelnetWire

@Suite struct TelnetCharacterModeTests {
    private static let agreed = negotiation(doIt, .suppressGoAhead) + negotiation(doIt, .echo)
    private static let asked = negotiation(will, .suppressGoAhead) + negotiation(will, .echo)

    private func machine(_ policy: TelnetPolicy = .server) -> TelnetProbe {
        let machine = TelnetProbe(role: .server, policy: policy)
        _ = machine.start()
        return machine
    }

    /// What of the actions is input.
    private func input(_ actions: [TelnetAction]) -> [TelnetAction] {
        settled(
            actions.filter { action in
                switch action {
                case .send, .optionChanged: false
                default: true
                }
            })
    }

    @Test func keysComeOnceBothHalvesAreAgreed() {
        let machine = machine()
        #expect(machine.setCharacterMode(true) == Self.asked)
        machine.receive(bytes("one\r\ntw") + negotiation(doIt, .suppressGoAhead) + bytes("o\r\nth"))
        machine.receive(negotiation(doIt, .echo) + bytes("ree\r\0\u{1B}[A\u{7F}\u{3}\u{4}"))
        #expect(
            input(machine.drain()) == [
                .line(bytes("one")), .line(bytes("two")), .characterMode(enabled: true),
                .octets(bytes("three\r\u{1B}[A\u{7F}\u{3}\u{4}")),
            ])
    }

    /// Whatever octet the switch falls on, each octet of text is in a line or among the keys, once.
    @Test func noOctetIsLostOrDoubledAtTheSwitch() {
        let typed = bytes("ab\r\nc\u{E4}d\r\0e\nf\rg") + [iac, iac] + bytes("h\r\n")
        let text = bytes("ab\rc\u{E4}d\re\rf\rg") + [255] + bytes("h\r")
        for place in 0...typed.count where place == 0 || typed[place - 1] != iac || place > 1 && typed[place - 2] == iac
        {
            for back in [false, true] {
                let machine = machine()
                if back {
                    _ = machine.setCharacterMode(true)
                    machine.receive(Self.agreed)
                    _ = machine.drain()
                }
                _ = machine.setCharacterMode(!back)
                let switched =
                    back ? negotiation(dont, .suppressGoAhead) + negotiation(dont, .echo) : Self.agreed
                machine.receive(Array(typed[..<place]) + switched + Array(typed[place...]))
                var heard: [UInt8] = []
                for action in machine.drain() {
                    if case .line(let octets) = action { heard += octets + [13] }
                    // Enter as LF is a key of its own.
                    if case .octets(let octets) = action { heard += octets.map { $0 == 10 ? 13 : $0 } }
                }
                #expect(heard == text, "switched at \(place), back \(back)")
            }
        }
    }

    @Test(arguments: [
        (negotiation(dont, .suppressGoAhead) + negotiation(doIt, .echo), negotiation(wont, .echo)),
        (negotiation(doIt, .echo) + negotiation(dont, .suppressGoAhead), negotiation(wont, .echo)),
        (negotiation(dont, .echo) + negotiation(doIt, .suppressGoAhead), negotiation(wont, .suppressGoAhead)),
        (negotiation(doIt, .suppressGoAhead) + negotiation(dont, .echo), negotiation(wont, .suppressGoAhead)),
        (negotiation(dont, .suppressGoAhead) + negotiation(dont, .echo), []),
    ]) func whoRefusesHalfKeepsNeither(answer: [UInt8], reply: [UInt8]) {
        let machine = machine()
        _ = machine.setCharacterMode(true)
        machine.receive(answer + bytes("look\r\n"))
        let heard = machine.drain()
        #expect(sent(heard) == reply)
        #expect(input(heard) == [.line(bytes("look"))])
        machine.receive(negotiation(dont, .echo) + negotiation(dont, .suppressGoAhead))
        #expect(!machine.isEnabled(.echo, .local) && !machine.isEnabled(.suppressGoAhead, .local))
    }

    @Test func aPeerThatLeavesTakesItsLineBack() {
        let machine = machine()
        _ = machine.setCharacterMode(true)
        machine.receive(Self.agreed + bytes("x") + negotiation(dont, .suppressGoAhead) + bytes("look\r\n"))
        let heard = machine.drain()
        #expect(
            input(heard) == [
                .characterMode(enabled: true), .octets(bytes("x")), .characterMode(enabled: false),
                .line(bytes("look")),
            ])
        #expect(sent(heard) == negotiation(wont, .suppressGoAhead) + negotiation(wont, .echo))
    }

    /// tintin++ 2.02.20 never says DONT to a WONT.
    @Test(arguments: [[], negotiation(dont, .suppressGoAhead) + negotiation(dont, .echo)])
    func linesComeAgainWhetherThePeerAnswersOrNot(answer: [UInt8]) {
        let machine = machine()
        _ = machine.setCharacterMode(true)
        machine.receive(Self.agreed + bytes("x"))
        #expect(input(machine.drain()) == [.characterMode(enabled: true), .octets(bytes("x"))])
        #expect(
            machine.setCharacterMode(false) == negotiation(wont, .suppressGoAhead) + negotiation(wont, .echo))
        #expect(input(machine.drain()) == [.characterMode(enabled: false)], "nobody's consent is waited for")
        machine.receive(bytes("look\r\n") + answer + bytes("who\r\n"))
        let heard = machine.drain()
        #expect(sent(heard).isEmpty)
        #expect(input(heard) == [.line(bytes("look")), .line(bytes("who"))])
    }

    @Test func passwordsLeaveEchoAlone() {
        let machine = machine()
        _ = machine.setCharacterMode(true)
        machine.receive(Self.agreed)
        #expect(machine.setEcho(hidden: true).isEmpty && machine.setEcho(hidden: false).isEmpty)
        _ = machine.setEcho(hidden: true)
        #expect(machine.setCharacterMode(false) == negotiation(wont, .suppressGoAhead), "still hidden")
        machine.receive(negotiation(dont, .suppressGoAhead) + bytes("secret\r\n"))
        #expect(machine.drain().last == .line(bytes("secret")))
        #expect(machine.setEcho(hidden: false) == negotiation(wont, .echo))
    }

    @Test func aMindChangedTwiceEndsWhereItWished() {
        let machine = machine()
        _ = machine.setCharacterMode(true)
        _ = machine.setCharacterMode(false)
        #expect(machine.setCharacterMode(true).isEmpty)
        machine.receive(Self.agreed + bytes("k"))
        #expect(input(machine.drain()) == [.characterMode(enabled: true), .octets(bytes("k"))])
        _ = machine.setCharacterMode(false)
        #expect(machine.setCharacterMode(true) == Self.asked)
        machine.receive(negotiation(dont, .suppressGoAhead) + negotiation(dont, .echo) + bytes("l\r\n"))
        let heard = machine.drain()
        #expect(sent(heard).isEmpty, "these answer to the end")
        #expect(input(heard) == [.characterMode(enabled: false), .line(bytes("l"))])
        machine.receive(Self.agreed + bytes("m"))
        #expect(input(machine.drain()) == [.characterMode(enabled: true), .octets(bytes("m"))])
    }

    @Test func signalsAreKeptApartFromKeys() {
        let machine = machine()
        _ = machine.setCharacterMode(true)
        machine.receive(
            Self.agreed + bytes("a") + [iac, 247] + bytes("b") + [iac, 244] + bytes("c") + [iac, 248, iac, 246])
        #expect(
            input(machine.drain()) == [
                .characterMode(enabled: true), .octets(bytes("a\u{7F}b")), .interrupt, .octets(bytes("c")), .eraseLine,
                .areYouThere,
            ])
    }

    @Test func aLongLineIsNoLongerDroppedAfterTheSwitch() {
        var policy = TelnetPolicy.server
        policy.lineLimit = 4
        let machine = machine(policy)
        _ = machine.setCharacterMode(true)
        machine.receive(bytes("123456") + Self.agreed + bytes("78"))
        #expect(input(machine.drain()) == [.lineTooLong, .characterMode(enabled: true), .octets(bytes("78"))])
    }

    @Test func aClientTakesTextAsItComes() {
        var policy = TelnetPolicy.client
        policy.deliversOctets = true
        let text = bytes("Hi\r\nName: ") + [iac, 249, iac, iac] + bytes("\r\0\0x\u{8}\u{1B}[m")
        let expected: [TelnetAction] = [
            .octets(bytes("Hi\r\nName: ")), .prompt([]), .octets([255] + bytes("\rx\u{8}\u{1B}[m")),
        ]
        #expect(actions(of: [text], role: .client, policy: policy) == expected)
        #expect(actions(of: text.map { [$0] }, role: .client, policy: policy) == expected)
    }

    /// The options a server has turned on after it turned them on and off, with a text of the client after each or not.
    private func hidings(of role: TelnetRole, isTyping: Bool) -> Int {
        let machine = TelnetProbe(role: role, policy: .client)
        _ = machine.start()
        var count = 0
        for _ in 0..<50 {
            machine.receive(negotiation(will, .echo))
            if machine.drain().contains(.optionChanged(.echo, .remote, enabled: true)) { count += 1 }
            if isTyping { machine.textSent() }
            machine.receive(negotiation(wont, .echo))
            _ = machine.drain()
            if isTyping { machine.textSent() }
        }
        return count
    }

    @Test func aServerMayHideEveryPassword() {
        #expect(hidings(of: .client, isTyping: true) == 50)
        #expect(hidings(of: .client, isTyping: false) == 1, "who says nothing answers a loop no longer")
        #expect(hidings(of: .server, isTyping: true) == 1)
    }
}
