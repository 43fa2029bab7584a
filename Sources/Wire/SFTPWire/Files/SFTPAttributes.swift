public import Basics

/// What is known of a file, or what of it shall be changed; what is nil is not said.
///
/// ```text
///   uint32 flags │ uint64 size │ uint32 uid │ uint32 gid │ uint32 permissions │ uint32 atime │ uint32 mtime
///                │ uint32 count │ count times: string name, string data
/// ```
///
/// - Limits: times end in 2106; a client's extended attributes are at most ``extendedLimit``.
/// - Source: draft-ietf-secsh-filexfer-02 section 5.
public struct SFTPAttributes: Hashable, Sendable {
    /// Who owns a file, as numbers.
    public struct Owner: Hashable, Sendable {
        /// The user's number.
        public var user: UInt32
        /// The group's number.
        public var group: UInt32

        /// Makes an owner.
        public init(user: UInt32, group: UInt32) {
            self.user = user
            self.group = group
        }
    }

    /// When a file was read and written, in seconds since 1970-01-01T00:00:00Z.
    public struct Times: Hashable, Sendable {
        /// The last reading.
        public var access: UInt32
        /// The last writing.
        public var modification: UInt32

        /// Makes times.
        public init(access: UInt32, modification: UInt32) {
            self.access = access
            self.modification = modification
        }
    }

    /// An attribute that somebody made up.
    public struct Extension: Hashable, Sendable {
        /// What it is called, as `name@domain`.
        public var name: String
        /// What it says.
        public var data: [UInt8]

        /// Makes an attribute.
        public init(name: String, data: [UInt8]) {
            self.name = name
            self.data = data
        }
    }

    /// The most extended attributes of one file; our choice, for nobody sends any.
    public static let extendedLimit = 16

    /// Octets in the file.
    public var size: UInt64?
    /// Who owns it.
    public var owner: Owner?
    /// The mode as of `stat(2)`: the type of the file, and who may do what.
    public var permissions: UInt32?
    /// When it was read and written.
    public var times: Times?
    /// What somebody made up.
    public var extended: [Extension] = []

    /// Says nothing.
    public init() {}

    /// The bits of a mode that tell the type (`S_IFMT`).
    public static let typeMask: UInt32 = 0o170000
    /// The type of a directory (`S_IFDIR`).
    public static let directoryType: UInt32 = 0o040000
    /// The type of a plain file (`S_IFREG`).
    public static let fileType: UInt32 = 0o100000
    /// The type of a symbolic link (`S_IFLNK`).
    public static let linkType: UInt32 = 0o120000

    /// Describes a plain file: mode 0600, or 0400 when it may only be read.
    public static func file(size: Int, modified: WallInstant? = nil, isWritable: Bool = true) -> Self {
        var attributes = Self()
        attributes.size = UInt64(clamping: size)
        attributes.permissions = fileType | (isWritable ? 0o600 : 0o400)
        attributes.owner = Owner(user: 0, group: 0)
        attributes.modified = modified
        return attributes
    }

    /// Describes a directory: mode 0700, or 0500 when nothing may be made in it.
    public static func directory(modified: WallInstant? = nil, isWritable: Bool = true) -> Self {
        var attributes = Self()
        attributes.size = 0
        attributes.permissions = directoryType | (isWritable ? 0o700 : 0o500)
        attributes.owner = Owner(user: 0, group: 0)
        attributes.modified = modified
        return attributes
    }

    /// When it was last written, to the second; setting it says the same of reading.
    public var modified: WallInstant? {
        get { times.map { WallInstant(milliseconds: Int64($0.modification) * 1000) } }
        set {
            times = newValue.map {
                let seconds = UInt32(clamping: $0.milliseconds / 1000)
                return Times(access: seconds, modification: seconds)
            }
        }
    }

    /// Whether it is a directory.
    public var isDirectory: Bool { type == Self.directoryType }

    /// Whether it is a symbolic link.
    public var isLink: Bool { type == Self.linkType }

    private var type: UInt32 { (permissions ?? 0) & Self.typeMask }
}
