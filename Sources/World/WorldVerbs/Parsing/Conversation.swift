import WorldLanguage
import WorldModel

/// What one person's next line may refer to; never stored.
final class Conversation {
    /// What they were asked, the line it came of, and what earlier answers have decided.
    var question: Question?
    var questionedLine = ""
    var decided: [Int: ThingID] = [:]
    /// For `again`.
    var lastLine = ""
    /// The part of the last line that was not done, for `oops`; nil when all of it was.
    var undoneLine: String?
    /// The word of the last line that was not understood, folded; for `oops`.
    var unknownWord: String?
    /// What they have changed of the text they write.
    var edits: EditMemory?
    /// What the editor has asked them.
    var editorQuestion: EditorQuestion?
    /// Who told them something last.
    var lastTeller: ThingID?
    /// What they heard of late.
    private(set) var heard = HeardLines()
    /// What they told and were told alone, the latest last.
    private(set) var tells: [HeardLine] = []
    /// Things named of late, the latest first; what `it`, `him` and `her` mean.
    private(set) var mentioned: [ThingID] = []
    /// What the last command was about, if several; what `them` means.
    private(set) var group: [ThingID] = []

    private static let memory = 8
    /// Tells that are remembered.
    private static let mostTells = 20

    func remember(_ line: HeardLine) {
        heard.append(line)
        guard line.category == .tell else { return }
        tells.append(line)
        if tells.count > Self.mostTells { tells.removeFirst() }
    }

    func mention(_ things: [Thing]) {
        group = things.count > 1 ? things.map(\.id) : []
        for thing in things.suffix(Self.memory) {
            if mentioned.first == thing.id { continue }
            mentioned.removeAll { $0 == thing.id }
            mentioned.insert(thing.id, at: 0)
        }
        if mentioned.count > Self.memory { mentioned.removeLast(mentioned.count - Self.memory) }
    }
}
