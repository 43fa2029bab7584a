import ArgumentParser
import Logging
import PeerCore
import PluginCore
import ServiceCore
import Transports

/// How many a service lets in at a time.
struct CrowdOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The most connections at a time.", valueName: "number"))
    var maxConnections = 1000

    @Option(
        help: ArgumentHelp(
            "The most connections of one peer: an IPv4 address, or 64 bits of an IPv6 address.", valueName: "number"))
    var maxPerPeer = 100

    func validate() throws {
        if maxConnections < 1 { throw ValidationError("--max-connections is at least 1") }
        if maxPerPeer < 1 { throw ValidationError("--max-per-peer is at least 1") }
    }

    /// Refuses whoever is more than that; what has not shaken hands yet counts, too.
    func makePolicy() -> ConnectionLimitPolicy {
        ConnectionLimitPolicy(ConnectionLimits(total: maxConnections, perPeer: maxPerPeer))
    }
}

/// `mudd echo`.
struct EchoService: ServiceMaker {
    struct Options: ParsableArguments {
        @Option(help: ArgumentHelp("Where to listen; repeatable.", valueName: "endpoint"))
        var listen: [String] = ["tcp:4007:interface=127.0.0.1"]

        @OptionGroup
        var crowd: CrowdOptions
    }

    static let name = "echo"
    static let abstract = "Send back what anybody sends (RFC 862)."
    static let discussion = "EXAMPLE\n  mudd echo --listen tcp:4007:interface=127.0.0.1"

    static func addServices(to root: ServiceNode, _ options: Options, _ context: ServiceContext) throws {
        let policy = options.crowd.makePolicy()
        for (index, text) in options.listen.enumerated() {
            let endpoint = try context.endpoints.server(text)
            try root.add("echo-\(index + 1)", ListeningService(endpoint, factory: EchoFactory().under(policy)))
        }
    }
}

/// `mudd portforward`.
struct PortForwardService: ServiceMaker {
    struct Options: ParsableArguments {
        @Option(help: ArgumentHelp("Where to listen.", valueName: "endpoint"))
        var listen: String

        @Option(help: ArgumentHelp("Where to connect each client to.", valueName: "endpoint"))
        var to: String

        @OptionGroup
        var crowd: CrowdOptions
    }

    static let name = "portforward"
    static let abstract = "Connect each client to another server."
    static let discussion = """
        EXAMPLES
          mudd portforward --listen tcp:4000 --to tcp:mud.example.org:4000
          mudd portforward --listen tls:4443:cert=server.pem --to unix:/run/game.sock
        """

    static func addServices(to root: ServiceNode, _ options: Options, _ context: ServiceContext) throws {
        let endpoint = try context.endpoints.server(options.listen)
        let logger = context.makeLogger("portforward")
        let factory = PortForwarder(to: try context.endpoints.client(options.to), on: context.reactor) {
            client, error in
            logger.warning("no connection", metadata: ["client": "\(client)", "reason": "\(error)"])
        }
        let guarded = factory.under(options.crowd.makePolicy())
        try root.add("portforward", ListeningService(endpoint, factory: guarded))
    }
}
