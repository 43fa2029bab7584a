import Basics
import WorldLanguage
import WorldModel

/// The first command of a line, and what follows it.
///
/// ```text
///   COMMAND then COMMAND          COMMAND, then COMMAND
///   COMMAND. COMMAND              COMMAND; COMMAND            when a command follows
///   COMMAND and COMMAND           COMMAND, COMMAND            when a verb follows that is no name of anything around
/// ```
///
/// What is said belongs to who says it, full stops and all: after a verb that takes text nothing is divided.
struct CommandSequence {
    private(set) var command: String
    /// The rest of the line; nil when the command is the last.
    private(set) var rest: String?

    /// Octets of a line after names for commands are replaced by what they stand for, at most.
    private static let longest = 2048

    init(_ text: String, _ interpreter: Interpreter, _ turn: Turn) {
        command = Self.unfolded(text, turn)
        if let english = interpreter.english(command, turn) { command = english }
        guard Self.mayDivide(command),
            let parts = Separator(verbs: interpreter.verbs, turn: turn).divide(command)
        else { return }
        (command, rest) = (parts.command, parts.rest)
    }

    /// The line with a name of the player's own at its beginning replaced by what it stands for.
    private static func unfolded(_ text: String, _ turn: Turn) -> String {
        let aliases = turn.world.holder(of: turn.actor)[.aliases]
        if aliases.isEmpty { return text }
        let end = text.firstIndex(of: " ") ?? text.endIndex
        guard let meaning = aliases[String(text[..<end]).folded] else { return text }
        let others = String(text[end...]).trimmed
        let line: String
        if meaning.contains("$*") {
            line = meaning.replacing("$*", with: others)
        } else {
            line = others.isEmpty ? meaning : meaning + " " + others
        }
        return line.utf8.count > longest ? text : line
    }

    /// Whether a line has anything in it that could divide it: ` and `, ` then `, or punctuation before a space.
    private static func mayDivide(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { octets in
            for index in octets.indices.dropFirst() where octets[index] == UInt8(ascii: " ") {
                switch octets[index - 1] {
                case UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ","): return true
                // The last letters of the two words.
                case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "n"), UInt8(ascii: "N"): return true
                default: continue
                }
            }
            return false
        }
    }
}

/// Finds where a line is divided.
private struct Separator {
    let verbs: VerbTable
    let turn: Turn

    /// Words that are read at first; more only of a line without a separator among them.
    private static let usual = 40
    private static let most = 200

    func divide(_ text: String) -> (command: String, rest: String)? {
        // A sign for a verb of speech.
        if Interpreter.verb(forSign: text.utf8.first) != nil { return nil }
        let start = InputLine(text, atMost: Self.usual)
        guard let first = start.tokens.first?.word, start.tokens.count > 1 else { return nil }
        let verb = verbs.verb(exactly: first) ?? verbs.verb(for: first)
        if verb?.takesText == true { return nil }
        // What follows a channel's name is said there.
        if verbs.verb(exactly: first) == nil, Channel(named: first, in: turn.world) != nil { return nil }
        // What follows somebody's name is said.
        let isCommand = verb != nil || isCommand(first) || Adverbs.all.contains(first)
        if !isCommand, start.tokens.contains(where: \.isComma) { return nil }
        return divide(start) ?? (start.isWhole ? nil : divide(InputLine(text, atMost: Self.most)))
    }

    private func divide(_ line: InputLine) -> (command: String, rest: String)? {
        let tokens = line.tokens
        for index in 1..<tokens.count {
            let word = tokens[index].word
            if word == "then", index < tokens.count - 1 {
                var end = index
                while end > 1, tokens[end - 1].word == "and" { end -= 1 }
                return (line.text(before: end), line.text(from: index + 1))
            }
            if tokens[index - 1].endsSentence, isCommand(word) || verbs.verb(for: word) != nil {
                return (line.text(before: index), line.text(from: index))
            }
            if word == "and", index < tokens.count - 1, isCommand(tokens[index + 1].word),
                !isOneself(index + 1, of: tokens), !isName(tokens[index + 1].word)
            {
                return (line.text(before: index), line.text(from: index + 1))
            }
        }
        return nil
    }

    private func isCommand(_ word: String) -> Bool {
        Direction(word: word) != nil || verbs.verb(exactly: word) != nil || Social.isName(word, in: turn.world)
            || turn.world.knowsVerb(word) || Channel(named: word, in: turn.world) != nil
    }

    /// Whether a word at the end of a line is the one who types it, as in `smile at ben and me`; a verb is called so too.
    private func isOneself(_ index: Int, of tokens: [Token]) -> Bool {
        index == tokens.count - 1 && tokens[index].word == "me"
    }

    private func isName(_ word: String) -> Bool {
        var isName = false
        turn.perception.walk(naming: [word], atMost: CommandParser.mostMet) { percept in
            let words = percept.thing.words
            isName = words.match([word], plural: true) == .exact || words.adjectives.contains(word)
            return !isName
        }
        return isName
    }
}
