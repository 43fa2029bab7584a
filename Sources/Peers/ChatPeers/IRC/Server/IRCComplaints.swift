import Basics

/// Paces what is logged about clients: of each kind one line a second, with how many there were since the last one.
///
/// Without it, whoever connects again and again could fill a disk, or hold up a program whose log nobody reads.
struct IRCComplaints {
    /// What may be complained about.
    enum Kind: CaseIterable {
        case refused
        case foreign
        case unread
        case failed
    }

    private static let interval = Duration.seconds(1)

    private var recent: [Kind: (at: MonotonicInstant, count: Int)] = [:]

    /// Counts a complaint.
    ///
    /// - Returns: How many of the kind were not logged before this one; nil when this one is not logged either.
    mutating func count(_ kind: Kind, now: MonotonicInstant) -> Int? {
        if let last = recent[kind], last.at.duration(to: now) < Self.interval {
            recent[kind] = (last.at, last.count + 1)
            return nil
        }
        let count = recent[kind]?.count ?? 0
        recent[kind] = (now, 0)
        return count
    }
}
