import Basics
import WorldModel

/// Reads what measures creatures, or all players: `health: 20`, or `health: [7, 20]` for less than the most at first.
struct VitalReader {
    let sink: DiagnosticSink
    /// Whose measures they are, for messages.
    let owner: String

    /// Reads the entries of `vitals`.
    ///
    /// - Parameter entries: By name.
    /// - Returns: What is stored; nil when there is nothing to store.
    func read(_ entries: [TextNode.Entry]) -> Value? {
        var vitals: [String: [Int]] = [:]
        for entry in entries {
            guard World.isVitalName(entry.key) else {
                sink.error(
                    entry.keyPosition,
                    "\(entry.key) cannot name a measure of \(owner); use up to \(World.longestVitalName) small letters")
                continue
            }
            guard let numbers = numbers(entry.value), let most = numbers.last, numbers.allSatisfy({ $0 <= most }) else {
                sink.error(
                    entry.value.position,
                    "\(entry.key) of \(owner) must be a number, or a list of how much there is at first and at most")
                continue
            }
            vitals[entry.key] = [numbers[0], most]
        }
        if vitals.count > World.mostVitals, let last = entries.last {
            sink.error(last.keyPosition, "\(owner) has more than \(World.mostVitals) measures")
        }
        return vitals.isEmpty ? nil : vitals.value
    }

    /// One or two numbers that a measure can have; nil for anything else.
    private func numbers(_ node: TextNode) -> [Int]? {
        let nodes: [TextNode]
        switch node.content {
        case .text: nodes = [node]
        case .list(let list) where list.count == 2: nodes = list
        default: return nil
        }
        var numbers: [Int] = []
        for node in nodes {
            guard case .text(let text, true) = node.content, let number = Int(text),
                (0...World.greatestVital).contains(number)
            else { return nil }
            numbers.append(number)
        }
        return numbers
    }
}
