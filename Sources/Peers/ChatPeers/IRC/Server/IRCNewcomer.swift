import Basics
import ReactorCore

/// What matters of a client only until it is registered, kept apart so that those who are in stay small.
final class IRCNewcomer {
    var registration = IRCRegistration()
    /// By when it must be registered.
    var deadline = MonotonicInstant.zero
    /// What `PONG` must bring, where that is demanded.
    var cookie: String?
    /// Lines it has sent.
    var lineCount = 0
    /// The house's verdict, while it is awaited.
    var verdict: Deferred<IRCRegistrationVerdict>?

    /// Whether all is there for the house to decide on.
    var isComplete: Bool {
        registration.nick != nil && registration.user != nil && cookie == nil && verdict == nil
    }
}
