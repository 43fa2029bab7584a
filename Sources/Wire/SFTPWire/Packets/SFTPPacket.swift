import SSHKeys

/// Puts packets together.
enum SFTPPacket {
    /// A packet of a number, an id and what `body` writes, with its length before it.
    static func make(_ number: UInt8, _ id: UInt32, _ body: (inout SSHWriter) -> Void) -> [UInt8] {
        var content = SSHWriter(message: number)
        content.uint32(id)
        body(&content)
        return framed(content)
    }

    /// A packet that ends in much data, which is copied once.
    static func make(
        _ number: UInt8, _ id: UInt32, data: [UInt8], _ head: (inout SSHWriter) -> Void = { _ in }
    ) -> [UInt8] {
        var start = SSHWriter(message: number)
        start.uint32(id)
        head(&start)
        var packet = SSHWriter(reserving: start.octets.count + data.count + 8)
        packet.uint32(UInt32(clamping: start.octets.count + 4 + data.count))
        packet.raw(start.octets)
        packet.string(data)
        return packet.octets
    }

    /// The hello of either side: a version, and what it can do beyond.
    static func hello(_ number: UInt8, version: UInt32, _ extensions: [SFTPAttributes.Extension]) -> [UInt8] {
        var content = SSHWriter(message: number)
        content.uint32(version)
        for one in extensions { one.write(to: &content) }
        return framed(content)
    }

    private static func framed(_ content: SSHWriter) -> [UInt8] {
        var packet = SSHWriter(reserving: content.octets.count + 4)
        packet.string(content.octets)
        return packet.octets
    }
}
