import ArgumentParser
import ChatPeers
import CredentialCore
import DaemonCore
import FileAccess
import HTTPWire
import IRCWire
import Logging
import PluginCore
import ServiceCore
import Transports

/// `mudd irc`.
struct IRCService: ServiceMaker {
    struct Options: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                "Where to listen: tcp:6667, or tls:6697:cert=server.pem; repeatable.", valueName: "endpoint"))
        var listen: [String] = ["tcp:6667:interface=127.0.0.1"]

        @Option(
            help: ArgumentHelp(
                "Where to listen for browsers, which speak WebSocket; repeatable.", valueName: "endpoint"))
        var webSocket: [String] = []

        @Option(
            help: ArgumentHelp(
                "With --web-socket: whose pages may connect, such as https://example.org; repeatable, all unless given.",
                valueName: "origin"))
        var origin: [String] = []

        @Option(
            help: ArgumentHelp(
                "The port that speaks TLS: clients that come in clear are told to use it from then on (sts).",
                valueName: "port"))
        var stsPort: UInt16?

        @Option(help: ArgumentHelp("The server's name.", valueName: "name"))
        var name = "irc.localhost"

        @Option(help: ArgumentHelp("The network's name.", valueName: "name"))
        var network = "mudd"

        @Option(
            help: ArgumentHelp(
                "Who may become a server operator: a name, and a file with the password or its hash; repeatable.",
                valueName: "name:file"))
        var `operator`: [String] = []

        @Option(
            help: ArgumentHelp("A file with the password that everybody must give.", valueName: "file"),
            completion: .file())
        var passwordFile: String?

        @Option(help: ArgumentHelp("A file with the message of the day.", valueName: "file"), completion: .file())
        var motd: String?

        @Option(help: ArgumentHelp("What ADMIN tells, such as an address; up to three times.", valueName: "text"))
        var admin: [String] = []

        @Option(
            help: ArgumentHelp(
                "Which letters are the same: ascii, rfc1459, rfc1459-strict or unicode.", valueName: "name"))
        var casemapping = "ascii"

        @Flag(help: "Take letters of all scripts in nicks; of those that look alike, one.")
        var unicodeNicks = false

        @Flag(inversion: .prefixedNo, help: "Let clients make accounts with REGISTER.")
        var registration = true

        @Flag(help: "Take passwords that come over the network in clear.")
        var clearLogins = false

        @OptionGroup(title: "Limits")
        var limits: IRCLimitOptions

        func validate() throws {
            if name.isEmpty || name.utf8.count > 63 || name.contains(where: { $0.isWhitespace }) {
                throw ValidationError("--name has no spaces, and at most 63 octets")
            }
            if network.isEmpty || network.contains(where: { $0.isWhitespace }) {
                throw ValidationError("--network has no spaces")
            }
            _ = try mapping()
        }

        private func mapping() throws -> IRCCaseMapping {
            if casemapping == "unicode" { return .unicode }
            guard let mapping = IRCCaseMapping(rawValue: casemapping) else {
                throw ValidationError("--casemapping is ascii, rfc1459, rfc1459-strict or unicode")
            }
            return mapping
        }

        func networkSettings() throws -> IRCNetworkSettings {
            var settings = IRCNetworkSettings()
            settings.network = network
            settings.version = "mudd-\(DaemonVersion.current)"
            settings.mapping = unicodeNicks ? .unicode : try mapping()
            settings.nicks.allowsUnicode = unicodeNicks
            settings.allowsRegistration = registration
            settings.allowsClearLogins = clearLogins
            settings.administration = Array(admin.prefix(3))
            settings.operators = try `operator`.map(Self.operator)
            if let passwordFile { settings.password = try IRCOptionValue.secret(in: passwordFile) }
            if let motd { settings.motd = try Self.lines(of: motd) }
            limits.apply(to: &settings)
            return settings
        }

        private static func `operator`(_ text: String) throws -> IRCNetworkSettings.Operator {
            let sides = text.split(separator: ":", maxSplits: 1)
            guard sides.count == 2 else { throw ValidationError("--operator is NAME:FILE, not “\(text)”") }
            let secret = try IRCOptionValue.secret(in: String(sides[1]))
            let stored = secret.hasPrefix("$") ? secret : try PasswordHasher.hash(secret)
            return IRCNetworkSettings.Operator(name: String(sides[0]), storedPassword: stored)
        }

        /// The longest message of the day that is read, in octets.
        private static let longestFile = 65_536

        private static func lines(of file: String) throws -> [String] {
            do throws(FileFailure) {
                let octets = try readFile(file, limit: longestFile)
                return String(decoding: octets, as: UTF8.self).split(
                    omittingEmptySubsequences: false, whereSeparator: \.isNewline
                ).map(String.init).dropLastEmpty()
            } catch {
                throw ValidationError("\(file): \(error.reason)")
            }
        }
    }

    static let name = "irc"
    static let abstract = "Serve IRC by itself, without the game: channels, accounts and history in memory."
    static let discussion = """
        What is said is kept as long as the server runs. A file for --operator or --password-file has the password on its
        first line, or, for an operator, what htpasswd or mkpasswd make of it.

        EXAMPLES
          mudd irc
          mudd irc --listen tcp:6667 --listen tls:6697:cert=server.pem --name irc.example.org --network Example
          mudd irc --web-socket tls:8097:cert=server.pem
          mudd irc --operator ada:/etc/mudd/ada.password --motd welcome.txt
        """

    /// How long clients may take for what is written to them when the server stops.
    private static let closingLimit = Duration.seconds(2)

    /// For how long clients remember to use TLS, in seconds: 30 days.
    private static let stsSeconds = 2_592_000

    static func addServices(to root: ServiceNode, _ options: Options, _ context: ServiceContext) throws {
        let network = IRCNetwork(try options.networkSettings(), on: context.reactor)
        var settings = try options.limits.serverSettings(name: options.name)
        settings.strictTransport = options.stsPort.map { IRCStrictTransport(port: $0, duration: stsSeconds) }
        let server = IRCServer(settings, house: network, on: context.reactor)
        let logger = context.makeLogger("irc")
        server.log = { logger.notice("\($0)") }
        let origins: WebSocketRules.Origins = options.origin.isEmpty ? .any : .only(options.origin)
        for (name, texts, factory) in [
            ("irc", options.listen, server), ("irc-websocket", options.webSocket, server.webSocket(origins: origins)),
        ] as [(String, [String], any ProtocolFactory)] {
            for (index, text) in texts.enumerated() {
                let endpoint = try context.endpoints.server(text)
                try root.add(
                    "\(name)-\(index + 1)",
                    ListeningService(endpoint, factory: factory, closingConnectionsWithin: closingLimit))
            }
        }
    }
}

extension [String] {
    /// Without what follows the last line end.
    fileprivate func dropLastEmpty() -> [String] { last?.isEmpty ?? false ? Array(dropLast()) : self }
}
