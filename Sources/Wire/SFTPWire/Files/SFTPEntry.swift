/// One name of a directory, with what is known of it.
public struct SFTPEntry: Hashable, Sendable {
    /// The name, without a slash.
    public var name: String
    /// What is known of it.
    public var attributes: SFTPAttributes
    /// The owner's name in a long listing.
    public var ownerName: String
    /// The group's name in a long listing.
    public var groupName: String

    /// Makes an entry.
    public init(_ name: String, _ attributes: SFTPAttributes, ownerName: String = "mudd", groupName: String = "mudd") {
        self.name = name
        self.attributes = attributes
        self.ownerName = ownerName
        self.groupName = groupName
    }
}
