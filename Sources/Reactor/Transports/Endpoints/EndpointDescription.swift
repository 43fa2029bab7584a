/// A text that describes no endpoint: what is wrong, and where.
public struct EndpointFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The whole text.
    public var text: String

    /// The part that is wrong; empty when something is missing.
    public var part: String

    /// What is wrong with it.
    public var problem: String

    /// The failure in one line.
    public var description: String {
        part.isEmpty ? "endpoint \"\(text)\": \(problem)" : "endpoint \"\(text)\": \"\(part)\": \(problem)"
    }
}

/// Where to listen or to connect to, as an operator writes it.
///
/// ```text
///   tcp:4000                          every IPv4 address
///   tcp:4000:interface=127.0.0.1      one of them; port 0 lets the system choose
///   tcp6:4000:interface=\:\:1         IPv6; a colon inside a value is written \:
///   unix:/run/mudd/control:mode=600   a Unix socket; the mode is octal
///   unix:@mudd                        an abstract name of Linux, without a file
/// ```
///
/// `backlog=N` sets the length of the queue of connections not yet accepted. With `reuseport=yes` the kernel shares
/// the connections of a TCP port out among all sockets that bind to it so (`SO_REUSEPORT`): one for each reactor, or
/// the old and the new process of a change-over. To connect, `interface`
/// names the host to reach (`host` is the same word), and is the loopback address when left out.
/// Hosts are numeric or `localhost`.
public struct EndpointDescription: Hashable, Sendable, CustomStringConvertible {
    /// What kind of socket, with its address.
    public enum Kind: Hashable, Sendable {
        /// TCP over IPv4; without an interface, every address.
        case tcp(interface: IPv4Host?, port: UInt16)

        /// TCP over IPv6; without an interface, every address.
        case tcp6(interface: IPv6Host?, port: UInt16)

        /// A Unix stream socket, with the permission bits of its file.
        case unix(path: String, mode: UInt32?)
    }

    /// Connections the kernel holds for us until accepted; it caps this at `net.core.somaxconn`.
    public static let defaultBacklog = 1024

    /// The kind and address.
    public var kind: Kind

    /// The length of the queue of connections not yet accepted.
    public var backlog: Int

    /// Whether other sockets of the same user may wait for connections at the same TCP port; the kernel shares them out.
    public var sharesPort: Bool

    /// Makes a description from its parts.
    public init(_ kind: Kind, backlog: Int = EndpointDescription.defaultBacklog, sharesPort: Bool = false) {
        self.kind = kind
        self.backlog = backlog
        self.sharesPort = sharesPort
    }

    /// Parses a description.
    ///
    /// - Throws: ``EndpointFailure``, which names the part that is wrong.
    public init(_ text: String) throws(EndpointFailure) {
        var fields = EndpointArguments(text)
        try self.init(&fields)
        try fields.finish()
    }

    /// Takes a description's fields; the caller finishes.
    ///
    /// - Throws: ``EndpointFailure``, which names the part that is wrong.
    public init(_ fields: inout EndpointArguments) throws(EndpointFailure) {
        sharesPort = false
        switch fields.kind {
        case "tcp", "tcp4":
            let port = try fields.port()
            kind = .tcp(interface: try fields.host("127.0.0.1", IPv4Host.init), port: port)
            sharesPort = try fields.sharesPort()
        case "tcp6":
            let port = try fields.port()
            kind = .tcp6(interface: try fields.host("::1", IPv6Host.init), port: port)
            sharesPort = try fields.sharesPort()
        case "unix":
            let path = try fields.path()
            kind = .unix(path: path, mode: try fields.mode())
        default:
            throw fields.failure(fields.kind, "unknown kind; known are tcp, tcp6, unix")
        }
        backlog = try fields.backlog() ?? Self.defaultBacklog
    }

    /// The description in the form it is parsed from.
    public var description: String {
        var text: String
        switch kind {
        case .tcp(let interface, let port):
            text = "tcp:\(port)" + (interface.map { ":interface=\($0)" } ?? "")
        case .tcp6(let interface, let port):
            text = "tcp6:\(port)" + (interface.map { ":interface=\(Self.escaped($0.description))" } ?? "")
        case .unix(let path, let mode):
            let shown = path.utf8.first == 0 ? "@" + path.dropFirst() : path
            text = "unix:\(Self.escaped(shown))" + (mode.map { ":mode=" + String($0, radix: 8) } ?? "")
        }
        if backlog != Self.defaultBacklog { text += ":backlog=\(backlog)" }
        if sharesPort { text += ":reuseport=yes" }
        return text
    }

    /// The address to bind to.
    var listeningAddress: SocketAddress {
        switch kind {
        case .tcp(let interface, let port): .ipv4(interface ?? .any, port: port)
        case .tcp6(let interface, let port): .ipv6(interface ?? .any, port: port)
        case .unix(let path, _): .unix(path)
        }
    }

    /// The address to connect to.
    var connectingAddress: SocketAddress {
        switch kind {
        case .tcp(let interface, let port): .ipv4(interface ?? .loopback, port: port)
        case .tcp6(let interface, let port): .ipv6(interface ?? .loopback, port: port)
        case .unix(let path, _): .unix(path)
        }
    }

    static func escaped(_ value: String) -> String {
        var text = String.UnicodeScalarView()
        // By scalars, as the parser reads: what stands beside a colon could make one character with it.
        for scalar in value.unicodeScalars {
            if scalar == "\\" || scalar == ":" || scalar == "=" { text.append("\\") }
            text.append(scalar)
        }
        return String(text)
    }
}
