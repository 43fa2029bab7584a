import TelnetWire

/// What can be said to `mudd telnet` itself, behind Ctrl-].
enum TelnetEscape: Equatable {
    case resume
    case quit
    case help
    case status
    case trace
    case send(TelnetCommand)
    case unknown(String)

    /// Reads a line; any beginning of a command's name will do.
    init(_ line: String) {
        let words = line.lowercased().split(whereSeparator: \.isWhitespace)
        guard let name = words.first else {
            self = .resume
            return
        }
        let known = ["quit", "close", "exit", "help", "?", "status", "trace", "send"].first { $0.hasPrefix(name) }
        switch known {
        case "quit", "close", "exit": self = .quit
        case "help", "?": self = .help
        case "status": self = .status
        case "trace": self = .trace
        case "send":
            let command = words.dropFirst().first.flatMap { Self.signal(named: $0) }
            self = command.map { .send($0) } ?? .unknown(line)
        default: self = .unknown(line)
        }
    }

    private static let signals: [TelnetCommand] = [
        .areYouThere, .interruptProcess, .breakSignal, .abortOutput, .eraseCharacter, .eraseLine, .noOperation,
        .goAhead,
        .endOfRecord,
    ]

    private static func signal(named name: Substring) -> TelnetCommand? {
        signals.first { "\($0)".lowercased() == name }
    }

    static let usage = """
        quit            end the connection
        status          what is agreed with the server
        trace           show what is negotiated, or no longer
        send WORD       send one of \(signals.map { "\($0)".lowercased() }.joined(separator: ", "))
        help            this list
        An empty line goes back to the server.

        """
}
