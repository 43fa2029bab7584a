import SSHKeys

extension SFTPAttributes {
    private enum Flag {
        static let size: UInt32 = 1
        static let owner: UInt32 = 2
        static let permissions: UInt32 = 4
        static let times: UInt32 = 8
        static let extended: UInt32 = 0x8000_0000
    }

    /// Reads attributes; flags that version 3 does not know are passed over, as OpenSSH does.
    init(_ reader: inout SSHReader) throws(SSHDataFailure) {
        let flags = try reader.uint32()
        if flags & Flag.size != 0 { size = try reader.uint64() }
        if flags & Flag.owner != 0 { owner = Owner(user: try reader.uint32(), group: try reader.uint32()) }
        if flags & Flag.permissions != 0 { permissions = try reader.uint32() }
        if flags & Flag.times != 0 { times = Times(access: try reader.uint32(), modification: try reader.uint32()) }
        guard flags & Flag.extended != 0 else { return }
        let count = try reader.uint32()
        if count > Self.extendedLimit { throw .tooLong }
        for _ in 0..<count { extended.append(try Extension(&reader)) }
    }

    /// Writes attributes.
    func write(to writer: inout SSHWriter) {
        var flags: UInt32 = 0
        if size != nil { flags |= Flag.size }
        if owner != nil { flags |= Flag.owner }
        if permissions != nil { flags |= Flag.permissions }
        if times != nil { flags |= Flag.times }
        if !extended.isEmpty { flags |= Flag.extended }
        writer.uint32(flags)
        if let size { writer.uint64(size) }
        if let owner {
            writer.uint32(owner.user)
            writer.uint32(owner.group)
        }
        if let permissions { writer.uint32(permissions) }
        if let times {
            writer.uint32(times.access)
            writer.uint32(times.modification)
        }
        guard !extended.isEmpty else { return }
        writer.uint32(UInt32(clamping: extended.count))
        for one in extended { one.write(to: &writer) }
    }
}

extension SFTPAttributes.Extension {
    /// Reads a name and its data.
    init(_ reader: inout SSHReader) throws(SSHDataFailure) {
        self.init(name: String(decoding: try reader.string(), as: UTF8.self), data: Array(try reader.string()))
    }

    /// Writes a name and its data.
    func write(to writer: inout SSHWriter) {
        writer.string(name)
        writer.string(data)
    }
}
