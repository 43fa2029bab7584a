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

    var tokens: [Token] { line.tokens }

    /// The number of the phrase that names a container, which is read before the others.
    private static let containerPhrase = 1000
    /// Things `all` acts on at most.
    static let mostThings = 200
    /// Phrases joined by `and` in one command at most; each costs a look around.
    static let mostPhrases = 20

    init(turn: Turn, line: InputLine, conversation: Conversation) {
        self.turn = turn
        self.line = line
        self.conversation = conversation
    }

    /// Fills in the first form that fits.
    mutating func parse(_ verb: Verb) throws -> Command {
        for (index, form) in verb.forms.enumerated() {
            guard let slices = split(form) else { continue }
            return try resolve(verb, index, form, slices)
        }
        let ways = English.list(verb.usage.map { StyledText($0, .command) }, conjunction: "or")
        throw turn.refusal("Use it like this: \(ways).")
    }

    // MARK: Shape

    /// The tokens of each element, or nil when the line has another shape.
    private func split(_ form: [Element]) -> [Range<Int>]? {
        var ranges: [Range<Int>] = []
        var position = 1
        for (number, element) in form.enumerated() {
            guard position < tokens.count,
                let end = end(of: element, from: position, before: form.dropFirst(number + 1).first), end > position
            else { return nil }
            ranges.append(position..<end)
            position = end
        }
        return position == tokens.count ? ranges : nil
    }

    private func end(of element: Element, from start: Int, before next: Element?) -> Int? {
        switch element {
        case .word(let words): words.contains(tokens[start].word) ? start + 1 : nil
        case .direction: Direction(word: tokens[start].word) == nil ? nil : start + 1
        case .name, .player: start + 1
        case .text: tokens.count
        case .object, .objects, .sight, .way:
            switch next {
            case nil: tokens.count
            case .word(let words)?: tokens[(start + 1)...].firstIndex { words.contains($0.word) }
            default: start + 1
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
            case .sight: command.sight = try sight(line.words(range))
            case .way: command.way = try way(line.words(range))
            case .name: command.words.append(tokens[range.lowerBound].word)
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
