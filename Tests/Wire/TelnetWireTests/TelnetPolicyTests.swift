import Testing

@testable import TelnetWire

@Suite struct TelnetPolicyTests {
    @Test func whatIsOfferedIsAgreedTo() {
        let policy = TelnetPolicy(
            willingLocal: [.binary], willingRemote: [.echo], offers: [.endOfRecord], requests: [.windowSize])
        #expect(policy.isWilling(.binary, .local) && policy.isWilling(.endOfRecord, .local))
        #expect(policy.isWilling(.echo, .remote) && policy.isWilling(.windowSize, .remote))
        #expect(!policy.isWilling(.binary, .remote) && !policy.isWilling(.windowSize, .local))
    }

    @Test func theServerKeepsClientsInLineMode() {
        #expect(!TelnetPolicy.server.isWilling(.suppressGoAhead, .local))
        #expect(!TelnetPolicy.server.isWilling(.echo, .local))
        #expect(!TelnetPolicy.server.isWilling(.echo, .remote))
    }

    @Test(arguments: [(-1, 1), (0, 1), (1, 1), (2048, 2048)]) func aLineHoldsAtLeastOneOctet(limit: Int, expected: Int)
    {
        #expect(TelnetPolicy(lineLimit: limit).lineLimit == expected)
        #expect(TelnetPolicy.server.lineLimit == TelnetLimits.lineOctets)
    }

    @Test func anOfferThePeerMakesFirstIsAcceptedOnce() {
        let machine = TelnetProbe(role: .server, policy: .server)
        machine.receive(negotiation(will, .windowSize) + negotiation(doIt, .endOfRecord))
        #expect(sent(machine.drain()) == negotiation(doIt, .windowSize) + negotiation(will, .endOfRecord))
        #expect(machine.start() == negotiation(doIt, .terminalType), "the rest is on already")
    }
}
