package import Basics
package import ReactorCore
package import WorldModel

/// Holds the world's own files, and applies what people write into them.
///
/// A gateway is given one and knows no folder of the host. Names are those of folders and a file from the
/// folder of the world downwards, each checked by ``WorldPath``.
///
/// - Isolation: belongs to the game's thread; what blocks is done elsewhere.
package protocol WorldEditing: AnyObject {
    /// Tells of a file or folder; nil when there is none.
    func entry(at path: WorldPath) -> Deferred<WorldFileEntry?>

    /// Lists a folder; nil when there is none.
    func list(_ path: WorldPath) -> Deferred<[WorldFileEntry]?>

    /// Reads a file; nil when there is none.
    func read(_ path: WorldPath) -> Deferred<[UInt8]?>

    /// Puts a file in the place of another, or takes one away, and brings what it says into the world in one turn.
    ///
    /// All files are read and checked together first. Afterwards file and world are both new; when it fails, or the
    /// computer stops before, both are old.
    ///
    /// - Parameters:
    ///   - path: The file; its folder is there.
    ///   - content: What it shall say; nil to remove it.
    ///   - persona: Whose turn it is, and who has to be allowed every change that it makes.
    /// - Returns: What changed, in a sentence; fails with ``WorldEditFailure``.
    func change(_ path: WorldPath, to content: [UInt8]?, by persona: Thing) -> Deferred<String>
}

/// What is known of a file or folder of the world.
package struct WorldFileEntry: Hashable, Sendable {
    package var name: String
    package var isFolder: Bool
    /// In octets; 0 for a folder.
    package var size: Int
    package var modified: WallInstant

    package init(name: String, isFolder: Bool, size: Int, modified: WallInstant) {
        self.name = name
        self.isFolder = isFolder
        self.size = size
        self.modified = modified
    }
}

/// Why a file of the world was not changed; its text is for whoever wrote the file.
package enum WorldEditFailure: Error, Hashable, Sendable {
    /// With what is wrong, each with file, line and column.
    case wrong(String)
    /// It would change what is not theirs to change.
    case denied(String)
    /// The system did not let it.
    case failed(String)
}
