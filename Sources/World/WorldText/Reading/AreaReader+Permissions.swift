import Basics
import WorldModel

/// Whose a thing is, and who may do what to it.
extension AreaReader {
    /// Reads `owner`, `locks` and `verbs`, which rooms, ways, doors and things have alike.
    func readRules(_ fields: inout Fields, into declaration: inout Declaration) {
        if let owner = reference(&fields, "owner") { declaration.references[.owner] = owner }
        var locks: [String: Value] = [:]
        for entry in fields.map("locks") {
            guard let deed = Deed(rawValue: entry.key) else {
                let hint = sink.hint(for: entry.key, among: Deed.allCases.map(\.rawValue))
                sink.error(
                    entry.keyPosition, "\(entry.key) of \(declaration.label) is no deed that a lock can be for\(hint)")
                continue
            }
            let what = "lock \(entry.key) of \(declaration.label)"
            if let lock = lock(entry.value, what) { locks[deed.rawValue] = lock.stored.value }
        }
        if !locks.isEmpty { declaration.entries[.locks] = locks }
        readBehaviors(&fields, into: &declaration)
    }

    /// An expression, or a map with the expression (`to`) and the reason (`because`).
    private func lock(_ node: TextNode, _ what: String) -> Lock? {
        if case .text = node.content { return expression(node, what).map { Lock($0) } }
        guard var fields = Fields(node, of: what, sink) else { return nil }
        let rule = fields.entry("to").map(\.value)
        let reason = fields.text("because") ?? ""
        fields.finish()
        if reason.count > Lock.longestReason {
            sink.error(
                fields.position(of: "because"),
                "because of \(what) is longer than \(Lock.longestReason) characters")
        }
        guard let rule else {
            sink.error(node.position, "\(what) does not say who may; give it `to`")
            return nil
        }
        return expression(rule, what).map { Lock($0, reason: reason) }
    }

    /// Reads who may do something.
    func expression(_ node: TextNode, _ what: String) -> LockExpression? {
        guard let text = Fields.text(node, what: what, sink) else { return nil }
        do throws(LockMistake) {
            return try LockExpression(text)
        } catch {
            sink.error(node.position, "\(what), at its character \(error.column): \(error.text)")
            return nil
        }
    }
}
