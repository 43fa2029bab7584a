/// What a player's friends may see of the game; `External.Discord.*` in GMCP.
package enum MUDDiscord {
    /// The community's own place.
    package struct Info: Hashable, Sendable {
        /// Where to join; nil when there is none.
        package var inviteURL: String?
        /// The application under whose name the game is shown; nil for the client's own.
        package var applicationID: String?

        package init(inviteURL: String? = nil, applicationID: String? = nil) {
            self.inviteURL = inviteURL
            self.applicationID = applicationID
        }
    }

    /// What a player does now.
    package struct Status: Hashable, Sendable {
        package var game: String
        package var details: String?
        package var state: String?
        /// Seconds since 1970 at which playing began.
        package var startTime: Int?
        package var partySize: Int?
        package var partyMaximum: Int?

        package init(game: String) {
            self.game = game
        }
    }
}
