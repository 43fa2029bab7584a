/// What a client's program is called, by the best that it has told of itself.
///
/// The greeting of GMCP comes before the variables of NEW-ENVIRON, and those before the first name of its terminal.
///
/// - SeeAlso: `TelnetGatewayTests/TelnetClientNameTests`.
struct TelnetClientName {
    private var greeting = ""
    private var program = ""
    private var version = ""
    private var terminal = ""

    /// Takes one of the names that a client's terminal has; the first is that of the program, where that tells several.
    mutating func note(terminalType: String) {
        if terminal.isEmpty { terminal = terminalType }
    }

    /// Takes a variable, which may be about something else.
    mutating func note(_ value: String, of variable: String) {
        switch variable {
        case "CLIENT_NAME": program = value
        case "CLIENT_VERSION": version = value
        default: break
        }
    }

    /// Takes the name with its version.
    mutating func note(greeting: String) { self.greeting = greeting }

    /// Empty when nothing is known.
    var text: String {
        if !greeting.isEmpty { return greeting }
        if program.isEmpty { return terminal }
        return version.isEmpty ? program : "\(program) \(version)"
    }
}
