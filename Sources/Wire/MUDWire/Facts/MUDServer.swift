/// What a server tells the lists of games about itself; ``MSSPTable/init(_:)`` makes a table of it.
///
/// All of it is counted and known at the moment of asking; nothing is typed by hand but what only people know.
package struct MUDServer: Hashable, Sendable {
    // MARK: What changes

    /// The game's name.
    package var name: String
    /// Players in the game now.
    package var players: Int
    /// Seconds since 1970 at which the server started.
    package var startTime: Int64

    // MARK: Where

    /// The name to connect to; nil when none is known.
    package var hostname: String?
    /// Ports for plain telnet, the preferred one first.
    package var ports: [Int]
    /// Ports for telnet over TLS.
    package var tlsPorts: [Int]
    package var website: String?
    /// A picture of 32 by 32 pixels or more.
    package var icon: String?
    package var discord: String?
    /// An address for mail.
    package var contact: String?
    /// The country it runs in, in English.
    package var location: String?

    // MARK: What it is

    /// The program and its version.
    package var codebase: String
    /// The kinds of programs it comes from; `Custom` for one of its own.
    package var family: [String]
    /// The year the game opened.
    package var created: Int?
    /// The languages it is played in, in English.
    package var languages: [String]
    /// What kind of story it is: `Fantasy`, `Modern`.
    package var genre: String?
    /// What one does in it: `Adventure`, `Social`, `Roleplaying`.
    package var gameplay: [String]
    /// `Alpha`, `Closed Beta`, `Open Beta`, `Live`.
    package var status: String?
    /// Years, 0 for all.
    package var minimumAge: Int?
    /// Hours between two visits of a list; nil for the list's own.
    package var crawlDelay: Int?

    // MARK: How much there is

    package var areas: Int?
    package var rooms: Int?
    package var objects: Int?
    package var mobiles: Int?
    package var helpFiles: Int?
    package var skills: Int?
    package var classes: Int?
    package var races: Int?

    // MARK: What it speaks and asks for

    /// Character sets, the preferred one first.
    package var charsets: [String]
    /// What is offered: `ANSI`, `GMCP`, `MCCP`, `MSDP`, `MXP`, `UTF-8`, `VT100`, `XTERM 256 COLORS`,
    /// `XTERM TRUE COLORS`.
    package var protocols: Set<String>
    package var payToPlay: Bool
    package var payForPerks: Bool
    package var hiringBuilders: Bool
    package var hiringCoders: Bool

    package init(name: String, players: Int, startTime: Int64, codebase: String) {
        self.name = name
        self.players = players
        self.startTime = startTime
        self.codebase = codebase
        ports = []
        tlsPorts = []
        family = ["Custom"]
        languages = []
        gameplay = []
        charsets = []
        protocols = []
        payToPlay = false
        payForPerks = false
        hiringBuilders = false
        hiringCoders = false
    }
}
