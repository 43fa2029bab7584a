import SSHKeys

/// What a client asks.
///
/// Paths and handles are octets as they are on the wire: a path is resolved by ``SFTPPath``, a handle means
/// something to the server alone.
///
/// - Source: draft-ietf-secsh-filexfer-02 section 6.
public enum SFTPRequest: Hashable, Sendable {
    /// `SSH_FXP_OPEN`: opens a file.
    case open(path: [UInt8], SFTPOpenFlags, SFTPAttributes)
    /// `SSH_FXP_CLOSE`: ends a file or a directory that is open.
    case close(handle: [UInt8])
    /// `SSH_FXP_READ`: reads at most so many octets.
    case read(handle: [UInt8], at: UInt64, count: UInt32)
    /// `SSH_FXP_WRITE`: writes octets.
    case write(handle: [UInt8], at: UInt64, data: [UInt8])
    /// `SSH_FXP_LSTAT`: asks what is known of a link itself.
    case linkAttributes(path: [UInt8])
    /// `SSH_FXP_STAT`: asks what is known of a file.
    case attributes(path: [UInt8])
    /// `SSH_FXP_FSTAT`: asks what is known of an open file.
    case handleAttributes(handle: [UInt8])
    /// `SSH_FXP_SETSTAT`: changes what is known of a file.
    case setAttributes(path: [UInt8], SFTPAttributes)
    /// `SSH_FXP_FSETSTAT`: changes what is known of an open file.
    case setHandleAttributes(handle: [UInt8], SFTPAttributes)
    /// `SSH_FXP_OPENDIR`: opens a directory.
    case openDirectory(path: [UInt8])
    /// `SSH_FXP_READDIR`: asks for more names of an open directory.
    case readDirectory(handle: [UInt8])
    /// `SSH_FXP_REMOVE`: removes a file.
    case remove(path: [UInt8])
    /// `SSH_FXP_MKDIR`: makes a directory.
    case makeDirectory(path: [UInt8], SFTPAttributes)
    /// `SSH_FXP_RMDIR`: removes a directory.
    case removeDirectory(path: [UInt8])
    /// `SSH_FXP_REALPATH`: resolves a path.
    case realPath([UInt8])
    /// `SSH_FXP_RENAME`: renames, and refuses when the new name is taken.
    case rename(path: [UInt8], newPath: [UInt8])
    /// `SSH_FXP_READLINK`: asks where a link leads.
    case readLink(path: [UInt8])
    /// `SSH_FXP_SYMLINK`: makes a link; the target comes first, as OpenSSH sends it, and not as the draft says.
    case makeLink(target: [UInt8], path: [UInt8])
    /// `SSH_FXP_EXTENDED`: something beyond the draft.
    case extended(SFTPExtendedRequest)
    /// A packet of a number that nobody knows.
    case unknown(number: UInt8)

    /// Reads what follows a packet's number and id; what is behind the last field is passed over, as OpenSSH does.
    init(number: UInt8, _ reader: inout SSHReader) throws(SSHDataFailure) {
        switch number {
        case SFTPPacketNumber.open:
            self = .open(
                path: try reader.octets(), SFTPOpenFlags(rawValue: try reader.uint32()), try SFTPAttributes(&reader))
        case SFTPPacketNumber.close: self = .close(handle: try reader.octets())
        case SFTPPacketNumber.read:
            self = .read(handle: try reader.octets(), at: try reader.uint64(), count: try reader.uint32())
        case SFTPPacketNumber.write:
            self = .write(handle: try reader.octets(), at: try reader.uint64(), data: try reader.octets())
        case SFTPPacketNumber.linkAttributes: self = .linkAttributes(path: try reader.octets())
        case SFTPPacketNumber.attributes: self = .attributes(path: try reader.octets())
        case SFTPPacketNumber.handleAttributes: self = .handleAttributes(handle: try reader.octets())
        case SFTPPacketNumber.setAttributes:
            self = .setAttributes(path: try reader.octets(), try SFTPAttributes(&reader))
        case SFTPPacketNumber.setHandleAttributes:
            self = .setHandleAttributes(handle: try reader.octets(), try SFTPAttributes(&reader))
        case SFTPPacketNumber.openDirectory: self = .openDirectory(path: try reader.octets())
        case SFTPPacketNumber.readDirectory: self = .readDirectory(handle: try reader.octets())
        case SFTPPacketNumber.remove: self = .remove(path: try reader.octets())
        case SFTPPacketNumber.makeDirectory:
            self = .makeDirectory(path: try reader.octets(), try SFTPAttributes(&reader))
        case SFTPPacketNumber.removeDirectory: self = .removeDirectory(path: try reader.octets())
        case SFTPPacketNumber.realPath: self = .realPath(try reader.octets())
        case SFTPPacketNumber.rename: self = .rename(path: try reader.octets(), newPath: try reader.octets())
        case SFTPPacketNumber.readLink: self = .readLink(path: try reader.octets())
        case SFTPPacketNumber.makeLink: self = .makeLink(target: try reader.octets(), path: try reader.octets())
        case SFTPPacketNumber.extended: self = .extended(try SFTPExtendedRequest(&reader))
        default: self = .unknown(number: number)
        }
    }
}
