import SSHWire
import Testing

/// What the table is expected to say, written down the other way round: for each state, the numbers of each verdict.
private struct Expectation {
    var legal: Set<UInt8>
    var ignored: Set<UInt8> = []
    var unimplemented: Set<UInt8> = []

    func verdict(_ number: UInt8) -> SSHMessageTable.Verdict {
        if legal.contains(number) { return .legal }
        if ignored.contains(number) { return .ignored }
        return unimplemented.contains(number) ? .unimplemented : .disconnect
    }
}

struct SSHMessageTableTests {
    private let unknown = Set<UInt8>(8...19).union(128...191).union(194...255)

    private func expectation(_ state: SSHMessageState, _ role: SSHRole, isStrict: Bool) -> Expectation {
        let isServer = role == .server
        let general: Set<UInt8> = [1, 2, 3, 4]
        let first: Set<UInt8> = isStrict ? [1] : general
        let always: Set<UInt8> = [1, 2, 3, 4, 20, 192, 193]
        let value: Set<UInt8> = isServer ? [30] : [31]
        switch state {
        case .negotiating: return Expectation(legal: first.union([20]))
        case .exchanging: return Expectation(legal: first.union(value))
        case .confirming: return Expectation(legal: first.union([21]))
        case .exchangingAgain: return Expectation(legal: general.union(value))
        case .confirmingAgain: return Expectation(legal: general.union([21]))
        case .opening: return Expectation(legal: always.union(isServer ? [5, 7] : [6, 7]), unimplemented: unknown)
        case .service: return Expectation(legal: always.union(isServer ? [5] : [6]), unimplemented: unknown)
        case .login:
            return Expectation(
                legal: always.union(isServer ? [5, 50, 61] : [7, 51, 52, 53, 60]), unimplemented: unknown.union(62...79)
            )
        case .connection:
            return Expectation(
                legal: always.union([80, 81, 82]).union(90...100),
                ignored: isServer ? Set([50]).union(61...79) : [7],
                unimplemented: unknown.union(83...89).union(101...127))
        }
    }

    @Test(arguments: SSHMessageState.allCases, [SSHRole.client, .server])
    func everyMessageInEveryState(_ state: SSHMessageState, _ role: SSHRole) {
        for isStrict in [false, true] {
            let expected = expectation(state, role, isStrict: isStrict)
            for number in UInt8.min...UInt8.max {
                let verdict = SSHMessageTable.verdict(on: number, in: state, at: role, isStrict: isStrict)
                #expect(verdict == expected.verdict(number), "\(number) in \(state) at the \(role), strict \(isStrict)")
            }
        }
    }

    @Test func noServerTakesWhatOnlyServersSend() {
        for state in SSHMessageState.allCases {
            for number: UInt8 in [6, 31, 51, 52, 53, 60] {
                #expect(SSHMessageTable.verdict(on: number, in: state, at: .server, isStrict: false) == .disconnect)
            }
            for number: UInt8 in [5, 30, 50, 61] {
                #expect(SSHMessageTable.verdict(on: number, in: state, at: .client, isStrict: false) == .disconnect)
            }
        }
    }

    @Test func nothingOfTheConnectionIsTakenBeforeTheLogin() {
        for state in SSHMessageState.allCases where state != .connection {
            for number in UInt8(80)...127 {
                for role in [SSHRole.client, .server] {
                    #expect(SSHMessageTable.verdict(on: number, in: state, at: role, isStrict: false) == .disconnect)
                }
            }
        }
    }

    /// Each number is sent to a server by a client that keeps to no rule.
    @Test(arguments: [SSHMessageState.login, .connection])
    func theMachineKeepsToTheTable(_ state: SSHMessageState) {
        for number in UInt8.min...UInt8.max where ![1, 20].contains(number) {
            let pair = SSHTransportPair()
            pair.exchange()
            if state == .connection {
                pair.client.markAuthenticated()
                pair.server.markAuthenticated()
            }
            pair.client.send([number, 0, 0, 0, 0])
            pair.exchange()
            switch SSHMessageTable.verdict(on: number, in: state, at: .server, isStrict: true) {
            case .legal, .ignored:
                // The message may be malformed, but it is not forbidden.
                #expect(pair.serverFailure?.text.contains("not allowed") != true, "\(number)")
            case .unimplemented:
                #expect(pair.serverFailure == nil, "\(number)")
                #expect(pair.clientEvents.contains { if case .unimplemented = $0 { true } else { false } }, "\(number)")
            case .disconnect:
                #expect(pair.serverFailure == SSHFailure(.protocolError, "Message \(number) is not allowed now."))
            }
        }
    }
}
