import Basics
import Glibc

/// The second factor of a checker's accounts: looks at codes, and takes each only once.
///
/// - Isolation: belongs to one thread.
/// - Limits: remembers one number for each account that has used a code since the start.
struct OneTimeCodes {
    private var lastSteps: [String: Int64] = [:]

    /// The verdict on somebody whose password is right.
    mutating func verdict(
        on identity: Identity, _ code: String?, _ secret: OneTimeSecret?, at now: WallInstant = Self.now
    ) -> CheckerVerdict {
        guard let secret else { return .accepted(identity) }
        guard let code, !code.isEmpty else { return .codeWanted }
        let account = identity.name.folded
        guard let step = secret.verify(code, at: now, after: lastSteps[account]) else { return .refused("wrong code") }
        lastSteps[account] = step
        return .accepted(identity)
    }

    private static var now: WallInstant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallInstant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
