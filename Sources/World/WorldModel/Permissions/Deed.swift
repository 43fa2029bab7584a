/// What somebody may do to a thing, and what a lock can keep them from.
///
/// The raw value is the word that people type and content files use. Who may do what where nothing is said otherwise is
/// told by ``defaultRole`` and ``isOwners``.
package enum Deed: String, CaseIterable, Sendable {
    // What everybody does.
    /// To pick it up, out of a container as well.
    case take
    /// To put something in or on it.
    case put
    /// To open, close, lock or unlock it.
    case open
    /// To go through a way, or into a place.
    case enter
    /// To read what is written on it; of a board or channel, what others wrote.
    case read
    /// To light, wear or otherwise work it, and to do what its own verbs do.
    case use
    // What people do with each other.
    /// To say something on a channel.
    case speak
    /// To become a member of a channel or a group.
    case join
    /// To leave a text of one's own: to pin a note to a board.
    case post
    /// To keep others in order: to silence them on a channel, to take down notes of theirs.
    case moderate
    // What builders do.
    /// To see what it is made of.
    case inspect
    /// To change how it is called and what it looks like.
    case describe
    /// To change anything else of it: properties, faculties, ways, its prototype.
    case edit
    /// To change what its own verbs do.
    case program
    /// To end it.
    case destroy
    /// To say who may do what to it, and whose it is.
    case own

    /// Who may do it at least, to a thing without a lock for it.
    package var defaultRole: Role {
        switch self {
        case .take, .put, .open, .enter, .read, .use, .speak: .guest
        case .join, .post: .player
        case .inspect, .describe, .edit, .destroy, .own: .builder
        case .program: .programmer
        case .moderate: .admin
        }
    }

    /// Whether it is for nobody but the owner, if the thing has one and no lock for it.
    package var isOwners: Bool {
        switch self {
        case .describe, .edit, .program, .destroy, .own, .moderate: true
        case .take, .put, .open, .enter, .read, .use, .speak, .join, .post, .inspect: false
        }
    }
}
