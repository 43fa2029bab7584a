import Basics
import WorldLanguage
package import WorldModel

/// A board: a thing in a place on which notes are pinned, the newest last.
///
/// It numbers its notes as a folder numbers letters, so that it can be served as one.
///
/// - Limits: ``LetterLimits/notes`` on one board; a full one takes no more until some are removed, so that none vanishes unread.
package struct Board {
    package let thing: Thing
    package let world: World

    package init(_ thing: Thing, in world: World) {
        self.thing = thing
        self.world = world
    }

    package var folder: LetterFolder { LetterFolder(thing) }
    package var notes: [Letter] { folder.letters }

    /// The notes but for those of people whom a reader ignores.
    package func notes(for reader: Thing) -> [Letter] {
        notes.filter { note in
            guard let author = note.author(in: world) else { return true }
            return !Ignoring.ignores(reader, author, world)
        }
    }

    /// What a reader has not read, the oldest first.
    package func unread(by reader: Thing) -> [Letter] {
        let marks = ReadMarks(of: reader, on: thing)
        return notes(for: reader).filter { !marks.isRead($0) }
    }

    /// What its list is called: a title of its own, else its name.
    package var title: String { thing[.title].isEmpty ? thing.name : thing[.title] }

    /// Pins a note to it.
    ///
    /// - Throws: ``LetterProblem`` when the board is full or the text too long.
    package func post(_ draft: Thing) throws(LetterProblem) -> Letter {
        if folder.count >= LetterLimits.notes { throw .fullBoard }
        try PostOffice.check(subject: draft[.subject])
        try PostOffice.check(body: draft[.body])
        guard world.file(draft, in: thing) != nil else { throw .fullBoard }
        world.set(.sent, to: Int(clamping: world.now.milliseconds), on: draft)
        for core in [CoreProperty.flags, .received] { world.set(PropertyKey(core), to: nil, on: draft) }
        return Letter(draft)
    }

    /// Takes a note off for good.
    package func remove(_ note: Letter) {
        world.destroy(note.thing)
    }
}

/// Which notes of boards somebody has read.
///
/// ```text
///   notesRead of the reader     board number: [upTo, note, note, …]
/// ```
///
/// Everything up to `upTo` is read, and beyond it the notes listed; those move into `upTo` as soon as there is no gap.
///
/// - Limits: ``LetterLimits/readAhead`` notes beyond a gap, ``LetterLimits/boards`` boards; what is forgotten counts as read.
package struct ReadMarks {
    private let reader: Thing
    private let board: Thing
    private let upTo: Int
    private let ahead: Set<Int>

    /// Reads them; they do not follow later changes.
    package init(of reader: Thing, on board: Thing) {
        self.reader = reader
        self.board = board
        let marks = reader[.notesRead][String(board.id.number)] ?? []
        upTo = marks.first ?? 0
        ahead = Set(marks.dropFirst())
    }

    package func isRead(_ note: Letter) -> Bool { note.number <= upTo || ahead.contains(note.number) }

    /// Marks a note as read.
    ///
    /// - Complexity: O(*n*) in the notes of the board.
    package func read(_ note: Letter, in world: World) {
        if isRead(note) { return }
        let key = String(board.id.number)
        var upTo = upTo
        var ahead = self.ahead.union([note.number]).sorted()
        if ahead.count > LetterLimits.readAhead { upTo = ahead.removeFirst() }
        // A gap is a note that is there and unread.
        for other in LetterFolder(board).letters where other.number > upTo {
            guard ahead.contains(other.number) else { break }
            upTo = other.number
        }
        ahead.removeAll { $0 <= upTo }
        var all = reader[.notesRead]
        all[key] = [upTo] + ahead
        if all.count > LetterLimits.boards {
            let others = all.keys.filter { $0 != key }.sorted()
            if let gone = others.first(where: { !Self.exists($0, in: world) }) ?? others.first { all[gone] = nil }
        }
        world.set(.notesRead, to: all, on: reader)
    }

    private static func exists(_ key: String, in world: World) -> Bool {
        UInt64(key).map { world[ThingID($0)] != nil } ?? false
    }
}
