import Testing

@testable import TelnetWire

/// Nothing of what a machine does waits for a peer, so a peer that says nothing loses nothing.
@Suite struct TelnetSilentPeerTests {
    @Test func everythingCanBeSaidAtOnce() {
        let machine = TelnetProbe(role: .server, policy: .server.offeringCompression)
        let opening = machine.start()
        #expect(opening.count == 30, "one small packet")
        #expect(machine.promptMark == [iac, 249])
        #expect(machine.setEcho(hidden: true) == negotiation(will, .echo))
        #expect(machine.drain().isEmpty)
        #expect(!machine.outputIsCompressed && machine.message(.gmcp, [1]).isEmpty)
    }

    @Test func linesAreTakenWithoutAnyAnswer() {
        #expect(actions(of: [bytes("guest\r\nlook\r\n")]) == [.line(bytes("guest")), .line(bytes("look"))])
    }

    /// However late an answer comes, and whatever came before it, the step that waits for it is taken.
    @Test func answersMayComeLate() {
        let machine = TelnetProbe(role: .server, policy: .server)
        _ = machine.start()
        for _ in 0..<1000 { machine.receive(bytes("look\r\n")) }
        _ = machine.drain()
        machine.receive(negotiation(will, .terminalType) + negotiation(doIt, .characterSet))
        #expect(
            sent(machine.drain()) == subnegotiation(.terminalType, [1])
                + subnegotiation(.characterSet, [1] + bytes(";UTF-8;ISO-8859-1;US-ASCII")))
    }

    /// A peer that begins each dialogue and finishes none.
    @Test func dialoguesLeftOpenHoldUpNothing() {
        let machine = TelnetProbe(role: .server, policy: .server)
        _ = machine.start()
        machine.receive(
            negotiation(will, .terminalType) + negotiation(will, .newEnvironment) + negotiation(doIt, .characterSet))
        _ = machine.drain()
        machine.receive(bytes("look\r\n") + negotiation(doIt, .endOfRecord))
        #expect(
            machine.drain() == [.line(bytes("look")), .optionChanged(.endOfRecord, .local, enabled: true)])
        #expect(machine.promptMark == [iac, 239])
    }
}
