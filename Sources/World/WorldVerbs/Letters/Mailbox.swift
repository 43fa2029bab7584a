import Basics
package import WorldModel

/// The folders everybody has; each is made when the first letter comes into it.
package enum StandardFolder: String, CaseIterable, Sendable {
    case inbox = "Inbox"
    case drafts = "Drafts"
    case sent = "Sent"
    case trash = "Trash"
}

/// Somebody's letters, whether they are in play or not.
///
/// A mailbox belongs to a character. Its folders are things located nowhere, which the character lists in `letterFolders` and
/// which name it in `folderOwner`, so that they and the letters in them end with it.
///
/// - Limits: ``LetterLimits/letters`` in all folders together, ``LetterLimits/folders``.
package struct Mailbox {
    package let owner: Thing
    package let world: World

    package init(of owner: Thing, in world: World) {
        self.owner = owner
        self.world = world
    }

    // MARK: Folders

    /// Those that were made, the standard ones first.
    package var folders: [LetterFolder] {
        let made = owner[.letterFolders].compactMap { world[$0] }.filter { $0.has(.folder) }.map(LetterFolder.init)
        let standard = StandardFolder.allCases.compactMap { kind in made.first { $0.name == kind.rawValue } }
        return standard + made.filter { folder in !standard.contains { $0.thing === folder.thing } }
    }

    /// A folder of that name, in capitals or not, if it was made.
    package func folder(named name: String) -> LetterFolder? {
        let name = name.folded
        return folders.first { $0.name.folded == name }
    }

    package func folder(_ kind: StandardFolder) -> LetterFolder? { folder(named: kind.rawValue) }

    /// A standard folder, made if it was not there.
    package func madeFolder(_ kind: StandardFolder) -> LetterFolder { folder(kind) ?? make(kind.rawValue) }

    /// Makes a folder of one's own.
    ///
    /// - Throws: ``LetterProblem`` when there is one of that name or no room for one.
    package func makeFolder(named name: String) throws(LetterProblem) -> LetterFolder {
        if name.isEmpty || name.count > LetterLimits.name { throw .longName }
        if let kind = StandardFolder.allCases.first(where: { $0.rawValue.folded == name.folded }) {
            throw .folderExists(kind.rawValue)
        }
        if let known = folder(named: name) { throw .folderExists(known.name) }
        let own = folders.count { folder in !StandardFolder.allCases.contains { $0.rawValue == folder.name } }
        if own >= LetterLimits.folders - StandardFolder.allCases.count { throw .tooManyFolders }
        return make(name)
    }

    private func make(_ name: String) -> LetterFolder {
        let folder = world.create(.folder)
        // A clock that was put back must not bring back a number that a mail program remembers.
        let validity = max(Int(world.now.milliseconds / 1000), min(owner[.uidValidity], Int(UInt32.max) - 1) + 1, 1)
        world.set(.uidValidity, to: validity, on: owner)
        world.set(.uidValidity, to: validity, on: folder)
        world.set(.title, to: name, on: folder)
        world.set(.folderOwner, to: owner, on: folder)
        world.set(.letterFolders, to: owner[.letterFolders] + [folder.id], on: owner)
        return LetterFolder(folder)
    }

    /// Ends an empty folder of one's own.
    ///
    /// - Throws: ``LetterProblem`` when it is one that everybody has, or not empty.
    package func remove(_ folder: LetterFolder) throws(LetterProblem) {
        if StandardFolder.allCases.contains(where: { $0.rawValue == folder.name }) {
            throw .standardFolder(folder.name)
        }
        if folder.count > 0 { throw .folderInUse(folder.name) }
        world.destroy(folder.thing)
    }

    // MARK: Letters

    package var count: Int { folders.reduce(0) { $0 + $1.count } }

    /// Whether no letter more goes in.
    package var isFull: Bool { count >= LetterLimits.letters }

    /// Letters in the inbox that were not read.
    package var unread: Int { folder(.inbox)?.unread ?? 0 }

    /// Lays a copy of a sent letter into a folder.
    ///
    /// - Precondition: The mailbox is not full.
    package func take(_ original: Thing, into kind: StandardFolder, flags: [LetterFlag] = []) throws(LetterProblem)
        -> Letter
    {
        let copy = world.create(prototype: original)
        guard world.file(copy, in: madeFolder(kind).thing) != nil else { throw .full(owner.name) }
        if !flags.isEmpty { world.set(.flags, to: flags.map(\.rawValue), on: copy) }
        return Letter(copy)
    }

    /// Moves a letter to another folder, where it gets a new number.
    package func move(_ letter: Letter, to folder: LetterFolder) throws(LetterProblem) {
        if world.file(letter.thing, in: folder.thing) == nil { throw .full(owner.name) }
    }

    /// Ends a letter in this mailbox for good.
    package func expunge(_ letter: Letter) {
        world.destroy(letter.thing)
    }

    // MARK: Drafts

    /// What is being written, if something is.
    package var draft: Letter? {
        guard let draft = world.thing(owner, .draft), draft.has(.letter), draft.location != nil else { return nil }
        return Letter(draft)
    }

    /// Begins a letter, which lies among the drafts and is what is being written from now on.
    ///
    /// - Throws: ``LetterProblem`` when the mailbox is full or holds too many drafts.
    package func beginDraft(to recipients: [String], subject: String) throws(LetterProblem) -> Letter {
        if isFull { throw .ownFull }
        if let drafts = folder(.drafts), drafts.count >= LetterLimits.drafts { throw .tooManyDrafts }
        let draft = world.create(.letter)
        world.set(.author, to: Int(clamping: owner.id.number), on: draft)
        world.set(.authorName, to: owner.name, on: draft)
        world.set(.recipients, to: recipients, on: draft)
        world.set(.subject, to: subject, on: draft)
        world.set(.flags, to: [LetterFlag.seen.rawValue, LetterFlag.draft.rawValue], on: draft)
        world.set(.received, to: Int(clamping: world.now.milliseconds), on: draft)
        guard world.file(draft, in: madeFolder(.drafts).thing) != nil else { throw .ownFull }
        world.set(.draft, to: draft, on: owner)
        return Letter(draft)
    }
}
