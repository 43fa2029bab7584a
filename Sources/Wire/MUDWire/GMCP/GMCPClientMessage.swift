import JSONWire

/// What clients say in GMCP.
///
/// | Message | Body |
/// | --- | --- |
/// | `Core.Hello` | `{"client":"Mudlet","version":"4.18"}`, keys in either case |
/// | `Core.Supports.Set`, `.Add`, `.Remove` | `["Char 1","Room 1"]` |
/// | `Core.Ping` | the average of earlier answers in milliseconds, or none |
/// | `Core.KeepAlive` | none |
/// | `Char.Login.Credentials` | `{"account":"…","password":"…"}`, `{}` to log in by typing |
/// | `Char.Items.Inv`, `Char.Items.Room` | none |
/// | `Char.Items.Contents` | the number of a thing |
/// | `Char.Skills.Get` | `{"group":"…","name":"…"}`, either or both left out |
/// | `Comm.Channel.Players` | none |
/// | `Comm.Channel.Enable` | the name of a channel |
/// | `External.Discord.Hello`, `.Get` | whatever; nothing of it is kept |
package enum GMCPClientMessage: Hashable, Sendable {
    case hello(client: String, version: String)
    case supportsSet([GMCPModule])
    case supportsAdd([GMCPModule])
    case supportsRemove([GMCPModule])
    case ping(averageMilliseconds: Int?)
    case keepAlive
    /// Nil when the client has none and leaves the login to the player.
    case credentials(GMCPCredentials?)
    case inventory
    case roomItems
    case contents(Int)
    case skills(group: String?, name: String?)
    case channelPlayers
    case channelEnable(String)
    case discordHello
    case discordGet

    /// Reads what a message means; nil if it is not one of these.
    ///
    /// - Parameter message: Anything from a client.
    /// - Throws: ``GMCPFailure/unexpectedBody(of:)``.
    package init?(_ message: GMCPMessage) throws(GMCPFailure) {
        guard let meaning = try Self.meaning(of: message) else { return nil }
        self = meaning
    }

    private static func meaning(of message: GMCPMessage) throws(GMCPFailure) -> GMCPClientMessage? {
        let body = message.body
        switch message.key {
        case "core.hello":
            return .hello(client: label(body, "client", "Client"), version: label(body, "version", "Version"))
        case "core.supports.set": return .supportsSet(try modules(of: message))
        case "core.supports.add": return .supportsAdd(try modules(of: message))
        case "core.supports.remove": return .supportsRemove(try modules(of: message))
        case "core.ping": return .ping(averageMilliseconds: body?.looseInteger)
        case "core.keepalive": return .keepAlive
        case "char.login.credentials": return .credentials(try GMCPCredentials(body))
        case "char.items.inv": return .inventory
        case "char.items.room": return .roomItems
        case "char.items.contents":
            guard let number = body?.looseInteger else { throw .unexpectedBody(of: "Char.Items.Contents") }
            return .contents(number)
        case "char.skills.get":
            return .skills(group: optionalLabel(body?["group"]), name: optionalLabel(body?["name"]))
        case "comm.channel.players": return .channelPlayers
        case "comm.channel.enable":
            guard let name = optionalLabel(body) else { throw .unexpectedBody(of: "Comm.Channel.Enable") }
            return .channelEnable(name)
        case "external.discord.hello": return .discordHello
        case "external.discord.get": return .discordGet
        default: return nil
        }
    }

    private static func label(_ body: JSONValue?, _ name: String, _ otherName: String) -> String {
        optionalLabel(body?[name] ?? body?[otherName]) ?? ""
    }

    private static func optionalLabel(_ value: JSONValue?) -> String? {
        guard let text = value?.looseText else { return nil }
        let label = MUDText.prefix(MUDText.line(text), octets: GMCPLimits.labelOctets)
        return label.isEmpty ? nil : label
    }

    /// The modules of a list; elements that name none are passed over.
    private static func modules(of message: GMCPMessage) throws(GMCPFailure) -> [GMCPModule] {
        guard let elements = message.body?.arrayValue else { throw .unexpectedBody(of: "Core.Supports") }
        return elements.prefix(GMCPLimits.modules).compactMap { $0.stringValue.flatMap(GMCPModule.init(parsing:)) }
    }

    /// The message as a client sends it.
    package var message: GMCPMessage {
        switch self {
        case .hello(let client, let version):
            GMCPMessage("Core.Hello", ["client": .line(client), "version": .line(version)])
        case .supportsSet(let modules): GMCPMessage("Core.Supports.Set", .lines(modules.map(\.text)))
        case .supportsAdd(let modules): GMCPMessage("Core.Supports.Add", .lines(modules.map(\.text)))
        case .supportsRemove(let modules): GMCPMessage("Core.Supports.Remove", .lines(modules.map(\.name)))
        case .ping(let average): GMCPMessage("Core.Ping", average.map { .integer(Int64($0)) })
        case .keepAlive: GMCPMessage("Core.KeepAlive")
        case .credentials(let credentials): GMCPMessage("Char.Login.Credentials", credentials?.body ?? [:])
        case .inventory: GMCPMessage("Char.Items.Inv")
        case .roomItems: GMCPMessage("Char.Items.Room")
        case .contents(let number): GMCPMessage("Char.Items.Contents", .integer(Int64(number)))
        case .skills(let group, let name): GMCPMessage("Char.Skills.Get", Self.skillsBody(group, name))
        case .channelPlayers: GMCPMessage("Comm.Channel.Players")
        case .channelEnable(let name): GMCPMessage("Comm.Channel.Enable", .line(name))
        case .discordHello: GMCPMessage("External.Discord.Hello", [:])
        case .discordGet: GMCPMessage("External.Discord.Get", [:])
        }
    }

    private static func skillsBody(_ group: String?, _ name: String?) -> JSONValue {
        var body = JSONObject()
        body.set("group", group)
        body.set("name", name)
        return .object(body)
    }
}
