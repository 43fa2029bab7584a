/// A question to a ``Perception``, put together from parts.
///
/// ```swift
/// perception.find(.anything.seen.reached.providing(.light).named(["brass", "lamp"]))
/// ```
///
/// - SeeAlso: `WorldModelTests/InquiryTests`.
package struct Inquiry {
    private(set) var asksSight = false
    private(set) var asksTouch = false
    private(set) var asksSound = false
    private(set) var faculties: Faculties = []
    private(set) var words: [String] = []
    private(set) var isPlural = false
    private(set) var isHeld = false

    /// Whatever is perceived at all.
    package static var anything: Inquiry { Inquiry() }

    /// Only what the observer carries or wears.
    package static var held: Inquiry { with(anything) { $0.isHeld = true } }

    /// Only what can be seen; what one carries counts in the dark as well.
    package var seen: Inquiry { Self.with(self) { $0.asksSight = true } }

    /// Only what can be touched.
    package var reached: Inquiry { Self.with(self) { $0.asksTouch = true } }

    /// Only what can be heard.
    package var heard: Inquiry { Self.with(self) { $0.asksSound = true } }

    /// Only what can be or do all this.
    package func providing(_ faculties: Faculties) -> Inquiry { Self.with(self) { $0.faculties.formUnion(faculties) } }

    /// Only what the folded words name.
    package func named(_ words: [String], plural: Bool = false) -> Inquiry {
        Self.with(self) {
            $0.words = words
            $0.isPlural = plural
        }
    }

    private static func with(_ inquiry: Inquiry, _ change: (inout Inquiry) -> Void) -> Inquiry {
        var changed = inquiry
        change(&changed)
        return changed
    }
}

/// What an ``Inquiry`` found.
package struct Findings {
    /// What answers it in everything, in order of perception.
    package internal(set) var percepts: [Percept] = []
    /// Why the first thing that would have answered it otherwise does not; nil when nothing was near to it.
    package internal(set) var objection: Objection?

    package var things: [Thing] { percepts.map(\.thing) }
}

extension Perception {
    /// Answers a question about what is around.
    ///
    /// - Complexity: O(*n*) in the things around.
    package func find(_ inquiry: Inquiry) -> Findings {
        var findings = Findings()
        let initial = inquiry.words.last.map(Vocabulary.initial(of:)) ?? .max
        func visit(_ percept: Percept) -> Bool {
            let thing = percept.thing
            guard thing.has(inquiry.faculties) else { return true }
            if !inquiry.words.isEmpty {
                let words = thing.words
                guard words.initials & initial != 0, words.match(inquiry.words, plural: inquiry.isPlural) != nil else {
                    return true
                }
            }
            if let objection = self.objection(to: percept, inquiry) {
                findings.objection = findings.objection ?? objection
            } else {
                findings.percepts.append(percept)
            }
            return true
        }
        if inquiry.isHeld { walkHeld(naming: inquiry.words, visit) } else { walk(naming: inquiry.words, visit) }
        return findings
    }

    private func objection(to percept: Percept, _ inquiry: Inquiry) -> Objection? {
        if inquiry.asksSight, let unseen = percept.unseen { return unseen }
        if inquiry.asksTouch, let unreached = percept.unreached { return unreached }
        if inquiry.asksSound, hearing(of: percept.thing) == .silent { return percept.way.map { .beyond($0) } }
        return nil
    }
}
