import JSONWire

extension GMCPServerMessage {
    /// What a message is about: the word its name ends in, and the packages before it.
    enum Subject: String, CaseIterable {
        case ping = "Core.Ping"
        case goodbye = "Core.Goodbye"
        case loginDefault = "Char.Login.Default"
        case loginResult = "Char.Login.Result"
        case name = "Char.Name"
        case vitals = "Char.Vitals"
        case statusVariables = "Char.StatusVars"
        case status = "Char.Status"
        case items = "Char.Items.List"
        case itemAdded = "Char.Items.Add"
        case itemRemoved = "Char.Items.Remove"
        case itemUpdated = "Char.Items.Update"
        case skillGroups = "Char.Skills.Groups"
        case skillList = "Char.Skills.List"
        case skillInfo = "Char.Skills.Info"
        case room = "Room.Info"
        case roomPlayers = "Room.Players"
        case roomPlayerAdded = "Room.AddPlayer"
        case roomPlayerRemoved = "Room.RemovePlayer"
        case channels = "Comm.Channel.List"
        case speech = "Comm.Channel.Text"
        case listeners = "Comm.Channel.Players"
        case speechStart = "Comm.Channel.Start"
        case speechEnd = "Comm.Channel.End"
        case clientPackage = "Client.GUI"
        case map = "Client.Map"
        case mediaDefault = "Client.Media.Default"
        case mediaLoad = "Client.Media.Load"
        case mediaPlay = "Client.Media.Play"
        case mediaStop = "Client.Media.Stop"
        case discordInfo = "External.Discord.Info"
        case discordStatus = "External.Discord.Status"

        var name: String { rawValue }

        /// By names in small letters.
        static let byKey = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) })
    }

    var subject: Subject {
        switch self {
        case .ping: .ping
        case .goodbye: .goodbye
        case .loginDefault: .loginDefault
        case .loginResult: .loginResult
        case .name: .name
        case .vitals: .vitals
        case .statusVariables: .statusVariables
        case .status: .status
        case .items: .items
        case .itemAdded: .itemAdded
        case .itemRemoved: .itemRemoved
        case .itemUpdated: .itemUpdated
        case .skillGroups: .skillGroups
        case .skillList: .skillList
        case .skillInfo: .skillInfo
        case .room: .room
        case .roomPlayers: .roomPlayers
        case .roomPlayerAdded: .roomPlayerAdded
        case .roomPlayerRemoved: .roomPlayerRemoved
        case .channels: .channels
        case .speech: .speech
        case .listeners: .listeners
        case .speechStart: .speechStart
        case .speechEnd: .speechEnd
        case .clientPackage: .clientPackage
        case .map: .map
        case .mediaDefault: .mediaDefault
        case .mediaLoad: .mediaLoad
        case .mediaPlay: .mediaPlay
        case .mediaStop: .mediaStop
        case .discordInfo: .discordInfo
        case .discordStatus: .discordStatus
        }
    }

    /// Reads what a message means, as a client does; nil if it is not one of these.
    ///
    /// - Parameter message: Anything from a server.
    /// - Throws: ``GMCPFailure/unexpectedBody(of:)``.
    package init?(_ message: GMCPMessage) throws(GMCPFailure) {
        guard let subject = Subject.byKey[message.key] else { return nil }
        guard let meaning = Self.meaning(of: subject, message.body ?? .object(JSONObject())) else {
            throw .unexpectedBody(of: subject.name)
        }
        self = meaning
    }

    private static func meaning(of subject: Subject, _ body: JSONValue) -> GMCPServerMessage? {
        switch subject {
        case .ping: .ping
        case .goodbye: .goodbye(body.looseText ?? "")
        case .loginDefault: body.objectValue.map { .loginDefault(types: $0.texts("type")) }
        case .loginResult:
            body["success"]?.looseFlag.map { .loginResult(success: $0, message: body["message"]?.looseText) }
        case .name: MUDPerson(gmcp: body).map { .name($0) }
        case .vitals: MUDVitals(gmcp: body).map { .vitals($0) }
        case .statusVariables: MUDStatus(gmcpCaptions: body).map { .statusVariables($0) }
        case .status: MUDStatus(gmcpValues: body).map { .status($0) }
        case .items, .itemAdded, .itemRemoved, .itemUpdated: itemMeaning(of: subject, body)
        case .skillGroups: body.arrayValue.map { .skillGroups($0.compactMap(MUDSkills.Group.init(gmcp:))) }
        case .skillList: MUDSkills.List(gmcp: body).map { .skillList($0) }
        case .skillInfo: MUDSkills.Info(gmcp: body).map { .skillInfo($0) }
        case .room: MUDRoom(gmcp: body).map { .room($0) }
        case .roomPlayers: body.arrayValue.map { .roomPlayers($0.compactMap(MUDPerson.init(gmcp:))) }
        case .roomPlayerAdded: MUDPerson(gmcp: body).map { .roomPlayerAdded($0) }
        case .roomPlayerRemoved:
            (body.looseText ?? body["name"]?.looseText).map { .roomPlayerRemoved(name: $0) }
        case .channels: body.arrayValue.map { .channels($0.compactMap(MUDChannel.init(gmcp:))) }
        case .speech: MUDSpeech(gmcp: body).map { .speech($0) }
        case .listeners: body.arrayValue.map { .listeners($0.compactMap(MUDListener.init(gmcp:))) }
        case .speechStart: body.looseText.map { .speechStart(channel: $0) }
        case .speechEnd: body.looseText.map { .speechEnd(channel: $0) }
        case .clientPackage: MUDClientPackage(gmcp: body).map { .clientPackage($0) }
        case .map: body["url"]?.stringValue.map { .map(url: $0) }
        case .mediaDefault: (body["url"]?.stringValue ?? body.stringValue).map { .mediaDefault(url: $0) }
        case .mediaLoad: MUDMedia(gmcp: body).map { .mediaLoad(name: $0.name, url: $0.url) }
        case .mediaPlay: MUDMedia(gmcp: body).map { .mediaPlay($0) }
        case .mediaStop: MUDMedia.Stop(gmcp: body).map { .mediaStop($0) }
        case .discordInfo: MUDDiscord.Info(gmcp: body).map { .discordInfo($0) }
        case .discordStatus: MUDDiscord.Status(gmcp: body).map { .discordStatus($0) }
        }
    }

    private static func itemMeaning(of subject: Subject, _ body: JSONValue) -> GMCPServerMessage? {
        guard let location = body["location"]?.stringValue.flatMap(MUDItem.Location.init(gmcp:)) else { return nil }
        if subject == .items {
            return .items(location, (body["items"]?.elements ?? []).compactMap(MUDItem.init(gmcp:)))
        }
        guard let item = body["item"].flatMap(MUDItem.init(gmcp:)) else { return nil }
        switch subject {
        case .itemAdded: return .itemAdded(location, item)
        case .itemRemoved: return .itemRemoved(location, item)
        default: return .itemUpdated(location, item)
        }
    }
}
