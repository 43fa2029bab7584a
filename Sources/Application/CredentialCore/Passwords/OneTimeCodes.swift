package import Basics
import Glibc

/// The second factor of a checker's accounts: looks at codes, and takes each only once.
///
/// - Isolation: belongs to one thread.
/// - Limits: remembers one number for each account that has used a code since the start.
package struct OneTimeCodes {
    /// The step of the last code taken, and the secret it was of: the codes of a new secret begin anew.
    private var last: [String: (secret: OneTimeSecret, step: Int64)] = [:]

    /// Makes one that has taken no code yet.
    package init() {}

    /// Takes a code of an account's authenticator, unless it is wrong, or not newer than the last one taken.
    ///
    /// - Parameters:
    ///   - code: As typed.
    ///   - account: Whose it is; capitals make no difference.
    ///   - secret: What the account shares with its authenticator.
    ///   - now: When.
    /// - Returns: Whether it was taken.
    package mutating func take(
        _ code: String, of account: String, _ secret: OneTimeSecret, at now: WallInstant
    ) -> Bool {
        let account = account.folded
        let lastStep = last[account].flatMap { $0.secret == secret ? $0.step : nil }
        guard let step = secret.verify(code, at: now, after: lastStep) else { return false }
        last[account] = (secret, step)
        return true
    }

    /// The verdict on somebody whose password is right.
    mutating func verdict(on identity: Identity, _ code: String?, _ secret: OneTimeSecret?) -> CheckerVerdict {
        guard let secret else { return .accepted(identity) }
        guard let code, !code.isEmpty else { return .codeWanted }
        return take(code, of: identity.name, secret, at: Self.now) ? .accepted(identity) : .refused("wrong code")
    }

    private static var now: WallInstant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallInstant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
