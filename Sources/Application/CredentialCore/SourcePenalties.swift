package import Basics

/// Keeps sources away for a while whose connections came to nothing, beside the ``GuessBudget`` that counts what they guess.
///
/// Each offence makes the time grow for which its source is refused, and the time runs out by itself. A little of it is forgiven, so
/// that nobody is turned away for a slip.
///
/// | Offence | Costs |
/// | --- | --- |
/// | ``Offence/nonsense``: what no client would send | 90 s |
/// | ``Offence/tooSlow``: no login in time | 10 s |
/// | ``Offence/failedLogin``: gone after wrong credentials | 5 s |
/// | ``Offence/noLogin``: gone without having shown any | 1 s |
///
/// - Isolation: none; a value type, time is a parameter.
/// - Limits: at most `capacity` sources are remembered; the longest untouched are forgotten first.
/// - Source: the measures are those of OpenSSH's `PerSourcePenalties`, sshd_config(5).
package struct SourcePenalties {
    /// What a connection can come to.
    package enum Offence: Hashable, Sendable, CaseIterable {
        case nonsense, tooSlow, failedLogin, noLogin

        /// What it costs.
        package var cost: Duration {
            switch self {
            case .nonsense: .seconds(90)
            case .tooSlow: .seconds(10)
            case .failedLogin: .seconds(5)
            case .noLogin: .seconds(1)
            }
        }
    }

    /// Nobody is refused for less than this.
    package static let forgiven = Duration.seconds(15)
    /// Nobody is refused for longer.
    package static let longest = Duration.seconds(600)

    /// When each source has paid.
    private var ends: RecencyTable<String, MonotonicInstant>

    package init(capacity: Int = 65_536) {
        ends = RecencyTable(capacity: capacity)
    }

    /// Adds what an offence costs.
    ///
    /// - Parameters:
    ///   - offence: What the connection came to.
    ///   - source: The peer's address as the door knows it; see ``GuessBudget/sourceKey(_:)``.
    ///   - now: When.
    package mutating func charge(_ offence: Offence, source: String, now: MonotonicInstant) {
        let key = GuessBudget.sourceKey(source)
        let left = ends.peek(key).map { max(.zero, now.duration(to: $0)) } ?? .zero
        ends.store(now.advanced(by: min(left + offence.cost, Self.longest)), for: key)
    }

    /// How long a source is refused from now on; nil when it may come in.
    package func wait(of source: String, now: MonotonicInstant) -> Duration? {
        guard let end = ends.peek(GuessBudget.sourceKey(source)) else { return nil }
        let left = now.duration(to: end)
        return left >= Self.forgiven ? left : nil
    }
}
