public import PluginCore
import WorldLanguage
import WorldModel
package import WorldVerbs

/// Something that players can do by typing a word: a row of the game's table of verbs.
///
/// ```swift
/// GameVerb(
///     "smell", aliases: ["sniff"], group: .looking, usage: ["smell THING"], summary: "Smell at something.",
///     help: "Tells how something smells.", forms: [[.thing]]
/// ) { scene in
///     guard let thing = scene.things.first else { return }
///     scene.announce("\(scene.actor) \(verb: "smell") at \(the: thing).")
/// }
/// ```
///
/// The game's own verbs, and those of plugins that came before, keep their names and short forms.
public struct GameVerb: Provision {
    /// Where a verb stands in the list of commands.
    public enum Group: Sendable {
        /// What tells of the world.
        case looking

        /// What brings somebody elsewhere.
        case moving

        /// What is done with things.
        case things

        /// What is said.
        case talking

        /// What concerns who does it.
        case yourself

        /// What concerns the game as such.
        case game
    }

    /// A part of a command after its verb.
    public enum Slot: Sendable {
        /// A thing that lies about or is carried.
        case thing

        /// A thing that is carried.
        case held

        /// A creature that is here.
        case person

        /// One of these words.
        case word([String])

        /// The rest of the line, as it was typed; the last part.
        case text
    }

    /// `verb`.
    public static var kind: String { "verb" }

    /// The word.
    public let name: String

    /// Other words for the same.
    public let aliases: [String]

    /// The row of the game's table.
    package let verb: Verb

    /// Makes a verb.
    ///
    /// - Parameters:
    ///   - name: The word, of lower-case letters.
    ///   - aliases: Other words for the same.
    ///   - group: Where it stands in the list of commands.
    ///   - usage: How it is used, each in one line: `smell THING`.
    ///   - summary: What it does, in a line.
    ///   - help: What `help smell` tells; between backticks stands what may be typed.
    ///   - forms: What may follow it; the first that fits is taken. None stands for nothing at all.
    ///   - perform: Does it. What it throws leaves the world as it was: ``GameScene/refuse(_:)`` tells the player why,
    ///     anything else counts as a fault of the plugin, which the operator reads in the log.
    public init(
        _ name: String, aliases: [String] = [], group: Group = .things, usage: [String], summary: String, help: String,
        forms: [[Slot]] = [[]], perform: @escaping @Sendable (GameScene) throws -> Void
    ) {
        self.name = name
        self.aliases = aliases
        verb = Verb(
            name, aliases, group: group.group, usage: usage, summary: summary, help: help,
            forms: forms.map { $0.map(\.element) }
        ) { command, action in
            try perform(GameScene(command, action))
        }
    }

    /// A word that cannot be typed as one.
    public var objection: String? {
        ([name] + aliases).first {
            !(2...32).contains($0.utf8.count) || !$0.utf8.allSatisfy { (0x61...0x7A).contains($0) }
        }
        .map { "“\($0)” is no verb: 2 to 32 lower-case letters" }
    }

    /// The words that no plugin may give a meaning of its own: those of the game.
    package static var reserved: Set<String> {
        Set(VerbTable.standard.verbs.flatMap { [$0.name] + $0.aliases }).union(Direction.words)
    }

    /// The game's verbs, and below them those that are given.
    package static func table(with verbs: [GameVerb]) -> VerbTable {
        verbs.isEmpty ? .standard : VerbTable(VerbTable.standard.verbs + verbs.map(\.verb))
    }
}

extension GameVerb.Group {
    fileprivate var group: VerbGroup {
        switch self {
        case .looking: .looking
        case .moving: .moving
        case .things: .things
        case .talking: .talking
        case .yourself: .yourself
        case .game: .game
        }
    }
}

extension GameVerb.Slot {
    fileprivate var element: Element {
        switch self {
        case .thing: .object(.around)
        case .held: .object(.held)
        case .person: .object(.people)
        case .word(let words): .word(words)
        case .text: .text
        }
    }
}

/// A verb at work: who does it, with what, and what everybody is told.
///
/// What happens in it is one turn: all of it or nothing, and nobody reads of it before it is on disk.
public struct GameScene {
    private let command: Command
    private let action: Action

    init(_ command: Command, _ action: Action) {
        self.command = command
        self.action = action
    }

    /// Who does it.
    public var actor: GameThing { GameThing(action.actor, in: action.world) }

    /// Where.
    public var place: GameThing? { action.place.map { GameThing($0, in: action.world) } }

    /// Which of the verb's forms was typed, from 0.
    public var form: Int { command.form }

    /// What it is done with: one for each slot that names a thing or a person.
    public var things: [GameThing] { command.things.compactMap { $0.first.map { GameThing($0, in: action.world) } } }

    /// The words of the slots that take one of a list.
    public var words: [String] { command.words }

    /// The rest of the line, for a slot that takes it.
    public var text: String { command.text }

    /// A number below `bound`, which has to be positive; the same one when a turn is replayed.
    public func random(below bound: Int) -> Int { action.world.random(below: max(1, bound)) }

    /// Tells the actor.
    public func reply(_ sentence: GameSentence) { action.turn.reply(sentence.sentence) }

    /// Tells everybody here, each from their own side.
    public func announce(_ sentence: GameSentence) { action.announce(sentence.sentence) }

    /// What to throw so that nothing happens and the actor reads why.
    public func refuse(_ sentence: GameSentence) -> any Error { action.refuse(sentence.sentence) }

    /// Goes on only when the actor can touch the thing; else the world says why not.
    public func mustReach(_ thing: GameThing) throws { try action.requireReach(thing.thing) }

    /// Goes on only when the actor can see the thing; else the world says why not.
    public func mustSee(_ thing: GameThing) throws { try action.requireSight(thing.thing) }

    /// Gives a thing a property, or takes it away with nil.
    public func set(_ property: GameProperty, of thing: GameThing, to text: String?) {
        _ = action.world.set(named: property.storedName, to: text.map { .text($0) }, on: thing.thing)
    }

    /// Gives a thing a property.
    public func set(_ property: GameProperty, of thing: GameThing, to number: Int) {
        _ = action.world.set(named: property.storedName, to: .int(Int64(number)), on: thing.thing)
    }

    /// Lets a thing be, or no longer be, what a capability stands for.
    public func set(_ capability: GameCapability, of thing: GameThing, to isGiven: Bool) {
        var names = thing.thing[.capabilities].filter { $0 != capability.name }
        if isGiven { names.append(capability.name) }
        action.world.set(.capabilities, to: names, on: thing.thing)
    }
}
