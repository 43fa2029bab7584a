import Basics
import WorldModel

/// The verbs of a thing's own.
extension AreaReader {
    func readBehaviors(_ fields: inout Fields, into declaration: inout Declaration) {
        let entries = fields.map("verbs")
        var verbs: [String: Value] = [:]
        for entry in entries.prefix(Behavior.mostVerbs) {
            guard Thing.isVerb(entry.key) else {
                sink.error(
                    entry.keyPosition,
                    "\(entry.key) cannot name a verb; use 2 to 20 lower-case letters, and no direction")
                continue
            }
            let what = "verb \(entry.key) of \(declaration.label)"
            if let behavior = behavior(entry.value, what, &declaration) { verbs[entry.key] = behavior.stored }
        }
        if let extra = entries.dropFirst(Behavior.mostVerbs).first {
            sink.error(extra.keyPosition, "\(declaration.label) has more than \(Behavior.mostVerbs) verbs")
        }
        if !verbs.isEmpty { declaration.entries[.verbs] = verbs }
    }

    /// What everybody reads, or a map of all parts.
    private func behavior(_ node: TextNode, _ what: String, _ declaration: inout Declaration) -> Behavior? {
        var behavior = Behavior()
        if case .text = node.content {
            guard let text = Fields.text(node, what: what, sink) else { return nil }
            set(.does, to: text, at: node.position, what, in: &behavior)
            return behavior
        }
        guard var fields = Fields(node, of: what, sink) else { return nil }
        for part in Behavior.Part.allCases where part != .with {
            if let text = fields.text(part.rawValue) {
                set(part, to: text, at: fields.position(of: part.rawValue), what, in: &behavior)
            }
        }
        if let tool = reference(&fields, "with") {
            declaration.mentioned.append(tool)
            _ = behavior.set(.with, to: tool.key)
        }
        if let steps = fields.number("reach", in: 1...Behavior.farthestReach) { behavior.reach = steps }
        behavior.isOnce = fields.flag("once") ?? false
        behavior.sets = changes(fields.map("sets"), "sets of \(what)")
        for entry in limited(fields.map("also"), "also of \(what)") {
            guard let key = complete(entry, what, &declaration) else { continue }
            guard case .map(let entries) = entry.value.content else {
                sink.error(entry.value.position, "also of \(what) must say what changes, such as {open: yes}")
                continue
            }
            behavior.also[key] = changes(entries, "\(entry.key) of \(what)")
        }
        for entry in limited(fields.map("moves"), "moves of \(what)") {
            guard let key = complete(entry, what, &declaration) else { continue }
            behavior.moves[key] = goal(entry.value, what, &declaration)
        }
        for entry in limited(fields.map("vitals"), "vitals of \(what)") {
            guard World.isVitalName(entry.key), case .text(let text, true) = entry.value.content,
                let amount = Int(text),
                (-World.greatestVital...World.greatestVital).contains(amount)
            else {
                sink.error(entry.keyPosition, "vitals of \(what) must be names and how much more there is, such as -3")
                continue
            }
            behavior.vitals[entry.key] = amount
        }
        fields.finish()
        return behavior
    }

    private func set(
        _ part: Behavior.Part, to text: String, at position: SourcePosition, _ what: String,
        in behavior: inout Behavior
    ) {
        if let mistake = behavior.set(part, to: text) { sink.error(position, "\(part.rawValue) of \(what) \(mistake)") }
    }

    private func limited(_ entries: [TextNode.Entry], _ what: String) -> [TextNode.Entry] {
        if let extra = entries.dropFirst(Behavior.mostChanges).first {
            sink.error(extra.keyPosition, "\(what) has more than \(Behavior.mostChanges) entries")
        }
        return Array(entries.prefix(Behavior.mostChanges))
    }

    private func changes(_ entries: [TextNode.Entry], _ what: String) -> [String: String] {
        var changes: [String: String] = [:]
        for entry in limited(entries, what) {
            let flag = Fields.flag(entry.value).map { $0 ? "yes" : "no" }
            guard let text = flag ?? Fields.text(entry.value, what: "\(entry.key) of \(what)", sink) else { continue }
            if let mistake = World.mistake(inChange: entry.key, to: text) {
                sink.error(entry.value.position, "\(entry.key) of \(what) \(mistake)")
            } else {
                changes[entry.key] = text
            }
        }
        return changes
    }

    private func complete(_ entry: TextNode.Entry, _ what: String, _ declaration: inout Declaration) -> String? {
        guard let key = KeyText.complete(entry.key, in: area) else {
            sink.error(entry.keyPosition, "\(entry.key) of \(what) must be a key such as pier or cove/pier")
            return nil
        }
        declaration.mentioned.append(Reference(key: key, position: entry.keyPosition))
        return key
    }

    /// Where something goes.
    private func goal(_ node: TextNode, _ what: String, _ declaration: inout Declaration) -> String? {
        guard let text = Fields.text(node, what: "moves of \(what)", sink) else { return nil }
        if ["here", "hands"].contains(text) { return text }
        guard let key = KeyText.complete(text, in: area) else {
            sink.error(node.position, "moves of \(what) must lead here, to hands or to a key, not to \(text)")
            return nil
        }
        declaration.mentioned.append(Reference(key: key, position: node.position))
        return key
    }
}
