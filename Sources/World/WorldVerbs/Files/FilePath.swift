/// The place of a file of a player: its section, and the names of folders and file from there.
///
/// ```text
///   homepage/pictures/cat.png    section homepage, names pictures and cat.png
///   notes                        the section itself
/// ```
///
/// A name is of letters and digits of ASCII, dots, hyphens and low lines, and not of dots alone: so no path leads anywhere
/// but to a file of the player's own, and every name can stand in an address of the web as it is.
///
/// - Limits: ``FileLimits/name``, ``FileLimits/folders``.
/// - SeeAlso: `WorldVerbsTests/FilePathTests`.
package struct FilePath: Hashable, Sendable {
    package let section: FileSection
    /// From the section downwards; none for the section itself.
    package let names: [String]

    private init(_ section: FileSection, _ names: [String]) {
        self.section = section
        self.names = names
    }

    /// The section itself.
    package init(_ section: FileSection) { self.init(section, []) }

    /// Makes a path of names.
    ///
    /// - Throws: ``FileProblem/badName`` or ``FileProblem/tooDeep``.
    package init(_ section: FileSection, names: [String]) throws(FileProblem) {
        guard names.allSatisfy(Self.isName) else { throw .badName }
        if names.count > FileLimits.folders + 1 { throw .tooDeep }
        self.init(section, names)
    }

    /// Reads what somebody typed: names with slashes between them.
    ///
    /// - Throws: As ``init(_:names:)`` does; there has to be one name.
    package init(_ section: FileSection, text: String) throws(FileProblem) {
        let names = text.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        if names.isEmpty { throw .badName }
        try self.init(section, names: names)
    }

    /// Reads what ``stored`` gave; nil for anything else.
    package init?(stored: String) {
        let parts = stored.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let section = parts.first.flatMap(FileSection.init(rawValue:)) else { return nil }
        let names = Array(parts.dropFirst())
        guard names.allSatisfy(Self.isName), names.count <= FileLimits.folders + 1 else { return nil }
        self.init(section, names)
    }

    /// As it is kept: `homepage/pictures/cat.png`.
    package var stored: String { ([section.rawValue] + names).joined(separator: "/") }

    /// As players read it, without the section: `pictures/cat.png`.
    package var text: String { names.joined(separator: "/") }

    package var name: String { names.last ?? section.rawValue }

    package var isSection: Bool { names.isEmpty }

    /// The folder it lies in; a section's is itself.
    package var parent: FilePath { FilePath(section, names.dropLast()) }

    /// Whether it lies in a folder, however deep, and is not the folder itself.
    package func isBelow(_ folder: FilePath) -> Bool {
        section == folder.section && names.count > folder.names.count && names.starts(with: folder.names)
    }

    /// Where something goes when a folder above it is moved.
    ///
    /// - Throws: ``FileProblem/tooDeep``.
    func moved(from folder: FilePath, to other: FilePath) throws(FileProblem) -> FilePath {
        try FilePath(other.section, names: other.names + names.dropFirst(folder.names.count))
    }

    private static func isName(_ name: String) -> Bool {
        if name.isEmpty || name.utf8.count > FileLimits.name || name.utf8.allSatisfy({ $0 == UInt8(ascii: ".") }) {
            return false
        }
        return name.utf8.allSatisfy { octet in
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
