import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let permit = Verb(
        "permit", group: .building, role: .player,
        usage: [
            "permit DEED on THING to RULE", "permit DEED on THING to RULE because \"REASON\"",
            "permit DEED on THING to default",
        ],
        summary: "Say who may do something to a thing of yours.",
        help: """
            Sets the rule for a deed such as take, open, enter or read; `help rights` tells what a rule can ask for. Whoever \
            it keeps away reads the reason, if you give one, else what the rule asks for. `default` takes your rule away. \
            Owners and administrators pass every rule.
            Example: `permit open on chest to carries the iron key`, `permit enter on here to name ada, ben or role \
            builder because "Knock first."`, `permit take on lamp to default`.
            """,
        forms: [[.name, .word(["on", "for"]), .text]]
    ) { command, action in
        let deed = try action.deed(command.words[0])
        let (words, rule) = try action.divided(command.text, at: "to")
        let thing = try action.inspected(words)
        try action.turn.require(.own, on: thing)
        if rule.folded == "default" { return try action.unlock(deed, thing) }
        // Nobody may keep those who run the game from what they do to the bodies of players.
        if thing.has(.player), deed != .use, deed != .put {
            throw action.refuse("People can make rules for \(command: "use") and \(command: "put") on themselves only.")
        }
        let lock = try action.lock(rule)
        action.world.setLock(lock, for: deed, on: thing)
        action.turn.reply(
            "To \(command: deed.rawValue) \(thing.label) is now for: \(command: lock.expression.description).")
    }
}

extension Action {
    /// The deed of a word.
    func deed(_ word: String) throws -> Deed {
        if let deed = Deed(rawValue: word) { return deed }
        let all = Deed.allCases.map(\.rawValue)
        throw refuse("There is no deed \"\(plain: word)\" to permit. There are \(commands: all).")
    }

    /// A text in two, at the first word of that spelling.
    func divided(_ text: String, at word: String) throws -> (before: String, after: String) {
        let line = InputLine(text)
        guard let place = line.tokens.firstIndex(where: { $0.word == word && !$0.isComma }), place > 0,
            place < line.tokens.count - 1
        else { throw refuse("There has to be a \(command: word) with something before and after it.") }
        return (line.text(before: place), line.text(from: place + 1))
    }

    fileprivate func unlock(_ deed: Deed, _ thing: Thing) throws {
        guard case .map(let own)? = thing.ownValue(of: PropertyKey(.locks)), own[deed.rawValue] != nil else {
            throw refuse("There is no such rule on \(thing.label) itself.")
        }
        world.setLock(nil, for: deed, on: thing)
        turn.reply("The rule for \(command: deed.rawValue) on \(thing.label) is gone.")
    }

    /// Reads a rule with its reason.
    fileprivate func lock(_ text: String) throws -> Lock {
        var (rule, reason) = (text, "")
        let line = InputLine(text)
        if let place = line.tokens.firstIndex(where: { $0.word == "because" }) {
            (rule, reason) = (line.text(before: place), line.text(from: place + 1))
        }
        if reason.count > 1, reason.first == "\"", reason.last == "\"" {
            reason = String(reason.dropFirst().dropLast()).trimmed
        }
        if reason.count > Lock.longestReason {
            throw refuse("That is too long for a reason; at most \(plain: String(Lock.longestReason)) characters.")
        }
        return Lock(try expression(rule), reason: reason)
    }

    /// Reads who may do something.
    func expression(_ text: String) throws -> LockExpression {
        do throws(LockMistake) {
            return try LockExpression(text)
        } catch {
            throw refuse("In \"\(speech: text)\", at character \(plain: String(error.column)): \(error.sentence).")
        }
    }
}
