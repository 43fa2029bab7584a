import SSHKeys

/// A request that the draft does not have.
///
/// ```text
///   string name │ what belongs to it
/// ```
///
/// - Source: OpenSSH's PROTOCOL, section 4; draft-ietf-secsh-filexfer-extensions-00 for `copy-data` and `home-directory`.
public enum SFTPExtendedRequest: Hashable, Sendable {
    /// `posix-rename@openssh.com`: renames, and replaces what has the new name.
    case replace(path: [UInt8], newPath: [UInt8])
    /// `hardlink@openssh.com`: gives a file a second name.
    case hardLink(path: [UInt8], newPath: [UInt8])
    /// `fsync@openssh.com`: makes what was written last.
    case synchronize(handle: [UInt8])
    /// `limits@openssh.com`: asks how much the server takes.
    case limits
    /// `statvfs@openssh.com`: asks how much room there is at a path.
    case space(path: [UInt8])
    /// `fstatvfs@openssh.com`: asks how much room there is where a file is open.
    case handleSpace(handle: [UInt8])
    /// `lsetstat@openssh.com`: changes the attributes of a link itself.
    case setLinkAttributes(path: [UInt8], SFTPAttributes)
    /// `expand-path@openssh.com`: resolves a path that may begin with `~`.
    case expandPath([UInt8])
    /// `home-directory`: asks where somebody's files are; no name for one's own.
    case homeDirectory(user: [UInt8])
    /// `copy-data`: copies octets from one open file to another; a length of 0 is up to the end.
    case copyData(from: [UInt8], at: UInt64, count: UInt64, to: [UInt8], newOffset: UInt64)
    /// Any other.
    case other(name: String, data: [UInt8])

    /// Reads a request, from its name on.
    init(_ reader: inout SSHReader) throws(SSHDataFailure) {
        let name = String(decoding: try reader.string(), as: UTF8.self)
        switch name {
        case SFTPExtension.replace: self = .replace(path: try reader.octets(), newPath: try reader.octets())
        case SFTPExtension.hardLink: self = .hardLink(path: try reader.octets(), newPath: try reader.octets())
        case SFTPExtension.synchronize: self = .synchronize(handle: try reader.octets())
        case SFTPExtension.limits: self = .limits
        case SFTPExtension.space: self = .space(path: try reader.octets())
        case SFTPExtension.handleSpace: self = .handleSpace(handle: try reader.octets())
        case SFTPExtension.setLinkAttributes:
            self = .setLinkAttributes(path: try reader.octets(), try SFTPAttributes(&reader))
        case SFTPExtension.expandPath: self = .expandPath(try reader.octets())
        case SFTPExtension.homeDirectory: self = .homeDirectory(user: try reader.octets())
        case SFTPExtension.copyData:
            self = .copyData(
                from: try reader.octets(), at: try reader.uint64(), count: try reader.uint64(), to: try reader.octets(),
                newOffset: try reader.uint64())
        default: self = .other(name: name, data: Array(reader.rest))
        }
    }

    /// Writes a request, its name first.
    func write(to writer: inout SSHWriter) {
        switch self {
        case .replace(let path, let newPath): writer.strings(SFTPExtension.replace, path, newPath)
        case .hardLink(let path, let newPath): writer.strings(SFTPExtension.hardLink, path, newPath)
        case .synchronize(let handle): writer.strings(SFTPExtension.synchronize, handle)
        case .limits: writer.strings(SFTPExtension.limits)
        case .space(let path): writer.strings(SFTPExtension.space, path)
        case .handleSpace(let handle): writer.strings(SFTPExtension.handleSpace, handle)
        case .setLinkAttributes(let path, let attributes):
            writer.strings(SFTPExtension.setLinkAttributes, path)
            attributes.write(to: &writer)
        case .expandPath(let path): writer.strings(SFTPExtension.expandPath, path)
        case .homeDirectory(let user): writer.strings(SFTPExtension.homeDirectory, user)
        case .copyData(let from, let offset, let count, let to, let newOffset):
            writer.strings(SFTPExtension.copyData, from)
            writer.uint64(offset)
            writer.uint64(count)
            writer.string(to)
            writer.uint64(newOffset)
        case .other(let name, let data):
            writer.strings(name)
            writer.raw(data)
        }
    }
}

extension SSHReader {
    /// Reads a string as an array of its own.
    mutating func octets() throws(SSHDataFailure) -> [UInt8] { Array(try string()) }
}

extension SSHWriter {
    fileprivate mutating func strings(_ name: String, _ values: [UInt8]...) {
        string(name)
        for value in values { string(value) }
    }
}
