/// What only people know of a game, for those who list games; nil where nothing is to be said.
package struct GameListing: Equatable, Sendable {
    package var hostname: String?
    package var contact: String?
    package var website: String?
    package var icon: String?
    package var location: String?
    /// The year the game opened.
    package var created: String?
    package var status: String?
    package var genre: String?
    package var gameplay: String?
    /// The program and its version.
    package var codebase = "mudd"

    package init() {}
}
