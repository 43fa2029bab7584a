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
    /// Octets of a file of a homepage that the game shows to others: as much as a note of one's own may have.
    package static let shown = 64 << 10
    /// Files that one list shows.
    package static let listed = 40
}
