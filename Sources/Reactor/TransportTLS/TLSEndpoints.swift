public import ReactorCore
public import Transports

/// An endpoint whose connections are secure.
public struct TLSServerEndpoint: ServerEndpoint, WrappingEndpoint {
    /// Where to wait.
    public var inner: any ServerEndpoint

    /// How to do TLS; keep it to reload certificates.
    public var contexts: any TLSServerContextSource

    /// How long a handshake may take in all.
    public var handshakeTimeout = TLSLimits.handshakeTimeout

    /// Makes an endpoint.
    public init(_ inner: any ServerEndpoint, contexts: any TLSServerContextSource) {
        self.inner = inner
        self.contexts = contexts
    }

    /// The endpoint in words: its certificate may come from anywhere.
    public var description: String { "tls over \(inner)" }

    /// Begins to wait for connections.
    public func listen(with factory: any ProtocolFactory, on reactor: Reactor) throws -> any ListeningPort {
        let secured = TLSFactory(
            wrapping: factory, server: contexts, reactor: reactor, handshakeTimeout: handshakeTimeout)
        return try inner.listen(with: secured, on: reactor)
    }
}

/// A client endpoint whose connections are secure, and whose protocol is given only after the handshake.
public struct TLSClientEndpoint: ClientEndpoint {
    /// Where to connect to.
    public var inner: any ClientEndpoint

    /// Who must answer there: a host name or a numeric address, as in its certificate.
    public var serverName: String

    /// How to do TLS.
    public var context: TLSClientContext

    /// How long the handshake may take.
    public var handshakeTimeout = TLSLimits.handshakeTimeout

    /// Makes an endpoint.
    public init(_ inner: any ClientEndpoint, serverName: String, context: TLSClientContext) {
        self.inner = inner
        self.serverName = serverName
        self.context = context
    }

    /// The endpoint in words.
    public var description: String { "tls over \(inner)" }

    /// Connects and makes the connection secure; see ``ReactorCore/Reactor/connectTLS(_:serverName:context:timeout:handshakeTimeout:protocol:)``.
    public func connect<Connected: StreamProtocol>(
        _ streamProtocol: Connected, on reactor: Reactor
    ) -> Deferred<Connected> {
        let tls: TLSTransport
        do {
            tls = try TLSTransport(
                .client(context, serverName: serverName), protocol: streamProtocol, reactor: reactor,
                handshakeTimeout: handshakeTimeout)
        } catch {
            return .failed(error)
        }
        let connecting = inner.connect(tls, on: reactor)
        let outcome = Deferred<Connected> {
            connecting.cancel()
            tls.abortConnection()
        }
        connecting.whenDone { result in
            if case .failure(let failure) = result, !outcome.isFired { outcome.fail(failure) }
        }
        tls.handshakeObserver = { reason in
            guard !outcome.isFired else { return }
            switch reason {
            case nil: outcome.succeed(streamProtocol)
            case .layerFailure(let failure)?, .protocolFailure(let failure)?: outcome.fail(failure)
            case let reason?: outcome.fail(reason)
            }
        }
        return outcome
    }
}

extension EndpointRegistry {
    /// Makes a registry that knows every kind there is: TCP, Unix, TLS, standard input and output, sockets that were handed
    /// over, and the wrapper for proxies.
    ///
    /// - Parameters:
    ///   - reactor: Whose worker threads look up the names of hosts.
    ///   - sockets: Those that were handed over.
    ///   - isTrial: See ``registerAdopted(_:isTrial:)``.
    ///   - loaded: Called with each certificate that is loaded, for a program that reloads them.
    /// - Returns: The registry, to which kinds of one's own may be added.
    public static func complete(
        on reactor: Reactor, adopting sockets: ActivationSockets = .ofThisProcess, isTrial: Bool = false,
        loaded: @escaping (TLSReloadingContext) -> Void = { _ in }
    ) -> EndpointRegistry {
        let resolver = SystemNameResolver(on: reactor)
        var registry = EndpointRegistry(resolver: resolver)
        registry.registerStandard()
        registry.registerProxied()
        registry.registerAdopted(sockets, isTrial: isTrial)
        registry.registerTLS(resolver: resolver, loaded: loaded)
        return registry
    }

