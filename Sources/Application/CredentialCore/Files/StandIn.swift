/// Chooses among the entries of a file whose hash stands in for a name that has none.
///
/// Names nobody has then cost what others cost, whatever hashes the file holds, and their answers' times are spread like
/// those of others. The entry with the smallest keyed hash of name and entry is taken, so a name keeps its stand-in until that
/// entry goes or one comes that ranks before it: one more entry among *n* changes one name in *n* + 1. The key is the
/// process's own: a restart gives every name another stand-in, and whoever measures before and after it can see which
/// names have changed their time.
///
/// - Isolation: none; a value type.
struct StandIn {
    private let nameHasher: Hasher
    private var best: (rank: Int, hash: String)?

    /// Begins a choice for a name, as names are compared there.
    init(for name: String) {
        var hasher = Hasher()
        hasher.combine(name)
        nameHasher = hasher
    }

    /// The hash of the entry chosen; nil when there was none.
    var hash: String? { best?.hash }

    /// Takes an entry and its hash into account; the order makes no difference.
    mutating func consider(_ entry: String, _ hash: String) {
        var hasher = nameHasher
        hasher.combine(entry)
        let rank = hasher.finalize()
        if rank < best?.rank ?? .max { best = (rank, hash) }
    }
}
