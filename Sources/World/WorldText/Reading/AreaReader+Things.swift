import Basics
import WorldModel

/// Doors, things and prototypes.
extension AreaReader {
    mutating func readDoor(_ entry: TextNode.Entry) {
        guard let key = key(entry, .door) else { return }
        var door = Declaration(.door, key, at: entry.keyPosition)
        guard var fields = Fields(entry.value, of: door.label, sink) else { return }
        door.faculties = .door
        readNaming(&fields, into: &door)
        if door.name.isEmpty, !fields.has("name") { sink.error(entry.keyPosition, "\(door.label) has no name") }
        door.looks[.openable] = .bool(fields.flag("openable") ?? true)
        if fields.flag("transparent") == true { door.looks[.transparent] = .bool(true) }
        readLock(&fields, into: &door, isOpenAtFirst: false)
        readRules(&fields, into: &door)
        fields.finish()
        declarations.append(door)
    }

    mutating func readPrototype(_ entry: TextNode.Entry) {
        guard let key = key(entry, .prototype) else { return }
        var prototype = Declaration(.prototype, key, at: entry.keyPosition)
        guard var fields = Fields(entry.value, of: prototype.label, sink) else { return }
        prototype.faculties = .prototype
        readThingFields(&fields, into: &prototype)
        fields.finish()
        declarations.append(prototype)
    }

    mutating func readThing(_ entry: TextNode.Entry, in container: Reference?) {
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
        let notes = readBoard(&fields, into: &thing)
        fields.finish()
        declarations.append(thing)
        for note in notes { readNote(note, on: Reference(key: key, position: thing.position)) }
        for content in contents { readThing(content, in: Reference(key: key, position: thing.position)) }
    }

    func readThingFields(_ fields: inout Fields, into thing: inout Declaration) {
        readNaming(&fields, into: &thing)
        readDetails(&fields, into: &thing)
        // Play takes the sentence away when somebody takes the thing, so it is not a look.
        if let initial = fields.text("initial") { thing.state[.initial] = .text(initial) }
        if let text = fields.text("readable") { thing.looks[.readable] = .text(text) }
        if let size = fields.number("size", in: 0...1000) { thing.looks[.size] = size.value }
        if let prototype = reference(&fields, "prototype") { thing.references[.prototype] = prototype }
        readFixed(&fields, into: &thing)
        if let stays = fields.flag("stays") { thing.looks[.stays] = .bool(stays) }
        if let isTame = fields.flag("tame") { thing.looks[.tame] = .bool(isTame) }
        readWearable(&fields, into: &thing)
        if let names = fields.words("capabilities") { thing.looks[.capabilities] = names.value }
        readContainer(&fields, into: &thing)
        readLight(&fields, into: &thing)
        readPersona(&fields, into: &thing)
        readRules(&fields, into: &thing)
    }

    func readNaming(_ fields: inout Fields, into declaration: inout Declaration) {
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
    func readFixed(_ fields: inout Fields, into thing: inout Declaration) {
        guard let entry = fields.entry("fixed") else { return }
        if let flag = Fields.flag(entry.value) {
            if flag { thing.looks[.fixed] = .text("You cannot take that with you.") }
        } else if let text = Fields.text(entry.value, what: "fixed of \(thing.label)", sink) {
            thing.looks[.fixed] = .text(text)
        }
    }
}
