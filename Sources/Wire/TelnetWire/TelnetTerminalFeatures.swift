/// What a MUD client says it can do, as the number after `MTTS` in its third terminal type.
///
/// ```text
///   MTTS 137        decimal sum of the bits below: here ANSI 1, 256 colours 8, proxy 128
/// ```
///
/// - Source: the "Mud Terminal Type Standard"; bits as sent by Mudlet and tintin++.
public struct TelnetTerminalFeatures: OptionSet, Hashable, Sendable {
    /// The sum of the bits.
    public let rawValue: UInt32

    /// Makes a set of its number; bits without a name are kept.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Colours and styles by escape sequences.
    public static let ansi = TelnetTerminalFeatures(rawValue: 1)
    /// The VT100's other sequences, such as those that move the cursor.
    public static let vt100 = TelnetTerminalFeatures(rawValue: 2)
    /// Text in UTF-8.
    public static let utf8 = TelnetTerminalFeatures(rawValue: 4)
    /// The 256 colours of xterm.
    public static let colours256 = TelnetTerminalFeatures(rawValue: 8)
    /// Clicks told as xterm tells them.
    public static let mouseTracking = TelnetTerminalFeatures(rawValue: 16)
    /// A palette that the server may change.
    public static let colourPalette = TelnetTerminalFeatures(rawValue: 32)
    /// The player listens instead of looking.
    public static let screenReader = TelnetTerminalFeatures(rawValue: 64)
    /// A proxy stands in between, whose peer may be anybody.
    public static let proxy = TelnetTerminalFeatures(rawValue: 128)
    /// Colours of 24 bits.
    public static let trueColour = TelnetTerminalFeatures(rawValue: 256)
    /// Variables told as MNES has it.
    public static let newEnvironment = TelnetTerminalFeatures(rawValue: 512)
    /// Links that send a command when they are clicked (MSLP).
    public static let links = TelnetTerminalFeatures(rawValue: 1024)
    /// Connections by TLS.
    public static let tls = TelnetTerminalFeatures(rawValue: 2048)

    /// Reads `MTTS` and a number from a terminal type's name; nil when it is an ordinary name.
    public init?(terminalType name: String) {
        let prefix = "MTTS "
        guard name.hasPrefix(prefix), let bits = UInt32(name.dropFirst(prefix.count)) else { return nil }
        self.init(rawValue: bits)
    }
}
