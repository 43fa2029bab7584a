import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let inspect = Verb(
        "inspect", group: .building, role: .builder, usage: ["inspect THING", "inspect #NUMBER", "inspect here"],
        summary: "See what a thing is made of.",
        help: """
            Lists the faculties and properties of a thing, where each comes from, and what names it. What a thing has in \
            place of its prototype's is said with what it would have otherwise.
            Example: `inspect lamp`, `inspect #12`, `inspect here`.
            """,
        forms: [[.text]]
    ) { command, action in
        let thing = try action.inspected(command.text)
        try action.turn.require(.inspect, on: thing)
        action.turn.show(InspectionView(thing: thing, world: action.world).text())
    }
}

extension Action {
    /// A thing by its number, the place, a way by its direction, or whatever words name around.
    func inspected(_ text: String) throws -> Thing {
        if turn.role >= .builder, text.utf8.first == UInt8(ascii: "#"), let number = UInt64(text.dropFirst()) {
            guard let thing = world[ThingID(number)] else { throw refuse("There is no thing \(plain: text).") }
            if thing.has(.account), turn.role < .admin { throw refuse("Accounts are for administrators.") }
            if thing.hasAny(of: [.letter, .folder]), thing.place == nil, turn.role < .owner {
                throw refuse("Letters are for those who wrote and got them.")
            }
            if thing.has(.file), turn.role < .owner { throw refuse("Files are for those who keep them.") }
            return thing
        }
        let line = InputLine(text)
        if line.tokens.first?.word == "here", line.tokens.count == 1, let place { return place }
        let words = line.words(line.tokens.indices)
        if words.count == 1, let way = Direction(word: words[0]).flatMap({ turn.perception.exit(toward: $0) }) {
            return way
        }
        var parser = CommandParser(turn: turn, line: line, conversation: conversation)
        do {
            let thing = try parser.one(words, .anything, nil)
            conversation.mention([thing])
            return thing
        } catch let refusal as Refusal {
            // A way that has a name, when no thing has it.
            guard let way = try parser.exit(named: words) else { throw refusal }
            return way
        }
    }
}

/// Everything there is to know of a thing, for those who build.
struct InspectionView {
    let thing: Thing
    let world: World

    /// Octets of a text that are shown at most.
    private static let longestText = 60
    /// Properties or things listed at most.
    private static let longestList = 40

    func text() -> StyledText {
        var text = StyledText(name(of: thing), .title)
        if let prototype = thing.prototype { text.append("\nPrototype: \(name(of: prototype)).") }
        if !thing.heirs.isEmpty { text.append("\nHeirs: \(names(thing.heirs.sorted { $0.id < $1.id })).") }
        let faculties = Faculties.names.compactMap { facultyText($0.name, $0.faculty) }
        if !faculties.isEmpty { text.append("\nFaculties: \(faculties.joined(separator: ", ")).") }
        for line in properties { text.append("\n- " + line) }
        for (verb, source) in thing.behaviors {
            let origin = source === thing ? "" : " (inherited from \(name(of: source)))"
            text.append("\n- verb \(verb)\(origin)")
        }
        let referrers = world.referrers(of: thing)
        if !referrers.isEmpty {
            let list = referrers.prefix(Self.longestList).compactMap { referrer in
                world[referrer.thing].map { "\(world.names.name(of: referrer.key)) of \(name(of: $0))" }
            }
            text.append("\nNamed by: \(list.joined(separator: ", ")).")
        }
        return text
    }

    private func facultyText(_ name: String, _ faculty: Faculties) -> String? {
        if thing.ownFaculties.contains(faculty) { return name }
        if thing.lackedFaculties.contains(faculty) { return "no \(name)" }
        guard thing.has(faculty) else { return nil }
        var source = thing.prototype
        while let current = source, !current.ownFaculties.contains(faculty) { source = current.prototype }
        return "\(name) (inherited\(source.map { " from \($0.id)" } ?? ""))"
    }

    /// Its own and what it inherits, by name.
    private var properties: [String] {
        var keys: [PropertyKey] = []
        var holder: Thing? = thing
        while let current = holder {
            for (key, _) in current.ownProperties where !keys.contains(key) {
                if current === thing || thing.testator(of: key) != nil { keys.append(key) }
            }
            holder = current.prototype
        }
        let shown = keys.filter { ![.faculties, .lacks, .prototype, .verbs, .givenEntries].contains($0.core) }
        let lines = shown.map { (world.names.name(of: $0), line(of: $0)) }.sorted { $0.0 < $1.0 }.map(\.1)
        if lines.count <= Self.longestList { return lines }
        return lines.prefix(Self.longestList) + ["and \(lines.count - Self.longestList) more"]
    }

    private func line(of key: PropertyKey) -> String {
        let testator = thing.testator(of: key)
        let origin: String
        if thing.ownValue(of: key) != nil {
            origin = testator.map { " (in place of \(shown(key, $0)) of \($0.id))" } ?? ""
        } else {
            origin = testator.map { " (inherited from \(name(of: $0)))" } ?? ""
        }
        return "\(world.names.name(of: key)): \(shown(key, thing))\(origin)"
    }

    private func shown(_ key: PropertyKey, _ owner: Thing) -> String {
        if key.isPrivate { return "not shown" }
        switch key.core {
        case nil where owner.has(.channel): return "not shown"
        case .location: return owner.location.map(name) ?? "nowhere"
        default: return owner.value(of: key).map(Self.words) ?? "nothing"
        }
    }

    private static func words(of value: Value) -> String {
        let text: String
        switch value {
        case .bool(let flag): return flag ? "yes" : "no"
        case .int(let number): return String(number)
        case .thing(let id): return "\(id)"
        case .octets(let content): return "\(content.count) octets"
        case .duration(let milliseconds): return "\(milliseconds) ms"
        case .text(let content): text = "\"\(content)\""
        case .styled(let content): text = "\"\(content.plain)\" with styles"
        case .list(let values): text = values.isEmpty ? "none" : values.map(words).joined(separator: ", ")
        case .map(let entries):
            text = entries.sorted { $0.key < $1.key }.map { "\($0.key) = \(words(of: $0.value))" }.joined(
                separator: "; ")
        }
        let line = text.replacing("\n", with: " ")
        return line.count > longestText ? line.prefix(longestText) + "…" : line
    }

    private func names(_ things: [Thing]) -> String {
        let shown = things.prefix(Self.longestList).map(name).joined(separator: ", ")
        let rest = things.count - Self.longestList
        return rest > 0 ? "\(shown) and \(rest) more" : shown
    }

    private func name(of thing: Thing) -> String {
        let called = thing.name.isEmpty ? thing[.contentKey] : thing.name
        return called.isEmpty ? "\(thing.id)" : "\(called) \(thing.id)"
    }
}
