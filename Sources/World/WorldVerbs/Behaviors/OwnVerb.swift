import Basics
import WorldLanguage
import WorldModel

/// A verb of a thing's own, ready to be done to it.
struct OwnVerb {
    let word: String
    let thing: Thing
    let behavior: Behavior
    /// What it is done with, if the line says so.
    var tool: Thing?
}

/// From a line to a verb of a thing's own.
extension Interpreter {
    /// Groups of the table whose verbs a thing may have in its own way; the others mean the same everywhere.
    private static let changeable: Set<VerbGroup> = [.things, .looking]

    private static let instruments: Set<String> = ["with", "using"]

    /// Reads a command whose verb belongs to a thing around: `VERB THING`, `VERB THING with THING`, or the verb alone when
    /// only one thing is meant by it.
    ///
    /// - Parameters:
    ///   - line: The command, the verb first.
    ///   - action: Who does it, and how.
    ///   - verb: What the table has of that word.
    /// - Returns: Nil when it is no verb of a thing, or the table's is meant.
    /// - Throws: A refusal when the word is no other verb and its thing is not found.
    func ownVerb(_ line: InputLine, _ action: Action, insteadOf verb: Verb?) throws -> (OwnVerb, Action)? {
        guard let word = line.tokens.first?.word, world.knowsVerb(word) else { return nil }
        if let verb, !Self.changeable.contains(verb.group) { return nil }
        var (line, action) = (line, action)
        action.takeAdverb(of: &line)
        let isOther = verb != nil || Social.isName(word, in: world)
        guard line.tokens.count > 1 else {
            if isOther { return nil }
            return try loneVerb(word, action).map { ($0, action) }
        }
        let end = line.tokens.indices.dropFirst(2).first { Self.instruments.contains(line.tokens[$0].word) }
        let words = line.words(1..<(end ?? line.tokens.count))
        guard var own = try objectVerb(word, words, line, action, isOther: isOther) else { return nil }
        if let end, end + 1 < line.tokens.count {
            var parser = CommandParser(turn: action.turn, line: line, conversation: action.conversation)
            parser.phrases = 1
            own.tool = try parser.one(line.words((end + 1)..<line.tokens.count), .held, nil)
        }
        action.conversation.mention([own.thing])
        return (own, action)
    }

    private func objectVerb(
        _ word: String, _ words: [String], _ line: InputLine, _ action: Action, isOther: Bool
    ) throws -> OwnVerb? {
        let conversation = action.conversation
        let unknownWord = conversation.unknownWord
        var parser = CommandParser(turn: action.turn, line: line, conversation: conversation)
        let found = Result { try parser.one(words, .anything, nil) }
        if case .success(let thing) = found, let own = Self.verb(word, of: thing) { return own }
        if case .failure(let error) = found, error is Question, isOther { return nil }
        // What is meant may not be what is nearest, but the only one of that name that knows the verb.
        let named = NounPhrase(words).map { action.turn.perception.find(.anything.seen.named($0.words)).things } ?? []
        let candidates = named.compactMap { Self.verb(word, of: $0) }
        if candidates.count == 1 { return candidates[0] }
        if isOther {
            conversation.unknownWord = unknownWord
            return nil
        }
        let thing = try found.get()
        throw action.refuse("You cannot \(plain: word) \(the: thing).")
    }

    private func loneVerb(_ word: String, _ action: Action) throws -> OwnVerb? {
        let known = action.turn.perception.find(.anything.seen).things.compactMap { Self.verb(word, of: $0) }
        guard let first = known.first else { return nil }
        if known.count > 1 { throw action.refuse("You have to say what.") }
        action.turn.reply("(\(the: first.thing))")
        return first
    }

    private static func verb(_ word: String, of thing: Thing) -> OwnVerb? {
        thing.behavior(for: word).map { OwnVerb(word: word, thing: thing, behavior: $0.behavior) }
    }
}
