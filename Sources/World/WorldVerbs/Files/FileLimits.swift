/// How much players may keep as files; every limit is checked in the turn that would pass it.
package enum FileLimits {
    /// Of a name without its folders, in characters, which are ASCII: what browsers, mail programs and all file systems take.
    package static let name = 64
    /// Folders below one another within a section: `pictures/cats/tom.png` has two.
    package static let folders = 2
    /// Octets that one account writes in an hour, so that nobody fills the log: sixteen homepages.
    package static let hourlyOctets = 16 << 20
    /// What a change counts at least, in octets: a row of the log with what stands around it.
    package static let changeOctets = 1024
    /// Files that one list shows.
    package static let listed = 40
}

/// What files are for, which is also the name of the folder at the top that they lie in.
package enum FileSection: String, CaseIterable, Sendable {
    /// What a player shows to everybody.
    case homepage
    /// Texts that a player keeps for themself.
    case notes

    /// Octets of all files together: a page with a dozen pictures, or a thick notebook.
    package var octets: Int {
        switch self {
        case .homepage: 1 << 20
        case .notes: 256 << 10
        }
    }

    /// Files and folders.
    package var files: Int { 100 }

    /// Octets of one file: a picture; a long text, such as a letter may have.
    package var octetsPerFile: Int {
        switch self {
        case .homepage: 256 << 10
        case .notes: 64 << 10
        }
    }

    /// Whether only texts may lie in it, because the game shows them.
    package var isText: Bool { self == .notes }
}
