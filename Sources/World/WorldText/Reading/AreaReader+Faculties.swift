import Basics
import WorldModel

/// What a thing can do: hold, be locked, shine, live.
extension AreaReader {
    func readContainer(_ fields: inout Fields, into thing: inout Declaration) {
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
    func readLock(_ fields: inout Fields, into thing: inout Declaration, isOpenAtFirst: Bool) {
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

    /// The name of a slot, or what else there is to say of clothes.
    func readWearable(_ fields: inout Fields, into thing: inout Declaration) {
        guard let entry = fields.entry("wearable") else { return }
        if case .text = entry.value.content {
            guard let slot = Fields.text(entry.value, what: "wearable of \(thing.label)", sink) else { return }
            thing.faculties.insert(.wearable)
            thing.looks[.slot] = .text(slot.folded)
            return
        }
        guard var wearable = Fields(entry.value, of: "wearable of \(thing.label)", sink) else { return }
        thing.faculties.insert(.wearable)
        if let slot = wearable.text("slot") {
            thing.looks[.slot] = .text(slot.folded)
        } else if !wearable.has("slot") {
            sink.error(entry.keyPosition, "wearable of \(thing.label) has no slot")
        }
        if let layer = wearable.number("layer", in: 0...9) { thing.looks[.layer] = layer.value }
        if let covers = wearable.words("covers") { thing.looks[.covers] = covers.value }
        if wearable.flag("transparent") == true { thing.looks[.transparent] = .bool(true) }
        wearable.finish()
    }

    func readLight(_ fields: inout Fields, into thing: inout Declaration) {
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
        if let glow = light.number("glow", in: 0...9) { thing.looks[.glow] = glow.value }
        light.finish()
    }

    func readPersona(_ fields: inout Fields, into thing: inout Declaration) {
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
        let vitals = VitalReader(sink: sink, owner: thing.label).read(persona.map("vitals"))
        // Play changes them, so they are no looks.
        if let vitals { thing.state[.vitals] = vitals }
        persona.finish()
    }

    func readTopics(_ persona: inout Fields, into thing: inout Declaration) {
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
}
