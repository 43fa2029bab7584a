public import ReactorCore
public import SSHWire
public import Transports

/// A client of an SSH server: it knows whom it talks to, and its user is in.
///
/// ```swift
/// var settings = SSHClientSettings(user: "ada", host: "mud.example.org", port: 4022)
/// settings.knownHosts = ["/home/ada/.ssh/known_hosts"]
/// settings.keyFiles = ["/home/ada/.ssh/id_ed25519"]
/// let client = try await endpoint.connectSSH(settings, prompter: person, on: reactor).value
/// let result = try await client.run("look").value
/// client.close()
/// ```
///
/// The host's key is compared with the files of known hosts before anything of the user is sent. Then keys of the agent are
/// tried, keys of files, the server's own questions, and a password, as far as the server goes on with them. RSA signs with
/// SHA-2 only.
///
/// - Isolation: belongs to the reactor's thread.
/// - SeeAlso: `ShellPeersTests/SSHClientTests`.
public final class SSHClient {
    /// What was asked for.
    public let settings: SSHClientSettings
    /// The connection below, for what this class has no word for.
    public let connection: SSHConnection
    /// Fires once the connection is gone.
    public let ended = Deferred<DisconnectReason>()

    init(_ settings: SSHClientSettings, _ connection: SSHConnection) {
        self.settings = settings
        self.connection = connection
    }

    /// Says goodbye, and closes after what was sent.
    public func close() { connection.disconnect() }

    // MARK: Channels

    /// Opens a session and starts something in it.
    ///
    /// - Parameters:
    ///   - program: ``SSHChannelRequest/shell``, ``SSHChannelRequest/execute(_:)`` or ``SSHChannelRequest/subsystem(_:)``.
    ///   - terminal: The terminal that it is to have; nil for none.
    ///   - environment: Variables that the server may set or leave.
    ///   - handler: Who is told what comes.
    /// - Returns: The channel, once the server has started it. It fails with ``SSHClientFailure/refused(_:)`` or with what the
    ///   server says of the channel.
    public func start(
        _ program: SSHChannelRequest, terminal: SSHTerminalRequest? = nil,
        environment: [(name: String, value: String)] = [],
        handler: any SSHChannelHandler
    ) -> Deferred<SSHChannel> {
        connection.openChannel(.session, handler: handler).flatMap { channel in
            func refuse(_ what: String) -> SSHClientFailure {
                channel.close()
                return .refused(what)
            }
            let hasTerminal = terminal.map { channel.request(.terminal($0)) } ?? .succeeded(true)
            for (name, value) in environment { channel.notify(.environment(name: name, value: value)) }
            let isStarted = channel.request(program)
            return hasTerminal.flatMap { answer in
                if !answer { throw refuse("a terminal") }
                return isStarted.map { answer in
                    if !answer { throw refuse("the request “\(program.name)”") }
                    return channel
                }
            }
        }
    }

    /// Has the server connect to another host, as far as it lets anybody.
    ///
    /// - Returns: The channel, once the server has connected; it fails with what the server says.
    public func connect(to host: String, port: UInt16, handler: any SSHChannelHandler) -> Deferred<SSHChannel> {
        connection.openChannel(.direct(SSHForwarding(host: host, port: port)), handler: handler)
    }

    /// Runs a command to its end.
    ///
    /// - Parameters:
    ///   - command: What the server does with it is its affair.
    ///   - input: What the command can read.
    /// - Returns: What it wrote, and how it ended. It fails as ``start(_:terminal:environment:handler:)`` does.
    /// - Limits: ``SSHCommandResult/longestOutput`` octets, behind which the command is given up.
    public func run(_ command: String, input: [UInt8] = []) -> Deferred<SSHCommandResult> {
        let reader = SSHCommandReader()
        return start(.execute(command), handler: reader).flatMap { channel in
            channel.send(input)
            channel.endOutput()
            return reader.result
        }
    }
}

extension ClientEndpoint {
    /// Connects, makes sure of the host, and gets the user in.
    ///
    /// - Parameters:
    ///   - settings: Who, and how.
    ///   - prompter: Who is asked what the settings do not say; held until the connection is gone.
    ///   - reactor: Whose thread all of it happens on.
    /// - Returns: The client. It fails with ``SSHClientFailure``, with why the connection was lost, or as ``connect(_:on:)`` does;
    ///   cancelling gives up.
    public func connectSSH(
        _ settings: SSHClientSettings, prompter: any SSHClientPrompter, on reactor: Reactor
    ) -> Deferred<SSHClient> {
        reactor.deferToTask { try await SSHClientOpening(settings, prompter, on: reactor).open(over: self) }
    }
}
