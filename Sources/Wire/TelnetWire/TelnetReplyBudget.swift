/// How much talk a peer can still draw from us without saying anything itself.
struct TelnetReplyBudget {
    private var replies = TelnetLimits.repliesPerConnection
    private var courtesies = TelnetLimits.courtesies

    /// Whether one more negotiation reply may go out.
    var hasReply: Bool { replies > 0 }

    /// Takes one negotiation reply, if any is left.
    mutating func spendReply() -> Bool {
        guard replies > 0 else { return false }
        replies -= 1
        return true
    }

    /// Takes one answer to a timing mark or AYT, if any is left.
    mutating func spendCourtesy() -> Bool {
        guard courtesies > 0 else { return false }
        courtesies -= 1
        return true
    }

    /// Gives one courtesy back, for a line of input.
    mutating func earnCourtesy() {
        if courtesies < TelnetLimits.courtesies { courtesies += 1 }
    }
}
