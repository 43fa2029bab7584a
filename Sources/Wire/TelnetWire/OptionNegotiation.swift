/// Negotiates one option for one side by the Q method (RFC 1143 §7), so that no exchange of refusals can loop.
///
/// `no` and `yes` are settled; `wantNo` and `wantYes` wait for the peer's answer, and the `Opposite` forms
/// remember that the wish has changed meanwhile.
///
/// - Isolation: none; a value type of one octet.
/// - SeeAlso: `TelnetWireTests/OptionNegotiationTests`.
package struct OptionNegotiation: Equatable, Sendable {
    package enum State: UInt8, Sendable {
        case no
        case yes
        case wantNo
        case wantNoOpposite
        case wantYes
        case wantYesOpposite
    }

    /// What is to be sent about the option; for our side it is WILL or WONT, for theirs DO or DONT.
    package enum Answer: Equatable, Sendable {
        case positive
        case negative
    }

    package private(set) var state = State.no

    package init() {}

    /// Whether the option is in force.
    package var isOn: Bool { state == .yes || state == .wantNo || state == .wantNoOpposite }

    /// We wish the option on or off.
    package mutating func request(_ wanted: Bool) -> Answer? {
        switch (state, wanted) {
        case (.no, true):
            state = .wantYes
            return .positive
        case (.yes, false):
            state = .wantNo
            return .negative
        case (.wantNo, true): state = .wantNoOpposite
        case (.wantNoOpposite, false): state = .wantNo
        case (.wantYes, false): state = .wantYesOpposite
        case (.wantYesOpposite, true): state = .wantYes
        default: break
        }
        return nil
    }

    /// The peer states that it wants, or agrees to, the option (WILL for its side, DO for ours).
    ///
    /// `accepts` tells whether we would have the option on when the peer is the one to ask.
    package mutating func peerAffirmed(accepts: Bool) -> Answer? {
        switch state {
        case .no:
            if !accepts { return .negative }
            state = .yes
            return .positive
        case .yes: return nil
        // An answer of the wrong kind to our refusal: the peer is in error, and the option stays as RFC 1143 says.
        case .wantNo: state = .no
        case .wantNoOpposite, .wantYes: state = .yes
        case .wantYesOpposite:
            state = .wantNo
            return .negative
        }
        return nil
    }

    /// The peer refuses the option or turns it off (WONT for its side, DONT for ours).
    package mutating func peerRefused() -> Answer? {
        switch state {
        case .no: return nil
        case .yes:
            state = .no
            return .negative
        case .wantNo, .wantYes, .wantYesOpposite: state = .no
        case .wantNoOpposite:
            state = .wantYes
            return .positive
        }
        return nil
    }
}
