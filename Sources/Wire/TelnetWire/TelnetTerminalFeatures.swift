/// What a MUD client says it can do, as the number after `MTTS` in its third terminal type.
///
/// ```text
///   MTTS 137        decimal sum of the bits below: here ANSI 1, 256 colours 8, proxy 128
/// ```
///
/// - Source: the "Mud Terminal Type Standard"; bits as sent by Mudlet and tintin++.
package struct TelnetTerminalFeatures: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package static let ansi = TelnetTerminalFeatures(rawValue: 1)
    package static let vt100 = TelnetTerminalFeatures(rawValue: 2)
    package static let utf8 = TelnetTerminalFeatures(rawValue: 4)
    package static let colours256 = TelnetTerminalFeatures(rawValue: 8)
    package static let mouseTracking = TelnetTerminalFeatures(rawValue: 16)
    package static let colourPalette = TelnetTerminalFeatures(rawValue: 32)
    /// The player listens instead of looking.
    package static let screenReader = TelnetTerminalFeatures(rawValue: 64)
    package static let proxy = TelnetTerminalFeatures(rawValue: 128)
    package static let trueColour = TelnetTerminalFeatures(rawValue: 256)
    package static let newEnvironment = TelnetTerminalFeatures(rawValue: 512)
    package static let links = TelnetTerminalFeatures(rawValue: 1024)
    package static let tls = TelnetTerminalFeatures(rawValue: 2048)

    /// Reads `MTTS` and a number from a terminal type's name; nil when it is an ordinary name.
    package init?(terminalType name: String) {
        let prefix = "MTTS "
        guard name.hasPrefix(prefix), let bits = UInt32(name.dropFirst(prefix.count)) else { return nil }
        self.init(rawValue: bits)
    }
}
