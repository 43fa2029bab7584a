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
    /// Finds how a line goes on at its cursor: with a command, or with what the forms of its verb take there.
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
        lazy var around = namesAround(persona)
        // The longest beginning of a name counts, so that `brass la` is not taken for `la`.
        var starts: [Int] = []
        for index in stride(from: typed.count, to: firstSpace, by: -1) where typed[index - 1] == " " {
            starts.append(index)
            if starts.count == Completion.longestName { break }
        }
        for start in starts.reversed() {
            let beginning = String(typed[start...])
            if beginning.first == " " || beginning.isEmpty && start != starts.first { continue }
            let words = typed[firstSpace..<start].split(separator: " ").map { String($0).folded }
            let names = namesThatMayFollow(command, words, around, persona, role)
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
            let names = namesThatMayFollow(command, [], namesAround(persona), persona, role)
            return Completion(start: start, beginning: String(typed[start...]), of: names)
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

    /// What may stand behind a verb and some words.
    private func namesThatMayFollow(
        _ command: String, _ words: [String], _ around: @autoclosure () -> NamesAround, _ persona: Thing, _ role: Role
    ) -> Names {
        guard let verb = verbs.verb(for: String(command.prefix { $0 != " " })) else { return around().all }
        switch verb.name {
        case "help":
            var names = Names()
            names.whole = verbs.verbs.filter { $0.role <= role }.map(\.name)
            names.whole += help.entries.map(\.topic)
            return names
        case "set":
            guard let word = words.first else { return Names(whole: SettingName.allCases.map(\.rawValue)) }
            return Names(whole: words.count == 1 ? SettingName(named: word)?.rule.words ?? [] : [])
        default:
            let isEnglish = languages.language(of: persona) == nil
            return around().names(for: verb.elements(after: words), isEnglish: isEnglish)
        }
    }

    /// What somebody perceives, the ways out, and who is connected.
    private func namesAround(_ persona: Thing) -> NamesAround {
        var names = NamesAround()
        let perception = Perception(of: persona, in: world)
        let translated = languages.language(of: persona)?.content.names
        var count = 0
        perception.walk(atMost: Completion.mostThings) { percept in
            let thing = percept.thing
            if percept.unseen == nil, thing !== persona {
                let name = thing.name
                let own = Names(whole: [translated?[name]?.name ?? name], parts: thing.words.nouns)
                if thing.has(.persona) {
                    names.people += own
                } else {
                    names.things += own
                    if isHeld(thing, by: persona) {
                        names.held += own
                        if thing[.isWorn] { names.worn += own }
                    }
                }
                count += 1
            }
            return count < Completion.mostThings
        }
        for exit in perception.exits {
            names.ways.whole.append(exit[.direction])
            if perception.isLit { names.ways.parts += exit[.otherNames] }
        }
        names.players.whole = attendance?.connected.prefix(Completion.mostThings).map(\.name) ?? []
        return names
    }

    private func isHeld(_ thing: Thing, by persona: Thing) -> Bool {
        var holder = thing.location
        for _ in 0..<Perception.maximumDepth {
            guard let current = holder else { return false }
            if current === persona { return true }
            holder = current.location
        }
        return false
    }
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
