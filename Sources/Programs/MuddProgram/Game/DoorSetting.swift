import DaemonCore
import Glibc
import ReactorCore
import Transports

/// Where a door is to be opened, and what to say when that cannot be.
struct DoorSetting {
    /// What people come in with.
    private enum Client {
        case telnet
        case ssh
        case irc
        /// IRC by WebSocket.
        case ircWeb
        case web

        /// Whether people can come in by a certificate.
        var asksForCertificate: Bool { self == .irc || self == .ircWeb }
    }

    let name: String
    let endpoint: any ServerEndpoint
    /// Whether connections begin with a handshake of TLS, behind which all is encrypted.
    let isEncrypted: Bool
    private let client: Client
    private let origin: String
    /// What an endpoint follows on the command line.
    private let option: String

    /// Reads the setting of the telnet door; nil when the door is off.
    static func telnet(_ configuration: Configuration, _ registry: EndpointRegistry) throws(DaemonFailure)
        -> DoorSetting?
    {
        try configuration.telnet.map { text throws(DaemonFailure) in
            try read(text, "telnet", .telnet, option: "--telnet ", configuration, registry)
        }
    }

    /// Reads the setting of the SSH door; nil when the door is off.
    static func ssh(_ configuration: Configuration, _ registry: EndpointRegistry) throws(DaemonFailure) -> DoorSetting?
    {
        try configuration.ssh.map { text throws(DaemonFailure) in
            try read(text, "ssh", .ssh, option: "--ssh ", configuration, registry)
        }
    }

    /// Reads the settings of the IRC doors that are on: in clear or not, one beside the other, and by WebSocket.
    static func irc(_ configuration: Configuration, _ registry: EndpointRegistry) throws(DaemonFailure) -> [DoorSetting]
    {
        let doors: [(name: String, client: Client, option: String, text: String?)] = [
            ("irc", .irc, "--irc ", configuration.irc),
            ("ircs", .irc, "--set doors.ircs=", configuration.ircSecure),
            ("ircweb", .ircWeb, "--set doors.ircweb=", configuration.ircWeb),
        ]
        var settings: [DoorSetting] = []
        for door in doors {
            guard let text = door.text else { continue }
            settings.append(
                try read(text, door.name, door.client, option: door.option, configuration, registry))
        }
        return settings
    }

    /// Whether people in browsers come in here.
    var isWebSocket: Bool { client == .ircWeb }

    /// Reads the setting of the door for monitoring; nil when the door is off.
    static func metrics(_ configuration: Configuration, _ registry: EndpointRegistry) throws(DaemonFailure)
        -> DoorSetting?
    {
        try configuration.metrics.map { text throws(DaemonFailure) in
            try read(text, "metrics", .web, option: "--set doors.metrics=", configuration, registry)
        }
    }

    private static func read(
        _ text: String, _ name: String, _ client: Client, option: String, _ configuration: Configuration,
        _ registry: EndpointRegistry
    ) throws(DaemonFailure) -> DoorSetting {
        let key = "doors." + name
        let shown = option.hasSuffix(" ") ? String(option.dropLast()) : option
        let endpoint: any ServerEndpoint
        do {
            endpoint = try registry.server(client.asksForCertificate ? askingForCertificate(text) : text)
        } catch {
            throw configuration.complaint(about: key, option: shown, "\(error)")
        }
        // They are there before the world is, and the server itself writes to them; those of a daemon are gone.
        if endpoint.layers.contains(where: { $0 is StandardEndpoint }) {
            throw configuration.complaint(
                about: key, option: shown,
                "standard input and output can be no door of the game; name another endpoint.")
        }
        let isFromFile = configuration.origins[key] != nil
        return DoorSetting(
            name: name, endpoint: endpoint, isEncrypted: registry.isSecure(EndpointArguments(text).kind),
            client: client, origin: isFromFile ? configuration.origin(of: key) + ": " + key : shown, option: option)
    }

    /// The description of an endpoint with TLS whose clients may show a certificate, which nobody needs to vouch for.
    ///
    /// One without TLS, and one that says itself what it asks of clients, stays as it is.
    static func askingForCertificate(_ text: String) -> String {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, ["tls", "tls6"].contains(parts[0]),
            !parts[1].split(separator: ":").contains(where: { $0.hasPrefix("clients=") })
        else { return text }
        return "\(parts[0]):clients=any:\(parts[1])"
    }

    // MARK: Coming in

