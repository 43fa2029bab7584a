import Testing

@testable import TelnetWire

@Suite struct TelnetSubnegotiationTests {
    private func finish(_ option: TelnetOption, octets: Int, spoilt: Bool = false) -> [UInt8]? {
        var subnegotiation = TelnetSubnegotiation()
        subnegotiation.begin(option)
        for _ in 0..<octets { subnegotiation.append(7) }
        if spoilt { subnegotiation.spoil() }
        let payload = subnegotiation.finish()
        #expect(subnegotiation.heldOctets == 0)
        return payload
    }

    @Test(arguments: [0, 1, 4095, 4096, 4097, 10_000]) func keepsUpToTheCap(octets: Int) {
        #expect(finish(.terminalType, octets: octets)?.count == min(octets, TelnetLimits.subnegotiationOctets))
    }

    @Test func whatIsNotReadIsNotKept() {
        #expect(finish(TelnetOption(rawValue: 201), octets: 10) == nil)
        #expect(finish(.echo, octets: 10) == nil)
    }

    @Test func aSpoiltPayloadIsNotUsed() {
        #expect(finish(.windowSize, octets: 4, spoilt: true) == nil)
    }

    @Test func theNextOneStartsEmpty() {
        var subnegotiation = TelnetSubnegotiation()
        subnegotiation.begin(.windowSize)
        subnegotiation.append(1)
        subnegotiation.abandon()
        subnegotiation.begin(.terminalType)
        subnegotiation.append(2)
        let payload = subnegotiation.finish()
        #expect(payload == [2])
        #expect(subnegotiation.option == .terminalType)
    }
}
