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

    init(_ text: String, _ interpreter: Interpreter, _ conversation: Conversation, _ turn: Turn) {
        command = Self.unfolded(text, turn)
        guard Self.mayDivide(command), let separator = Separator(command, interpreter, conversation, turn) else {
            return
        }
        rest = separator.rest
        command = separator.command
    }

    /// The line with a name of the player's own at its beginning replaced; names within what it stands for are not.
    private static func unfolded(_ text: String, _ turn: Turn) -> String {
        let aliases = Accounts.settingsHolder(of: turn.actor, world: turn.world)[.aliases]
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

    /// Whether a line has anything in it that could divide it; most have not.
    private static func mayDivide(_ text: String) -> Bool {
        var hasSpace = false
        var previous = UInt8(ascii: " ")
        for octet in text.utf8 {
            if octet == UInt8(ascii: " ") {
                if previous == UInt8(ascii: ".") || previous == UInt8(ascii: ";") || previous == UInt8(ascii: ",") {
                    return true
                }
                hasSpace = true
            }
            previous = octet
        }
        return hasSpace && (text.folded.contains(" then ") || text.folded.contains(" and "))
    }
}

/// Where a line is divided.
private struct Separator {
    let command: String
    let rest: String

    init?(_ text: String, _ interpreter: Interpreter, _ conversation: Conversation, _ turn: Turn) {
        let spelled = Interpreter.spelledOut(text)
        // A sign for a verb of speech.
        if spelled != text { return nil }
        let line = InputLine(text)
        let tokens = line.tokens
        guard tokens.count > 1, let first = tokens.first?.word else { return nil }
        let verbs = interpreter.verbs
        let verb = verbs.verb(exactly: first) ?? verbs.verb(for: first)
        if verb?.takesText == true { return nil }
        // What follows somebody's name is said.
        if verb == nil, Direction(word: first) == nil, !Adverbs.all.contains(first), tokens.contains(where: \.isComma) {
            return nil
        }
        for index in 1..<tokens.count {
            let word = tokens[index].word
            if word == "then", index < tokens.count - 1 {
                var end = index
                while end > 1, tokens[end - 1].word == "and" { end -= 1 }
                command = line.text(before: end)
                rest = line.text(from: index + 1)
                return
            }
            if tokens[index - 1].endsSentence, Self.isCommand(word, verbs) || verbs.verb(for: word) != nil {
                command = line.text(before: index)
                rest = line.text(from: index)
                return
            }
            if word == "and", index < tokens.count - 1, Self.isCommand(tokens[index + 1].word, verbs),
                !Self.isName(tokens[index + 1].word, turn)
            {
                command = line.text(before: index)
                rest = line.text(from: index + 1)
                return
            }
        }
        return nil
    }

    private static func isCommand(_ word: String, _ verbs: VerbTable) -> Bool {
        Direction(word: word) != nil || verbs.verb(exactly: word) != nil
    }

    private static func isName(_ word: String, _ turn: Turn) -> Bool {
        var isName = false
        turn.perception.walk(naming: word, atMost: CommandParser.mostMet) { percept in
            isName =
                percept.thing.words.match([word], plural: true) == .exact
                || percept.thing.words.adjectives.contains(word)
            return !isName
        }
        return isName
    }
}
