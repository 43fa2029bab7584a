import ArgumentParser
import DaemonCore

/// `mudd start`.
struct StartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Start the game or a service in the background, and wait until it is ready.",
        usage: "mudd start [<name>] [<options of mudd NAME>]",
        discussion: """
            The same as mudd NAME --daemon, where NAME is serve, the game, unless given. It exits with 0 when the
            server is ready; otherwise the reason is printed, and the status is that of the server. A service without
            --pidfile and --logfile has mudd-NAME.pid and mudd-NAME.log in the folder it runs in.

            EXAMPLES
              mudd start --data /var/lib/mudd
              mudd start serve --config /etc/mudd/mudd.yaml
              mudd start echo --listen tcp:4007:interface=127.0.0.1
            """)

    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("What to start, and how.", visibility: .hidden),
        completion: .list(ServerSite.names))
    var words: [String] = []

    func run() throws {
        if ["-h", "--help"].contains(words.first) { throw CleanExit.helpRequest(self) }
        let (name, options) = Self.split(words)
        try ending { () throws(DaemonFailure) in
            guard ServerSite.isServer(name) else {
                throw DaemonFailure(.usage, "There is no service “\(name)”; mudd --help lists them.")
            }
        }
        var command = try RootCommand.parseAsRoot([name, "--daemon"] + options)
        try command.run()
    }

    /// The name of a server and its options.
    static func split(_ words: [String]) -> (name: String, options: [String]) {
        guard let first = words.first, !first.hasPrefix("-") else { return (ServerSite.game, words) }
        return (first, Array(words.dropFirst()))
    }
}
