import Basics
import WorldModel

/// Reads one area file into declarations; what refers to other declarations is checked later.
struct AreaReader {
    let sink: DiagnosticSink
    let area: String
    private(set) var title = ""
    private(set) var declarations: [Declaration] = []

    init(area: String, _ sink: DiagnosticSink) {
        self.area = area
        self.sink = sink
    }

    mutating func read(_ fields: inout Fields) {
        title = fields.text("title") ?? area
        for entry in fields.map("rooms") { readRoom(entry) }
        for entry in fields.map("doors") { readDoor(entry) }
        for entry in fields.map("things") { readThing(entry, in: nil) }
        for entry in fields.map("prototypes") { readPrototype(entry) }
    }

    /// The complete key of a declared name.
    private func key(_ entry: TextNode.Entry, _ kind: Declaration.Kind) -> String? {
        if KeyText.isValid(entry.key) { return "\(area)/\(entry.key)" }
        sink.error(
            entry.keyPosition,
            "\(entry.key) cannot name a \(kind.rawValue); use lower-case letters, digits and hyphens")
        return nil
    }

    // MARK: Rooms and exits

    private mutating func readRoom(_ entry: TextNode.Entry) {
        guard let key = key(entry, .room) else { return }
        var room = Declaration(.room, key, at: entry.keyPosition)
        guard var fields = Fields(entry.value, of: room.label, sink) else { return }
        room.faculties = .place
        room.looks[.area] = .text(title)
        for (name, property) in [("name", CoreProperty.name), ("description", .description)] {
            if let text = fields.text(name) {
                room.looks[property] = .text(text)
            } else if !fields.has(name) {
                sink.error(entry.keyPosition, "\(room.label) has no \(name)")
            }
        }
        // A room's name is a title, complete as it stands.
        room.looks[.article] = .text("")
        if fields.flag("dark") == true { room.looks[.dark] = .bool(true) }
        readDetails(&fields, into: &room)
        let exits = fields.map("exits")
        let things = fields.map("things")
        fields.finish()
        declarations.append(room)
        for exit in exits { readExit(exit, in: Reference(key: key, position: room.position)) }
        for thing in things { readThing(thing, in: Reference(key: key, position: room.position)) }
    }

    private func readDetails(_ fields: inout Fields, into declaration: inout Declaration) {
        var details: [String: Value] = [:]
        for entry in fields.map("details") {
            guard let text = Fields.text(entry.value, what: "detail \(entry.key) of \(declaration.label)", sink) else {
                continue
            }
            let nouns = Fields.split(entry.key)
            if nouns.isEmpty { sink.error(entry.keyPosition, "a detail of \(declaration.label) has no noun") }
            for noun in nouns where details.updateValue(.text(text), forKey: noun) != nil {
                sink.error(entry.keyPosition, "\(declaration.label) has two details called \(noun)")
            }
        }
        if !details.isEmpty { declaration.looks[.details] = .map(details) }
    }

    private mutating func readExit(_ entry: TextNode.Entry, in room: Reference) {
        guard let direction = Direction(rawValue: entry.key) else {
            let hint = sink.hint(for: entry.key, among: Direction.allCases.map(\.rawValue))
            sink.error(entry.keyPosition, "\(entry.key) of room \(room.key) is not a direction\(hint)")
            return
        }
        var exit = Declaration(.exit, "\(room.key):\(direction.rawValue)", at: entry.keyPosition)
        exit.faculties = .exit
        exit.looks[.direction] = .text(direction.rawValue)
        exit.location = room
        if case .text = entry.value.content {
            exit.references[.destination] = reference(entry.value, what: "exit \(entry.key) of \(room.key)")
        } else {
            guard var fields = Fields(entry.value, of: exit.label, sink) else { return }
            exit.references[.destination] = reference(&fields, "to")
            if !fields.has("to") { sink.error(entry.keyPosition, "\(exit.label) leads nowhere; give it `to`") }
            if let door = reference(&fields, "door") { exit.references[.door] = door }
            if let names = fields.words("names") { exit.looks[.otherNames] = names.value }
            if let text = fields.text("text") { exit.looks[.passageText] = .text(text) }
            exit.isOneWay = fields.flag("oneway") ?? false
            fields.finish()
        }
        declarations.append(exit)
    }

    // MARK: Doors, things, prototypes

