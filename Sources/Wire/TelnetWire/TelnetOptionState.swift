/// What one side of one option is at, and what the next word about it means: the Q method.
///
/// The same table serves both sides. For ours *affirm* is WILL from us and DO from the peer; for the peer's
/// *affirm* is DO from us and WILL from the peer.
///
/// | State | Peer affirms | Peer denies | We want it | We do not |
/// | --- | --- | --- | --- | --- |
/// | `no` | `yes` + affirm, or deny | – | `wantYes` + affirm | – |
/// | `yes` | – | `no` + deny | – | `wantNo` + deny |
/// | `wantNo` | `no` | `no` | `wantNoOpposite` | – |
/// | `wantNoOpposite` | `yes` | `wantYes` + affirm | – | `wantNo` |
/// | `wantYes` | `yes` | `no` | – | `wantYesOpposite` |
/// | `wantYesOpposite` | `wantNo` + deny | `no` | `wantYes` | – |
///
/// - Source: RFC 1143 §7.
package enum TelnetOptionState: UInt8, Sendable {
    case no
    case yes
    case wantNo
    case wantNoOpposite
    case wantYes
    case wantYesOpposite

    /// What to say about the option; what is denied is denied with WONT or DONT.
    package enum Answer: Sendable {
        case nothing
        case affirm
        case deny
    }

    /// Whether the option is in force: agreed, and its end not confirmed yet.
    package var isEnabled: Bool { self == .yes || self == .wantNo || self == .wantNoOpposite }

    /// Takes the peer's WILL (or DO); `willing` says whether we would have it.
    package mutating func receiveAffirmation(willing: Bool) -> Answer {
        switch self {
        case .no:
            if willing { self = .yes }
            return willing ? .affirm : .deny
        case .yes:
            return .nothing
        case .wantNo:
            // Our denial was answered by an affirmation, which no peer may do; believe our own words.
            self = .no
            return .nothing
        case .wantNoOpposite, .wantYes:
            self = .yes
            return .nothing
        case .wantYesOpposite:
            self = .wantNo
            return .deny
        }
    }

    /// Takes the peer's WONT (or DONT).
    package mutating func receiveDenial() -> Answer {
        switch self {
        case .no:
            return .nothing
        case .yes:
            self = .no
            return .deny
        case .wantNo, .wantYes, .wantYesOpposite:
            self = .no
            return .nothing
        case .wantNoOpposite:
            self = .wantYes
            return .affirm
        }
    }

    /// Starts to ask for the option, or remembers to.
    package mutating func requestEnable() -> Answer {
        switch self {
        case .no:
            self = .wantYes
            return .affirm
        case .wantNo:
            self = .wantNoOpposite
        case .wantYesOpposite:
            self = .wantYes
        case .yes, .wantNoOpposite, .wantYes:
            break
        }
        return .nothing
    }

    /// Starts to end the option, or remembers to.
    package mutating func requestDisable() -> Answer {
        switch self {
        case .yes:
            self = .wantNo
            return .deny
        case .wantNoOpposite:
            self = .wantNo
        case .wantYes:
            self = .wantYesOpposite
        case .no, .wantNo, .wantYesOpposite:
            break
        }
        return .nothing
    }
}
