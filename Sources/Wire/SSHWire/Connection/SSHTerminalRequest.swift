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

/// Asks for a terminal, with what is known of the client's: the fields of `pty-req`.
///
/// ```text
///   string TERM │ uint32 columns, rows, pixels across, pixels down │ string encoded modes
/// ```
///
/// - Source: RFC 4254 section 6.2.
public struct SSHTerminalRequest: Hashable, Sendable {
    /// The value of `TERM`, such as `xterm-256color`; whatever a client says, made UTF-8.
    public var type: String
    /// How large it is.
    public var size: SSHWindowSize
    /// How it is set.
    public var modes: SSHTerminalModes

    /// Makes a request.
    public init(type: String, size: SSHWindowSize, modes: SSHTerminalModes = SSHTerminalModes()) {
        self.type = type
        self.size = size
        self.modes = modes
    }

    init(from reader: inout SSHReader) throws(SSHDataFailure) {
        type = String(decoding: try reader.string(limit: SSHChannelLimits.textByteCount), as: UTF8.self)
        size = try SSHWindowSize(from: &reader)
        modes = try SSHTerminalModes(encoded: try reader.string(limit: SSHChannelLimits.textByteCount))
    }

    func write(to writer: inout SSHWriter) {
        writer.string(type)
        size.write(to: &writer)
        writer.string(modes.encoded)
    }
}