    private mutating func readDoor(_ entry: TextNode.Entry) {
        guard let key = key(entry, .door) else { return }
        var door = Declaration(.door, key, at: entry.keyPosition)
        guard var fields = Fields(entry.value, of: door.label, sink) else { return }
        door.faculties = .door
        readNaming(&fields, into: &door)
        if door.name.isEmpty, !fields.has("name") { sink.error(entry.keyPosition, "\(door.label) has no name") }
        door.looks[.openable] = .bool(fields.flag("openable") ?? true)
        readLock(&fields, into: &door, isOpenAtFirst: false)
        fields.finish()
        declarations.append(door)
    }

    private mutating func readPrototype(_ entry: TextNode.Entry) {
        guard let key = key(entry, .prototype) else { return }
        var prototype = Declaration(.prototype, key, at: entry.keyPosition)
        guard var fields = Fields(entry.value, of: prototype.label, sink) else { return }
        prototype.faculties = .prototype
        readThingFields(&fields, into: &prototype)
        fields.finish()
        declarations.append(prototype)
    }

    private mutating func readThing(_ entry: TextNode.Entry, in container: Reference?) {
        guard let key = key(entry, .thing) else { return }
        var thing = Declaration(.thing, key, at: entry.keyPosition)
        guard var fields = Fields(entry.value, of: thing.label, sink) else { return }
        if let container {
            thing.location = container
        } else {
            thing.location = reference(&fields, "in")
            if !fields.has("in") { sink.error(entry.keyPosition, "\(thing.label) is nowhere; give it `in`") }
        }
        readThingFields(&fields, into: &thing)
        if fields.flag("worn") == true { thing.state[.worn] = .bool(true) }
        let contents = fields.map("contains")
        fields.finish()
        declarations.append(thing)
        for content in contents { readThing(content, in: Reference(key: key, position: thing.position)) }
    }

    private func readThingFields(_ fields: inout Fields, into thing: inout Declaration) {
        readNaming(&fields, into: &thing)
        readDetails(&fields, into: &thing)
        // Play takes the sentence away when somebody takes the thing, so it is not a look.
        if let initial = fields.text("initial") { thing.state[.initial] = .text(initial) }
        if let text = fields.text("readable") { thing.looks[.readable] = .text(text) }
        if let size = fields.number("size", in: 0...1000) { thing.looks[.size] = size.value }
        if let prototype = reference(&fields, "prototype") { thing.references[.prototype] = prototype }
        readFixed(&fields, into: &thing)
        if let slot = fields.text("wearable") {
            thing.faculties.insert(.wearable)
            thing.looks[.slot] = .text(slot.folded)
        }
        readContainer(&fields, into: &thing)
        readLight(&fields, into: &thing)
        readPersona(&fields, into: &thing)
    }

    private func readNaming(_ fields: inout Fields, into declaration: inout Declaration) {
        for (name, property) in [("name", CoreProperty.name), ("plural", .plural), ("description", .description)] {
            if let text = fields.text(name) { declaration.looks[property] = .text(text) }
        }
        for (name, property) in [("nouns", CoreProperty.nouns), ("adjectives", .adjectives)] {
            if let words = fields.words(name) { declaration.looks[property] = words.value }
        }
        if let article = fields.text("article") {
            let known = ["a", "an", "some", "the", "none"]
            if known.contains(article) {
                declaration.looks[.article] = .text(article == "none" ? "" : article)
            } else {
                sink.error(
                    fields.position(of: "article"),
                    "article of \(declaration.label) must be a, an, some, the or none")
            }
        }
    }

    /// `true` takes a sentence that fits anything; a text says why in its own words.
    private func readFixed(_ fields: inout Fields, into thing: inout Declaration) {
        guard let entry = fields.entry("fixed") else { return }
        if let flag = Fields.flag(entry.value) {
            if flag { thing.looks[.fixed] = .text("You cannot take that with you.") }
        } else if let text = Fields.text(entry.value, what: "fixed of \(thing.label)", sink) {
            thing.looks[.fixed] = .text(text)
        }
    }

    // MARK: Faculties