    /// Adds the secure kinds.
    ///
    /// ```text
    ///   to listen                                       to connect
    ///   tls:PORT:cert=FILE[:key=FILE][:interface=HOST]  tls:HOST:PORT[:name=NAME][:roots=FILE][:timeout=SECONDS]
    ///   tls6:…                                          the same for IPv6, to listen only
    ///   tls:cert=FILE[:key=FILE]:KIND:…                 TLS over any other endpoint to listen on
    ///
    ///   to listen     clients=FILE   only clients whose certificate these roots vouch for
    ///                 clients=any    clients are asked for a certificate, which nobody needs to vouch for
    ///   to connect    cert=FILE, key=FILE   the certificate to show when the server asks for one
    ///   both          alpn=NAME,NAME   the application protocols, the preferred one first
    ///                 min=1.2 or min=1.3   the lowest version spoken
    /// ```
    ///
    /// The key may stand in the file of the certificate. `name` is who must answer, the host unless given; `roots`
    /// are the certificates that may vouch for it, the system's unless given. Over another endpoint, as in
    /// `tls:cert=FILE:haproxy:tcp:4000` or `tls:cert=FILE:systemd:name=web`, the options of TLS stand in front.
    ///
    /// - Parameters:
    ///   - resolver: Looks up the names of hosts to connect to.
    ///   - loaded: Called with each certificate that is loaded, for a program that reloads them.
    public mutating func registerTLS(
        resolver: any NameResolver, loaded: @escaping (TLSReloadingContext) -> Void = { _ in }
    ) {
        for (kind, below) in [("tls", "tcp"), ("tls6", "tcp6")] {
            registerServer(kind, isSecure: true) { arguments, registry in
                var inner: (any ServerEndpoint)?
                if let wrapped = arguments.wrapped() {
                    guard kind == "tls" else {
                        throw arguments.failure(kind, "around another endpoint it is called tls")
                    }
                    inner = try registry.server(wrapped)
                }
                guard let certificate = arguments.option("cert") else {
                    throw arguments.failure("", "the certificate's file is missing (cert=FILE)")
                }
                let key = arguments.option("key") ?? certificate
                var options = TLSServerOptions()
                var roots = arguments.option("clients")
                if roots == "any" { (roots, options.clientCertificates) = (nil, .unverified) }
                try arguments.readCommon(&options.applicationProtocols, &options.versions)
                arguments.kind = below
                let endpoint = try inner ?? EndpointDescription(&arguments)
                let contexts = try TLSReloadingContext(
                    certificateFile: certificate, keyFile: key, clientRootsFile: roots, options: options)
                loaded(contexts)
                return TLSServerEndpoint(endpoint, contexts: contexts)
            }
        }
        registerClient("tls") { arguments, _ in
            let inner = try HostClientEndpoint(&arguments, resolver: resolver)
            var options = TLSClientOptions()
            if let roots = arguments.option("roots") { options.verification = .full(try .file(roots)) }
            if let certificate = arguments.option("cert") {
                options.identity = try TLSIdentity(
                    certificateFile: certificate, keyFile: arguments.option("key") ?? certificate)
            }
            try arguments.readCommon(&options.applicationProtocols, &options.versions)
            return TLSClientEndpoint(
                inner, serverName: arguments.option("name") ?? inner.host, context: try TLSClientContext(options))
        }
    }
}

extension EndpointArguments {
    /// Takes what both roles have: `alpn=` and `min=`.
    fileprivate mutating func readCommon(
        _ applicationProtocols: inout [String], _ versions: inout ClosedRange<TLSVersion>
    ) throws(EndpointFailure) {
        if let names = option("alpn") {
            applicationProtocols = names.split(separator: ",").map(String.init)
            guard !applicationProtocols.isEmpty, applicationProtocols.allSatisfy({ (1...255).contains($0.utf8.count) })
            else { throw failure(names, "the name of an application protocol has 1 to 255 octets") }
        }
        switch option("min") {
        case nil: break
        case "1.2": versions = .tls12 ... .tls13
        case "1.3": versions = .tls13 ... .tls13
        case let text?: throw failure(text, "the lowest version is 1.2 or 1.3")
        }
    }
}
