import ArgumentParser
import Glibc
import ReactorCore
import ShellPeers

/// `mudd ssh`.
struct SSHClientCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ssh",
        abstract: "Talk to an SSH server, this one or any other.",
        discussion: """
            Without a command there is a shell, which of a game is the game. The keys of hosts are compared with those in
            ~/.ssh/known_hosts, the agent of SSH_AUTH_SOCK and the keys in ~/.ssh let you in, and otherwise you are asked.
            At a terminal ~. at the beginning of a line ends the connection, and ~? lists what else there is.

            EXAMPLES
              mudd ssh ada@localhost -p 4022
              mudd ssh ada@mud.example.org -p 4022 look
              mudd ssh new@mud.example.org -p 4022
              mudd ssh -p 4022 ada@mud.example.org -- say "Hello, all."

            EXIT STATUS
              that of the command, or 255 when there was no connection, or when it broke
            """)

    @Argument(
        help: ArgumentHelp("The name or the address of the server, and who you are there.", valueName: "[user@]host"))
    var target: String

    @Argument(help: "What to do there; behind -- whatever it looks like.")
    var command: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Its port.", valueName: "port"))
    var port: UInt16 = 22

    @Option(name: [.customShort("l"), .long], help: ArgumentHelp("Who you are there.", valueName: "user"))
    var user: String?

    @Option(
        name: [.customShort("i"), .long],
        help: ArgumentHelp(
            "A private key to get in by, in place of those in ~/.ssh; may be repeated.", valueName: "file"),
        completion: .file())
    var identity: [String] = []

    @Flag(name: [.customShort("t"), .long], help: "Ask for a terminal, also for a command.")
    var terminal = false

    @Flag(name: [.customShort("T"), .long], help: "Ask for no terminal.")
    var noTerminal = false

    @Flag(name: [.customShort("s"), .long], help: "The command is the name of a subsystem.")
    var subsystem = false

    @Option(
        name: [.customShort("W"), .long],
        help: ArgumentHelp("Have the server connect there, and talk to that.", valueName: "host:port"))
    var through: String?

    @Option(
        name: [.customShort("J"), .long],
        help: ArgumentHelp(
            "The server to go through; may be repeated, for others behind it.", valueName: "[user@]host[:port]"))
    var jump: [String] = []

    @Option(
        help: ArgumentHelp("The file of known hosts, in place of ~/.ssh/known_hosts.", valueName: "file"),
        completion: .file())
    var knownHosts: String?

    @Option(help: ArgumentHelp("What to do about a host that is not known: ask, trust or refuse.", valueName: "what"))
    var unknown = UnknownHosts.ask

    @Flag(help: "Use no agent.")
    var noAgent = false

    enum UnknownHosts: String, ExpressibleByArgument {
        case ask
        case trust
        case refuse

        var policy: SSHClientSettings.UnknownHosts {
            switch self {
            case .ask: .ask
            case .trust: .trust
            case .refuse: .refuse
            }
        }
    }

    func validate() throws {
        if terminal, noTerminal { throw ValidationError("--terminal and --no-terminal contradict each other") }
        if subsystem, command.count != 1 { throw ValidationError("--subsystem needs the name of one, as the command") }
        if through != nil, !command.isEmpty || subsystem { throw ValidationError("--through takes no command") }
        if let through, Self.place(through) == nil { throw ValidationError("--through \(through): expected HOST:PORT") }
        for place in [target] + jump where Self.split(place).host.isEmpty {
            throw ValidationError("\(place): expected the name of a host")
        }
    }

    /// Who, of `user@host`, and where.
    private static func split(_ target: String) -> (user: String?, host: String) {
        guard let at = target.lastIndex(of: "@") else { return (nil, target) }
        return (String(target[..<at]), String(target[target.index(after: at)...]))
    }

    static func place(_ text: String) -> (host: String, port: UInt16)? {
        guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
            let port = UInt16(text[text.index(after: colon)...])
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        return (String(host), port)
    }

    func run() throws {
        let mode = TerminalMode()
        let home = SSHHome()
        let options = SSHClientSession.Options(
            places: places(home), program: program, wantsTerminal: noTerminal ? false : terminal ? true : nil,
            identities: identity.isEmpty ? home.identities : identity, identitiesAreNamed: !identity.isEmpty,
            knownHosts: knownHosts.map { [$0] } ?? home.knownHosts, unknownHosts: unknown.policy,
            agent: noAgent ? nil : home.agent)
        if knownHosts == nil { home.makeFolder() }
        let status: Int32
        do {
            defer { mode.restore() }
            status = try Reactor.react { reactor in try await SSHClientSession(options, mode, on: reactor).run() }
        }
        Reactor.exit(status)
    }

    private func places(_ home: SSHHome) -> [SSHClientSession.Place] {
        let between = jump.map { text -> SSHClientSession.Place in
            let (user, rest) = Self.split(text)
            let place = Self.place(rest) ?? (rest, 22)
            return .init(user: user ?? home.user, host: place.host, port: place.port)
        }
        let (named, host) = Self.split(target)
        return between + [.init(user: user ?? named ?? home.user, host: host, port: port)]
    }

    private var program: SSHClientSession.Program {
        if let place = through.flatMap(Self.place) { return .through(host: place.host, port: place.port) }
        if subsystem { return .subsystem(command[0]) }
        return command.isEmpty ? .shell : .command(command.joined(separator: " "))
    }
}
