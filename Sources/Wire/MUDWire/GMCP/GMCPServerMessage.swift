import JSONWire

/// What servers say in GMCP; each subject's body is made from, and read into, one struct of facts.
///
/// - SeeAlso: ``GMCPSupports/allows(_:)``, by which a client is sent only what it understands.
package enum GMCPServerMessage: Hashable, Sendable {
    case ping
    /// The connection ends, for a reason to show.
    case goodbye(String)

    /// The ways to log in that a client may choose from; ours is ``passwordLogin``.
    case loginDefault(types: [String])
    case loginResult(success: Bool, message: String?)
    case name(MUDPerson)
    case vitals(MUDVitals)
    /// Names and captions, without the values.
    case statusVariables(MUDStatus)
    /// Names and values, of those that changed.
    case status(MUDStatus)

    case items(MUDItem.Location, [MUDItem])
    case itemAdded(MUDItem.Location, MUDItem)
    case itemRemoved(MUDItem.Location, MUDItem)
    case itemUpdated(MUDItem.Location, MUDItem)

    case skillGroups([MUDSkills.Group])
    case skillList(MUDSkills.List)
    case skillInfo(MUDSkills.Info)

    case room(MUDRoom)
    case roomPlayers([MUDPerson])
    case roomPlayerAdded(MUDPerson)
    case roomPlayerRemoved(name: String)

    case channels([MUDChannel])
    case speech(MUDSpeech)
    case listeners([MUDListener])
    /// What follows in the game's text was said on this channel; an older form of ``speech(_:)``.
    case speechStart(channel: String)
    case speechEnd(channel: String)

    case clientPackage(MUDClientPackage)
    case map(url: String)
    case mediaDefault(url: String)
    case mediaLoad(name: String, url: String?)
    case mediaPlay(MUDMedia)
    case mediaStop(MUDMedia.Stop)

    case discordInfo(MUDDiscord.Info)
    case discordStatus(MUDDiscord.Status)

    /// The way to log in by account and password, for ``loginDefault(types:)``.
    package static let passwordLogin = "password-credentials"

    /// The message's name.
    package var name: String { subject.name }

    /// The module a client must have named to be sent the message; nil for those all clients may be sent.
    ///
    /// `Client.GUI` and `Client.Map` belong to none: clients that know them do not say so.
    package var module: String? {
        switch self {
        case .ping, .goodbye, .clientPackage, .map: nil
        case .loginDefault, .loginResult: "Char.Login"
        case .name, .vitals, .statusVariables, .status: "Char"
        case .items, .itemAdded, .itemRemoved, .itemUpdated: "Char.Items"
        case .skillGroups, .skillList, .skillInfo: "Char.Skills"
        case .room, .roomPlayers, .roomPlayerAdded, .roomPlayerRemoved: "Room"
        case .channels, .speech, .listeners, .speechStart, .speechEnd: "Comm.Channel"
        case .mediaDefault, .mediaLoad, .mediaPlay, .mediaStop: "Client.Media"
        case .discordInfo, .discordStatus: "External.Discord"
        }
    }

    /// The message as a server sends it.
    package var message: GMCPMessage { GMCPMessage(name, body) }

    private var body: JSONValue? {
        switch self {
        case .ping: nil
        case .goodbye(let reason): .line(reason)
        case .loginDefault(let types): ["type": .lines(types)]
        case .loginResult(let success, let message): Self.loginBody(success, message)
        case .name(let person), .roomPlayerAdded(let person): person.gmcp
        case .vitals(let vitals): vitals.gmcp
        case .statusVariables(let status): status.gmcpCaptions
        case .status(let status): status.gmcpValues
        case .items(let location, let items):
            ["location": .string(location.gmcp), "items": .array(items.map(\.gmcp))]
        case .itemAdded(let location, let item), .itemRemoved(let location, let item),
            .itemUpdated(let location, let item):
            ["location": .string(location.gmcp), "item": item.gmcp]
        case .skillGroups(let groups): .array(groups.map(\.gmcp))
        case .skillList(let list): list.gmcp
        case .skillInfo(let info): info.gmcp
        case .room(let room): room.gmcp
        case .roomPlayers(let people): .array(people.map(\.gmcp))
        case .roomPlayerRemoved(let name): .line(name)
        case .channels(let channels): .array(channels.map(\.gmcp))
        case .speech(let speech): speech.gmcp
        case .listeners(let listeners): .array(listeners.map(\.gmcp))
        case .speechStart(let channel), .speechEnd(let channel): .line(channel)
        case .clientPackage(let facts): facts.gmcp
        case .map(let url), .mediaDefault(let url): ["url": .line(url)]
        case .mediaLoad(let name, let url): MUDMedia(name: name, url: url).gmcpFile
        case .mediaPlay(let media): media.gmcp
        case .mediaStop(let stop): stop.gmcp
        case .discordInfo(let info): info.gmcp
        case .discordStatus(let status): status.gmcp
        }
    }

    private static func loginBody(_ success: Bool, _ message: String?) -> JSONValue {
        var body = JSONObject()
        body["success"] = .bool(success)
        body.set("message", message)
        return .object(body)
    }
}
