import Testing

@testable import TelnetWire

@Suite struct TelnetSubnegotiationTests {
    @Test(
        arguments: [
            ([], []), (bytes("plain"), bytes("plain")), ([255, 240, 255, 255], [255, 255, 240, 255, 255, 255, 255]),
        ] as [([UInt8], [UInt8])]) func isWrittenWithDoubledIAC(payload: [UInt8], doubled: [UInt8])
    {
        #expect(TelnetOption.gmcp.subnegotiation(payload) == [iac, sb, 201] + doubled + [iac, se])
    }

    private func finish(octets: Int, limit: Int?, spoilt: Bool = false) -> (payload: [UInt8]?, isCut: Bool) {
        var subnegotiation = TelnetSubnegotiation()
        subnegotiation.begin(.terminalType, limit: limit)
        for _ in 0..<octets { subnegotiation.append(7) }
        if spoilt { subnegotiation.spoil() }
        let (payload, isCut) = (subnegotiation.finish(), subnegotiation.isCut)
        #expect(subnegotiation.heldOctets == 0)
        return (payload, isCut)
    }

    @Test(arguments: [0, 1, 4095, 4096, 4097, 10_000]) func keepsUpToTheLimit(octets: Int) {
        let (payload, isCut) = finish(octets: octets, limit: 4096)
        #expect(payload?.count == min(octets, 4096))
        #expect(isCut == (octets > 4096))
    }

    @Test func whatIsNotReadIsNotKept() {
        #expect(finish(octets: 10, limit: nil).payload == nil)
    }

    @Test func aSpoiltPayloadIsNotUsed() {
        #expect(finish(octets: 4, limit: 10, spoilt: true).payload == nil)
    }

    @Test func theNextOneStartsEmpty() {
        var subnegotiation = TelnetSubnegotiation()
        subnegotiation.begin(.windowSize, limit: 1)
        for _ in 0..<3 { subnegotiation.append(1) }
        subnegotiation.spoil()
        subnegotiation.begin(.terminalType, limit: 9)
        subnegotiation.append(2)
        let payload = subnegotiation.finish()
        #expect(payload == [2])
        #expect(subnegotiation.option == .terminalType && !subnegotiation.isCut)
    }
}
