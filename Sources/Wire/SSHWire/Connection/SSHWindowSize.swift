import SSHKeys

/// Says how large a terminal is; zero means that it is not known.
///
/// - Source: RFC 4254 sections 6.2 and 6.7.
public struct SSHWindowSize: Hashable, Sendable {
    /// Characters in a row.
    public var columns: UInt32
    /// Rows.
    public var rows: UInt32
    /// Pixels across.
    public var pixelWidth: UInt32
    /// Pixels down.
    public var pixelHeight: UInt32

    /// Makes a size.
    public init(columns: UInt32, rows: UInt32, pixelWidth: UInt32 = 0, pixelHeight: UInt32 = 0) {
        self.columns = columns
        self.rows = rows
        self.pixelWidth = pixelWidth
        self.pixelHeight = pixelHeight
    }

    init(from reader: inout SSHReader) throws(SSHDataFailure) {
        columns = try reader.uint32()
        rows = try reader.uint32()
        pixelWidth = try reader.uint32()
        pixelHeight = try reader.uint32()
    }

    func write(to writer: inout SSHWriter) {
        for value in [columns, rows, pixelWidth, pixelHeight] { writer.uint32(value) }
    }
}
