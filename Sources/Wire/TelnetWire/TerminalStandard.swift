/// What a client says of its terminal in its third terminal type, `MTTS 137` (Mud Terminal Type Standard).
package struct TerminalStandard: OptionSet, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    package static let ansi = TerminalStandard(rawValue: 1)
    package static let vt100 = TerminalStandard(rawValue: 2)
    package static let utf8 = TerminalStandard(rawValue: 4)
    package static let colours256 = TerminalStandard(rawValue: 8)
    package static let mouse = TerminalStandard(rawValue: 16)
    package static let palette = TerminalStandard(rawValue: 32)
    package static let screenReader = TerminalStandard(rawValue: 64)
    package static let proxy = TerminalStandard(rawValue: 128)
    package static let truecolour = TerminalStandard(rawValue: 256)

    /// Reads `MTTS` and a number; nil for any other terminal type.
    package init?(terminalType: String) {
        let words = terminalType.split(separator: " ")
        guard words.count == 2, words[0].uppercased() == "MTTS", let bits = Int(words[1]), bits >= 0 else { return nil }
        self.init(rawValue: bits)
    }
}
