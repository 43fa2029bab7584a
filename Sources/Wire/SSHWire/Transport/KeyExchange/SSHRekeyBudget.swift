import Basics

/// How often a peer may begin to renew keys, each of which costs us a signature.
///
/// ```text
///   8 times at once, one more each second; once logged in, a renewal after 32 KiB or more costs nothing (512 KiB with RSA)
/// ```
///
/// Clients that are told to renew often, as by OpenSSH's `RekeyLimit 64K`, do so while they copy much: what they send by then is
/// more work than the renewal. A peer that asks more often is cut off: a renewal nobody needs is an attack on the processor.
struct SSHRekeyBudget {
    private let interval: Duration
    private var tokens = SSHTransportLimits.rekeyBurst
    private var refilled: MonotonicInstant

    init(interval: Duration, now: MonotonicInstant) {
        self.interval = interval
        refilled = now
    }

    /// Whether the peer may begin now, after so many octets under the present keys.
    mutating func take(now: MonotonicInstant, octets: Int, worth: Int) -> Bool {
        if interval <= .zero || octets >= worth { return true }
        let earned = refilled.duration(to: now).wholeNanoseconds / max(interval.wholeNanoseconds, 1)
        if earned > 0 {
            tokens = min(tokens + Int(min(earned, 1 << 20)), SSHTransportLimits.rekeyBurst)
            refilled = now
        }
        guard tokens > 0 else { return false }
        tokens -= 1
        return true
    }
}
