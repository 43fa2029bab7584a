import WorldModel

/// Whether every reference leads to a declaration of the right kind.
struct ReferenceCheck {
    private let content: WorldContent
    private let sink: DiagnosticSink
    private let areas: Set<String>

    init(_ content: WorldContent, _ sink: DiagnosticSink) {
        self.content = content
        self.sink = sink
        areas = Set(content.areas.map(\.key))
    }

    func run() {
        if let start = content.startPlace { check(start, [.room], "the world starts at") }
        for declaration in content.declarations.values { check(declaration) }
        for exit in content.exits { check(exit) }
    }

    private func check(_ declaration: Declaration) {
        let label = declaration.label
        for (property, reference) in declaration.references {
            switch property {
            case .destination: check(reference, [.room], "\(label) leads to")
            case .door: check(reference, [.door], "the door of \(label) is")
            case .key: check(reference, [.thing], "the key of \(label) is")
            case .prototype: check(reference, [.prototype], "the prototype of \(label) is")
            case .owner: check(reference, [.thing], "the owner of \(label) is")
            default: break
            }
        }
        for reference in declaration.mentioned {
            check(reference, [.room, .door, .thing, .prototype], "a verb of \(label) speaks of")
        }
        if let location = declaration.location { check(location, [.room, .thing], "\(label) is in") }
    }

    private func check(_ reference: Reference, _ kinds: Set<Declaration.Kind>, _ sentence: String) {
        if let target = content[reference.key] {
            if kinds.contains(target.kind) { return }
            let wanted = kinds.map(\.rawValue).sorted().map { "a \($0)" }.joined(separator: " or ")
            sink.error(reference.position, "\(sentence) \(target.label), which is not \(wanted)")
            return
        }
        let area = reference.key.split(separator: "/").first.map(String.init) ?? ""
        if sink.missesFile, !areas.contains(area) { return }
        let candidates = content.declarations.values.filter { kinds.contains($0.kind) }.map(\.key)
        let hint = sink.hint(for: reference.key, among: candidates)
        sink.error(reference.position, "\(sentence) \(reference.key), which does not exist\(hint)")
    }
}
