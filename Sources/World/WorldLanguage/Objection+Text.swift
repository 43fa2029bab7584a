package import WorldModel

extension Objection {
    /// What the world says, in place of the thing that was asked for.
    package var sentence: Sentence {
        switch self {
        case .tooDark: "It is too dark to see that."
        case .closed(let container): "\(container) \(verb: "be") closed."
        case .heldBy(let person): "\(person) \(verb: "have") that."
        case .wornBy(let person): "\(person) \(verb: "be") wearing that."
        }
    }
}
