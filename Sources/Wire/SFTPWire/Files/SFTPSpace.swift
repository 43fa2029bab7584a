/// How much a tree may hold and holds, as `df` shows it.
///
/// - Source: OpenSSH's PROTOCOL, section 4.4, `statvfs@openssh.com`.
public struct SFTPSpace: Hashable, Sendable {
    /// The octets it may hold in all.
    public var octetLimit: UInt64
    /// The octets that are still free.
    public var freeOctets: UInt64
    /// The files it may hold in all.
    public var fileLimit: UInt64
    /// The files that may still be made.
    public var freeFiles: UInt64
    /// Whether nothing can be written.
    public var isReadOnly: Bool

    /// Describes a tree.
    public init(octetLimit: Int, freeOctets: Int, fileLimit: Int, freeFiles: Int, isReadOnly: Bool = false) {
        self.octetLimit = UInt64(clamping: octetLimit)
        self.freeOctets = UInt64(clamping: freeOctets)
        self.fileLimit = UInt64(clamping: fileLimit)
        self.freeFiles = UInt64(clamping: freeFiles)
        self.isReadOnly = isReadOnly
    }
}
