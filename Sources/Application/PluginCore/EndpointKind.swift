public import Transports

/// A kind of endpoint: what the first word of a description such as `tcp:4000` means.
///
/// Wherever `mudd` takes an endpoint, it then takes one of this kind.
public struct EndpointKind: Provision {
    /// `endpoint`.
    public static var kind: String { "endpoint" }

    /// Makes a server endpoint of the arguments after the kind; it need not finish them.
    public typealias ServerParser =
        @Sendable (inout EndpointArguments, EndpointRegistry) throws -> any ServerEndpoint

    /// Makes a client endpoint of the arguments after the kind; it need not finish them.
    public typealias ClientParser =
        @Sendable (inout EndpointArguments, EndpointRegistry) throws -> any ClientEndpoint

    /// The kinds that no plugin may give, because every server has them.
    package static let reserved: Set<String> = [
        "tcp", "tcp4", "tcp6", "unix", "tls", "tls6", "stdio", "haproxy", "fd", "systemd",
    ]

    /// The first word.
    public let name: String

    private let server: ServerParser?
    private let client: ClientParser?

    /// Makes a kind to listen on, to connect to, or both.
    public init(_ name: String, server: ServerParser? = nil, client: ClientParser? = nil) {
        self.name = name
        self.server = server
        self.client = client
    }

    /// A name that is none, or a kind that is good for nothing.
    public var objection: String? {
        if !PluginManifest.isName(name) {
            return "“\(name)” is no name for an endpoint: lower-case letters, digits and hyphens"
        }
        return server == nil && client == nil ? "the endpoint \(name) neither listens nor connects" : nil
    }

    /// Adds the kind to those a program understands.
    public func register(in registry: inout EndpointRegistry) {
        if let server { registry.registerServer(name, server) }
        if let client { registry.registerClient(name, client) }
    }
}
