import ArgumentParser
import Logging
import PeerCore
import PluginCore
import ServiceCore
import Transports

/// `mudd echo`.
struct EchoService: ServiceMaker {
    struct Options: ParsableArguments {
        @Option(help: ArgumentHelp("Where to listen; repeatable.", valueName: "endpoint"))
        var listen: [String] = ["tcp:4007:interface=127.0.0.1"]
    }

    static let name = "echo"
    static let abstract = "Send back what anybody sends (RFC 862)."
    static let discussion = "EXAMPLE\n  mudd echo --listen tcp:4007:interface=127.0.0.1"

    static func addServices(to root: ServiceNode, _ options: Options, _ context: ServiceContext) throws {
        for (index, text) in options.listen.enumerated() {
            let endpoint = try context.endpoints.server(text)
            try root.add("echo-\(index + 1)", ListeningService(endpoint, factory: EchoFactory()))
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
        try root.add("portforward", ListeningService(endpoint, factory: factory))
    }
}
