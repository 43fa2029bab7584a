/// What an operator may decide about play.
package struct GameSettings: Sendable {
    /// Whether people may look around without an account.
    package var guestsAllowed = true
    /// A connected player who types nothing for so long is asked to come back later.
    package var idleLimit: Duration = .seconds(60 * 60)
    /// A body whose connection was lost stays in the world for so long.
    package var linkDeadLimit: Duration = .seconds(10 * 60)
    /// From connecting to being in play.
    package var loginLimit: Duration = .seconds(2 * 60)
    /// Connections at a time, logged in or not.
    package var maximumSessions = 5000
    /// Connections at a time from one source that are not logged in; loopback is exempt.
    package var maximumStrangersPerSource = 32
    package var minimumPasswordLength = 8

    package init() {}
}

/// The bounds that protect the server from one session, each with its unit.
package enum SessionLimits {
    /// Octets that may wait for a slow reader before the session is dropped.
    package static let output = 256 * 1024
    /// Octets that may wait for the archive, for one session.
    package static let held = 1024 * 1024
    /// Commands of one session that are run in one pass of the loop, so that nobody waits for a flood.
    package static let linesPerPass = 8
    /// Lines that may wait; what comes beyond is dropped with a notice.
    package static let queuedLines = 256
    /// Lines that may wait before the transport stops reading.
    package static let queuedLinesBeforePause = 32
    /// Turns that may wait for the archive before everybody's input is paused.
    package static let turnsAhead: UInt64 = 20_000
    /// Characters of a password.
    package static let passwordLength = 128
}
