/// What becomes of a thing when one that it names in a property is destroyed.
package enum CascadeRule: String, Sendable {
    /// The property forgets it.
    case clear
    /// It cannot be destroyed.
    case forbid
    /// What names it is destroyed as well.
    case destroy
}

/// A property of a thing that names another.
package struct Referrer: Hashable, Sendable {
    package let thing: ThingID
    package let key: PropertyKey
}

/// Ending things, and what named them.
extension World {
    /// Ends a thing; what it contained falls to where it was, and what inherited from it is as it was.
    ///
    /// What names it forgets it, or ends with it, as the ``rule(for:)`` of the property says. Its number is never used again.
    /// - Returns: False when a reference forbids it, and then nothing has changed; see ``obstacle(toDestroying:)``.
    /// - Complexity: O(*n*) in what it holds, what inherits from it, and what names it.
    @discardableResult
    package func destroy(_ thing: Thing) -> Bool {
        guard thing.exists, obstacle(toDestroying: thing) == nil else { return false }
        for victim in doomed(with: thing).reversed() where victim.exists { end(victim) }
        return true
    }

    /// What forbids to destroy a thing; nil when nothing does.
    package func obstacle(toDestroying thing: Thing) -> Referrer? {
        let doomed = doomed(with: thing)
        let numbers = Set(doomed.map(\.id))
        for victim in doomed {
            for referrer in referrers(of: victim) where rule(for: referrer.key) == .forbid {
                if !numbers.contains(referrer.thing) { return referrer }
            }
        }
        return nil
    }

    /// The properties that name a thing, in the order of their things.
    package func referrers(of thing: Thing) -> [Referrer] {
        guard let known = namedBy[thing.id] else { return [] }
        return known.sorted { ($0.thing, $0.key.index) < ($1.thing, $1.key.index) }
    }

    /// The things that name one in a property; nearly always few, or none.
    ///
    /// - Complexity: O(*n*) in what names the thing in any property, and no allocation when nothing does in this one.
    package func things(naming thing: Thing, _ core: CoreProperty) -> Set<ThingID> {
        guard let referrers = namedBy[thing.id] else { return [] }
        let key = PropertyKey(core)
        var found: Set<ThingID> = []
        for referrer in referrers where referrer.key == key { found.insert(referrer.thing) }
        return found
    }

    /// What becomes of what names a thing that is destroyed; a world may say so for properties of its own.
    package func rule(for key: PropertyKey) -> CascadeRule {
        switch key.core {
        case .destination, .folderOwner, .fileOwner: return .destroy
        case .startPlace: return .forbid
        case nil:
            guard let root, let word = root[.cascades][names.name(of: key)] else { return .clear }
            return CascadeRule(rawValue: word) ?? .clear
        default: return .clear
        }
    }

    /// A thing and everything that ends with it.
    private func doomed(with thing: Thing) -> [Thing] {
        var found = [thing]
        guard namedBy[thing.id] != nil || thing.hasAny(of: .filing) else { return found }
        var seen: Set<ThingID> = [thing.id]
        var next = 0
        while next < found.count {
            if found[next].hasAny(of: .filing) {
                for letter in found[next].contents where letter.has(.letter) {
                    if seen.insert(letter.id).inserted { found.append(letter) }
                }
            }
            for referrer in referrers(of: found[next]) where rule(for: referrer.key) == .destroy {
                if seen.insert(referrer.thing).inserted, let other = things[referrer.thing] { found.append(other) }
            }
            next += 1
        }
        return found
    }

    private func end(_ thing: Thing) {
        let original = thing.prototype
        for content in thing.contents { move(content, to: thing.location) }
        move(thing, to: nil)
        for heir in thing.heirs.sorted(by: { $0.id < $1.id }) { bequeath(thing, to: heir) }
        for referrer in referrers(of: thing) {
            guard let other = things[referrer.thing], let value = other.properties[referrer.key] else { continue }
            write(referrer.key, value.without(thing.id), on: other)
        }
        for (key, _) in thing.ownProperties { write(key, nil, on: thing) }
        thing.exists = false
        thing.survey = nil
        thing.nameIndex = nil
        things[thing.id] = nil
        note(.destroyed(thing), .destroy(thing.id))
        // A letter ends with the last copy of it.
        if let original, original.isForgottenLetter {
            for part in doomed(with: original).reversed() where part.exists { end(part) }
        }
    }

