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
        case .beyond(let way): "That is out of reach, \(way.whereabouts)."
        }
    }
}

extension Thing {
    /// Where what lies beyond a way is: `to the north`, `above`, `beyond the gap`.
    package var whereabouts: Sentence {
        if let direction = Direction(rawValue: self[.direction]) { return direction.place }
        return "beyond the \(content: self[.otherNames].first ?? name)"
    }

    /// What a way is called where ways are listed: its direction, else a name of its own.
    package var wayName: Sentence {
        let direction = self[.direction]
        if let known = Direction(rawValue: direction) { return known.word }
        return "\(content: direction.isEmpty ? self[.otherNames].first ?? name : direction)"
    }
}

extension Direction {
    /// `north`, `in`.
    package var word: Sentence { Sentence(message: rawValue) }
    /// How somebody leaves that way: `north`, `upwards`.
    package var departure: Sentence { Sentence(message: departurePhrase) }
    /// Where somebody who came by that way's exit is from: `from the south`.
    package var arrival: Sentence { Sentence(message: arrivalPhrase) }
    /// Where what lies that way is: `to the north`.
    package var place: Sentence { Sentence(message: placePhrase) }
}
