/// Knows how much of the text that was handed over a peer has, though it travels as other octets.
///
/// Compression, other character sets and negotiation make what is sent longer or shorter than the text. A piece that is on
/// the way in part counts as not taken at all, unless it travels as it is.
///
/// - Isolation: none; a value type. A connection that neither compresses nor recodes holds a few marks at most.
/// - Limits: ``markLimit`` marks; with more, pieces are put together, and count later.
/// - Complexity: amortised O(1) for each piece.
struct TextLedger {
    /// Up to here, everything was handed over together.
    private struct Mark {
        var text: Int
        var wire: Int
    }

    /// Marks kept; 64 KiB of output in writes of some hundred octets.
    static let markLimit = 256

    private var marks = [Mark(text: 0, wire: 0)]

    /// Octets of marks held.
    var markCount: Int { marks.count }

    /// Notes a piece of text, and as how many octets it was sent; negotiation is no text.
    mutating func sent(text: Int, wire: Int) {
        let last = marks[marks.count - 1]
        let next = Mark(text: last.text + text, wire: last.wire + wire)
        if marks.count > 1 {
            let before = marks[marks.count - 2]
            let isPlain = text == wire && last.text - before.text == last.wire - before.wire
            if isPlain {
                marks[marks.count - 1] = next
                return
            }
        }
        marks.append(next)
        if marks.count > Self.markLimit { thin() }
    }

    /// Octets of text that the peer does not have, when it does not have so many of the octets sent.
    mutating func untaken(wire untaken: Int) -> Int {
        let (last, taken) = (marks[marks.count - 1], marks[marks.count - 1].wire - untaken)
        // What is taken for good is not asked for again.
        let first = marks.lastIndex { $0.wire <= taken } ?? 0
        marks.removeFirst(first)
        let from = marks[0]
        guard marks.count > 1, taken > from.wire else { return last.text - from.text }
        let isPlain = marks[1].text - from.text == marks[1].wire - from.wire
        return last.text - (isPlain ? from.text + taken - from.wire : from.text)
    }

    /// Leaves out every second mark but the ends.
    private mutating func thin() {
        let (first, last) = (marks[0], marks[marks.count - 1])
        marks = [first] + marks.indices.dropFirst().dropLast().filter { $0 % 2 == 0 }.map { marks[$0] } + [last]
    }
}
