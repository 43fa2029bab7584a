import ArgumentParser
import Basics
import ChatPeers
import IRCGateway
import PluginCore
import ServiceCore
import Transports
import WorldVerbs

/// The kind of service `ircbridge`.
struct IRCBridgeMaker: ServiceMaker {
    struct Options: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                "Where the network is: tls:irc.example.org:6697, or tcp:HOST:PORT on a network of your own.",
                valueName: "endpoint"))
        var server: String

        @Option(
            help: ArgumentHelp(
                "What the network is called in the game, as in ben@libera: letters, digits and hyphens.",
                valueName: "name"))
        var network: String

        @Option(
            name: .customLong("channel"),
            help: ArgumentHelp(
                "A channel of the game and the one it is linked with: chat=#oldharbour, or chat=#oldharbour,KEY; repeatable.",
                valueName: "name=#name"))
        var channels: [String]

        @Option(help: ArgumentHelp("The nick of the bridge there.", valueName: "nick"))
        var nick = "mudd"

        @Option(help: ArgumentHelp("What it takes when that is not free; repeatable.", valueName: "nick"))
        var otherNick: [String] = []

        @Option(help: ArgumentHelp("What WHOIS there shows of it, such as the address of the game.", valueName: "text"))
        var realName: String?

        @Option(help: ArgumentHelp("The account there that it logs in to.", valueName: "name"))
        var account: String?

        @Option(
            help: ArgumentHelp("A file with the account's password on its first line.", valueName: "file"),
            completion: .file())
        var passwordFile: String?

        @Flag(help: "Log in by the certificate that the endpoint shows (SASL EXTERNAL).")
        var certificate = false

        @Option(
            help: ArgumentHelp("A file with the password of the server, for PASS.", valueName: "file"),
            completion: .file())
        var serverPasswordFile: String?

        @Option(
            help: ArgumentHelp("Whose words are not passed on: a nick or a mask; repeatable.", valueName: "mask"))
        var ignore: [String] = []

        @Option(
            help: ArgumentHelp("Lines from there at once, and then in each second.", valueName: "burst:rate"))
        var pace = "10:2"

        func settings() throws -> IRCBridgeSettings {
            let links = try channels.map { text throws in
                guard let link = IRCBridgeLink(text) else {
                    throw ValidationError(
                        "--channel is a channel of the game and one there: chat=#oldharbour, not “\(text)”")
                }
                return link
            }
            guard !links.isEmpty else { throw ValidationError("--channel is needed: chat=#oldharbour") }
            guard Channel.isNetwork(network) else {
                throw ValidationError("--network has letters, digits and hyphens, \(Channel.longestNetwork) at most")
            }
            var client = IRCClientSettings(nick: nick, realName: realName)
            client.otherNicks = otherNick
            client.serverPassword = try serverPasswordFile.map(IRCOptionValue.secret)
            client.login = try login()
            var settings = IRCBridgeSettings(network: network, client: client, links: links)
            settings.ignored = ignore
            (settings.burst, settings.linesPerSecond) = try IRCOptionValue.pace(pace, in: 1...1000)
            return settings
        }

        private func login() throws -> IRCClientLogin? {
            if certificate { return .external(name: account) }
            switch (account, passwordFile) {
            case (nil, nil): return nil
            case (let account?, let file?):
                return .password(name: account, password: try IRCOptionValue.secret(in: file))
            default: throw ValidationError("--account and --password-file go together")
            }
        }
    }

    static let name = "ircbridge"
    static let abstract = "Link channels of the game with channels of an IRC network."
    static let discussion = """
        A bridge belongs to a game: it stands in the section services of the configuration of mudd serve. What is said on a
        linked channel is said on the other one, with who said it: <Ada> there, ben@libera here. Moderators of the game's
        channel keep people of the network from speaking with channel NAME ban ben@libera, or *@libera for all.

        EXAMPLE
          services:
            libera:
              kind: ircbridge
              options:
                server: tls:irc.libera.chat:6697
                network: libera
                nick: OldHarbour
                account: oldharbour
                password-file: /etc/mudd/libera.password
                channel: [chat=#oldharbour]
        """

    static func addServices(to root: ServiceNode, _ options: Options, _ context: ServiceContext) throws {
        guard let host = context.offered(IRCBridgeHost.self) else {
            throw ValidationError("A bridge belongs to a game: put it into the section services of mudd serve.")
        }
        let bridge = IRCBridgeService(
            try options.settings(), endpoint: try context.endpoints.client(options.server), host: host,
            log: context.makeLogger("ircbridge"))
        try root.add("bridge", bridge)
    }
}