    /// Gives an heir as its own what it has from a prototype, and that one's prototype for its own.
    private func bequeath(_ prototype: Thing, to heir: Thing) {
        for (key, value) in prototype.ownProperties where key.isInherited {
            guard let own = heir.properties[key] else {
                write(key, value, on: heir)
                continue
            }
            // Of locks and verbs each is inherited for itself.
            guard key.isInheritedByEntry, case .map(let given) = value, case .map(let kept) = own else { continue }
            let merged = Value.map(given.merging(kept) { $1 })
            if merged != own { write(key, merged, on: heir) }
        }
        let given = prototype.ownFaculties.subtracting(.prototype).subtracting(heir.lackedFaculties)
        let faculties = heir.ownFaculties.union(given)
        if faculties != heir.ownFaculties { write(PropertyKey(.faculties), faculties.value, on: heir) }
        let lacked = heir.lackedFaculties.union(prototype.lackedFaculties.subtracting(faculties))
        if lacked != heir.lackedFaculties { write(PropertyKey(.lacks), lacked.value, on: heir) }
        write(PropertyKey(.prototype), prototype.prototype?.id.value, on: heir)
    }

    /// Keeps ``namedBy`` when a property changes.
    func exchange(_ old: Value?, for new: Value?, _ key: PropertyKey, _ thing: Thing) {
        let referrer = Referrer(thing: thing.id, key: key)
        old?.visitReferences { id in
            namedBy[id]?.remove(referrer)
            if namedBy[id]?.isEmpty == true { namedBy[id] = nil }
        }
        new?.visitReferences { namedBy[$0, default: []].insert(referrer) }
    }
}

/// What things can be and do may change while they are.
extension World {
    /// Gives a thing faculties, whatever its prototype has.
    package func attach(_ faculties: Faculties, to thing: Thing) {
        let lacked = thing.lackedFaculties.subtracting(faculties)
        set(PropertyKey(.lacks), to: lacked.isEmpty ? nil : lacked.value, on: thing)
        let missing = faculties.subtracting(thing.faculties)
        if !missing.isEmpty {
            set(PropertyKey(.faculties), to: thing.ownFaculties.union(missing).value, on: thing)
        }
    }

    /// Takes faculties from a thing, also those it has from its prototype.
    package func detach(_ faculties: Faculties, from thing: Thing) {
        let own = thing.ownFaculties.subtracting(faculties)
        set(PropertyKey(.faculties), to: own.isEmpty ? nil : own.value, on: thing)
        let inherited = thing.faculties.intersection(faculties)
        if !inherited.isEmpty {
            set(PropertyKey(.lacks), to: thing.lackedFaculties.union(inherited).value, on: thing)
        }
    }
}

/// Finding things by what they have.
extension World {
    /// The things with that value of their own, by number.
    ///
    /// - Complexity: O(*n*) in the answer, but O(*n*) in all things the first time a property is asked for.
    package func things(_ core: CoreProperty, equal value: Value) -> [Thing] {
        let key = PropertyKey(core)
        if valueIndexes[key] == nil {
            var index: [Value: Set<Thing>] = [:]
            for thing in things.values {
                if let value = thing.properties[key] { index[value, default: []].insert(thing) }
            }
            valueIndexes[key] = index
        }
        return (valueIndexes[key]?[value] ?? []).sorted { $0.id < $1.id }
    }

    func strike(_ thing: Thing, _ value: Value, _ key: PropertyKey) {
        guard valueIndexes[key]?[value]?.remove(thing) != nil else { return }
        if valueIndexes[key]?[value]?.isEmpty == true { valueIndexes[key]?[value] = nil }
    }
}