    /// Whether nobody on the way can read what is said: SSH sees to that itself.
    var isConfidential: Bool { isEncrypted || client == .ssh }

    /// What is typed to come in, given an address by which the machine itself reaches the door.
    func command(_ near: SocketAddress) -> String {
        if endpoint.layers.contains(where: { $0 is ProxiedEndpoint }) { return "(through its proxy)" }
        if case .unix(let path) = near {
            let isAbstract = path.utf8.first == 0
            return command(path: isAbstract ? String(path.dropFirst()) : path, isAbstract: isAbstract)
        }
        return switch (client, isEncrypted) {
        case (.telnet, false): "telnet \(near.host) \(near.port ?? 0)"
        case (.telnet, true): "openssl s_client -quiet -connect \(near)"
        case (.ssh, false): "ssh -p \(near.port ?? 0) NAME@\(near.host)"
        case (.ssh, true): Self.ssh(through: "openssl s_client -quiet -connect \(near)")
        case (.irc, false): "irssi -c \(near.host) -p \(near.port ?? 0)"
        case (.irc, true): "irssi --tls -c \(near.host) -p \(near.port ?? 0)"
        case (.ircWeb, false): "ws://\(near)/"
        case (.ircWeb, true): "wss://\(near)/"
        case (.web, false): "curl http://\(near)/metrics"
        // The certificate is for the server's name, not for its address.
        case (.web, true): "curl --insecure https://\(near)/metrics"
        }
    }

    private func command(path: String, isAbstract: Bool) -> String {
        switch (client, isEncrypted) {
        case (.telnet, false), (.irc, false): socket(path, isAbstract)
        case (.ircWeb, _): "(by a client of WebSocket)"
        case (.telnet, true), (.irc, true):
            isAbstract ? "(by a client of TLS)" : "openssl s_client -quiet -unix " + ShellWord.quoted(path)
        case (.ssh, false): Self.ssh(through: socket(path, isAbstract))
        case (.ssh, true): "(by a client of TLS)"
        case (.web, _):
            "curl " + (isAbstract ? "--abstract-unix-socket " : "--unix-socket ") + ShellWord.quoted(path)
                + (isEncrypted ? " --insecure https" : " http") + "://localhost/metrics"
        }
    }

    private func socket(_ path: String, _ isAbstract: Bool) -> String {
        "socat - " + ShellWord.quoted((isAbstract ? "ABSTRACT-CONNECT:" : "UNIX-CONNECT:") + Self.escaped(path))
    }

    /// A client that has another program connect; any name of a host will do.
    private static func ssh(through command: String) -> String {
        "ssh -o " + ShellWord.quoted("ProxyCommand=" + command) + " NAME@mudd"
    }

    /// A path as `socat` reads it.
    private static func escaped(_ path: String) -> String {
        path.map { ",:!\"'\\()[]{}".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    }

    /// The failure to listen in a sentence for the operator.
    func explain(_ error: any Error) -> DaemonFailure {
        guard let failure = error as? ListenFailure else {
            return DaemonFailure(.unavailable, "\(origin): \(error).")
        }
        let (host, port): (String, UInt16)
        switch failure.endpoint.kind {
        case .tcp(let interface, let number): (host, port) = (interface?.description ?? "all addresses", number)
        case .tcp6(let interface, let number): (host, port) = (interface?.description ?? "all IPv6 addresses", number)
        case .unix: return DaemonFailure(.unavailable, "\(origin): \(failure).")
        }
        switch failure.cause.code {
        case EADDRINUSE:
            var other = failure.endpoint
            if case .tcp(let interface, _) = other.kind { other.kind = .tcp(interface: interface, port: 0) }
            if case .tcp6(let interface, _) = other.kind { other.kind = .tcp6(interface: interface, port: 0) }
            return DaemonFailure(
                .unavailable,
                "Port \(port) on \(host) is in use by another program; choose another, or 0 for any free one: \(option)\(other)"
                    + " (with make: make run ARGS=\"\(option)\(other)\").")
        case EACCES, EPERM:
            return DaemonFailure(
                .noPermission,
                "Port \(port) on \(host) may not be opened; choose one above 1023 with \(option)ENDPOINT.")
        case EADDRNOTAVAIL:
            return DaemonFailure(.unavailable, "\(origin): this machine has no address \(host).")
        default:
            return DaemonFailure(.unavailable, "\(origin): \(failure).")
        }
    }
}
