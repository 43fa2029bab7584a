import ArgumentParser
import CharacterEncodings
import Glibc
import ReactorCore

/// `mudd telnet`.
struct TelnetClientCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "telnet",
        abstract: "Talk to a telnet server, this one or any other.",
        discussion: """
            What is typed goes to the server, and what it says to standard output. Ctrl-] begins a command to this program:
            quit, status, trace, send, help. When standard input is at its end the server is told so, and its answers are
            still shown; a script may be piped in.

            EXAMPLES
              mudd telnet localhost 4000
              mudd telnet --trace mud.example.org 4000
              printf 'guest\\nlook\\nquit\\n' | mudd telnet localhost 4000
              mudd telnet --tls --roots Data/certificate.pem localhost 4443
            """)

    @Argument(help: ArgumentHelp("The name or the address of the server.", valueName: "host"))
    var host: String

    @Argument(help: ArgumentHelp("Its port.", valueName: "port"))
    var port: UInt16

    @Flag(help: "Print on standard error what is negotiated, both ways.")
    var trace = false

    @Flag(help: "Begin with TLS.")
    var tls = false

    @Option(
        help: ArgumentHelp("With --tls: the certificates that may vouch for the server.", valueName: "file"),
        completion: .file())
    var roots: String?

    @Option(help: ArgumentHelp("The character set of the server, such as GBK; UTF-8 otherwise.", valueName: "name"))
    var encoding: String?

    @Flag(help: "Agree to no compression.")
    var noCompression = false

    func validate() throws {
        if let encoding, encoding.lowercased() != "utf-8", CharacterEncoding(named: encoding) == nil {
            let names = CharacterEncoding.all.map(\.name).joined(separator: ", ")
            throw ValidationError("--encoding \(encoding): known are UTF-8, \(names)")
        }
        if roots != nil, !tls { throw ValidationError("--roots belongs to --tls") }
    }

    func run() throws {
        let options = TelnetClientSession.Options(
            host: host, port: port, isSecure: tls, roots: roots,
            encoding: encoding.flatMap { CharacterEncoding(named: $0) },
            isTraced: trace, compresses: !noCompression)
        let mode = TerminalMode()
        let status: Int32
        do {
            defer { mode.restore() }
            status = try Reactor.react { reactor in
                try await TelnetClientSession.run(options, mode, on: reactor)
            }
        }
        Reactor.exit(status)
    }
}
