import Basics
import WorldLanguage
import WorldModel

/// A line somebody said, as those who heard it read it; shared by all of them.
final class HeardLine {
    /// In milliseconds since 1970.
    let time: Int
    let category: MessageCategory
    let speaker: ThingID
    /// The name as it was then, whether it was seen or not.
    let name: String
    let text: String

    init(time: Int, category: MessageCategory, speaker: Thing, text: String) {
        self.time = time
        self.category = category
        self.speaker = speaker.id
        name = speaker.name
        self.text = text
    }
}

/// What one person was told of late, their own words among it: what a report takes its evidence from.
///
/// It is only in memory.
///
/// - Limits: ``most`` lines, of which those count that are not older than ``longest``.
struct HeardLines {
    static let most = 30
    /// In milliseconds.
    static let longest = 15 * 60 * 1000

    private var lines: [HeardLine] = []
    /// Where the next line goes, once there are as many as are kept.
    private var next = 0

    mutating func append(_ line: HeardLine) {
        if lines.count < Self.most {
            lines.append(line)
        } else {
            lines[next] = line
            next = (next + 1) % Self.most
        }
    }

    /// The lines that are young enough at some time, the oldest first.
    func recent(at time: Int) -> [HeardLine] {
        (lines[next...] + lines[..<next]).filter { line in
            let (age, isOver) = time.subtractingReportingOverflow(line.time)
            return !isOver && age <= Self.longest
        }
    }

    /// Whether anything was heard of somebody.
    func speaker(named name: String) -> HeardLine? { lines.first { $0.name.folded == name } }
}

extension Interpreter {
    /// Remembers for everybody who reads it what was said in a turn that is kept.
    ///
    /// - Complexity: O(*n*) in the readers.
    func remember(_ deliveries: [Delivery]) {
        for delivery in deliveries where delivery.category.isTalk {
            guard let speaker = delivery.speaker else { continue }
            let line = HeardLine(
                time: Int(world.now.milliseconds), category: delivery.category, speaker: speaker,
                text: delivery.text.plain)
            for reader in delivery.recipients { conversation(of: reader).remember(line) }
        }
    }
}
