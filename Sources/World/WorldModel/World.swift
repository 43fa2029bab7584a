import Basics

/// Every thing there is, and the one place where they change.
///
/// A change is legal only inside a turn: ``beginTurn(at:seed:)``, changes, then ``endTurn()`` or
/// ``rollBack()``. Rolling back restores every property, location and index as it was.
///
/// - Isolation: plain and non-Sendable; it belongs to the thread of the reactor that runs it.
package final class World {
    package internal(set) var things: [ThingID: Thing] = [:]
    package internal(set) var names = PropertyNames()
    /// The sequence number of the last writing turn.
    package internal(set) var sequence: UInt64 = 0
    /// The number the next new thing gets.
    package internal(set) var nextID: UInt64 = 1
    var nextArrival: Int64 = 1

    var byContentKey: [String: Thing] = [:]
    var accountsByName: [String: Thing] = [:]
    var personasByName: [String: Thing] = [:]
    /// The one thing with the faculty of that name, which holds the world's own settings.
    package internal(set) var root: Thing?

    /// Who has or had which names to themselves, made on first use; see ``namesake(of:)``.
    var namesakes: [String: [Thing]]?
    /// Whose names changed since.
    var renamed: [Thing] = []

    /// Counts all changes of things, also those that take others back: what was perceived at one number holds at it.
    package internal(set) var revision: UInt64 = 1
    /// Counts the changes of ways and doors, so that what is known of a place's ways can be kept in between.
    var passageRevision: UInt64 = 1

    /// Who names a thing in which property, but for the graph itself; see ``referrers(of:)``.
    var namedBy: [ThingID: Set<Referrer>] = [:]
    /// Things by the value they have of their own, for the properties somebody asked for; see ``things(_:equal:)``.
    var valueIndexes: [PropertyKey: [Value: Set<Thing>]] = [:]

    /// How many things have a verb of that name of their own.
    var verbWords: [String: Int] = [:]

    /// What is known of days and weather, kept until it changes.
    var almanac: Almanac?

    /// What things are called in other languages.
    let lexicon = Lexicon()

    /// What the log's tail told each character since its property `told` was set; see ``takeTold()``.
    var toldInTail: [ThingID: KeptEvents] = [:]

    /// What turns have touched since somebody asked; nil while nobody wants to know.
    var touched: Touched?

    var turn: OpenTurn?

    package init() {}

    deinit {
        // Locations and contents hold each other.
        for thing in things.values {
            thing.location = nil
            thing.contents = []
            thing.prototype = nil
            thing.heirs = []
            thing.survey = nil
            thing.nameIndex = nil
        }
    }

    package subscript(_ id: ThingID) -> Thing? { things[id] }

    /// The thing a content file calls `key`.
    package func thing(forContentKey key: String) -> Thing? { byContentKey[key] }

    package func account(named name: String) -> Thing? { accountsByName[name.folded] }

    /// The player character of that name, in play or not.
    package func player(named name: String) -> Thing? { personasByName[name.folded] }

    /// Where everybody begins.
    package var startPlace: Thing? { root.flatMap { thing($0, .startPlace) } }

    package var accounts: [Thing] { accountsByName.values.sorted { $0.id < $1.id } }

    package func thing(_ owner: Thing, _ core: CoreProperty) -> Thing? {
        guard let id = owner.value(of: PropertyKey(core)).flatMap({ ThingID($0) }) else { return nil }
        return things[id]
    }

    // MARK: Changes

    /// Makes a thing, located nowhere.
    package func create(_ faculties: Faculties = [], prototype: Thing? = nil) -> Thing {
        let thing = Thing(id: ThingID(nextID), lexicon: lexicon)
        nextID += 1
        things[thing.id] = thing
        note(.created(thing), .create(thing.id))
        if let prototype { write(PropertyKey(.prototype), prototype.id.value, on: thing) }
        if !faculties.isEmpty { write(PropertyKey(.faculties), faculties.value, on: thing) }
        if faculties.contains(.world) { set(.forms, to: StoredForm.current, on: thing) }
        return thing
    }

    /// Puts a thing into another, or nowhere; one that has ended moves nowhere, and nothing moves into it.
    ///
    /// - Precondition: `destination` is not within `thing`; verbs check that first and say so.
    package func move(_ thing: Thing, to destination: Thing?) {
        if thing.location === destination || destination.map({ !isHere($0) }) ?? false { return }
        precondition(destination?.isWithin(thing) != true, "a thing cannot be moved into itself")
        var value: Value?
        if let destination {
            value = .list([.thing(destination.id), .int(nextArrival)])
            nextArrival += 1
        }
        write(PropertyKey(.location), value, on: thing)
    }

    package func set<Content>(_ property: Property<Content>, to content: Content, on thing: Thing) {
        set(property.key, to: content.value, on: thing)
    }

    /// Sets a property, or removes it with nil; setting what is already there changes nothing.
    package func set(_ key: PropertyKey, to value: Value?, on thing: Thing) {
        if thing.properties[key] == value { return }
        write(key, value, on: thing)
    }

    package func set(_ core: CoreProperty, to other: Thing?, on thing: Thing) {
        set(PropertyKey(core), to: other.flatMap { isHere($0) ? $0.id.value : nil }, on: thing)
    }

    /// Sets a property by its stored name; false when the world has too many names.
    @discardableResult
    package func set(named name: String, to value: Value?, on thing: Thing) -> Bool {
        guard let key = names.key(of: name) else { return false }
        set(key, to: value, on: thing)
        return true
    }

    /// Whether a thing is of this world and has not ended.
    private func isHere(_ thing: Thing) -> Bool { things[thing.id] === thing }

    func write(_ key: PropertyKey, _ value: Value?, on thing: Thing) {
        // Who has ended may be held by somebody still; a log that changes what is gone could never be replayed.
        guard isHere(thing) else { return }
        note(
            .property(thing, key, thing.properties[key]),
            .set(thing.id, name: names.name(of: key), value))
        assign(key, value, on: thing)
    }

    /// Stores a value and everything derived from it; also the path of roll-back and recovery.
    func assign(_ key: PropertyKey, _ value: Value?, on thing: Thing) {
        unindex(key, thing)
        if key.core == .verbs { exchangeVerbs(thing.properties[key], for: value) }
        if key.isPlainReference { exchange(thing.properties[key], for: value, key, thing) }
        thing.properties[key] = value
        revision &+= 1
        if thing.hasAny(of: .passages) || !thing.heirs.isEmpty { passageRevision &+= 1 }
        switch key.core {
        case .location: link(thing, value)
        case .prototype:
            thing.prototype?.heirs.remove(thing)
            thing.prototype = value.flatMap { ThingID($0) }.flatMap { things[$0] }
            if inheritsFromItself(thing) { thing.prototype = nil }
            thing.prototype?.heirs.insert(thing)
            refreshFaculties(thing)
            forgetWords(of: thing)
        case .faculties:
            thing.ownFaculties = value.flatMap { Faculties($0) } ?? []
            refreshFaculties(thing)
        case .lacks:
            thing.lackedFaculties = value.flatMap { Faculties($0) } ?? []
            refreshFaculties(thing)
        case .name, .nouns, .adjectives, .plural, .article: forgetWords(of: thing)
        case .calendar, .climates: almanac = nil
        default: break
        }
        index(key, thing)
    }

    private func link(_ thing: Thing, _ value: Value?) {
        if let old = thing.location, let index = old.contents.lastIndex(where: { $0 === thing }) {
            old.nameIndex?.remove(thing)
            old.contents.remove(at: index)
        }
        thing.location = nil
        guard case .list(let pair)? = value, pair.count == 2, let id = ThingID(pair[0]),
            case .int(let arrival) = pair[1], let destination = things[id]
        else { return }
        thing.location = destination
        thing.arrival = arrival
        // Nearly always the newest goes last; a roll-back puts one back in the middle.
        var place = destination.contents.count
        while place > 0, destination.contents[place - 1].arrival > arrival { place -= 1 }
        destination.contents.insert(thing, at: place)
        destination.nameIndex?.add(thing)
    }

    /// Names are inherited, so heirs forget theirs too.
    private func forgetWords(of thing: Thing) {
        if let index = thing.location?.nameIndex {
            index.remove(thing)
            index.add(thing)
        }
        thing.vocabulary = nil
        noteRenaming(of: thing)
        for heir in thing.heirs { forgetWords(of: heir) }
    }

    /// Two files that swap who inherits from whom make a ring for a moment; it must not close.
    private func inheritsFromItself(_ thing: Thing) -> Bool {
        var ancestor = thing.prototype
        while let current = ancestor {
            if current === thing { return true }
            ancestor = current.prototype
        }
        return false
    }

    private func refreshFaculties(_ thing: Thing) {
        unindexNames(thing)
        passageRevision &+= 1
        // What may hold something is listed apart.
        thing.location?.nameIndex = nil
        thing.faculties = thing.ownFaculties
        // A prototype's being a prototype is not inherited.
        if let prototype = thing.prototype {
            let inherited = prototype.faculties.subtracting(.prototype)
            thing.faculties.formUnion(inherited.subtracting(thing.lackedFaculties))
        }
        indexNames(thing)
        noteRenaming(of: thing)
        if thing.has(.world) {
            root = root ?? thing
        } else if root === thing {
            root = nil
        }
        // By number, because who has a name first keeps it.
        if !thing.heirs.isEmpty { for heir in thing.heirs.sorted(by: { $0.id < $1.id }) { refreshFaculties(heir) } }
    }

    // MARK: Indexes

    private func index(_ key: PropertyKey, _ thing: Thing) {
        switch key.core {
        case .contentKey: Self.enter(thing, Self.own(.contentKey, thing), &byContentKey)
        case .name: indexNames(thing)
        default: break
        }
        if !valueIndexes.isEmpty, let value = thing.properties[key] {
            valueIndexes[key]?[value, default: []].insert(thing)
        }
    }

    private func unindex(_ key: PropertyKey, _ thing: Thing) {
        switch key.core {
        case .contentKey: Self.strike(thing, Self.own(.contentKey, thing), &byContentKey)
        case .name: unindexNames(thing)
        default: break
        }
        if !valueIndexes.isEmpty, let value = thing.properties[key] { strike(thing, value, key) }
    }

    private func indexNames(_ thing: Thing) {
        if thing.faculties.isDisjoint(with: .named) { return }
        let name = Self.own(.name, thing).folded
        if thing.has(.account) { Self.enter(thing, name, &accountsByName) }
        if thing.has(.player) { Self.enter(thing, name, &personasByName) }
    }

    private func unindexNames(_ thing: Thing) {
        if thing.faculties.isDisjoint(with: .named) { return }
        let name = Self.own(.name, thing).folded
        Self.strike(thing, name, &accountsByName)
        Self.strike(thing, name, &personasByName)
    }

    /// Indexed names are not inherited, or a prototype's would be taken by its heirs.
    private static func own(_ core: CoreProperty, _ thing: Thing) -> String {
        thing.properties[PropertyKey(core)].flatMap { String($0) } ?? ""
    }

    /// Who has a name first keeps it, so that taking back a second one's naming leaves the first as it was.
    private static func enter(_ thing: Thing, _ name: String, _ index: inout [String: Thing]) {
        if !name.isEmpty, index[name] == nil { index[name] = thing }
    }

    private static func strike(_ thing: Thing, _ name: String, _ index: inout [String: Thing]) {
        if index[name] === thing { index[name] = nil }
    }
}
