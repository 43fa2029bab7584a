package import Basics
import WorldLanguage
package import WorldModel
import WorldVerbs

/// Several people at play from a seed: what they did, what was written to the log of it, and what everybody read.
///
/// A run is made up once and can be played again, from its beginning or from anywhere in it, to see whether the same comes of
/// the same.
package struct RecordedRun {
    package enum Event: Hashable {
        case line(String)
        case enter
        case enterAsGuest(number: Int)
        case leave
        /// The connection breaks, and the body stays.
        case lose
        case resume
        /// An hour of the world begins.
        case hour
        /// The server has started again: nobody's `it` means anything any more.
        case restart
    }

    package struct Entry: Equatable {
        package let event: Event
        package let person: ThingID
        package let time: WallInstant
        /// What the log holds of it, encoded; none when nothing changed.
        package let records: [[UInt8]]
        /// What everybody read, a text each with who and what kind it was for.
        package let read: [String]
        package let hasFault: Bool
    }

    /// A moment that is kept whole.
    package struct Cut {
        /// How many entries came before.
        package let place: Int
        package let state: StageState
        package let dump: [String]
    }

    package private(set) var entries: [Entry] = []
    package private(set) var cuts: [Cut] = []
    /// Rules that a turn broke, with the entry of the turn.
    package private(set) var failures: [String] = []
    /// Verbs that somebody typed.
    package private(set) var verbs: Set<String> = []
    private let languages: LanguageTable

    /// Makes up a run.
    ///
    /// - Parameters:
    ///   - stage: Where it plays; everybody in `cast` has a body there, in play or not.
    ///   - cast: Who may come and go beside guests.
    ///   - count: How many turns.
    ///   - parts: Into how many parts it is cut; at each cut there is a restart.
    ///   - seed: What everything in it is chosen by.
    package init(on stage: Stage, cast: [Thing], count: Int, parts: Int, seed: UInt64) {
        stage.interpreter.verbs = Self.verbs
        languages = stage.interpreter.languages
        var script = Script(seed: seed, cast: cast)
        let cut = max(count / max(parts, 1), 1)
        keep(stage)
        while entries.count < count {
            if !entries.isEmpty, entries.count.isMultiple(of: cut) {
                entries.append(stage.perform(.restart, by: ThingID(0), at: stage.time))
                keep(stage)
            }
            let (event, person, time) = script.next(stage)
            entries.append(stage.perform(event, by: person, at: time))
            // The stage remembers all that it found.
            let found = stage.failures.filter { !$0.contains("\(Stumble())") }
            if found.count > failures.count { failures.append("\(entries.count - 1) \(event): \(found.last ?? "")") }
        }
        verbs = script.grammar.used
        keep(stage)
    }

    private mutating func keep(_ stage: Stage) {
        cuts.append(Cut(place: entries.count, state: StageState(stage), dump: stage.world.dump()))
    }

    /// Plays the entries of one part on a stage, which is as at its beginning.
    ///
    /// - Returns: The first entry that came out otherwise, with what came of it now; nil when there is none.
    package func firstDifference(in range: Range<Int>, on stage: Stage) -> (place: Int, then: Entry, now: Entry)? {
        stage.interpreter.verbs = Self.verbs
        stage.interpreter.languages = languages
        for place in range {
            let then = entries[place]
            let now = stage.perform(then.event, by: then.person, at: then.time)
            if now != then { return (place, then, now) }
        }
        return nil
    }

    /// The game's verbs and one that breaks.
    fileprivate static let verbs = VerbTable(VerbTable.standard.verbs + [.stumble])
}

/// What is wrong with the verb that breaks.
private struct Stumble: Error {}

extension Verb {
    fileprivate static let stumble = Verb(
        "stumblebreak", group: .game, usage: ["stumblebreak"], summary: "Break down half way.", help: "For tests.",
        forms: [[], [.text]]
    ) { command, action in
        let debris = action.world.create()
        action.world.set(.name, to: "debris", on: debris)
        action.world.move(debris, to: action.actor.location)
        action.announce("\(action.actor) \(verb: "stumble").")
        throw Stumble()
    }
}

/// Who does what next.
private struct Script {
    var grammar: LineGrammar
    private let cast: [Thing]
    private var guests = 0

    init(seed: UInt64, cast: [Thing]) {
        grammar = LineGrammar(seed: seed, verbs: RecordedRun.verbs)
        self.cast = cast
    }

    /// In milliseconds; longer than an hour of the world is.
    private static let hour: Int64 = 1_800_000
    /// People in play at once at most.
    private static let mostPeople = 7

    mutating func next(_ stage: Stage) -> (RecordedRun.Event, ThingID, WallInstant) {
        let time = WallInstant(milliseconds: stage.time.milliseconds + Int64(grammar.chance(8_000)))
        let present = stage.players.filter { $0.location != nil }
        let away = cast.filter { person in !present.contains { $0 === person } }
        let isEmpty = present.count < 2
        if grammar.chance(100) == 0 {
            return (.hour, ThingID(0), WallInstant(milliseconds: time.milliseconds + Self.hour))
        }
        switch grammar.chance(isEmpty ? 2 : 200) {
        case 0 where present.count < Self.mostPeople:
            guests += 1
            return (.enterAsGuest(number: guests), ThingID(0), time)
        case 1...3 where !away.isEmpty: return (.enter, away[grammar.chance(away.count)].id, time)
        case 4 where !isEmpty: return (.leave, present[grammar.chance(present.count)].id, time)
        default: break
        }
        guard !present.isEmpty else { return (.restart, ThingID(0), time) }
        let person = present[grammar.chance(present.count)]
        if !stage.isPresent(person) { return (.resume, person.id, time) }
        if grammar.chance(100) == 0 { return (.lose, person.id, time) }
        return (.line(grammar.line(for: person, on: stage)), person.id, time)
    }
}
