/// What all histories of a network may take together, and each of them.
///
/// ```text
///   not full    each may take `octetsEach`
///   full        each may take its equal share of `octets` more, which are overdrawn then: who takes more than that forgets
/// ```
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: all together never take more than twice `octets`, but for the latest line of each.
/// - SeeAlso: `ChatPeersTests/IRCHistoryTests`.
final class IRCHistoryBudget {
    private let octets: Int
    private let octetsEach: Int
    /// What all histories take.
    private(set) var spent = 0
    private var count = 0

    init(octets: Int, octetsEach: Int) {
        (self.octets, self.octetsEach) = (min(max(0, octets), .max / 4), max(0, octetsEach))
    }

    /// Octets that a history may take now.
    var share: Int {
        spent > octets ? min(octetsEach, max(0, 2 * octets - spent) / max(1, count)) : octetsEach
    }

    func opened() { count += 1 }

    /// One is gone, and what it took.
    func closed(_ octets: Int) {
        count -= 1
        spent -= octets
    }

    /// Counts what one takes more, or less.
    func spend(_ octets: Int) { spent += octets }
}
