/// What an operator may decide about play.
package struct GameSettings: Sendable {
    /// Whether people may look around without an account.
    package var guestsAllowed = true
    /// Guests in play at a time, from everywhere together.
    package var maximumGuests = 500
    /// A connected player who types nothing for so long is asked to come back later.
    package var idleLimit: Duration = .seconds(60 * 60)
    /// A body whose connection was lost stays in the world for so long.
    package var linkDeadLimit: Duration = .seconds(10 * 60)
    /// From connecting to being in play.
    package var loginLimit: Duration = .seconds(2 * 60)
    /// Connections at a time, logged in or not.
    package var maximumSessions = 5000
    /// Connections at a time whose text is compressed, where their protocol can; 46 KiB of memory each.
    package var compressedSessions = 2048
    /// Lines a second that are taken from one new connection for long, some saved up; 0 for no limit.
    package var linesPerSecond = 0
    /// How long a new connection may be silent before its protocol keeps it alive, where that can; nil for never.
    package var keepAlive: Duration?
    /// Connections at a time from one source that are not logged in; loopback is exempt.
    package var maximumStrangersPerSource = 32
    /// Characters one source may make in ten minutes; loopback is exempt.
    package var maximumCreationsPerSource = 10
    package var minimumPasswordLength = 8
    /// What clients of their own are offered.
    package var clientOffers = ClientOffers()
    /// What only people know of the game, for those who list games.
    package var listing = GameListing()

    package init() {}
}
