import SSHWire
import TerminalWire

/// What a client has told of itself before it asks for something.
struct SSHSessionEnvironment {
    /// Its terminal; nil for a script.
    var terminal: SSHTerminalRequest?
    private var variables: [(name: String, value: String)] = []

    /// Takes a variable of the client's environment.
    ///
    /// - Returns: Whether it says something of the client.
    mutating func note(_ value: String, ofVariable name: String) -> Bool {
        var trial = TerminalProfile()
        guard trial.learn(value, ofVariable: name) else { return false }
        variables.append((name, value))
        return true
    }

    /// Whether its keys are taken one by one, and its screen is kept tidy.
    var takesKeys: Bool { terminal.map { !TerminalProfile.isDumb($0.type) } ?? false }

    /// Makes what reads lines from a terminal where they are not edited; nil where there is no terminal.
    ///
    /// A program such as an editor's shell, which shows lines before it sends them, says so by the mode `ECHO`.
    func makeCanonicalInput() -> CanonicalInput? {
        terminal.map { CanonicalInput(echoes: $0.modes[.echo] != 0) }
    }

    /// How it is written to.
    var profile: TerminalProfile {
        var profile = TerminalProfile()
        if let terminal { profile.learn(from: terminal) }
        for (name, value) in variables { _ = profile.learn(value, ofVariable: name) }
        // A script that reads the answer wants the words alone.
        if terminal == nil { profile.colour = .none }
        return profile
    }

    /// What its user reads, as POSIX names it; empty when the client does not tell.
    var locale: String {
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            if let found = variables.last(where: { $0.name == name && !$0.value.isEmpty }) { return found.value }
        }
        return ""
    }

    /// Text as the client's end of the channel has it: a terminal there wants both ends of a line, a script one.
    func octets(_ text: [UInt8]) -> [UInt8] {
        if terminal != nil { return text }
        var octets: [UInt8] = []
        octets.reserveCapacity(text.count)
        for (place, octet) in text.enumerated()
        where octet != 0x0D || place + 1 == text.count || text[place + 1] != 0x0A {
            octets.append(octet)
        }
        return octets
    }
}
