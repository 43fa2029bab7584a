import Testing

@testable import TelnetWire

@Suite struct TelnetPromptTests {
    private static let serverWithSGA = TelnetPolicy(willingLocal: [.suppressGoAhead], offers: [.endOfRecord])

    @Test(
        arguments: [
            ([], [iac, 249]),
            (negotiation(doIt, .endOfRecord), [iac, 239]),
            (negotiation(dont, .endOfRecord), [iac, 249]),
            (negotiation(doIt, .suppressGoAhead), []),
            (negotiation(doIt, .suppressGoAhead) + negotiation(doIt, .endOfRecord), [iac, 239]),
        ] as [([UInt8], [UInt8])]) func mark(heard: [UInt8], expected: [UInt8])
    {
        let machine = TelnetProbe(role: .server, policy: Self.serverWithSGA)
        _ = machine.start()
        machine.receive(heard)
        #expect(machine.promptMark == expected)
    }

    @Test func echoIsHiddenAndShownAgain() {
        let machine = TelnetProbe(role: .server, policy: .server)
        #expect(machine.setEcho(hidden: true) == negotiation(will, .echo))
        machine.receive(negotiation(doIt, .echo))
        #expect(machine.drain() == [.optionChanged(.echo, .local, enabled: true)])
        #expect(machine.isEnabled(.echo, .local))
        #expect(machine.setEcho(hidden: true).isEmpty)
        #expect(machine.setEcho(hidden: false) == negotiation(wont, .echo))
        machine.receive(negotiation(dont, .echo))
        #expect(machine.drain() == [.optionChanged(.echo, .local, enabled: false)])
    }

    @Test func echoRefusedStaysRefusedUntilAskedAgain() {
        let machine = TelnetProbe(role: .server, policy: .server)
        _ = machine.setEcho(hidden: true)
        machine.receive(negotiation(dont, .echo))
        #expect(machine.drain().isEmpty)
        #expect(machine.setEcho(hidden: false).isEmpty)
        #expect(machine.setEcho(hidden: true) == negotiation(will, .echo))
    }

    @Test func aWishDuringNegotiationWaitsForTheAnswer() {
        let machine = TelnetProbe(role: .server, policy: .server)
        _ = machine.setEcho(hidden: true)
        #expect(machine.setEcho(hidden: false).isEmpty)
        machine.receive(bytes("secret\r\n") + negotiation(doIt, .echo))
        #expect(machine.drain().first == .line(bytes("secret")))
        machine.receive(negotiation(dont, .echo))
        #expect(!machine.isEnabled(.echo, .local))
    }

    @Test func waitingWishIsSentOnTheAnswer() {
        let machine = TelnetProbe(role: .server, policy: .server)
        _ = machine.setEcho(hidden: true)
        _ = machine.setEcho(hidden: false)
        machine.receive(negotiation(doIt, .echo))
        #expect(sent(machine.drain()) == negotiation(wont, .echo))
    }

    /// As from tintin++, which never says DONT to a WONT.
    @Test func everyPasswordIsHiddenFromWhoNeverConfirmsAnEnd() {
        let machine = TelnetProbe(role: .server, policy: .server)
        for _ in 0..<3 {
            #expect(machine.setEcho(hidden: true) == negotiation(will, .echo))
            machine.receive(negotiation(doIt, .echo))
            #expect(machine.isEnabled(.echo, .local))
            #expect(machine.setEcho(hidden: false) == negotiation(wont, .echo))
            #expect(!machine.isEnabled(.echo, .local) && sent(machine.drain()).isEmpty)
        }
    }

    /// The first DONT answers to the end, and only a second one refuses the new offer.
    @Test(arguments: [false, true]) func anAnswerToTheEndRefusesNothing(isRefused: Bool) {
        let machine = TelnetProbe(role: .server, policy: .server)
        _ = machine.setEcho(hidden: true)
        machine.receive(negotiation(doIt, .echo))
        _ = machine.setEcho(hidden: false)
        machine.receive(negotiation(doIt, .echo))
        #expect(!machine.isEnabled(.echo, .local), "a DO that crossed the end begins nothing")
        _ = machine.setEcho(hidden: true)
        machine.receive(negotiation(dont, .echo) + negotiation(isRefused ? dont : doIt, .echo))
        #expect(machine.isEnabled(.echo, .local) == !isRefused)
        #expect(sent(machine.drain()).isEmpty)
    }

    @Test func manyPasswordsAreNotCountedAgainstThePeer() {
        let machine = TelnetProbe(role: .server, policy: .server)
        for _ in 0..<1000 {
            #expect(machine.setEcho(hidden: true) == negotiation(will, .echo))
            machine.receive(negotiation(doIt, .echo))
            #expect(machine.setEcho(hidden: false) == negotiation(wont, .echo))
            machine.receive(negotiation(dont, .echo))
            #expect(sent(machine.drain()).isEmpty)
        }
    }
}
