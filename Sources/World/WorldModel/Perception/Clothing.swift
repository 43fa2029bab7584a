/// Clothes in layers: what is worn over something hides it from everybody but its wearer, and has to come off first.
extension Thing {
    /// What somebody wears that may lie over something else.
    var coverings: [Thing] {
        var found: [Thing] = []
        for thing in contents where thing.has(.wearable) && thing[.isWorn] && !thing[.slot].isEmpty {
            found.append(thing)
        }
        return found
    }

    /// Whether this, if both are worn, lies over another.
    package func covers(_ other: Thing) -> Bool {
        let slot = other[.slot]
        return !slot.isEmpty && self !== other && self[.layer] > other[.layer]
            && (self[.slot] == slot || self[.covers].contains(slot))
    }

    /// What a worn thing is under; nil when it is outermost, or not worn.
    package var covering: Thing? {
        guard has(.wearable), self[.isWorn], let wearer = location, wearer.has(.persona) else { return nil }
        return covering(among: wearer.coverings)
    }

    func covering(among coverings: [Thing]) -> Thing? {
        if coverings.isEmpty || !has(.wearable) || !self[.isWorn] { return nil }
        return coverings.first { $0.covers(self) }
    }

    /// Whether others cannot see it for what is worn over it.
    package var isHiddenByClothes: Bool { covering.map { !$0[.isTransparent] } ?? false }
}
