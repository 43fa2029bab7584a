import ArgumentParser
import PluginCore
import ReactorCore
import ServiceCore
import Transports

// snippet: plugin-service
/// `mudd roses`: gives a rose to everybody who connects.
enum RoseGarden: ServiceMaker {
    enum Colour: String, ExpressibleByArgument, CaseIterable {
        case red, white
    }

    struct Options: ParsableArguments {
        @Option(help: "Where to listen; repeatable.")
        var listen = ["tcp:4008:interface=127.0.0.1"]

        @Option(help: "The colour of the roses.")
        var colour = Colour.red

        @Option(help: "How many roses there are for each.")
        var count = 1

        @Flag(help: "Leave the thorns on.")
        var thorns = false

        func validate() throws {
            if count < 1 { throw ValidationError("--count: there has to be a rose for everybody") }
        }
    }

    static let name = "roses"
    static let abstract = "Give a rose to everybody."
    static let discussion = "EXAMPLE\n  mudd roses --colour white"

    static func addServices(to root: ServiceNode, _ options: Options, _ context: ServiceContext) throws {
        for (index, text) in options.listen.enumerated() {
            let service = ListeningService(try context.endpoints.server(text), factory: Givers(options: options))
            try root.add("garden-\(index + 1)", service)
        }
        context.makeLogger("roses").info("planted", metadata: ["colour": "\(options.colour)"])
    }
}
// snippet ends

private final class Givers: ProtocolFactory {
    let options: RoseGarden.Options

    init(options: RoseGarden.Options) {
        self.options = options
    }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { Giver(options) }
}

private final class Giver: StreamProtocol {
    let options: RoseGarden.Options

    init(_ options: RoseGarden.Options) {
        self.options = options
    }

    func connectionMade(over transport: any Transport) {
        let thorns = options.thorns ? " with thorns" : ""
        transport.write("\(options.count) \(options.colour) rose\(options.count == 1 ? "" : "s")\(thorns)\r\n")
        transport.loseConnection()
    }

    func dataReceived(_ bytes: Span<UInt8>) {}
    func connectionLost(_ reason: DisconnectReason) {}
}

// snippet: plugin-endpoint
/// `hedge:DESCRIPTION`: an endpoint with a hedge around it, which looks like the one inside.
let hedge = EndpointKind(
    "hedge", server: { arguments, registry in try registry.server(arguments.inner()) },
    client: { arguments, registry in try registry.client(arguments.inner()) })
// snippet ends
