import Basics
import Testing

@testable import TelnetWire

@Suite struct TelnetFloodTests {
    private static let everyOption = (0...255).map { TelnetOption(rawValue: UInt8($0)) }

    @Test(arguments: [TelnetRole.server, .client]) func aPeerThatInvertsEveryWordDrawsTwoRepliesAnOption(
        role: TelnetRole
    ) {
        let machine = TelnetProbe(role: role, policy: role == .server ? .server : .client)
        _ = machine.start()
        var replies = [Int](repeating: 0, count: 256)
        var input: [UInt8] = Self.everyOption.flatMap { negotiation(doIt, $0) + negotiation(will, $0) }
        for _ in 0..<20 {
            machine.receive(input)
            input = []
            for case .send(let octets) in machine.drain() where octets.count == 3 {
                replies[Int(octets[2])] += 1
                let inverted = [will: dont, wont: doIt, doIt: wont, dont: will][octets[1]] ?? will
                input += [iac, inverted, octets[2]]
            }
        }
        // A timing mark is answered each time, from a purse of its own.
        let marks = Int(TelnetOption.timingMark.rawValue)
        #expect(replies[marks] <= TelnetLimits.courtesies + Int(TelnetLimits.repliesPerOption))
        replies[marks] = 0
        #expect(replies.allSatisfy { $0 <= Int(TelnetLimits.repliesPerOption) })
    }

    @Test func everyVerbOfEveryOptionOverAndOver() {
        let verbs = [will, wont, doIt, dont]
        var input: [UInt8] = []
        for round in 0..<40 {
            for option in Self.everyOption { input += negotiation(verbs[round % 4], option) }
        }
        for policy in [TelnetPolicy.server, .server.offeringCompression] {
            #expect(sent(actions(of: [input], policy: policy)).count * 10 <= input.count)
        }
    }

    @Test func oneOptionFlooded() {
        let input = Array(repeatElement(negotiation(doIt, TelnetOption(rawValue: 99)), count: 10_000).joined())
        let out = sent(actions(of: [input, bytes("x\r\n")]))
        #expect(out == [iac, wont, 99])
    }

    @Test func anOptionTurnedOnAndOffEndsOff() {
        let machine = TelnetProbe(role: .server, policy: .server)
        let toggle = negotiation(will, .suppressGoAhead) + negotiation(wont, .suppressGoAhead)
        for _ in 0..<10 { machine.receive(toggle) }
        #expect(sent(machine.drain()) == negotiation(doIt, .suppressGoAhead) + negotiation(dont, .suppressGoAhead))
        #expect(!machine.isEnabled(.suppressGoAhead, .remote))
    }

    @Test(
        arguments: [
            (.terminalType, 65), (.windowSize, 5), (.newEnvironment, 8192), (.characterSet, 8192), (.gmcp, 65_536),
            (.msdp, 8192), (.mssp, 8192), (.mccp3, 0), (.echo, 0), (.lineMode, 0), (TelnetOption(rawValue: 200), 0),
        ] as [(TelnetOption, Int)]) func unterminatedSubnegotiationHoldsOnlyItsCap(option: TelnetOption, cap: Int)
    {
        let machine = TelnetProbe(role: .server, policy: .server.offeringCompression)
        _ = machine.start()
        machine.receive(negotiation(will, option) + negotiation(doIt, option) + [iac, sb, option.rawValue, 0])
        let flood = [UInt8](repeating: 0x41, count: 65_536)
        for _ in 0..<32 { machine.receive(flood) }
        #expect(machine.heldOctets == cap)
        _ = machine.drain()
        machine.receive([iac, se] + bytes("x\r\n"))
        #expect(machine.drain().last == .line(bytes("x")))
        #expect(machine.heldOctets == 0)
    }

    @Test func ofANameTheBeginningIsKeptAndOfAMessageNothing() {
        let flood = [UInt8](repeating: 0x41, count: 65_537)
        let heard = actions(of: [
            negotiation(will, .terminalType) + negotiation(doIt, .gmcp) + negotiation(doIt, .msdp)
                + subnegotiation(.terminalType, [0] + flood) + subnegotiation(.gmcp, flood)
                + subnegotiation(.gmcp, flood.dropLast()) + subnegotiation(.msdp, Array(flood.prefix(8193)))
                + subnegotiation(.msdp, Array(flood.prefix(8192)))
        ])
        #expect(heard.contains(.terminalType(String(repeating: "A", count: TelnetLimits.terminalTypeOctets))))
        let messages = heard.filter { if case .message = $0 { true } else { false } }
        #expect(messages == [.message(.gmcp, flood.dropLast()), .message(.msdp, Array(flood.prefix(8192)))])
    }

    @Test func whatIsNotAgreedHoldsNothing() {
        let machine = TelnetProbe(role: .server, policy: .server)
        for option in [TelnetOption.gmcp, .msdp, .newEnvironment, .terminalType, TelnetOption(rawValue: 200)] {
            machine.receive([iac, sb, option.rawValue] + [UInt8](repeating: 0x41, count: 65_536))
            #expect(machine.heldOctets == 0)
            machine.receive([iac, se])
        }
        #expect(machine.drain().isEmpty)
    }

