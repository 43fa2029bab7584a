/// Where letters lie.
extension World {
    /// The last number a letter can have in one folder: what mail programs take, in 32 bits (RFC 9051 §2.3.1.1).
    package static let lastUID = Int(UInt32.max)

    /// Puts a letter into a folder or pins a note to a board, behind everything there and with the next number.
    ///
    /// Numbers of one folder rise and are never used again; a letter that lies there already keeps its own.
    /// - Returns: The number, from 1; nil when all are used up, and then nothing has changed.
    @discardableResult
    package func file(_ letter: Thing, in folder: Thing) -> Int? {
        if letter.location === folder, letter[.uid] > 0 { return letter[.uid] }
        let last = folder.contents.last?[.uid] ?? 0
        let number = max(folder[.nextUID], min(max(last, 0), Self.lastUID) + 1)
        if number > Self.lastUID { return nil }
        move(letter, to: folder)
        set(.uid, to: number, on: letter)
        set(.nextUID, to: number + 1, on: folder)
        return number
    }
}

extension Thing {
    /// Whether it is a letter that nobody has any more: sent, and not in any folder.
    var isForgottenLetter: Bool {
        exists && location == nil && heirs.isEmpty && has(.letter) && !has(.prototype)
    }
}
