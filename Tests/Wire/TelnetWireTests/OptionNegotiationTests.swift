import TelnetWire
import Testing

@Suite struct OptionNegotiationTests {
    private typealias State = OptionNegotiation.State
    private typealias Answer = OptionNegotiation.Answer

    /// Brings a negotiation into a state by legal steps.
    private func negotiation(in state: OptionNegotiation.State) -> OptionNegotiation {
        var made = OptionNegotiation()
        switch state {
        case .no: break
        case .yes: _ = made.peerAffirmed(accepts: true)
        case .wantYes: _ = made.request(true)
        case .wantYesOpposite:
            _ = made.request(true)
            _ = made.request(false)
        case .wantNo:
            _ = made.peerAffirmed(accepts: true)
            _ = made.request(false)
        case .wantNoOpposite:
            _ = made.peerAffirmed(accepts: true)
            _ = made.request(false)
            _ = made.request(true)
        }
        return made
    }

    /// The tables of RFC 1143 §7, row by row.
    @Test(
        arguments: [
            (State.no, State.yes, Answer.positive), (.yes, .yes, nil), (.wantNo, .no, nil),
            (.wantNoOpposite, .yes, nil), (.wantYes, .yes, nil), (.wantYesOpposite, .wantNo, .negative),
        ] as [(OptionNegotiation.State, OptionNegotiation.State, OptionNegotiation.Answer?)])
    func affirmation(
        _ before: OptionNegotiation.State, _ after: OptionNegotiation.State, _ answer: OptionNegotiation.Answer?
    ) {
        var option = negotiation(in: before)
        #expect(option.state == before)
        #expect(option.peerAffirmed(accepts: true) == answer)
        #expect(option.state == after)
    }

    @Test(
        arguments: [
            (State.no, State.no, nil), (.yes, .no, Answer.negative), (.wantNo, .no, nil),
            (.wantNoOpposite, .wantYes, .positive), (.wantYes, .no, nil), (.wantYesOpposite, .no, nil),
        ] as [(OptionNegotiation.State, OptionNegotiation.State, OptionNegotiation.Answer?)])
    func refusal(
        _ before: OptionNegotiation.State, _ after: OptionNegotiation.State, _ answer: OptionNegotiation.Answer?
    ) {
        var option = negotiation(in: before)
        #expect(option.peerRefused() == answer)
        #expect(option.state == after)
    }

    @Test func anUnwantedOptionIsRefusedAndStaysOff() {
        var option = OptionNegotiation()
        #expect(option.peerAffirmed(accepts: false) == .negative)
        #expect(option.state == .no)
    }

    @Test func whatIsSettledIsNotAskedForAgain() {
        var option = negotiation(in: .yes)
        #expect(option.request(true) == nil)
        option = negotiation(in: .no)
        #expect(option.request(false) == nil)
    }

    @Test func changesOfMindAreQueuedNotSent() {
        var option = negotiation(in: .wantYes)
        #expect(option.request(false) == nil)
        #expect(option.state == .wantYesOpposite)
        #expect(option.request(true) == nil)
        #expect(option.state == .wantYes)
    }

    @Test func twoOfOurOwnEndsAgree() {
        var left = OptionNegotiation()
        var right = OptionNegotiation()
        var toRight = [left.request(true)].compactMap { $0 }
        var toLeft: [OptionNegotiation.Answer] = []
        var steps = 0
        while !toRight.isEmpty || !toLeft.isEmpty, steps < 20 {
            steps += 1
            if let said = toRight.popLast() {
                let answer = said == .positive ? right.peerAffirmed(accepts: true) : right.peerRefused()
                if let answer { toLeft.append(answer) }
            }
            if let said = toLeft.popLast() {
                let answer = said == .positive ? left.peerAffirmed(accepts: true) : left.peerRefused()
                if let answer { toRight.append(answer) }
            }
        }
        #expect(steps < 5)
        #expect(left.isOn && right.isOn)
    }
}
