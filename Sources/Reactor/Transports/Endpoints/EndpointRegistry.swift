/// The kinds of endpoints a program understands, by the first word of their descriptions.
///
/// ```text
///   to listen                                      to connect
///   tcp:PORT[:interface=HOST][:reuseport=yes]      tcp:HOST:PORT[:bind=HOST][:timeout=SECONDS]
///   tcp6:PORT[:interface=HOST][:reuseport=yes]     tcp4:…, tcp6:…, the same by this family only
///   unix:PATH[:mode=OCTAL]                         unix:PATH[:timeout=SECONDS]
/// ```
///
/// A library above this one adds its own kinds with ``registerServer(_:isSecure:_:)`` and ``registerClient(_:_:)``. A wrapper
/// such as `prefix:tcp:4000` parses what is inside with the registry it is given.
public struct EndpointRegistry {
    /// Makes a server endpoint of the arguments after the kind; it need not finish them.
    public typealias ServerParser = (inout EndpointArguments, EndpointRegistry) throws -> any ServerEndpoint

    /// Makes a client endpoint of the arguments after the kind; it need not finish them.
    public typealias ClientParser = (inout EndpointArguments, EndpointRegistry) throws -> any ClientEndpoint

    private var servers: [String: ServerParser] = [:]
    private var clients: [String: ClientParser] = [:]
    private var secureKinds: Set<String> = []

    /// Makes a registry that knows the kinds of this module.
    ///
    /// - Parameter resolver: Looks up the names of hosts to connect to.
    public init(resolver: any NameResolver) {
        for kind in ["tcp", "tcp4", "tcp6", "unix"] {
            registerServer(kind) { arguments, _ in try EndpointDescription(&arguments) }
        }
        for (kind, family) in [("tcp", nil), ("tcp4", AddressFamily.ipv4), ("tcp6", .ipv6)] {
            registerClient(kind) { arguments, _ in
                var endpoint = try HostClientEndpoint(&arguments, resolver: resolver)
                if let family {
                    endpoint.family = family
                    guard endpoint.localAddress.map({ AddressFamily(of: $0) == family }) ?? true else {
                        throw arguments.failure(
                            endpoint.localAddress?.host ?? "", "this address is of the other family")
                    }
                }
                return endpoint
            }
        }
        registerClient("unix") { arguments, _ in
            let path = try arguments.path()
            return AddressClientEndpoint(
                EndpointDescription(.unix(path: path, mode: nil)), timeout: try arguments.timeout())
        }
    }

    /// The kinds to listen on, in alphabetical order.
    public var serverKinds: [String] { servers.keys.sorted() }

    /// The kinds to connect to, in alphabetical order.
    public var clientKinds: [String] { clients.keys.sorted() }

    /// Adds a kind to listen on, or replaces it.
    ///
    /// - Parameters:
    ///   - kind: The first word of its descriptions.
    ///   - isSecure: Whether its connections begin with a handshake, in front of which nothing can be said inside.
    ///   - parser: Makes the endpoint.
    public mutating func registerServer(
        _ kind: String, isSecure: Bool = false, _ parser: @escaping ServerParser
    ) {
        servers[kind] = parser
        if isSecure { secureKinds.insert(kind) } else { secureKinds.remove(kind) }
    }

    /// Whether connections of a kind begin with a handshake.
    package func isSecure(_ kind: String) -> Bool { secureKinds.contains(kind) }

    /// Adds a kind to connect to, or replaces it.
    public mutating func registerClient(_ kind: String, _ parser: @escaping ClientParser) { clients[kind] = parser }

    /// Makes the endpoint of a description to listen on.
    ///
    /// - Throws: ``EndpointFailure``, or what the kind's parser throws.
    public func server(_ text: String) throws -> any ServerEndpoint { try server(EndpointArguments(text)) }

    /// Makes the endpoint of a description to connect to.
    ///
    /// - Throws: ``EndpointFailure``, or what the kind's parser throws.
    public func client(_ text: String) throws -> any ClientEndpoint { try client(EndpointArguments(text)) }

    /// Makes the endpoint of a description inside another one.
    public func server(_ arguments: EndpointArguments) throws -> any ServerEndpoint {
        var arguments = arguments
        try arguments.checkNesting()
        guard let parse = servers[arguments.kind] else { throw unknown(arguments, serverKinds) }
        let endpoint = try parse(&arguments, self)
        try arguments.finish()
        return endpoint
    }

    /// Makes the endpoint of a description inside another one.
    public func client(_ arguments: EndpointArguments) throws -> any ClientEndpoint {
        var arguments = arguments
        try arguments.checkNesting()
        guard let parse = clients[arguments.kind] else { throw unknown(arguments, clientKinds) }
        let endpoint = try parse(&arguments, self)
        try arguments.finish()
        return endpoint
    }

    /// What a program has to call first for kinds that not every one wants.
    private static let registrations = [
        "tls": "registerTLS", "tls6": "registerTLS", "stdio": "registerStandard", "haproxy": "registerProxied",
        "fd": "registerAdopted", "systemd": "registerAdopted",
    ]

    private func unknown(_ arguments: EndpointArguments, _ kinds: [String]) -> EndpointFailure {
        let hint = Self.registrations[arguments.kind].map { "; that takes \($0)" } ?? ""
        return arguments.failure(
            arguments.kind, "unknown kind; known are " + kinds.joined(separator: ", ") + hint)
    }
}

extension HostClientEndpoint {
    /// Takes a host, a port, `bind=` and `timeout=`.
    ///
    /// - Throws: ``EndpointFailure``, which names the part that is wrong.
    public init(_ arguments: inout EndpointArguments, resolver: any NameResolver) throws {
        let (host, port) = try arguments.hostAndPort()
        self.init(host: host, port: port, timeout: try arguments.timeout(), resolver: resolver)
        localAddress = try arguments.localAddress()
    }
}

extension EndpointArguments {
    /// Takes `bind=`, the numeric address to connect from.
    mutating func localAddress() throws(EndpointFailure) -> SocketAddress? {
        guard let text = option("bind") else { return nil }
        if let host = IPv4Host(text) { return .ipv4(host, port: 0) }
        if let host = IPv6Host(text) { return .ipv6(host, port: 0) }
        throw failure(text, "the address to connect from is a numeric one")
    }

    /// Takes a host and a port, by position or as `host=` and `port=`.
    public mutating func hostAndPort() throws -> (host: String, port: UInt16) {
        guard let host = option("host") ?? positional(), !host.isEmpty else { throw failure("", "the host is missing") }
        do throws(NameFailure) { _ = try HostName(host) } catch { throw failure(host, "this is no host name") }
        guard let text = option("port") ?? positional() else { throw failure("", "the port is missing") }
        guard let port = UInt16(text), port > 0 else { throw failure(text, "a port is a number from 1 to 65535") }
        return (host, port)
    }

    /// Takes `timeout=`, in whole seconds; 30 s when it is not given.
    public mutating func timeout() throws(EndpointFailure) -> Duration {
        .seconds(try number("timeout", in: 1...86_400) ?? 30)
    }
}
