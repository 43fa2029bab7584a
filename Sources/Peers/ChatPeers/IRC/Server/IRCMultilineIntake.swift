import IRCWire

/// The batch that a client sends; apart, because most clients never send one.
final class IRCMultilineIntake {
    private var assembler = IRCMultilineAssembler()

    /// Whether one is open: its lines are no load of their own.
    var isOpen: Bool { assembler.isOpen }

    func take(_ message: IRCMessage) -> IRCMultilineAssembler.Outcome { assembler.take(message) }
}
