public import SFTPWire

/// Counts the octets that open files and directories hold in memory, so that many of them are no more than one may be.
///
/// A limit for each file is not enough: a client has many sessions, and each has many files open. One budget is shared by
/// all files of one client, and may lie within another that is shared by all clients.
///
/// ```swift
/// let all = SFTPBudget(limit: 256 << 20)
/// let hers = SFTPBudget(limit: 8 << 20, within: all)
/// SFTPDraftFile.open(contents: nil, attributes: .file(size: 0), flags: flags, limit: 65_536, budget: hers) { … }
/// ```
///
/// - Isolation: belongs to the reactor's thread.
public final class SFTPBudget {
    /// The most octets at once.
    public let limit: Int
    /// How many are taken now.
    public private(set) var taken = 0
    /// What is said when nothing more can be taken.
    public let refusal: SFTPStatus
    private let whole: SFTPBudget?

    /// Makes a budget of which nothing is taken.
    ///
    /// - Parameters:
    ///   - limit: The most octets at once.
    ///   - whole: A budget of which this one is a part: what is taken here is taken there as well.
    ///   - refusal: What is said when nothing more can be taken, here or there; a sentence unless something else is given.
    public init(limit: Int, within whole: SFTPBudget? = nil, refusal: SFTPStatus? = nil) {
        self.limit = max(0, limit)
        self.whole = whole
        self.refusal = refusal ?? .failure("too much is open at once; close a file first, or try again later")
    }

    /// Takes octets, all or none.
    ///
    /// - Throws: ``refusal`` when there are not so many left, here or in the whole.
    public func take(_ count: Int) throws(SFTPStatus) {
        guard count > 0 else { return }
        guard count <= room else { throw refusal }
        grow(by: count)
    }

    /// Gives octets back that were taken.
    public func giveBack(_ count: Int) {
        let count = max(0, min(count, taken))
        taken -= count
        whole?.giveBack(count)
    }

    /// Octets that are taken for as long as this lives.
    final class Claim {
        private let budget: SFTPBudget
        private let count: Int

        /// Takes octets, all or none.
        init(_ budget: SFTPBudget, _ count: Int) throws(SFTPStatus) {
            try budget.take(count)
            self.budget = budget
            self.count = count
        }

        deinit { budget.giveBack(count) }
    }

    private var room: Int { min(limit - taken, whole?.room ?? .max) }

    private func grow(by count: Int) {
        taken += count
        whole?.grow(by: count)
    }
}
