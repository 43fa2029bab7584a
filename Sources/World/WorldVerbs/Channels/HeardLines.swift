import Basics
import WorldLanguage
import WorldModel

/// A line somebody said, as those who heard it read it; shared by all of them.
final class HeardLine {
    /// Of all that were heard, in the order they were said.
    let number: Int
    /// In milliseconds since 1970.
    let time: Int
    let category: MessageCategory
    let speaker: ThingID
    /// The name as it was then, whether it was seen or not.
    let name: String
    let text: String
    /// Folded names of people that a private line has outside the words that were said.
    private let people: [String]

    /// Lines that are older do not count, in milliseconds.
    static let longest = 15 * 60 * 1000

    init(number: Int, time: Int, category: MessageCategory, speaker: Thing, text: StyledText) {
        self.number = number
        self.time = time
        self.category = category
        self.speaker = speaker.id
        name = speaker.name
        self.text = text.plain
        people = category == .tell ? text.runs.filter { $0.style == .person }.map(\.text.folded) : []
    }

    func isRecent(at now: Int) -> Bool {
        let (age, isOver) = now.subtractingReportingOverflow(time)
        return !isOver && age <= Self.longest
    }

    /// Whether somebody who heard it may show it to others: it was said openly, or between the two of them.
    ///
    /// - Parameters:
    ///   - reporter: Who heard it.
    ///   - subject: Whom a report is about.
    /// - Returns: False for the private words of others.
    func isEvidence(of reporter: ThingID, against subject: Complaint.Subject) -> Bool {
        if category != .tell || speaker == subject.id { return true }
        return speaker == reporter && people.contains(subject.name.folded)
    }
}

/// What one person was told of late among few, their own words among it.
///
/// It is only in memory.
struct HeardLines {
    /// Lines that are kept, and that a report takes along.
    static let most = 30

    /// Not in order, because the newest take the places of the oldest.
    private(set) var lines: [HeardLine] = []
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
}

/// What was said to many at once, kept once for all of them, so that a line costs the same whoever hears it.
///
/// It is only in memory. Private words are never here.
struct CrowdLines {
    /// Readers from which on a line is kept here.
    static let crowd = 32
    /// Readers of all lines together.
    static let mostReaders = 1 << 18

    private var lines: [(line: HeardLine, readers: [Thing])] = []
    /// The first that still counts; those before it go when they are half of all.
    private var first = 0
    private var readers = 0

    mutating func append(_ line: HeardLine, _ people: [Thing]) {
        lines.append((line, people))
        readers += people.count
        while first < lines.count, readers > Self.mostReaders || !lines[first].line.isRecent(at: line.time) {
            readers -= lines[first].readers.count
            lines[first].readers = []
            first += 1
        }
        if first * 2 > lines.count {
            lines.removeFirst(first)
            first = 0
        }
    }

    /// - Complexity: O(*n*) in the readers of all lines.
    func lines(heardBy person: Thing) -> [HeardLine] {
        lines[first...].lazy.filter { $0.readers.contains { $0 === person } }.map(\.line)
    }
}

extension Interpreter {
    /// Remembers for everybody who reads it what was said in a turn that is kept.
    ///
    /// - Complexity: O(1) for what a crowd hears.
    func remember(_ deliveries: [Delivery]) {
        for delivery in deliveries where delivery.category.isTalk {
            guard let speaker = delivery.speaker else { continue }
            heardLineCount += 1
            let line = HeardLine(
                number: heardLineCount, time: Int(world.now.milliseconds), category: delivery.category,
                speaker: speaker, text: delivery.text)
            if delivery.category != .tell, delivery.recipients.count >= CrowdLines.crowd {
                crowdLines.append(line, delivery.recipients)
            } else {
                for reader in delivery.recipients { conversation(of: reader).remember(line) }
            }
        }
    }

    /// What somebody heard and said of late, the oldest first.
    func heardLines(of person: Thing) -> [HeardLine] {
        (conversation(of: person).heard.lines + crowdLines.lines(heardBy: person)).sorted { $0.number < $1.number }
    }
}
