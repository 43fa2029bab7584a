import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let behave = Verb(
        "behave", group: .building, role: .builder,
        usage: [
            "behave THING VERB = TEXT", "behave THING VERB PART = TEXT", "behave THING VERB",
            "behave THING VERB = none",
            "behave THING VERB = default",
        ],
        summary: "Give a thing a verb of its own.",
        help: """
            Says what everybody reads when somebody does it: `<push>` is a verb that agrees with who does it, `<you>` the \
            thing, and who does it stands before it. Parts beside that are `tells`, `beyond`, `requires`, `refusal`, `with`, \
            `spent`, `sound`, `once` and `sets`; `help verbs` explains them. `none` forbids an inherited verb, `default` takes your own \
            away. Builders may do it to what they own, programmers to what nobody owns.
            Example: `behave wheel push = <push> <you>, and it turns.`, `behave wheel push sets = turning yes`.
            """,
        forms: [[.text]]
    ) { command, action in
        try action.behave(command.text)
    }
}

extension Action {
    /// Words that name a part which is no text.
    private static let others: Set<String> = ["once", "sets"]

    fileprivate func behave(_ text: String) throws {
        let sign = text.firstIndex(of: "=")
        let head = InputLine(String(sign.map { text[..<$0] } ?? text[...]).trimmed)
        var tokens = head.tokens
        var part: String?
        if tokens.count > 2, let last = tokens.last?.word,
            Behavior.Part(rawValue: last) != nil || Self.others.contains(last)
        {
            part = last
            tokens.removeLast()
        }
        guard tokens.count > 1, let verb = tokens.last?.word else {
            throw refuse("You have to say which thing and which verb.")
        }
        let thing = try inspected(head.text(before: tokens.count - 1))
        guard let sign else { return try showBehavior(verb, thing) }
        try turn.require(.program, on: thing)
        guard Thing.isVerb(verb) else { throw refuse("\"\(plain: verb)\" cannot name a verb.") }
        let value = String(text[text.index(after: sign)...]).trimmed
        if part == nil, value.folded == "none" || value.folded == "default" {
            return try forget(verb, thing, isForbidden: value.folded == "none")
        }
        try change(verb, thing, part ?? Behavior.Part.does.rawValue, value)
    }

    private func change(_ verb: String, _ thing: Thing, _ part: String, _ value: String) throws {
        var behavior = thing.behavior(for: verb)?.behavior ?? Behavior()
        if thing.behavior(for: verb) == nil, thing.behaviors.count >= Behavior.mostVerbs {
            throw refuse("There are too many verbs of \(thing.label) already.")
        }
        switch part {
        case "once": behavior.isOnce = value.folded != "no"
        case "sets": try setChange(value, &behavior)
        default:
            guard let part = Behavior.Part(rawValue: part) else { return }
            let text = value.folded == "none" ? "" : value
            if part == .requires, !text.isEmpty { _ = try expression(text) }
            if let mistake = behavior.set(part, to: text) {
                throw refuse("The part \(command: part.rawValue) \(Sentence(message: mistake)).")
            }
        }
        world.setBehavior(behavior, for: verb, on: thing)
        turn.reply("One can now \(command: verb) \(thing.label).")
    }

    /// `NAME VALUE`; a value of `none` takes the change away.
    private func setChange(_ text: String, _ behavior: inout Behavior) throws {
        let line = InputLine(text)
        guard let name = line.tokens.first?.word, line.tokens.count > 1 else {
            throw refuse("You have to say what changes, and to what: \(command: "sets = turning yes").")
        }
        let value = line.text(from: 1)
        if value.folded == "none" {
            behavior.sets[name] = nil
            return
        }
        if value.count > Behavior.longestText { throw refuse("That is too long.") }
        if let mistake = World.mistake(inChange: name, to: value) {
            throw refuse("The property \(command: name) \(Sentence(message: mistake)).")
        }
        if behavior.sets[name] == nil, behavior.sets.count >= Behavior.mostChanges {
            throw refuse("That are too many changes for one verb.")
        }
        behavior.sets[name] = value
    }

    private func forget(_ verb: String, _ thing: Thing, isForbidden: Bool) throws {
        if thing.behavior(for: verb) == nil { throw refuse("There is no verb \(command: verb) of \(thing.label).") }
        world.setBehavior(nil, for: verb, on: thing)
        if isForbidden, thing.behavior(for: verb) != nil { world.forbidBehavior(verb, on: thing) }
        if thing.behavior(for: verb) == nil {
            turn.reply("One can no longer \(command: verb) \(thing.label).")
        } else {
            turn.reply("One can \(command: verb) \(thing.label) as one can what it is made after.")
        }
    }

    private func showBehavior(_ verb: String, _ thing: Thing) throws {
        try turn.require(.inspect, on: thing)
        guard let (behavior, source) = thing.behavior(for: verb) else {
            throw refuse("There is no verb \(command: verb) of \(thing.label).")
        }
        var lines: [Sentence] = [
            source === thing
                ? "One can \(command: verb) \(thing.label)."
                : "One can \(command: verb) \(thing.label), as one can \(source.label) \(plain: "\(source.id)")."
        ]
        for part in Behavior.Part.allCases where !behavior[part].isEmpty {
            lines.append("- \(command: part.rawValue): \(plain: behavior[part])")
        }
        if behavior.reach > 1 { lines.append("- \(command: "reach"): \(plain: String(behavior.reach))") }
        if behavior.isOnce { lines.append("- \(command: "once"): \(plain: "yes")") }
        for (name, value) in behavior.sets.sorted(by: { $0.key < $1.key }) {
            lines.append("- \(command: "sets"): \(plain: name) \(plain: value)")
        }
        for (key, changes) in behavior.also.sorted(by: { $0.key < $1.key }) {
            for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
                lines.append("- \(command: "also"): \(plain: key) \(plain: name) \(plain: value)")
            }
        }
        for (key, goal) in behavior.moves.sorted(by: { $0.key < $1.key }) {
            lines.append("- \(command: "moves"): \(plain: key) \(plain: goal)")
        }
        for (name, amount) in behavior.vitals.sorted(by: { $0.key < $1.key }) {
            lines.append("- \(command: "vitals"): \(plain: name) \(plain: String(amount))")
        }
        show(lines, as: .reference)
    }
}
