import SSHKeys

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
