/// A sound, a piece of music or a film for the client to play; `Client.Media.*` in GMCP.
package struct MUDMedia: Hashable, Sendable {
    /// What a medium is, so that players can switch off one kind.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case sound
        case music
        case video
    }

    /// The file's name, perhaps with folders before it.
    package var name: String
    /// The folder it is fetched from, ending in `/`; nil for the one of `Client.Media.Default`.
    package var url: String?
    package var kind: Kind
    /// What it belongs to (`environment`, `combat`), to stop all of that at once.
    package var tag: String?
    /// Of those with one key, only the newest plays.
    package var key: String?
    /// Percent, 1 to 100.
    package var volume: Int?
    /// Milliseconds.
    package var fadeIn: Int?
    /// Milliseconds.
    package var fadeOut: Int?
    /// How often it plays; -1 for ever.
    package var loops: Int?
    /// 1 to 100; it stops those of lower priority.
    package var priority: Int?
    /// Whether music that plays already goes on instead of beginning again.
    package var goesOn: Bool?
    /// What is heard, in words, for those who hear nothing.
    package var caption: String?

    package init(name: String, url: String? = nil, kind: Kind = .sound) {
        self.name = name
        self.url = url
        self.kind = kind
    }

    /// Which media are to stop; all when nothing is said.
    package struct Stop: Hashable, Sendable {
        package var name: String?
        package var kind: Kind?
        package var tag: String?
        package var key: String?

        package init(name: String? = nil, kind: Kind? = nil, tag: String? = nil, key: String? = nil) {
            self.name = name
            self.kind = kind
            self.tag = tag
            self.key = key
        }
    }
}
