public import ArgumentParser
public import Logging
public import ReactorCore
public import ServiceCore
public import Transports

/// Makes services that `mudd` can run: each maker is a subcommand with options of its own.
///
/// ```swift
/// struct Echo: ServiceMaker {
///     struct Options: ParsableArguments {
///         @Option(help: "Where to listen.") var listen = "tcp:7:interface=127.0.0.1"
///     }
///     static let name = "echo"
///     static let abstract = "Send back what anybody sends."
///
///     static func addServices(to root: ServiceNode, _ options: Options, _ context: ServiceContext) throws {
///         let endpoint = try context.endpoints.server(options.listen)
///         try root.add("echo", ListeningService(endpoint, factory: EchoFactory()))
///     }
/// }
/// ```
///
/// `mudd echo --listen tcp:4007` then runs it with everything that `mudd` gives its own services: a pid file, other rights, a
/// log, readiness told to a supervisor, a clean stop.
public protocol ServiceMaker: SendableMetatype {
    /// What the subcommand takes beside the options of every server.
    associatedtype Options: ParsableArguments

    /// What the subcommand is called: lower-case letters, digits and hyphens.
    static var name: String { get }

    /// What it does, in a line.
    static var abstract: String { get }

    /// What its help says more: examples above all.
    static var discussion: String { get }

    /// Adds the services to the tree; nothing may be opened or changed before they are started.
    ///
    /// - Throws: Whatever is wrong with the options; an `EndpointFailure` counts as a wrong command line.
    static func addServices(to root: ServiceNode, _ options: Options, _ context: ServiceContext) throws
}

extension ServiceMaker {
    /// Nothing more.
    public static var discussion: String { "" }
}

/// What services are given of the program that runs them.
public struct ServiceContext {
    /// Where they live.
    public let reactor: Reactor

    /// The kinds of endpoints that descriptions may name.
    public let endpoints: EndpointRegistry

    private let logger: (String) -> Logger
    private var offers: [ObjectIdentifier: Any] = [:]

    /// Makes a context; `logger` gives each subsystem its own.
    public init(reactor: Reactor, endpoints: EndpointRegistry, logger: @escaping (String) -> Logger) {
        self.reactor = reactor
        self.endpoints = endpoints
        self.logger = logger
    }

    /// Lets services have something more of the program, one of each type.
    public mutating func offer<Offer>(_ offer: Offer) { offers[ObjectIdentifier(Offer.self)] = offer }

    /// What the program offers of that type; nil where there is none, as services without the game have no game.
    public func offered<Offer>(_ type: Offer.Type) -> Offer? { offers[ObjectIdentifier(type)] as? Offer }

    /// A logger of a subsystem, whose level operators set by that name.
    public func makeLogger(_ subsystem: String) -> Logger { logger(subsystem) }
}