    private func readContainer(_ fields: inout Fields, into thing: inout Declaration) {
        guard let entry = fields.entry("container") else { return }
        if let flag = Fields.flag(entry.value) {
            if flag {
                thing.faculties.insert(.container)
                thing.state[.open] = .bool(true)
            }
            return
        }
        guard var container = Fields(entry.value, of: "container of \(thing.label)", sink) else { return }
        thing.faculties.insert(.container)
        let isOpenable = container.flag("openable") ?? false
        if isOpenable { thing.looks[.openable] = .bool(true) }
        if container.flag("surface") == true { thing.looks[.surface] = .bool(true) }
        if container.flag("transparent") == true { thing.looks[.transparent] = .bool(true) }
        if let capacity = container.number("capacity", in: 1...1000) { thing.looks[.capacity] = capacity.value }
        readLock(&container, into: &thing, isOpenAtFirst: !isOpenable)
        container.finish()
    }

    /// What doors and containers share.
    private func readLock(_ fields: inout Fields, into thing: inout Declaration, isOpenAtFirst: Bool) {
        let isLocked = fields.flag("locked") ?? false
        let isOpen = fields.flag("open") ?? (isOpenAtFirst && !isLocked)
        if isOpen { thing.state[.open] = .bool(true) }
        if isLocked { thing.state[.locked] = .bool(true) }
        if let key = reference(&fields, "key") { thing.references[.key] = key }
        if isLocked, isOpen {
            sink.error(fields.position(of: "locked"), "\(thing.label) is open and locked at once")
        }
        if isLocked, !fields.has("key") {
            sink.error(fields.position(of: "locked"), "\(thing.label) is locked, but no key fits it; give it `key`")
        }
        if isLocked, thing.looks[.openable] != .bool(true) {
            sink.error(fields.position(of: "locked"), "\(thing.label) is locked, but cannot be opened")
        }
    }

    private func readLight(_ fields: inout Fields, into thing: inout Declaration) {
        guard let entry = fields.entry("light") else { return }
        if let flag = Fields.flag(entry.value) {
            if !flag { return }
            thing.faculties.insert(.light)
            thing.looks[.switchable] = .bool(true)
            return
        }
        guard var light = Fields(entry.value, of: "light of \(thing.label)", sink) else { return }
        thing.faculties.insert(.light)
        thing.looks[.switchable] = .bool(light.flag("switchable") ?? true)
        if light.flag("lit") == true { thing.state[.lit] = .bool(true) }
        light.finish()
    }

    private func readPersona(_ fields: inout Fields, into thing: inout Declaration) {
        guard let entry = fields.entry("persona"),
            var persona = Fields(entry.value, of: "persona of \(thing.label)", sink)
        else { return }
        thing.faculties.insert(.persona)
        if let pronouns = persona.text("pronouns") {
            if ["she", "he", "they", "it"].contains(pronouns) {
                thing.looks[.pronouns] = .text(pronouns)
            } else {
                sink.error(persona.position(of: "pronouns"), "pronouns of \(thing.label) must be she, he, they or it")
            }
        }
        if let greeting = persona.text("greeting") { thing.looks[.greeting] = .text(greeting) }
        if let reply = persona.text("default") { thing.looks[.defaultReply] = .text(reply) }
        readTopics(&persona, into: &thing)
        persona.finish()
    }

    private func readTopics(_ persona: inout Fields, into thing: inout Declaration) {
        var topics: [String: Value] = [:]
        var seen: Set<String> = []
        for entry in persona.map("topics") {
            guard let reply = Fields.text(entry.value, what: "topic \(entry.key) of \(thing.label)", sink) else {
                continue
            }
            let words = Fields.split(entry.key)
            if words.isEmpty { sink.error(entry.keyPosition, "a topic of \(thing.label) has no word") }
            for word in words where !seen.insert(word).inserted {
                sink.error(entry.keyPosition, "\(thing.label) has two topics called \(word)")
            }
            topics[words.joined(separator: ",")] = .text(reply)
        }
        if !topics.isEmpty { thing.looks[.topics] = .map(topics) }
    }

    // MARK: References

    private func reference(_ fields: inout Fields, _ key: String) -> Reference? {
        fields.entry(key).flatMap { reference($0.value, what: "\(key) of \(fields.owner)") }
    }

    private func reference(_ node: TextNode, what: String) -> Reference? {
        guard let text = Fields.text(node, what: what, sink) else { return nil }
        guard let key = KeyText.complete(text, in: area) else {
            sink.error(node.position, "\(what) must be a key such as pier or cove/pier, not \(text)")
            return nil
        }
        return Reference(key: key, position: node.position)
    }
}
