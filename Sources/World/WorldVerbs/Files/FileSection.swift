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
