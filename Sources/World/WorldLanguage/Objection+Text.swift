package import WorldModel

extension Objection {
    /// What the world says, in place of the thing that was asked for.
    package var sentence: Sentence {
        switch self {
        case .tooDark: "It is too dark to see that."
        case .closed(let container): "\(container) \(verb: "be") closed."
        case .heldBy(let person): "\(person) \(verb: "have") that."
        case .wornBy(let person): "\(person) \(verb: "be") wearing that."
        case .coveredBy(let garment): "\(garment) \(verb: "be") worn over that."
        case .beyond(let way): "That is out of reach, \(plain: way.whereabouts)."
        }
    }
}

extension Thing {
    /// Where what lies beyond a way is: `to the north`, `above`, `beyond the gap`.
    package var whereabouts: String {
        if let direction = Direction(rawValue: self[.direction]) { return direction.placePhrase }
        return "beyond the " + (self[.otherNames].first ?? name)
    }
}
