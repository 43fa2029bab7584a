import Basics
import WorldLanguage
import WorldModel

/// Turns the words after a verb into things, by the verb's forms and the actor's perception.
///
/// This file finds the form that fits; `CommandParser+Things` finds the things.
struct CommandParser {
    let turn: Turn
    let line: InputLine
    /// What is being talked about, and what earlier answers have decided by noun phrase.
    let conversation: Conversation
    var phrases = 0
    /// Phrases that were read within others, as the purse of `coin in purse`.
    var innerPhrases = 0

    var tokens: [Token] { line.tokens }

    /// The number of the phrase that names a container, which is read before the others.
    private static let containerPhrase = 1000
    /// Things `all` acts on at most.
    static let mostThings = 200
    /// Phrases joined by `and` in one command at most; each costs a look around.
    static let mostPhrases = 20
    /// Ways to divide one line between the parts of a form that are tried at most.
    private static let mostReadings = 4
    /// The number of the first phrase within another.
    static let innerPhrase = 2000
    /// Things that are met on one look around at most; what is found by name in a big room is not met on the way.
    static let mostMet = 1500

    init(turn: Turn, line: InputLine, conversation: Conversation) {
        self.turn = turn
        self.line = line
        self.conversation = conversation
    }

    /// Fills in the first form that fits; where a line can be divided in several ways, the first that names something.
    mutating func parse(_ verb: Verb) throws -> Command {
        for (index, form) in verb.forms.enumerated() {
            let readings = readings(of: form)
            guard let first = readings.first else { continue }
            let unknownWord = conversation.unknownWord
            do {
                return try resolve(verb, index, form, first)
            } catch let refusal as Refusal {
                let unknown = conversation.unknownWord
                for other in readings.dropFirst() {
                    (phrases, innerPhrases) = (0, 0)
                    conversation.unknownWord = unknownWord
                    if let command = try? resolve(verb, index, form, other) { return command }
                }
                conversation.unknownWord = unknown
                throw refusal
            }
        }
        throw turn.refusal("Use it like this: \(commands: turn.usage(of: verb), isChoice: true).")
    }

    // MARK: Shape

    /// The tokens of each element, in each way the line has the form's shape; none when it has another.
    private func readings(of form: [Element]) -> [[Range<Int>]] {
        var found: [[Range<Int>]] = []
        divide(form[...], from: 1, [], &found)
        return found
    }

    private func divide(
        _ form: ArraySlice<Element>, from start: Int, _ ranges: [Range<Int>], _ found: inout [[Range<Int>]]
    ) {
        if found.count >= Self.mostReadings { return }
        guard let element = form.first else {
            if start == tokens.count { found.append(ranges) }
            return
        }
        guard start < tokens.count else { return }
        let rest = form.dropFirst()
        for end in ends(of: element, from: start, before: rest.first) where end > start {
            divide(rest, from: end, ranges + [start..<end], &found)
        }
    }

    private func ends(of element: Element, from start: Int, before next: Element?) -> [Int] {
        switch element {
        case .word(let words): return words.contains(tokens[start].word) ? [start + 1] : []
        case .direction: return Direction(word: tokens[start].word) == nil ? [] : [start + 1]
        case .name, .player, .anybody: return [start + 1]
        case .recipients: return [endOfNames(from: start, amongThoseHere: false)]
        case .recipientsHere: return [endOfNames(from: start, amongThoseHere: true)]
        case .number: return tokens[start].word.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? [start + 1] : []
        case .text: return [tokens.count]
        case .object, .objects, .sight, .way:
            switch next {
            case nil: return [tokens.count]
            case .word(let words)?:
                var ends: [Int] = []
                for index in (start + 1)..<max(tokens.count, start + 1) where words.contains(tokens[index].word) {
                    ends.append(index)
                    if ends.count == Self.mostReadings { break }
                }
                return ends
            default: return [start + 1]
            }
        }
    }

    private mutating func resolve(
        _ verb: Verb, _ index: Int, _ form: [Element], _ slices: [Range<Int>]
    ) throws -> Command {
        var command = Command(verb: verb, form: index)
        // What is in the last object can only be found when that is.
        var container: Thing?
        if form.contains(where: { if case .objects(.contents) = $0 { true } else { false } }),
            let last = form.indices.last, case .object(let scope) = form[last]
        {
            phrases = Self.containerPhrase
            container = try one(line.words(slices[last]), scope, nil)
            phrases = 0
        }
        for (element, range) in zip(form, slices) {
            switch element {
            case .object(let scope):
                command.things.append([try container ?? one(line.words(range), scope, nil)])
            case .objects(let scope):
                command.things.append(try several(line.words(range), scope, container))
            case .player: command.things.append([try player(tokens[range.lowerBound].word)])
            case .anybody: command.things.append([try player(tokens[range.lowerBound].word, mayBeAway: true)])
            case .recipients: command.things.append(try recipients(range, amongThoseHere: false))
            case .recipientsHere: command.things.append(try recipients(range, amongThoseHere: true))
            case .sight: command.sight = try sight(line.words(range))
            case .way: command.way = try way(line.words(range))
            case .name, .number:
                let word = tokens[range.lowerBound].word
                command.words.append(word)
                command.typed.append(line.typed(word))
            case .text: command.text = line.text(from: range.lowerBound)
            case .direction: command.direction = Direction(word: tokens[range.lowerBound].word)
            case .word: break
            }
        }
        if case .thing(let thing)? = command.sight {
            conversation.mention([thing])
        } else if let named = command.things.last {
            // What a command is about comes first, so it is mentioned last.
            if command.things.count > 1 { conversation.mention(named) }
            conversation.mention(command.things[0])
        }
        return command
    }
}
