/// What somebody pressed at a terminal.
package enum TerminalKey: Hashable, Sendable {
    /// A sign to be inserted; no control, and nothing that moves text about.
    case text(Unicode.Scalar)
    /// A sign that was pasted; U+000A ends a line, and nothing is a command.
    case pasted(Unicode.Scalar)
    /// A letter with Ctrl held: 1 is ^A, 26 is ^Z, 28 to 31 are ^\ ^] ^^ ^_.
    case control(UInt8)
    /// A sign with Alt held; U+007F is Alt with Backspace.
    case alt(Unicode.Scalar)
    case enter
    case tab
    case backspace
    case escape
    /// A key without a sign of its own.
    case special(Special, Modifiers = [])

    /// A key that only has a name.
    package enum Special: Hashable, Sendable, CaseIterable {
        case up, down, right, left, home, end, insert, delete, pageUp, pageDown, backTab
    }

    /// The keys held with another one, as bits of xterm's parameter less one.
    package struct Modifiers: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let shift = Modifiers(rawValue: 1)
        package static let alt = Modifiers(rawValue: 2)
        package static let control = Modifiers(rawValue: 4)
        package static let meta = Modifiers(rawValue: 8)
    }
}
