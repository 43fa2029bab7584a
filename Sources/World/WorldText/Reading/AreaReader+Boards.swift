import Basics
import WorldModel

/// Boards and the notes that are on them at first.
extension AreaReader {
    /// `true`, or a map with a title and notes.
    ///
    /// - Returns: The notes, which are declarations of their own.
    func readBoard(_ fields: inout Fields, into thing: inout Declaration) -> [TextNode.Entry] {
        guard let entry = fields.entry("board") else { return [] }
        if let flag = Fields.flag(entry.value) {
            if flag { insertBoard(into: &thing, entry) }
            return []
        }
        guard var board = Fields(entry.value, of: "board of \(thing.label)", sink) else { return [] }
        insertBoard(into: &thing, entry)
        if let title = board.text("title") { thing.looks[.title] = .text(title) }
        let notes = board.map("notes")
        board.finish()
        return notes
    }

    /// What lies in a container can be taken, and notes cannot.
    private func insertBoard(into thing: inout Declaration, _ entry: TextNode.Entry) {
        thing.faculties.insert(.board)
        if thing.faculties.contains(.container) {
            sink.error(entry.keyPosition, "\(thing.label) is a board and a container at once")
        }
    }

    mutating func readNote(_ entry: TextNode.Entry, on board: Reference) {
        guard let key = key(entry, .note) else { return }
        var note = Declaration(.note, key, at: entry.keyPosition)
        guard var fields = Fields(entry.value, of: note.label, sink) else { return }
        note.faculties = .letter
        note.location = board
        for (name, property) in [("subject", CoreProperty.subject), ("text", .body)] {
            if let text = fields.text(name) {
                note.looks[property] = .text(text)
            } else if !fields.has(name) {
                sink.error(entry.keyPosition, "\(note.label) has no \(name)")
            }
        }
        if let author = fields.text("by") { note.looks[.authorName] = .text(author) }
        fields.finish()
        declarations.append(note)
    }
}
