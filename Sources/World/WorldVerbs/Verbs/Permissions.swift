import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let permissions = Verb(
        "permissions", ["perms"], group: .building, role: .player, usage: ["permissions THING", "permissions here"],
        summary: "See who may do what to a thing.",
        help: """
            Tells whose a thing is, which rules it has for which deeds and from where, and how it is with the others. \
            `permit` changes a rule, `own` gives a thing to somebody.
            Example: `permissions chest`, `permissions here`.
            """,
        forms: [[.text]]
    ) { command, action in
        action.showPermissions(of: try action.inspected(command.text))
    }

    static let may = Verb(
        "may", group: .building, role: .builder, usage: ["may PERSON DEED THING"],
        summary: "Find out whether somebody may do something, and why.",
        help: """
            Tells what the rules say to somebody, who need not be here: which of them lets them, or what they would read.
            Example: `may ada open chest`, `may me enter #12`.
            """,
        forms: [[.name, .name, .text]]
    ) { command, action in
        let person = try action.character(command.words[0])
        let deed = try action.deed(command.words[1])
        action.explain(person, deed, try action.inspected(command.text))
    }
}

extension Action {
    fileprivate func showPermissions(of thing: Thing) {
        var lines: [Sentence] = []
        if let owner = world.owner(of: thing) {
            lines.append("\(name: owner) owns \(thing.label).")
        } else {
            lines.append(
                thing.has(.player) ? "Nobody else owns \(thing.label)." : "Nobody owns \(thing.label).")
        }
        var free: [Deed] = []
        for deed in Deed.allCases {
            switch thing.lock(for: deed) {
            case .none: free.append(deed)
            case .unreadable(let mistake, on: _):
                lines.append(
                    "To \(command: deed.rawValue): nobody, for the rule cannot be read: \(mistake.sentence).")
            case .lock(let lock, on: let holder): lines += rule(lock, deed, thing, holder)
            }
        }
        let isOwned = thing.has(.player) || world.owner(of: thing) != nil
        let owners = isOwned ? free.filter(\.isOwners) : []
        lines += owners.isEmpty ? [] : ["Only for the owner: \(commands: owners.map(\.rawValue))."]
        for role in Role.allCases {
            let deeds = free.filter { Permission.least($0, on: thing) == role && !owners.contains($0) }
            if deeds.isEmpty { continue }
            lines.append(
                role == .guest
                    ? "For everybody: \(commands: deeds.map(\.rawValue))."
                    : "From the role \(Sentence(message: role.rawValue)) on: \(commands: deeds.map(\.rawValue)).")
        }
        show(lines, as: .reference)
    }

    private func rule(_ lock: Lock, _ deed: Deed, _ thing: Thing, _ holder: Thing) -> [Sentence] {
        let rule = lock.expression.description
        var lines: [Sentence] = [
            holder === thing
                ? "To \(command: deed.rawValue): \(command: rule)."
                : "To \(command: deed.rawValue): \(command: rule), as \(holder.label) \(plain: "\(holder.id)") says."
        ]
        if !lock.reason.isEmpty { lines.append("Others read then: \"\(speech: lock.reason)\"") }
        return lines
    }

    fileprivate func explain(_ person: Thing, _ deed: Deed, _ thing: Thing) {
        let role = person === actor ? turn.role : Accounts.role(of: person, world: world)
        switch Permission.verdict(of: person, role: role, deed: deed, on: thing, in: world) {
        case .allowed(.administrator):
            show(["\(name: person) may, as administrators may do everything."], as: .reference)
        case .allowed(.owner): show(["\(name: person) may, as the owner of \(thing.label)."], as: .reference)
        case .allowed(.role):
            show(
                [
                    "\(name: person) may: there is no rule for it, and the role \(Sentence(message: role.rawValue)) is enough."
                ], as: .reference)
        case .allowed(.lock):
            guard case .lock(let lock, on: _) = thing.lock(for: deed) else { return }
            show(["\(name: person) may, because of the rule: \(command: lock.expression.description)."], as: .reference)
        case .refused(let denial):
            var lines: [Sentence] = ["\(name: person) may not."]
            if case .lock(let lock, on: _) = thing.lock(for: deed) {
                lines.append("The rule is: \(command: lock.expression.description).")
            }
            lines += denial.needs.compactMap { $0.sentence(about: thing) }
            if !denial.reason.isEmpty { lines.append("They read: \"\(speech: denial.reason)\"") }
            show(lines, as: .reference)
        }
    }

    /// Shows sentences, one a line.
    func show(_ lines: [Sentence], as category: MessageCategory) {
        var text = StyledText()
        for line in lines {
            if !text.isEmpty { text.append("\n") }
            text.append(turn.text(line))
        }
        turn.show(text, as: category)
    }
}
