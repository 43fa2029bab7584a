import SSHKeys

extension SFTPRequest {
    /// The packet, its length included.
    public func packet(id: UInt32) -> [UInt8] {
        if case .write(let handle, let offset, let data) = self {
            return SFTPPacket.make(number, id, data: data) {
                $0.string(handle)
                $0.uint64(offset)
            }
        }
        return SFTPPacket.make(number, id, write(to:))
    }

    private var number: UInt8 {
        switch self {
        case .open: SFTPPacketNumber.open
        case .close: SFTPPacketNumber.close
        case .read: SFTPPacketNumber.read
        case .write: SFTPPacketNumber.write
        case .linkAttributes: SFTPPacketNumber.linkAttributes
        case .attributes: SFTPPacketNumber.attributes
        case .handleAttributes: SFTPPacketNumber.handleAttributes
        case .setAttributes: SFTPPacketNumber.setAttributes
        case .setHandleAttributes: SFTPPacketNumber.setHandleAttributes
        case .openDirectory: SFTPPacketNumber.openDirectory
        case .readDirectory: SFTPPacketNumber.readDirectory
        case .remove: SFTPPacketNumber.remove
        case .makeDirectory: SFTPPacketNumber.makeDirectory
        case .removeDirectory: SFTPPacketNumber.removeDirectory
        case .realPath: SFTPPacketNumber.realPath
        case .rename: SFTPPacketNumber.rename
        case .readLink: SFTPPacketNumber.readLink
        case .makeLink: SFTPPacketNumber.makeLink
        case .extended: SFTPPacketNumber.extended
        case .unknown(let number): number
        }
    }

    private func write(to writer: inout SSHWriter) {
        switch self {
        case .open(let path, let flags, let attributes):
            writer.string(path)
            writer.uint32(flags.rawValue)
            attributes.write(to: &writer)
        case .read(let handle, let offset, let count):
            writer.string(handle)
            writer.uint64(offset)
            writer.uint32(count)
        case .write(let handle, let offset, let data):
            writer.string(handle)
            writer.uint64(offset)
            writer.string(data)
        case .setAttributes(let name, let attributes), .setHandleAttributes(let name, let attributes),
            .makeDirectory(let name, let attributes):
            writer.string(name)
            attributes.write(to: &writer)
        case .close(let name), .linkAttributes(let name), .attributes(let name), .handleAttributes(let name),
            .openDirectory(let name), .readDirectory(let name), .remove(let name), .removeDirectory(let name),
            .realPath(let name), .readLink(let name):
            writer.string(name)
        case .rename(let first, let second), .makeLink(let first, let second):
            writer.string(first)
            writer.string(second)
        case .extended(let request): request.write(to: &writer)
        case .unknown: break
        }
    }
}
