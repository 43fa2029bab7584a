public import SSHKeys

/// Holds the modes of a terminal, as a client's has them.
///
/// ```text
///   opcode 1…159 │ uint32 value     repeated
///   0                               the end; so is an opcode of 160 or more, which nobody has defined
/// ```
///
/// - Limits: 160 modes, one for each opcode; the last one counts.
/// - Source: RFC 4254 section 8, RFC 8160.
public struct SSHTerminalModes: Hashable, Sendable {
    /// Values by their opcodes.
    public var values: [UInt8: UInt32] = [:]

    /// Makes modes from values.
    public init(_ values: [UInt8: UInt32] = [:]) { self.values = values }

    /// Reads encoded modes.
    ///
    /// - Throws: ``SSHDataFailure/truncated`` for an opcode without all of its value. A missing end is forgiven.
    public init(encoded: ArraySlice<UInt8>) throws(SSHDataFailure) {
        var reader = SSHReader(encoded)
        while !reader.isAtEnd {
            let opcode = try reader.octet()
            if opcode == 0 || opcode >= Self.firstUndefined { break }
            values[opcode] = try reader.uint32()
        }
    }

    /// Them encoded, in the order of their opcodes, with an end.
    public var encoded: [UInt8] {
        var writer = SSHWriter()
        for (opcode, value) in values.sorted(by: { $0.key < $1.key }) where opcode > 0 && opcode < Self.firstUndefined {
            writer.octet(opcode)
            writer.uint32(value)
        }
        writer.octet(0)
        return writer.octets
    }

    /// The first opcode after which nothing can be read.
    private static let firstUndefined: UInt8 = 160

    /// The value of a mode that has a name.
    public subscript(mode: Mode) -> UInt32? {
        get { values[mode.rawValue] }
        set { values[mode.rawValue] = newValue }
    }

    /// Modes that matter to a game; the names are POSIX's, in words.
    public enum Mode: UInt8, Sendable {
        /// The character that interrupts, `VINTR`; 255 for none.
        case interrupt = 1
        /// The character that erases the one before it, `VERASE`.
        case erase = 3
        /// The character that erases the line, `VKILL`.
        case killLine = 4
        /// The character that ends the input, `VEOF`.
        case endOfInput = 5
        /// Input is UTF-8, `IUTF8` of RFC 8160.
        case inputIsUTF8 = 42
        /// Lines are edited by the terminal's driver, `ICANON`.
        case canonical = 51
        /// What is typed is shown, `ECHO`.
        case echo = 53
        /// The speed of input in bit/s, `TTY_OP_ISPEED`.
        case inputSpeed = 128
        /// The speed of output in bit/s, `TTY_OP_OSPEED`.
        case outputSpeed = 129
    }
}
