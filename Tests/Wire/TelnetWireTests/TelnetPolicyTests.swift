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

    @Test func whatIsNeverAgreedTo() {
        let server = TelnetPolicy.server.offeringCompression
        let client = TelnetPolicy.client.acceptingCompression
        for option in [TelnetOption.lineMode, .mccp1, .msp, .mxp] {
            for side in [TelnetSide.local, .remote] {
                #expect(!server.isWilling(option, side) && !client.isWilling(option, side), "\(option)")
            }
        }
    }

    @Test func compressionIsForOwnersThatAskForIt() {
        for option in [TelnetOption.mccp2, .mccp3] {
            #expect(!TelnetPolicy.server.isWilling(option, .local) && !TelnetPolicy.client.isWilling(option, .remote))
            #expect(TelnetPolicy.server.offeringCompression.isWilling(option, .local))
            #expect(TelnetPolicy.client.acceptingCompression.isWilling(option, .remote))
        }
    }

    @Test func onlyHarmlessVariablesAreAskedFor() {
        let names = Set(TelnetPolicy.server.environment.map(\.name))
        #expect(
            names.isSuperset(of: ["CHARSET", "CLIENT_NAME", "CLIENT_VERSION", "MTTS", "TERMINAL_TYPE", "SCREEN_READER"])
        )
        #expect(names.isDisjoint(with: ["USER", "IPADDRESS", "SYSTEMTYPE", "DISPLAY", "ACCT", ""]))
        #expect(TelnetPolicy.server.environment.count <= TelnetLimits.variables)
        #expect(TelnetPolicy.server.characterSets.first == "UTF-8")
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
        let opening = machine.start()
        #expect(!opening.isEmpty)
        #expect(!opening.contains(negotiation(doIt, .windowSize)) && !opening.contains(negotiation(will, .endOfRecord)))
    }
}
