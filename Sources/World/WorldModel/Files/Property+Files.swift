/// What a file of somebody's own is: a thing that names its owner and ends with them.
extension Property where Content == String {
    /// Its name with its folders from the top, as in `homepage/pictures/cat.png`.
    package static var path: Self { Self(.path, "") }
    /// Of the world's own thing: the mark of the change of the world's files through the game that came last.
    ///
    /// What was prepared beside the files has the same mark, so that after a crash it is known which of the two is right.
    package static var lastEdit: Self { Self(.lastEdit, "") }
}

extension Property where Content == Int {
    /// When its content was written, in milliseconds since 1970.
    package static var modified: Self { Self(.modified, 0) }
}

extension Property where Content == [Int] {
    /// Of an account: when the hour began in which it wrote last, in milliseconds since 1970, and how many octets it wrote in it.
    package static var filesWritten: Self { Self(.filesWritten, []) }
}

extension Thing {
    /// The octets of a file; nil for a folder.
    package var fileContent: [UInt8]? {
        if case .octets(let content)? = value(of: PropertyKey(.content)) { content } else { nil }
    }
}

extension World {
    /// The files and folders that are somebody's own, in no order.
    ///
    /// - Complexity: O(*n*) in what names the owner.
    package func files(of owner: Thing) -> [Thing] {
        things(naming: owner, .fileOwner).compactMap { self[$0] }.filter { $0.has(.file) }
    }
}
