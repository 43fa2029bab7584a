import Basics
import WorldLanguage
package import WorldModel

/// How the word before the cursor of a line may go on.
package struct Completion: Equatable, Sendable {
    /// The index of the first character that a candidate stands for.
    package let start: Int
    /// What may stand there, in alphabetical order, each once.
    package let candidates: [String]

    /// Candidates at most.
    package static let mostCandidates = 100
    /// Things that are looked at for their names at most.
    static let mostThings = 200
    /// Characters of a verb of another language at most.
    static let longestVerb = 8
    /// Words of a name at most.
    static let longestName = 4
}

extension Interpreter {
    /// Finds how a line goes on at its cursor: with a command, with what its player perceives, or with who is here.
    ///
    /// Nothing is told that a look would not tell. Names of several words count from whichever of their words was begun.
    ///
    /// - Parameters:
    ///   - text: The line.
    ///   - cursor: An index of characters; what is behind it does not matter.
    ///   - persona: Who types.
    ///   - role: What they may use.
    /// - Returns: Nil when nothing fits.
    /// - Complexity: O(*n*) in the commands, or in the first ``Completion/mostThings`` things around and the players.
    package func completion(of text: String, cursor: Int, for persona: Thing, role: Role) -> Completion? {
        // What is typed in the editor is text.
        if persona[.isEditing] { return nil }
        let typed = Array(text.prefix(max(0, cursor)))
        let first = typed.firstIndex { $0 != " " } ?? typed.count
        guard let firstSpace = typed[first...].firstIndex(of: " ") else {
            let beginning = String(typed[first...])
            return Completion(start: first, beginning: beginning, of: commandNames(for: persona, role))
                ?? completionBehindVerb(typed, first, persona, role)
        }
        var command = String(typed[first..<firstSpace]).folded
        if let english = languages.language(of: persona)?.commands.verbs[command] { command = english }
        let names = namesThatMayFollow(command, persona, role)
        // The longest beginning of a name counts, so that `brass la` is not taken for `la`.
        var starts: [Int] = []
        for index in stride(from: typed.count, to: firstSpace, by: -1) where typed[index - 1] == " " {
            starts.append(index)
            if starts.count == Completion.longestName { break }
        }
        for start in starts.reversed() {
            let beginning = String(typed[start...])
            if beginning.first == " " || beginning.isEmpty && start != starts.first { continue }
            if let found = Completion(start: start, beginning: beginning, of: names) { return found }
        }
        return nil
    }

    /// What a verb is about may stand right behind it in a language that is written without spaces.
    private func completionBehindVerb(_ typed: [Character], _ first: Int, _ persona: Thing, _ role: Role) -> Completion?
    {
        guard let known = languages.language(of: persona)?.commands.verbs else { return nil }
        for length in stride(from: min(Completion.longestVerb, typed.count - first - 1), through: 1, by: -1) {
            let start = first + length
            guard let command = known[String(typed[first..<start])] else { continue }
            return Completion(
                start: start, beginning: String(typed[start...]), of: namesThatMayFollow(command, persona, role))
        }
        return nil
    }

    /// What a line may begin with.
    private func commandNames(for persona: Thing, _ role: Role) -> Names {
        var names = Names()
        for verb in verbs.verbs where verb.role <= role {
            names.whole.append(verb.name)
            // Not those that are shorter than what they stand for and begin it.
            names.parts += verb.aliases.filter { $0.count > 2 && !verb.name.hasPrefix($0) }
        }
        names.whole += Direction.allCases.map(\.rawValue)
        if let language = languages.language(of: persona) { names.whole += language.commands.verbs.keys }
        return names
    }

    private func namesThatMayFollow(_ command: String, _ persona: Thing, _ role: Role) -> Names {
        switch verbs.verb(for: String(command.prefix { $0 != " " }))?.name {
        case "help":
            var names = Names()
            names.whole = verbs.verbs.filter { $0.role <= role }.map(\.name)
            names.whole += help.entries.map(\.topic)
            return names
        case "set": return Names(whole: SettingName.allCases.map(\.rawValue))
        default: return namesAround(persona)
        }
    }

    /// What somebody perceives, the ways out, and who is connected.
    private func namesAround(_ persona: Thing) -> Names {
        var names = Names()
        let perception = Perception(of: persona, in: world)
        let translated = languages.language(of: persona)?.content.names
        perception.walk(atMost: Completion.mostThings) { percept in
            if percept.unseen == nil, percept.thing !== persona {
                let words = percept.thing.words
                let name = percept.thing.name
                names.whole.append(translated?[name]?.name ?? name)
                names.parts += words.nouns
            }
            return names.whole.count < Completion.mostThings
        }
        for exit in perception.exits {
            names.whole.append(exit[.direction])
            if perception.isLit { names.parts += exit[.otherNames] }
        }
        names.whole += attendance?.connected.prefix(Completion.mostThings).map(\.name) ?? []
        return names
    }
}

/// What a completion is chosen from.
private struct Names {
    /// Names that are told also when nothing of them was typed.
    var whole: [String] = []
    /// Words that stand for them when they were begun.
    var parts: [String] = []
}

extension Completion {
    fileprivate init?(start: Int, beginning: String, of names: Names) {
        let begun = beginning.folded
        var found: [String: String] = [:]
        for name in begun.isEmpty ? names.whole : names.whole + names.parts {
            let folded = name.folded
            if !folded.isEmpty, folded.hasPrefix(begun), found[folded] == nil { found[folded] = name }
        }
        if found.isEmpty { return nil }
        self.init(
            start: start,
            candidates: Array(found.sorted { $0.key < $1.key }.prefix(Self.mostCandidates).map(\.value)))
    }
}
