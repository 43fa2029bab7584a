/// What was changed of a text, so that it can be taken back, the latest first.
///
/// - Limits: ``mostSteps`` changes and ``mostOctets`` octets of lines that were taken out; the oldest are forgotten.
struct EditHistory: Equatable {
    /// One change: what is to be put where to take it back.
    struct Step: Equatable {
        /// The place of the first line, from 0.
        let start: Int
        /// The lines that stood there.
        let removed: [String]
        /// How many stand there instead.
        let added: Int

        var octetCount: Int { removed.reduce(0) { $0 + $1.utf8.count + 1 } }
    }

    static let mostSteps = 50
    /// Twice the longest letter.
    static let mostOctets = 131_072

    private(set) var steps: [Step] = []
    private var octetCount = 0

    mutating func append(_ step: Step) {
        steps.append(step)
        octetCount += step.octetCount
        while steps.count > Self.mostSteps || octetCount > Self.mostOctets, let first = steps.first {
            octetCount -= first.octetCount
            steps.removeFirst()
        }
    }

    mutating func removeLast() -> Step? {
        guard let last = steps.popLast() else { return nil }
        octetCount -= last.octetCount
        return last
    }
}
