import Testing

@testable import TelnetWire

/// Where the deflated stream begins and ends, in either direction; octets stand for what an inflater would make of them.
@Suite struct TelnetCompressionTests {
    private func server() -> TelnetProbe {
        let machine = TelnetProbe(role: .server, policy: .server.offeringCompression)
        _ = machine.start()
        return machine
    }

    @Test func ourTextIsDeflatedBehindTheAnnouncement() {
        let machine = server()
        machine.receive(negotiation(doIt, .mccp2))
        #expect(
            machine.drain() == [
                .optionChanged(.mccp2, .local, enabled: true), .send([iac, sb, 86, iac, se]), .compressOutput,
            ])
        machine.receive(negotiation(doIt, .mccp2))
        #expect(machine.drain().isEmpty, "agreed already")
        machine.receive(negotiation(dont, .mccp2))
        #expect(
            machine.drain() == [
                .send(negotiation(wont, .mccp2)), .optionChanged(.mccp2, .local, enabled: false), .writePlain,
            ])
        machine.receive(negotiation(doIt, .mccp2))
        #expect(
            machine.drain() == [
                .send(negotiation(will, .mccp2)), .optionChanged(.mccp2, .local, enabled: true),
                .send([iac, sb, 86, iac, se]), .compressOutput,
            ], "once more")
    }

    @Test func weStopOnce() {
        let machine = server()
        #expect(machine.stopCompressing().isEmpty)
        machine.receive(negotiation(doIt, .mccp2))
        _ = machine.drain()
        #expect(machine.stopCompressing() == negotiation(wont, .mccp2))
        #expect(machine.stopCompressing().isEmpty && !machine.outputIsCompressed)
        machine.receive(negotiation(dont, .mccp2))
        #expect(machine.drain() == [.optionChanged(.mccp2, .local, enabled: false)], "its stream has ended already")
        #expect(machine.offer(.mccp2) == negotiation(will, .mccp2))
        machine.receive(negotiation(doIt, .mccp2))
        #expect(machine.drain().last == .compressOutput)
    }

    @Test func anOfferTakenBackStartsNothing() {
        let machine = server()
        #expect(machine.withdraw(.mccp2).isEmpty, "the offer has no answer yet")
        machine.receive(negotiation(doIt, .mccp2))
        let heard = machine.drain()
        #expect(sent(heard) == negotiation(wont, .mccp2))
        #expect(!heard.contains(.compressOutput) && !machine.outputIsCompressed)
    }

    @Test func theirTextStopsAtTheMark() {
        let input = bytes("look\r\n") + [iac, sb, 87, iac, se]
        let rest: [UInt8] = [0x78, 0x9C, iac, 0x0D, 0x0A]
        for cut in 0...input.count {
            let machine = server()
            machine.receive(negotiation(doIt, .mccp3))
            _ = machine.drain()
            #expect(machine.take(Array(input[..<cut])) == cut)
            #expect(
                machine.take(Array(input[cut...]) + rest) == input.count - cut + (cut == input.count ? rest.count : 0))
            if cut == input.count { continue }
            #expect(machine.inputIsCompressed)
            #expect(machine.drain() == [.line(bytes("look")), .decompressInput])
            #expect(machine.take(bytes("inflated\n")) == 9)
            #expect(machine.drain() == [.line(bytes("inflated"))])
        }
    }

    @Test func theMarkAtTheEndOfACallIsKnownFromTheMachine() {
        let machine = server()
        machine.receive(negotiation(doIt, .mccp3))
        #expect(machine.take([iac, sb, 87, iac, se]) == 5)
        #expect(machine.inputIsCompressed)
    }

    @Test func aMarkInsideTheStreamIsIgnoredUntilItEnds() {
        let machine = server()
        machine.receive(negotiation(doIt, .mccp3))
        _ = machine.take([iac, sb, 87, iac, se])
        _ = machine.drain()
        #expect(machine.take([iac, sb, 87, iac, se, 65]) == 6)
        #expect(machine.drain().isEmpty)
        machine.compressedInputEnded()
        #expect(machine.take([iac, sb, 87, iac, se, 65]) == 5)
        #expect(machine.drain() == [.decompressInput])
    }

    @Test(arguments: [
        [iac, sb, 87, iac, se], [iac, sb, 86, iac, se], [iac, sb, 85, will, se], [iac, sb, 87, 1, iac, se],
    ]) func marksThatWereNotAgreedOrAreNone(mark: [UInt8]) {
        let machine = TelnetProbe(role: .server, policy: .server)
        _ = machine.start()
        machine.receive(negotiation(doIt, .mccp2) + negotiation(doIt, .mccp3))
        let agreed = server()
        agreed.receive(negotiation(doIt, .mccp2))
        _ = (machine.drain(), agreed.drain())
        #expect(machine.take(mark) == mark.count && agreed.take(mark) == mark.count)
        #expect(machine.drain().isEmpty && agreed.drain().isEmpty)
        #expect(!machine.inputIsCompressed && !agreed.inputIsCompressed)
    }

    @Test func theClientIsTheMirror() {
        let machine = TelnetProbe(role: .client, policy: .client.acceptingCompression)
        machine.receive(negotiation(will, .mccp2) + negotiation(will, .mccp3))
        #expect(
            machine.drain() == [
                .send(negotiation(doIt, .mccp2)), .optionChanged(.mccp2, .remote, enabled: true),
                .send(negotiation(doIt, .mccp3)), .optionChanged(.mccp3, .remote, enabled: true),
                .send([iac, sb, 87, iac, se]), .compressOutput,
            ])
        #expect(machine.take([iac, sb, 86, iac, se, 1, 2, 3]) == 5)
        #expect(machine.drain() == [.decompressInput])
        machine.receive(negotiation(wont, .mccp3))
        #expect(machine.drain().last == .writePlain)
    }
}
