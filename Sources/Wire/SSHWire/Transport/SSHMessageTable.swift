/// Where a transport stands for what may arrive.
public enum SSHMessageState: CaseIterable, Hashable, Sendable {
    /// The first key exchange: nothing has been offered by the peer.
    case negotiating
    /// The first key exchange: the methods are chosen.
    case exchanging
    /// The first key exchange: the keys are known, and not in force.
    case confirming
    /// The first keys are in force, and the peer has sent nothing under them.
    case opening
    /// The service of the login has not been asked for and granted.
    case service
    /// The login is under way.
    case login
    /// The login has succeeded.
    case connection
    /// A later key exchange: the peer has made its offer.
    case exchangingAgain
    /// A later key exchange: the keys are known, and not in force.
    case confirmingAgain
}

/// What becomes of a message by its number, the state and the role of the end that receives it: the one place that decides.
///
/// | State | Legal | Not answered | Answered by UNIMPLEMENTED |
/// | --- | --- | --- | --- |
/// | `negotiating` | 1, 20 (2–4 unless strict) | | |
/// | `exchanging` | 1, 30 at servers, 31 at clients (2–4 unless strict) | | |
/// | `confirming` | 1, 21 (2–4 unless strict) | | |
/// | `opening` | as `service`, and 7 | | |
/// | `service` | 1–4, 20, 192, 193; 5 at servers, 6 at clients | | 8–19, 128–191, 194–255 |
/// | `login` | 1–4, 20, 192, 193; 5, 50, 61 at servers; 7, 51–53, 60 at clients | | 8–19, 62–79, 128–191, 194–255 |
/// | `connection` | 1–4, 20, 80–82, 90–100, 192, 193 | 50, 61–79 at servers; 7 at clients | 8–19, 83–89, 101–191, 194–255 |
/// | `exchangingAgain` | 1–4; 30 at servers, 31 at clients | | |
/// | `confirmingAgain` | 1–4, 21 | | |
///
/// Everything else ends the connection. What comes before the first keys could have been put there by anybody, so that
/// under strict key exchange nothing but the exchange itself is taken (CVE-2023-48795); a message of the login's end that
/// arrives at the wrong end is never taken (CVE-2018-10933); after the login its requests are to be ignored silently.
///
/// - Source: RFC 4250 section 4.1, RFC 4252 sections 5.1 and 5.4, RFC 4253 sections 7.1 and 11, RFC 8308 section 2.4,
///   OpenSSH PROTOCOL 1.8 and 1.10.
public enum SSHMessageTable {
    /// What to do with a message.
    public enum Verdict: Hashable, Sendable {
        /// It is taken.
        case legal
        /// It is dropped without an answer.
        case ignored
        /// It is answered by UNIMPLEMENTED.
        case unimplemented
        /// It ends the connection.
        case disconnect
    }

    /// Looks a message up.
    ///
    /// - Parameters:
    ///   - number: The first octet of its payload.
    ///   - state: Where the receiving end stands.
    ///   - role: Which end that is.
    ///   - isStrict: Whether both ends are strict in the first key exchange.
    /// - Returns: What to do with it.
    /// - Complexity: O(1).
    public static func verdict(
        on number: UInt8, in state: SSHMessageState, at role: SSHRole, isStrict: Bool
    ) -> Verdict {
        switch state {
        case .connection: connection(number, role)
        case .login: login(number, role)
        case .service: service(number, role)
        case .opening: number == 7 ? .legal : service(number, role)
        case .negotiating: exchange(number, expects: 20, toleratesOthers: !isStrict)
        case .exchanging: exchange(number, expects: role == .server ? 30 : 31, toleratesOthers: !isStrict)
        case .confirming: exchange(number, expects: 21, toleratesOthers: !isStrict)
        case .exchangingAgain: exchange(number, expects: role == .server ? 30 : 31, toleratesOthers: true)
        case .confirmingAgain: exchange(number, expects: 21, toleratesOthers: true)
        }
    }

    private static func exchange(_ number: UInt8, expects expected: UInt8, toleratesOthers: Bool) -> Verdict {
        switch number {
        case 1, expected: .legal
        case 2...4: toleratesOthers ? .legal : .disconnect
        default: .disconnect
        }
    }

    private static func service(_ number: UInt8, _ role: SSHRole) -> Verdict {
        switch number {
        case 1...4, 20, 192, 193: .legal
        case 5: role == .server ? .legal : .disconnect
        case 6: role == .client ? .legal : .disconnect
        case 8...19, 128...191, 194...255: .unimplemented
        default: .disconnect
        }
    }

    private static func login(_ number: UInt8, _ role: SSHRole) -> Verdict {
        switch number {
        case 1...4, 20, 192, 193: .legal
        case 5, 50, 61: role == .server ? .legal : .disconnect
        case 7, 51...53, 60: role == .client ? .legal : .disconnect
        case 8...19, 62...79, 128...191, 194...255: .unimplemented
        default: .disconnect
        }
    }

    private static func connection(_ number: UInt8, _ role: SSHRole) -> Verdict {
        switch number {
        case 1...4, 20, 80...82, 90...100, 192, 193: .legal
        case 50, 61...79: role == .server ? .ignored : .disconnect
        case 7: role == .client ? .ignored : .disconnect
        case 8...19, 83...89, 101...191, 194...255: .unimplemented
        default: .disconnect
        }
    }
}
