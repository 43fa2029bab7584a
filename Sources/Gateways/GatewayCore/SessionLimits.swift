/// The bounds that protect the server from one session, each with its unit.
package enum SessionLimits {
    /// Octets that may wait for a slow reader; what others do beyond that is left out, with a notice.
    package static let output = 256 * 1024
    /// How long a reader may stay behind before the session is dropped: 0.5 KiB/s empty a full buffer in time.
    ///
    /// Whoever stops the screen with Ctrl-S to make tea is to find it as it was.
    package static let behind = Duration.seconds(600)
    /// How long a reader may stay behind before a notice says so; a stranger is dropped then.
    package static let behindNotice = Duration.seconds(120)
    /// For how long lines are saved up that a client may send together, such as a pasted text or the steps of a way.
    package static let inputBurst = Duration.seconds(5)
    /// Octets a second that are read from one client, for each line a second; the longest line is twice as long.
    package static let octetsPerLine = 1024
    /// Octets that one client may send together.
    package static let octetBurst = 256 * 1024
    /// Changes of the window's size a second that are followed.
    package static let windowsPerSecond = 10
    /// Completions that one session has looked up in one pass of the loop.
    static let completionsPerPass = 4
    /// How long nobody is sent away for others who want in, so that a login can be finished in a crowd.
    package static let undisturbedLogin = Duration.seconds(20)
    /// Strangers of one network who have that time although a network with fewer of them wants in.
    package static let undisturbedStrangers = 4
    /// Connections that may be attached to one character.
    package static let doorsPerCharacter = 8
    /// Addresses remembered for one account.
    package static let knownSources = 8
    /// Octets that may wait for the archive, for one session; what comes beyond is left out, with a notice.
    package static let held = 1024 * 1024
    /// Commands of one session that are run in one pass of the loop, so that nobody waits for a flood.
    package static let linesPerPass = 8
    /// How long commands and departures may take in one pass, everybody's together; the others wait for the next one.
    package static let passTime = Duration.milliseconds(10)
    /// Lines that may wait; what comes beyond is dropped with a notice.
    package static let queuedLines = 256
    /// Lines that may wait before the transport stops reading.
    package static let queuedLinesBeforePause = 32
    /// Octets of keys that are taken before it is looked whether too many lines wait; each may be a line.
    static let keysAtOnce = 128
    /// Turns that may wait for the archive before everybody's input is paused.
    package static let turnsAhead: UInt64 = 20_000
    /// Characters of a password.
    package static let passwordLength = 128
}
