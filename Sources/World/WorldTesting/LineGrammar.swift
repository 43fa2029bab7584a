import Basics
package import WorldModel
package import WorldVerbs

/// Makes up lines that somebody could type: every form of every verb, about what is around and about what is not.
///
/// The same seed makes the same lines of the same worlds.
package struct LineGrammar {
    private var random: SeededGenerator
    /// All of them, and some again because people type them more often.
    private let verbs: [Verb]
    /// Those whose turn it is not yet.
    private var pack: [Verb] = []
    /// The verbs of the lines made so far.
    package private(set) var used: Set<String> = []

    /// Things around that are looked at for one line at most.
    private static let mostMet = 60

    package init(seed: UInt64, verbs: VerbTable = .standard) {
        random = SeededGenerator(seed: seed)
        let usual = verbs.verbs.filter { Self.usual.contains($0.name) }
        self.verbs = verbs.verbs + usual + usual + usual
    }

    private static let usual: Set<String> = ["get", "drop", "put", "give", "wear", "open", "say", "look"]

    /// The next line of one person.
    package mutating func line(for actor: Thing, on stage: Stage) -> String {
        let view = Surroundings(of: actor, on: stage, atMost: Self.mostMet)
        if actor[.isEditing], chance(3) > 0 { return pick(Self.editing) }
        switch chance(100) {
        case ..<50: return command(view)
        case ..<64: return view.exits.isEmpty ? command(view) : way(view)
        case ..<70: return gesture(view)
        case ..<74: return String(chance(4))
        case ..<82: return command(view) + pick([" then ", " and ", ". ", ", then "]) + command(view)
        case ..<86: return name(of: view.people, view) + ", " + sentence(view)
        case ..<89: return pick(["'", ":", "\"", ";", "?"]) + sentence(view)
        case ..<95: return pick(Self.followUps)
        case ..<98: return words(0...12, view)
        default: return noise()
        }
    }

    private static let followUps = [
        "again", "g", "drop it", "get it", "get all", "drop all", "put all in it", "look at it", "oops lamp",
        "the first",
        "give it to her", "give all to him", "wear all", "remove all", "drop them", "get 2 of them", "examine me", "i",
        "chat hello to all", "newbie :waves", "chat", "report ben about words",
    ]

    /// Mostly what leads out of the editor.
    private static let editing = [
        ".q", ".q", ".x", ".x", ".", "yes", ".l", ".p", ".d last", ".i 1 first", ".m 1 last", ".s /a/b/", ".u", ".c",
        ".do look", ".h",
    ]

    // MARK: Choosing

    package mutating func chance(_ bound: Int) -> Int { Int.random(in: 0..<max(bound, 1), using: &random) }

    private mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[chance(choices.count)] }

    // MARK: Commands

    private mutating func command(_ view: Surroundings) -> String {
        // Like cards from a pack, so that all have their turn.
        if pack.isEmpty { pack = verbs.shuffled(using: &random) }
        let verb = pack.removeLast()
        used.insert(verb.name)
        if chance(2) == 0, !verb.usage.isEmpty { return filled(pick(verb.usage), verb, view) }
        let form = pick(verb.forms)
        var parts = [chance(4) == 0 ? pick([verb.name] + verb.aliases) : verb.name]
        for element in form { parts.append(filled(element, verb, view)) }
        if verb.takesAdverb, chance(10) == 0 { parts.insert(pick(["carefully", "quietly", "proudly"]), at: chance(2)) }
        return parts.joined(separator: " ")
    }

    private mutating func filled(_ element: Element, _ verb: Verb, _ view: Surroundings) -> String {
        switch element {
        case .object(let scope): return phrase(view.things(scope, for: verb), view, isPlural: false)
        case .objects(let scope): return phrase(view.things(scope, for: verb), view, isPlural: true)
        case .sight:
            return chance(3) == 0 ? pick(view.scenery + ["here"]) : phrase(view.everything, view, isPlural: false)
        case .way: return view.exits.isEmpty ? "north" : way(view)
        case .player, .anybody, .recipients, .recipientsHere: return name(of: view.present, view)
        case .word(let choices): return pick(choices)
        case .direction: return pick(Direction.allCases).rawValue
        case .number: return pick(["0", "1", "2", "40", "99999999999999999999"])
        case .text: return chance(2) == 0 ? phrase(view.everything, view, isPlural: true) : sentence(view)
        default: return pick(Self.names + view.names)
        }
    }

    /// A line as its usage has it, with something for each word in capitals: `permit DEED on THING`.
    private mutating func filled(_ usage: String, _ verb: Verb, _ view: Surroundings) -> String {
        var words: [String] = []
        for word in usage.split(separator: " ").map(String.init) {
            let isPlace = word.utf8.count > 1 && word.utf8.allSatisfy { (0x41...0x5A).contains($0) }
            words.append(isPlace ? filling(of: word, verb, view) : pick(word.split(separator: "|").map(String.init)))
        }
        return words.joined(separator: " ")
    }

    private mutating func filling(of word: String, _ verb: Verb, _ view: Surroundings) -> String {
        switch word {
        case "TEXT", "SUBJECT", "COMMAND", "WHY", "REASON": return sentence(view)
        case "NAME", "NAMES", "PERSON", "PEOPLE", "WHO", "WHOM", "CHARACTER": return name(of: view.present, view)
        case "NUMBER", "NUMBERS", "SECONDS", "COUNT": return String(1 + chance(3))
        case "TIME": return pick(["10m", "1h", "2d"])
        case "CHANNEL": return view.names.last ?? "chat"
        case "DIRECTION": return pick(Direction.allCases).rawValue
        case "FACULTY": return pick(["light", "container", "wearable"])
        case "DEED": return pick(["take", "open", "read", "describe"])
        case "WAY": return view.exits.isEmpty ? "north" : way(view)
        case "PLACE": return pick(view.places)
        default: return phrase(view.things(.anything, for: verb), view, isPlural: true)
        }
    }

    /// What verbs may want that name no thing: faculties, settings, aliases.
    private static let names = [
        "light", "container", "wearable", "color", "width", "encoding", "theme", "prompt", "on", "off", "auto", "40",
        "utf8", "gl", "tidy",
        "chat", "newbie", "news", "ben", "10m",
    ]

    private mutating func way(_ view: Surroundings) -> String {
        let exit = pick(view.exits)
        let names = exit[.otherNames]
        let direction = exit[.direction]
        if direction.isEmpty || chance(4) == 0 { return names.isEmpty ? direction : "go " + pick(names) }
        return direction
    }

    private mutating func gesture(_ view: Surroundings) -> String {
        guard !view.socials.isEmpty else { return sentence(view) }
        let social = pick(view.socials)
        return chance(2) == 0 ? social : social + " " + name(of: view.people, view)
    }

    // MARK: Names

    /// Words for one of the things, or now and then for anything.
    private mutating func phrase(_ things: [Thing], _ view: Surroundings, isPlural: Bool) -> String {
        guard !things.isEmpty, chance(20) > 0 else { return words(1...3, view) }
        let thing = pick(things)
        let name = thing.name
        let noun = name.split(separator: " ").last.map(String.init) ?? name
        switch chance(isPlural ? 20 : 16) {
        case ..<10: return name
        case 10: return "the " + name
        case 11: return noun
        case 12: return pick(["first ", "second ", "last ", "2.", "my ", "3rd "]) + noun
        case 13: return thing.location.map { "\(noun) in \($0.name)" } ?? noun
        case 14: return String(noun.prefix(3))
        case 15: return pick(["it", "them", "him", "her", "me"])
        case 16: return "all"
        case 17: return "all " + Vocabulary.plural(of: noun)
        case 18: return "all except \(noun)"
        default: return "2 \(Vocabulary.plural(of: noun)) and \(pick(things).name)"
        }
    }

    private mutating func name(of people: [Thing], _ view: Surroundings) -> String {
        guard !people.isEmpty, chance(10) > 0 else { return "nobody" }
        return pick(people).name.lowercased()
    }

    private mutating func sentence(_ view: Surroundings) -> String {
        let text = words(1...8, view)
        return chance(6) == 0 ? text + " @" + name(of: view.people, view) : text
    }

    private mutating func words(_ count: ClosedRange<Int>, _ view: Surroundings) -> String {
        let pool = Self.soup + view.scenery + view.everything.prefix(20).map(\.name)
        return (0..<Int.random(in: count, using: &random)).map { _ in pick(pool) }.joined(separator: " ")
    }

    private static let soup = [
        "hello", "the", "a", "my", "all", "except", "but", "and", ",", "in", "on", "from", "with", "to", "at", "about",
        "light", "key", "lamp", "time", "clock", "weather", "2", "0", "-1", "99999999999999999999", ".", ";", "'", "\"",
        "?", "é", "🙂", "then", "quickly", "second", "last", "$*", "#7", "@", "<you>", "it", "them", "one", "say", "get",
    ]

    private mutating func noise() -> String {
        let octets = (0..<chance(200)).map { _ in UInt8.random(in: 0x00...0xFF, using: &random) }
        return String(decoding: octets, as: UTF8.self)
    }
}

