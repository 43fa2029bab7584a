/// What only people know of the game, for those who list games; nil where nothing is to be said.
package struct ListingSettings: Equatable, Sendable {
    /// The name by which players connect.
    package var hostname: String?
    /// An address for mail to who runs the game.
    package var contact: String?
    package var website: String?
    /// The address of a picture.
    package var icon: String?
    /// The country the server is in, in English.
    package var location: String?
    /// The year the game opened.
    package var created: String?
    /// `Live`, `Open Beta`, `Closed Beta` or `Alpha`.
    package var status: String?
    package var genre: String?
    package var gameplay: String?
}

/// What clients of their own are offered; nil where there is nothing.
package struct ClientSettings: Equatable, Sendable {
    /// Where a package with a surface for the game is.
    package var surface: String?
    /// Its version: clients that have another one fetch it anew.
    package var surfaceVersion: String?
    /// Where a map of the game is.
    package var map: String?
    /// Where the folder with the game's sounds is.
    package var sounds: String?
    /// Where to join the players' community on Discord.
    package var discord: String?
    /// The number of the application under which Discord shows the game.
    package var discordApplication: String?
}
