import WorldLanguage
import WorldModel

/// A kind of commands, and how many there are of it.
package struct CommandGroupFacts: Equatable, Sendable {
    package let name: String
    package let count: Int
}

/// A command with what it is for.
package struct CommandFacts: Equatable, Sendable {
    package let name: String
    package let summary: String
}

/// What the player can do.
extension Facts {
    /// Kinds of commands that have some for the player; the last is that of the verbs of things around, if they have any.
    package var commandGroups: [CommandGroupFacts] {
        var groups = VerbGroup.allCases.compactMap { group -> CommandGroupFacts? in
            let count = verbs(of: group).count
            return count == 0 ? nil : CommandGroupFacts(name: turn.content(group.rawValue), count: count)
        }
        let own = ownVerbs.count
        if own > 0 { groups.append(CommandGroupFacts(name: groupHere, count: own)) }
        return groups
    }

    /// The commands of a kind; nil when there is no such kind for the player.
    package func commands(of group: String) -> [CommandFacts]? {
        if group == groupHere {
            return ownVerbs.map { CommandFacts(name: $0.verb, summary: cut(phrase("\(a: $0.thing)"))) }
        }
        guard let known = VerbGroup.allCases.first(where: { turn.content($0.rawValue) == group }) else { return nil }
        let verbs = verbs(of: known)
        if verbs.isEmpty { return nil }
        return verbs.map { CommandFacts(name: $0.name, summary: turn.content($0.summary)) }
    }

    /// What help says of a command; nil when the player knows none of that name.
    package func help(for command: String) -> String? {
        guard let verb = interpreter.verbs.verb(exactly: command), verb.role <= turn.role else { return nil }
        return turn.content(verb.help)
    }

    private func verbs(of group: VerbGroup) -> [Verb] {
        interpreter.verbs.verbs.filter { $0.group == group && $0.role <= turn.role }
    }

    private var groupHere: String { phrase("Here") }

    /// Verbs of things that are seen, which `examine` tells of each, by their words.
    private var ownVerbs: [(verb: String, thing: Thing)] {
        var found: [(verb: String, thing: Thing)] = []
        turn.perception.walk(atMost: FactLimits.items) { percept in
            if percept.unseen == nil, !percept.isFelt {
                for behavior in percept.thing.behaviors { found.append((behavior.verb, percept.thing)) }
            }
            return found.count < FactLimits.ownVerbs
        }
        return found.sorted { ($0.verb, $0.thing.id) < ($1.verb, $1.thing.id) }
    }
}
