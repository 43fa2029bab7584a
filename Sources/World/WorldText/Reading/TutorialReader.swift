import Basics
import WorldModel

/// Reads the steps by which newcomers learn to play.
struct TutorialReader {
    let sink: DiagnosticSink

    /// Steps at most.
    private static let mostSteps = 50

    /// What a step may say of itself; the places and things among it are keys of declarations.
    private static let texts = ["text", "hint", "done"]

    func read(_ fields: inout Fields, into content: inout WorldContent) {
        guard let entry = fields.entry("tutorial") else { return }
        guard case .list(let nodes) = entry.value.content else {
            return sink.error(entry.value.position, "tutorial must be a list of steps, not \(entry.value.kind)")
        }
        if nodes.count > Self.mostSteps {
            sink.error(entry.value.position, "the tutorial has more than \(Self.mostSteps) steps")
        }
        for node in nodes {
            guard let step = step(node, &content) else { continue }
            if content.tutorial.contains(where: { $0["name"] == step["name"] }) {
                sink.error(node.position, "step \(step["name"] ?? "") is given twice")
            }
            content.tutorial.append(step)
        }
    }

    private func step(_ node: TextNode, _ content: inout WorldContent) -> [String: String]? {
        guard var fields = Fields(node, of: "the step", sink) else { return nil }
        guard let name = fields.text("name"), KeyText.isValid(name) else {
            sink.error(node.position, "a step needs a name of lower-case letters, digits and hyphens")
            return nil
        }
        var step = ["name": name]
        for key in Self.texts { step[key] = fields.text(key) }
        if step["text"] == nil { sink.error(node.position, "step \(name) has no text") }
        for key in ["place", "arrive"] {
            guard let place = fields.text(key) else { continue }
            content.tutorialPlaces.append(Reference(key: place, position: fields.position(of: key)))
            step[key] = place
        }
        if let lent = fields.words("lend") {
            for key in lent {
                content.tutorialThings.append(Reference(key: key, position: fields.position(of: "lend")))
            }
            step["lend"] = lent.joined(separator: ",")
        }
        step["verb"] = fields.words("verb")?.joined(separator: ",")
        step["thing"] = fields.text("thing")?.folded
        if (step["verb"] == nil) == (step["arrive"] == nil) {
            sink.error(node.position, "step \(name) must say by which verb it is done or where one has to arrive")
        }
        fields.finish()
        return step
    }
}
