package import Basics
package import WorldModel

/// Reads a file or folder of a player's from its thing.
///
/// Each is a thing located nowhere that names its owner and has its whole path: what is written of one writes no other, and
/// none has to be looked for to list them. A file has its octets in `content`; a folder has none.
package struct PlayerFile {
    package let thing: Thing
    package let path: FilePath

    /// Takes a thing that is a file; nil when it says nothing that can be a path.
    init?(_ thing: Thing) {
        guard let path = FilePath(stored: thing[.path]), !path.isSection else { return nil }
        self.thing = thing
        self.path = path
    }

    package var isFolder: Bool { thing.value(of: PropertyKey(.content)) == nil }

    /// The octets; none of a folder.
    package var content: [UInt8] { thing.fileContent ?? [] }

    package var octetCount: Int { thing.fileContent?.count ?? 0 }

    /// When it was written or made.
    package var modified: WallInstant { WallInstant(milliseconds: Int64(thing[.modified])) }

    /// What its name says that it is.
    package var mediaType: String { MediaTypes.type(ofName: path.name) }
}
