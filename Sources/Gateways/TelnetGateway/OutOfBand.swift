import GatewayCore
import MUDWire
import TelnetWire
import WorldModel
import WorldVerbs

/// What one client and the game say to each other beside the text, in GMCP and in MSDP: which facts it wants, and how each
/// is put.
///
/// What a client sends that makes no sense is passed over: a program that is wrong about one message is right about others.
///
/// - Isolation: none; a value type.
/// - Limits: those of `GMCPLimits` and `MSDPLimits`.
/// - SeeAlso: `TelnetGatewayTests/OutOfBandTests`.
struct OutOfBand {
    /// What follows from what a client said.
    enum Effect: Equatable {
        /// It wants to be told these facts from here on.
        case subscribe(FactTopics)
        case request(FactRequest)
        case hello(String)
        case credentials(name: String, password: String)
        /// To be answered at once, whatever waits for the archive.
        case ping
        /// To be told after what was told before.
        case tell(TelnetOption, [UInt8])
    }

    private(set) var speaksGMCP = false
    private(set) var speaksMSDP = false
    private(set) var supports = GMCPSupports()
    private var hasGreeted = false
    private var reports = MSDPReports()
    /// What MSDP can say now.
    private var known = MSDPFacts(serverName: "")
    /// Variables that were asked for once and are not known yet.
    private var awaited: Set<String> = []
    private var asksForVariables = false
    private var offers: (ClientOffers, title: String)?

    /// What the client wants to be told.
    private var topics: FactTopics {
        var topics: FactTopics = []
        if speaksGMCP {
            for (module, topic) in Self.topics where supports.contains(module) { topics.formUnion(topic) }
            // Clients that take packages do not say so, but all say who they are.
            if hasGreeted { topics.insert(.client) }
        }
        if speaksMSDP, asksForVariables { topics.formUnion([.name, .place, .status, .vitals]) }
        return topics
    }

    private static let topics: [(module: String, topics: FactTopics)] = [
        ("Char", [.name, .status, .vitals]), ("Char.Name", .name), ("Char.Vitals", .vitals), ("Char.Status", .status),
        ("Char.StatusVars", .status), ("Char.Items", .items), ("Char.Skills", .commands), ("Char.Login", .login),
        ("Room", [.place, .people]), ("Room.Info", .place), ("Room.Players", .people), ("Comm.Channel", .talk),
        ("Client.Media", .sound), ("External.Discord", .client),
    ]

    /// An option is now performed, or no longer.
    mutating func negotiated(_ option: TelnetOption, enabled: Bool) -> [Effect] {
        switch option {
        case .gmcp: speaksGMCP = enabled
        case .msdp: speaksMSDP = enabled
        default: return []
        }
        if !speaksGMCP {
            supports = GMCPSupports()
            hasGreeted = false
        }
        if !speaksMSDP {
            reports = MSDPReports()
            awaited = []
            asksForVariables = false
        }
        return enabled ? [] : [.subscribe(topics)]
    }

    /// The client sent a message of an option that is in force.
    mutating func received(_ option: TelnetOption, _ payload: [UInt8]) -> [Effect] {
        switch option {
        case .gmcp:
            guard let message = try? GMCPMessage(parsing: payload),
                let meaning = (try? GMCPClientMessage(message)).flatMap(\.self)
            else { return [] }
            return received(meaning)
        case .msdp:
            guard let variables = try? MSDPPayload.read(payload) else { return [] }
            return variables.prefix(MSDPLimits.names).flatMap { received(MSDPCommand($0)) }
        default: return []
        }
    }

    private mutating func received(_ message: GMCPClientMessage) -> [Effect] {
        supports.receive(message)
        switch message {
        case .hello(let client, let version):
            hasGreeted = true
            return [.hello(version.isEmpty ? client : "\(client) \(version)"), .subscribe(topics)]
        case .supportsSet, .supportsAdd, .supportsRemove: return [.subscribe(topics)]
        case .ping: return [.ping]
        case .keepAlive: return []
        case .credentials(let credentials?):
            return [.credentials(name: credentials.account, password: credentials.password)]
        // The player will type them.
        case .credentials(nil): return []
        case .inventory: return [.request(.items(.inventory))]
        case .roomItems: return [.request(.items(.room))]
        case .contents(let number):
            return UInt64(exactly: number).map { [.request(.items(.container($0)))] } ?? []
        case .skills(let group, let name?): return [.request(.command(group: group ?? "", name: name))]
        case .skills(let group?, nil): return [.request(.commands(group: group))]
        case .skills(nil, nil): return [.request(.commandGroups)]
        case .channelPlayers: return [.request(.listeners)]
        // Which channels are heard is the player's to say, with `join`.
        case .channelEnable: return [.request(.channels)]
        case .discordHello, .discordGet:
            guard let offers else { return [] }
            return discord(offers.0, offers.title).map { .tell(.gmcp, $0.message.encoded) }
        }
    }

    private mutating func received(_ command: MSDPCommand) -> [Effect] {
        var effects: [Effect] = []
        switch command {
        case .report, .send:
            if !asksForVariables {
                asksForVariables = true
                effects.append(.subscribe(topics))
            }
        case .list, .unreport, .reset, .configure: break
        }
        let answer = reports.receive(command, facts: known)
        if case .send(let names) = command {
            let told = Set(answer.map(\.name))
            for name in names where !told.contains(name) && awaited.count < MSDPLimits.names { awaited.insert(name) }
        }
        if !answer.isEmpty { effects.append(.tell(.msdp, MSDPPayload.encoded(answer))) }
        return effects
    }

    // MARK: Facts

    /// How a fact is put for the client, each message with its option; none when the client does not want it.
    mutating func messages(for fact: ClientFact) -> [(option: TelnetOption, payload: [UInt8])] {
        if case .offers(let offers, let title) = fact { self.offers = (offers, title) }
        var messages: [(TelnetOption, [UInt8])] = []
        if speaksGMCP {
            for message in gmcp(fact) where supports.allows(message) {
                messages.append((.gmcp, message.message.encoded))
            }
        }
        // Also what only GMCP was told: a client that speaks both may ask for it later.
        if learn(fact), speaksMSDP, asksForVariables {
            var changes = reports.changes(in: known)
            let reported = Set(changes.map(\.name))
            if !awaited.isEmpty {
                for variable in known.variables where awaited.contains(variable.name) {
                    awaited.remove(variable.name)
                    if !reported.contains(variable.name) { changes.append(variable) }
                }
            }
            if !changes.isEmpty { messages.append((.msdp, MSDPPayload.encoded(changes))) }
        }
        return messages
    }

    /// Takes into MSDP's variables what a fact says; false when it says nothing of them.
    private mutating func learn(_ fact: ClientFact) -> Bool {
        switch fact {
        case .name(let name): known.character = MUDPerson(name: name, fullName: name)
        case .place(let place): known.room = MUDRoom(place)
        case .vitals(let vitals): known.vitals = MUDVitals(vitals)
        case .status(let lines):
            var variables = known.status.variables
            for line in lines where line.key != .name {
                let variable = MUDStatus.Variable(line)
                if let place = variables.firstIndex(where: { $0.name == variable.name }) {
                    variables[place] = variable
                } else {
                    variables.append(variable)
                }
            }
            known.status = MUDStatus(variables: variables)
        case .offers(_, let title): known.serverName = title
        default: return false
        }
        return true
    }
}