/// What somebody who makes up a line knows of where they are.
private struct Surroundings {
    let actor: Thing
    private(set) var everything: [Thing] = []
    let exits: [Thing]
    let present: [Thing]
    private let channels: [Thing]
    /// The names of some places.
    let places: [String]
    private(set) var scenery: [String] = []
    private(set) var socials: [String] = []

    init(of actor: Thing, on stage: Stage, atMost limit: Int) {
        self.actor = actor
        let perception = Perception(of: actor, in: stage.world)
        var found: [Thing] = []
        perception.walk(atMost: limit) { percept in
            if !percept.thing.has(.exit), percept.thing !== actor { found.append(percept.thing) }
            return true
        }
        everything = found
        exits = perception.exits
        present = stage.present.map(\.persona)
        let rooms = stage.world.things.values.filter { $0.has(.place) }.sorted { $0.id < $1.id }
        places = ["nowhere"] + rooms.prefix(10).map(\.name)
        channels = stage.world.things.values.filter { $0.has(.channel) }.sorted { $0.id < $1.id }
        for nouns in (actor.place?[.details] ?? [:]).keys.sorted() {
            scenery += nouns.split(separator: ",").map { String($0).trimmed }
        }
        if case .map(let table)? = stage.world.root?.value(of: PropertyKey(.socials)) { socials = table.keys.sorted() }
    }

    var people: [Thing] { everything.filter { $0.has(.persona) } }

    /// What is called by one word: people, and what they talk on.
    var names: [String] {
        present.map { $0.name.lowercased() } + channels.map { $0.name.lowercased() }
    }

    /// What would do for a part of a command.
    func things(_ scope: Scope, for verb: Verb) -> [Thing] {
        switch scope {
        case .held: return everything.filter { $0.isWithin(actor) }
        case .worn: return everything.filter { $0.isWithin(actor) && $0[.isWorn] }
        case .people: return people
        case .contents: return everything.filter { $0.location?.has(.container) == true }
        default:
            let likely = everything.filter { thing in
                switch verb.name {
                case "get": thing[.fixed].isEmpty && !thing.hasAny(of: .immovable)
                case "open", "close", "lock", "unlock": thing.hasAny(of: [.door, .container]) && thing[.isOpenable]
                case "light", "douse": thing.has(.light)
                case "wear": thing.has(.wearable)
                case "read": !thing[.readable].isEmpty
                case "put": thing.has(.container)
                default: true
                }
            }
            return likely.isEmpty ? everything : likely
        }
    }
}
