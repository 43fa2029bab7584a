/// For what a file is opened.
///
/// - Source: draft-ietf-secsh-filexfer-02 section 6.3.
public struct SFTPOpenFlags: OptionSet, Hashable, Sendable {
    /// The bits on the wire.
    public let rawValue: UInt32

    /// Makes flags of any bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `SSH_FXF_READ`: to read.
    public static let read = Self(rawValue: 1)
    /// `SSH_FXF_WRITE`: to write.
    public static let write = Self(rawValue: 2)
    /// `SSH_FXF_APPEND`: every write goes to the end.
    public static let append = Self(rawValue: 4)
    /// `SSH_FXF_CREAT`: a file that is not there is made.
    public static let create = Self(rawValue: 8)
    /// `SSH_FXF_TRUNC`: a file that is there begins empty.
    public static let truncate = Self(rawValue: 16)
    /// `SSH_FXF_EXCL`: with ``create``, a file that is there is refused.
    public static let exclusive = Self(rawValue: 32)

    /// Whether anything may be written.
    public var isWriting: Bool { !isDisjoint(with: [.write, .append]) }
}
