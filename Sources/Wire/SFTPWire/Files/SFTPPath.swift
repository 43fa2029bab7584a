/// A place in a tree of files: names from its root, without `.`, `..`, empty names or links.
///
/// What a client wrote is resolved by its text alone, and `..` at the root stays there: so no path can lead
/// out of the tree, whatever is in it.
///
/// - Limits: ``octetLimit`` octets in all, ``nameOctetLimit`` in a name.
/// - Source: draft-ietf-secsh-filexfer-02 section 6.2.
public struct SFTPPath: Hashable, Sendable, CustomStringConvertible {
    /// The most octets of a path, as a client writes it and as it is resolved; `PATH_MAX` of Linux.
    public static let octetLimit = 4096
    /// The most octets of one name; `NAME_MAX` of Linux.
    public static let nameOctetLimit = 255

    /// The names from the root downwards; none for the root itself.
    public let names: [String]

    /// The root.
    public static let root = Self(names: [])

    private init(names: [String]) { self.names = names }

    /// Resolves what a client wrote.
    ///
    /// - Parameters:
    ///   - octets: A path in UTF-8; the empty one is `base`.
    ///   - base: Where a path begins that does not begin with a slash.
    /// - Throws: A status that says what cannot be: a name that is no UTF-8, a control character (NUL too), too many octets.
    public init(_ octets: some Collection<UInt8>, from base: SFTPPath = .root) throws(SFTPStatus) {
        if octets.count > Self.octetLimit { throw .failure("the path is too long") }
        var names = octets.first == UInt8(ascii: "/") ? [] : base.names
        for part in octets.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true) {
            guard let name = String(validating: part, as: UTF8.self) else { throw .failure("the path is not UTF-8") }
            switch name {
            case ".": continue
            case "..": _ = names.popLast()
            default:
                if let objection = Self.objection(to: name) { throw .failure(objection) }
                names.append(name)
            }
        }
        self.names = names
        if description.utf8.count > Self.octetLimit { throw .failure("the path is too long") }
    }

    /// Resolves a text, by the same rules.
    public init(_ text: String, from base: SFTPPath = .root) throws(SFTPStatus) { try self.init(text.utf8, from: base) }

    /// The path of something in this directory.
    ///
    /// - Parameter name: One name, without a slash.
    /// - Returns: The path below this one.
    /// - Throws: A status that says why there can be no such name.
    public func appending(_ name: String) throws(SFTPStatus) -> SFTPPath {
        if let objection = Self.objection(to: name) { throw .failure(objection) }
        return SFTPPath(names: names + [name])
    }

    /// The directory that holds this; the root's is the root.
    public var parent: SFTPPath { SFTPPath(names: names.dropLast()) }

    /// The last name; empty for the root.
    public var name: String { names.last ?? "" }

    /// Whether this is the root.
    public var isRoot: Bool { names.isEmpty }

    /// Whether this is below a directory, or the directory itself.
    public func isWithin(_ directory: SFTPPath) -> Bool { names.starts(with: directory.names) }

    /// The path with slashes, as `/notes/friends.txt`.
    public var description: String { "/" + names.joined(separator: "/") }

    /// Why nothing can be called that, or nil.
    public static func objection(to name: String) -> String? {
        if name.isEmpty || name == "." || name == ".." { return "this is no name" }
        if name.utf8.count > nameOctetLimit { return "the name is too long" }
        if name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "the name has a control character" }
        if name.utf8.contains(UInt8(ascii: "/")) { return "the name has a slash" }
        return nil
    }
}
