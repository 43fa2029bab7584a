import Basics
package import WorldModel

/// Puts content into a world, or brings a world up to date with it.
///
/// A thing is known again by its content key. What files describe is set anew, and what they no longer say is removed,
/// ways out included; what play changes (where a portable thing is, open, locked, lit, worn) is set only when the thing is made.
package struct ContentLoader {
    private let content: WorldContent
    private let world: World
    /// The only file of which anything is loaded; nil for all.
    private let file: String?
    private var summary = LoadSummary()
    private var isNew: Set<ThingID> = []
    /// Things whose prototype is another one now.
    private var isRelinked: Set<ThingID> = []

    /// The world's own thing carries this content key.
    package static let worldKey = "world"

    /// Loads content inside the open turn.
    ///
    /// - Precondition: A turn is open, and reading the content gave no error.
    /// - Complexity: O(*n*) in the number of declarations and things.
    package static func load(_ content: WorldContent, into world: World) -> LoadSummary {
        var loader = ContentLoader(content, world)
        loader.load()
        return loader.summary
    }

    /// Loads inside the open turn what one file says, and leaves alone what the others do.
    ///
    /// - Parameters:
    ///   - content: All files, without an error.
    ///   - file: The path of its source; what it refers to is in it or in the world.
    ///   - world: The world.
    /// - Returns: What changed.
    static func load(_ content: WorldContent, of file: String, into world: World) -> LoadSummary {
        var loader = ContentLoader(content, world, file)
        loader.load()
        return loader.summary
    }

    private init(_ content: WorldContent, _ world: World, _ file: String? = nil) {
        self.content = content
        self.world = world
        self.file = file
    }

    private mutating func load() {
        let all =
            content.prototypes + content.rooms + content.doors + content.things + content.exits
            + content.notes
        let declarations = file.map { file in all.filter { $0.position.file == file } } ?? all
        // All exist before any is described, so that every reference finds its thing.
        for declaration in declarations { make(declaration) }
        // No old link is left when the first new one is made, or two that swap places would make a ring.
        for declaration in declarations { unlink(declaration) }
        for declaration in declarations { describe(declaration) }
        for declaration in declarations { place(declaration) }
        if file.map(content.isOfWorld) ?? true {
            describeWorld()
            ChannelLoader(world: world).load(content.channels, &summary)
        }
        let keys = Set(all.map(\.key) + content.channels.map(\.key))
        closeWays(keys)
        if file == nil { noteLeftBehind(keys) }
    }

    private mutating func make(_ declaration: Declaration) {
        if world.thing(forContentKey: declaration.key) != nil { return }
        let thing = world.create()
        world.set(.contentKey, to: declaration.key, on: thing)
        isNew.insert(thing.id)
        summary.created += 1
    }

    private mutating func unlink(_ declaration: Declaration) {
        guard let thing = world.thing(forContentKey: declaration.key),
            let prototype = world.thing(thing, .prototype),
            prototype !== declaration.references[.prototype].flatMap({ world.thing(forContentKey: $0.key) })
        else { return }
        world.set(.prototype, to: nil, on: thing)
        isRelinked.insert(thing.id)
    }

    // MARK: Describing

    private static let looks: [CoreProperty] = [
        .prototype, .faculties, .capabilities, .name, .article, .plural, .nouns, .adjectives, .description, .pronouns,
        .details,
        .dark, .area, .direction, .destination, .door, .passageText, .otherNames, .openable, .key, .transparent,
        .capacity, .surface, .fixed, .size, .slot, .switchable, .readable, .topics, .greeting, .defaultReply,
        .stays, .home, .view, .sound, .distance, .impassable, .layer, .covers, .glow, .outdoors, .nightDark, .climate,
        .descriptions, .ambience, .tame, .title, .subject, .body, .authorName,
    ]

    private mutating func describe(_ declaration: Declaration) {
        guard let thing = world.thing(forContentKey: declaration.key) else { return }
        let isNew = isNew.contains(thing.id)
        var wanted = declaration.looks
        wanted[.faculties] = declaration.faculties.isEmpty ? nil : declaration.faculties.value
        for (property, reference) in declaration.references {
            wanted[property] = world.thing(forContentKey: reference.key)?.id.value
        }
        if content.flag(.stays, of: declaration), let home = declaration.location {
            wanted[.home] = world.thing(forContentKey: home.key)?.id.value
        }
        let before = Dictionary(uniqueKeysWithValues: thing.ownProperties)
        var isChanged = isRelinked.contains(thing.id)
        if thing[.isRewritten] {
            let key = PropertyKey(.description)
            if before[key] != wanted[.description] { summary.takenBack.append(declaration.key) }
            world.set(Property.isRewritten.key, to: nil, on: thing)
        }
        for property in Self.looks where before[PropertyKey(property)] != wanted[property] {
            world.set(PropertyKey(property), to: wanted[property], on: thing)
            isChanged = true
        }
        if describeEntries(declaration, of: thing) { isChanged = true }
        if isNew {
            for (property, value) in declaration.state.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                world.set(PropertyKey(property), to: value, on: thing)
            }
            return
        }
        if refreshInitial(declaration, of: thing, before[PropertyKey(.initial)]) { isChanged = true }
        if isChanged { summary.updated += 1 } else { summary.unchanged += 1 }
    }

    /// Locks and verbs of the files, beside those that people gave it in play; and whose it is, if the files say so.
    private func describeEntries(_ declaration: Declaration, of thing: Thing) -> Bool {
        var isChanged = false
        var given: [String: [String]] = [:]
        for property in [CoreProperty.locks, .verbs] {
            let key = PropertyKey(property)
            var entries: [String: Value] = [:]
            if case .map(let own)? = thing.ownValue(of: key) { entries = own }
            let wanted = declaration.entries[property] ?? [:]
            for name in thing[.givenEntries]["\(property)"] ?? [] { entries[name] = nil }
            entries.merge(wanted) { $1 }
            if !wanted.isEmpty { given["\(property)"] = wanted.keys.sorted() }
            let value = entries.isEmpty ? nil : Value.map(entries)
            if thing.ownValue(of: key) == value { continue }
            world.set(key, to: value, on: thing)
            isChanged = true
        }
        world.set(Property.givenEntries.key, to: given.isEmpty ? nil : given.value, on: thing)
        if let owner = declaration.references[.owner].flatMap({ world.thing(forContentKey: $0.key) }) {
            if thing.ownValue(of: PropertyKey(.owner)) != owner.id.value {
                world.set(.owner, to: owner, on: thing)
                isChanged = true
            }
        }
        return isChanged
    }

    /// The sentence for a thing that nobody has taken yet follows the files; one that is gone stays gone.
    private func refreshInitial(_ declaration: Declaration, of thing: Thing, _ old: Value?) -> Bool {
        guard let old, old != .text(""), old != declaration.state[.initial] else { return false }
        world.set(PropertyKey(.initial), to: declaration.state[.initial], on: thing)
        return true
    }

    // MARK: Placing

    private func place(_ declaration: Declaration) {
        guard let thing = world.thing(forContentKey: declaration.key), isNew.contains(thing.id) || isMissing(thing),
            let location = declaration.location.flatMap({ world.thing(forContentKey: $0.key) }),
            !location.isWithin(thing)
        else { return }
        guard declaration.kind == .note else { return world.move(thing, to: location) }
        world.file(thing, in: location)
        world.set(.sent, to: Int(clamping: world.now.milliseconds), on: thing)
    }

    /// Whether it belongs in the world, but nobody in the world can find it: it is with a player who is away.
    private func isMissing(_ thing: Thing) -> Bool { thing[.stays] && thing.place == nil }

    private mutating func describeWorld() {
        let thing: Thing
        if let known = world.root {
            thing = known
        } else {
            thing = world.create(.world)
            summary.created += 1
        }
        world.set(.contentKey, to: Self.worldKey, on: thing)
        world.set(.title, to: content.title, on: thing)
        world.set(.description, to: content.welcome, on: thing)
        world.set(PropertyKey(.tutorial), to: content.tutorial.isEmpty ? nil : content.tutorial.value, on: thing)
        world.set(PropertyKey(.socials), to: content.socials.isEmpty ? nil : content.socials.value, on: thing)
        world.set(PropertyKey(.cascades), to: content.cascades.isEmpty ? nil : content.cascades.value, on: thing)
        world.set(PropertyKey(.calendar), to: content.calendar?.value, on: thing)
        world.set(PropertyKey(.vitals), to: content.vitals, on: thing)
        let climates = content.climates.mapValues(\.stored)
        world.set(PropertyKey(.climates), to: climates.isEmpty ? nil : climates.value, on: thing)
        world.set(.startPlace, to: content.startPlace.flatMap { world.thing(forContentKey: $0.key) }, on: thing)
    }

    // MARK: What the files no longer say

    /// Ends the ways that are in no file any more, but for those out of a room that is in none either: whoever is
    /// there can still leave.
    private mutating func closeWays(_ keys: Set<String>) {
        let ways = world.things.values.filter { way in
            guard way.has(.exit), let key = Self.ownKey(of: way), !keys.contains(key), isLoaded(areaOf: key) else {
                return false
            }
            return way.location.flatMap(Self.ownKey).map(keys.contains) ?? true
        }
        for way in ways.sorted(by: { $0.id < $1.id }) {
            world.destroy(way)
            summary.closed += 1
        }
    }

    /// Whether the area of a key is in what is loaded.
    private func isLoaded(areaOf key: String) -> Bool {
        guard let file else { return true }
        let area = key.prefix { $0 != "/" }
        return content.areas.contains { $0.key == area && $0.position.file == file }
    }

    private static func ownKey(of thing: Thing) -> String? {
        guard case .text(let key)? = thing.ownProperties.first(where: { $0.key == PropertyKey(.contentKey) })?.value
        else { return nil }
        return key
    }

    private mutating func noteLeftBehind(_ keys: Set<String>) {
        for thing in world.things.values {
            guard let own = Self.ownKey(of: thing), own != Self.worldKey, !keys.contains(own) else { continue }
            summary.leftBehind.append(own)
        }
        summary.leftBehind.sort()
        summary.takenBack.sort()
    }
}