    @Test func tenThousandVariablesAreNotKept() {
        let asked = TelnetPolicy.server.environment.map(\.name)
        var variables: [UInt8] = []
        for number in 0..<10_000 {
            variables += [3] + bytes(asked[number % asked.count]) + [1] + [UInt8](repeating: 0x41, count: number % 400)
        }
        let heard = actions(of: [negotiation(will, .newEnvironment) + subnegotiation(.newEnvironment, [0] + variables)])
        var values: [Int] = []
        for case .environment(_, let value) in heard { values.append(value.utf8.count) }
        #expect(values.count <= TelnetLimits.variables && !values.isEmpty)
        #expect(values.allSatisfy { $0 <= TelnetLimits.variableOctets })
    }

    @Test func dialoguesEnd() {
        let flood =
            negotiation(doIt, .characterSet) + negotiation(will, .characterSet) + negotiation(will, .newEnvironment)
            + (0..<9000).flatMap { _ in
                subnegotiation(.characterSet, [1] + bytes(";UTF-8")) + subnegotiation(.characterSet, [4])
            }
        let out = sent(actions(of: [flood]))
        #expect(out.count <= 400)
        let questions = Array(repeatElement(subnegotiation(.newEnvironment, [1]), count: 9000).joined())
        let answers = sent(
            actions(of: [negotiation(doIt, .newEnvironment) + questions], role: .client, policy: .client))
        #expect(answers.count <= 3 + TelnetLimits.dialogueRounds * 6)
    }

    @Test func tenThousandWindowsInOneCallAreOne() {
        let flood = (0..<10_000).flatMap { subnegotiation(.windowSize, [0, UInt8(20 + $0 % 200), 0, 24]) }
        let machine = TelnetProbe(role: .server, policy: .server)
        machine.receive(negotiation(will, .windowSize))
        _ = machine.drain()
        machine.receive(flood)
        #expect(machine.drain() == [.windowSize(columns: 20 + 9999 % 200, rows: 24)])
    }

    @Test func terminalTypesEndAfterEightRounds() {
        var input = negotiation(will, .terminalType)
        for name in 0..<100 { input += subnegotiation(.terminalType, [0] + bytes("TERM-\(name)")) }
        let all = actions(of: [input])
        let names = all.filter { if case .terminalType = $0 { true } else { false } }
        #expect(names.count == TelnetLimits.terminalTypeRounds)
        #expect(sent(all).count == 6 * TelnetLimits.terminalTypeRounds)
    }

    @Test func aClientIsNotAskedForEver() {
        let input =
            negotiation(doIt, .terminalType)
            + Array(repeatElement(subnegotiation(.terminalType, [1]), count: 5_000).joined())
        let all = actions(of: [input], role: .client, policy: .client)
        #expect(all.count <= TelnetLimits.repliesPerConnection + 1)
    }

    @Test func courtesiesAreEarnedByTyping() {
        let ask = negotiation(doIt, .timingMark) + [iac, 246]
        let machine = TelnetProbe(role: .server, policy: .server)
        for _ in 0..<100 { machine.receive(ask) }
        #expect(machine.drain().count == TelnetLimits.courtesies)
        for _ in 0..<1000 {
            machine.receive(bytes("look\r\n") + negotiation(doIt, .timingMark))
            #expect(machine.drain().last == .send(negotiation(will, .timingMark)))
        }
    }

    @Test func randomOctetsCauseTheSameHoweverTheyAreCut() {
        for seed in UInt64(1)...60 {
            var random = SeededGenerator(seed: seed)
            let input = Self.soup(length: 3_000, &random)
            let expected = actions(of: [input])
            #expect(actions(of: input.map { [$0] }) == expected, "seed \(seed)")
            var pieces: [[UInt8]] = []
            var rest = input[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...40, using: &random))
                pieces.append(Array(piece))
                rest = rest.dropFirst(piece.count)
            }
            #expect(actions(of: pieces) == expected, "seed \(seed)")
        }
    }

    @Test func randomOctetsNeverDrawMoreThanTheBudget() {
        for seed in UInt64(100)...110 {
            var random = SeededGenerator(seed: seed)
            for role in [TelnetRole.server, .client] {
                let input = Self.soup(length: 60_000, &random)
                let all = actions(of: [input], role: role, policy: role == .server ? .server : .client)
                let sends = all.filter { if case .send = $0 { true } else { false } }.count
                let typed = lines(all).count
                #expect(sends <= TelnetLimits.repliesPerConnection + TelnetLimits.courtesies + typed + 2)
            }
        }
    }

    /// Octets in which telnet's own are frequent.
    private static func soup(length: Int, _ random: inout SeededGenerator) -> [UInt8] {
        let frequent: [UInt8] = [
            iac, iac, iac, will, wont, doIt, dont, sb, se, 24, 31, 1, 3, 6, 0, 13, 10, 8, 127, 244, 247, 248, 65, 0xC3,
            39,
            42, 86, 87, 201,
        ]
        return (0..<length).map { _ in
            Bool.random(using: &random)
                ? frequent[Int.random(in: 0..<frequent.count, using: &random)]
                : UInt8.random(in: 0...255, using: &random)
        }
    }
}
