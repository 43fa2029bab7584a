import Basics
package import ChatPeers
import CredentialCore
package import GatewayCore
package import IRCWire
package import Transports
import WorldLanguage
import WorldModel
import WorldVerbs

/// What the operator says of the game in IRC.
package struct GameHouseSettings: Sendable {
    /// The server's name among servers: no spaces, at most 63 octets.
    package var name = "mudd"
    /// The network's name, one word; nil is made of the game's title.
    package var network: String?
    /// The program and its version.
    package var version = "mudd"

    package init() {}
}

/// The game behind the connections of an ``ChatPeers/IRCServer``: the map of ``IRCMap`` at work.
///
/// Before somebody is let in, what is asked and refused is ``Ungated/ircLogin``. From then on everything goes through the queue of
/// the client's ``Session``, and what it asks for is done in its turn, as lines of telnet are.
///
/// - Isolation: belongs to the reactor's thread.
package final class GameHouse: IRCHouse {
    package let game: Game
    let settings: GameHouseSettings
    /// Who speaks for the server.
    let server: IRCSource
    /// Who speaks for the game.
    let voice: IRCSource
    /// When it was opened, by the calendar.
    let opened: WallInstant
    /// What makes its connections.
    private(set) weak var listener: IRCServer?
    /// The most who have been in at once.
    var most = 0
    /// What the client of somebody who is speaking just now has set for other clients.
    ///
    /// The lines of their words are made before their turn ends, so it stands before these alone. It is nothing of the world: who is
    /// too far behind, and reads the words later from the log, and who asks for history, reads them without.
    var carried: (speaker: ThingID, tags: IRCTags)?

    package init(game: Game, settings: GameHouseSettings) {
        self.game = game
        self.settings = settings
        server = IRCSource(settings.name)
        voice = IRCSource(IRCMap.game, user: "game", host: settings.name)
        opened = game.wallTime()
    }

    package func attached(to server: IRCServer) { listener = server }

    // MARK: What it is

    package var facts: IRCServerFacts {
        IRCServerFacts(
            network: network, version: settings.version, created: opened.stamp, userModes: IRCMap.userModes,
            channelModes: IRCMap.modeSet.letters, channelModesWithParameter: IRCMap.modeSet.lettersWithParameter,
            support: support)
    }

    /// The network's name: the operator's, or the title's letters.
    var network: String {
        let name = settings.network ?? game.title
        let word = name.filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }
        return word.isEmpty ? "mudd" : word
    }

    private var support: IRCISupport {
        var support = IRCISupport()
        support["NETWORK"] = network
        support["CASEMAPPING"] = IRCCaseMapping.ascii.token
        support["CHANTYPES"] = "#"
        support["PREFIX"] = IRCMap.modeSet.prefixToken
        support["CHANMODES"] = IRCMap.modeSet.channelModesToken
        support["MODES"] = "4"
        support["MAXLIST"] = "b:\(Channel.mostBans)"
        support["NICKLEN"] = "\(max(NameRules.longest, IRCLimits.nickOctets))"
        support["CHANNELLEN"] = "\(IRCLimits.channelOctets)"
        support["TOPICLEN"] = "\(ChannelRules.longestTopic)"
        support["KICKLEN"] = "\(Channel.longestReason)"
        support["AWAYLEN"] = "\(AwayWords.longest)"
        support["NAMELEN"] = "\(Plan.longest)"
        support["LINELEN"] = "\(IRCLimits.bodyOctets)"
        support["TARGMAX"] = targetLimits.token
        support["ELIST"] = IRCMap.listConditions
        support["SAFELIST"] = ""
        support["MONITOR"] = "\(IRCMap.mostWatched)"
        support["WHOX"] = ""
        support["CLIENTTAGDENY"] = IRCMap.deniedTags
        support["CHATHISTORY"] = "\(Channel.mostKept)"
        support["MSGREFTYPES"] = "msgid,timestamp"
        support["UTF8ONLY"] = ""
        return support
    }

    package func capabilities(for connection: IRCServerConnection) -> IRCCapabilitySet {
        var offered: IRCCapabilitySet = [
            .accountNotify, .accountTag, .awayNotify, .batch, .capNotify, .chathistory, .chghost, .echoMessage,
            .extendedJoin, .extendedMonitor, .inviteNotify, .labeledResponse, .messageTags, .multiPrefix, .readMarker,
            .serverTime,
            .setname, .standardReplies, .userhostInNames,
        ]
        if game.mayMakeCharacters { offered.insert(.accountRegistration) }
        return offered
    }

    package var takesAccountsEarly: Bool { true }

    package func value(of capability: IRCCapability) -> String? {
        capability == .accountRegistration ? "before-connect,custom-account-name" : nil
    }

    // MARK: Connections

    /// Lets a new peer connect unless its source has to wait, or there is no place.
    package func admit(_ peer: SocketAddress) -> IRCAdmission {
        if let ban = game.ban(on: peer.host) {
            game.traffic(of: IRCDoor.title).refused += 1
            return .refused(ban.sentence.english)
        }
        guard game.penalty(of: peer.host) == nil, let knock = game.knock(from: peer.host) else {
            game.traffic(of: IRCDoor.title).refused += 1
            return .refused("The game is full at present, or you have to wait. Please try again in a few minutes.")
        }
        return .admitted(occupant: IRCVisit(knock))
    }

    func visit(of connection: IRCServerConnection) -> IRCVisit? { connection.occupant as? IRCVisit }
    func door(of connection: IRCServerConnection) -> IRCDoor? { visit(of: connection)?.door }

    package func fellBehind(_ connection: IRCServerConnection) { door(of: connection)?.session?.peerFellBehind() }
    package func caughtUp(_ connection: IRCServerConnection) { door(of: connection)?.session?.peerCaughtUp() }

    package func lost(_ connection: IRCServerConnection, ending: IRCEnding) {
        guard let visit = visit(of: connection) else { return }
        visit.door?.ended(ending)
        visit.door = nil
        visit.knock.end()
        if let offence = visit.offence { game.penalize(offence, source: connection.peer.host) }
        connection.occupant = nil
    }

    // MARK: Names

    /// The tags of a line that tells of something now.
    func tags(account: String? = nil) -> IRCLine.Tags {
        IRCLine.Tags(time: game.wallTime(), account: account.flatMap { $0.isEmpty ? nil : $0.folded })
    }

    /// What stands before the words of somebody whom a reader knows by a name.
    func source(of number: ThingID, named name: String) -> IRCSource {
        let thing = game.world[number]
        if let thing, thing.has(.player), !name.isEmpty { return source(of: thing) }
        return IRCMap.source(ofNoPlayer: name, isGone: thing == nil)
    }

    func source(of persona: Thing) -> IRCSource {
        IRCSource(
            persona.name, user: account(of: persona.id) ?? "guest", host: game.door(of: persona) ?? IRCMap.absent)
    }

    func source(of person: PersonPresence) -> IRCSource {
        let user = person.account.isEmpty ? "guest" : person.account.folded
        return IRCSource(person.name, user: user, host: person.door.isEmpty ? IRCMap.absent : person.door)
    }

    /// What stands before what a moderator did, known by name; the server for what nobody did.
    func source(named name: String?) -> IRCSource {
        guard let name else { return server }
        return game.world.player(named: name).map { source(of: $0) } ?? IRCSource(IRCMap.nick(name))
    }

    /// The account of a character, as IRC has it; nil for guests and creatures.
    func account(of number: ThingID) -> String? {
        game.world[number].flatMap { game.world.thing($0, .account) }.map { $0.name.folded }
    }

    /// What somebody says of themself.
    func realName(of number: ThingID) -> String {
        guard let persona = game.world[number] else { return "" }
        let plan = persona[.plan]
        return plan.isEmpty ? persona.name : plan
    }

    /// Somebody who plays here, by their nick.
    func player(_ nick: IRCParameter) -> Thing? { game.world.player(named: nick.text.folded) }

    /// A channel of the game, by its name in IRC.
    func channel(_ name: IRCParameter) -> Channel? {
        guard name.text.utf8.first == UInt8(ascii: "#") else { return nil }
        return Channel.all(in: game.world).first { IRCMap.isSame(IRCMap.channel($0.name), name.text) }
    }

    // MARK: Looking

    /// Looks at the world between two turns, through somebody's eyes.
    func look<Answer>(for door: IRCDoor, _ body: (Facts) -> Answer) -> Answer? {
        guard let persona = door.persona else { return nil }
        var answer: Answer?
        game.interpreter.observe(at: game.wallTime()) {
            answer = body(game.interpreter.facts(of: persona, role: game.role(of: persona)))
        }
        return answer
    }

    /// A channel with all who hear it.
    func roster(of channel: ThingID, for door: IRCDoor) -> ChannelRoster? {
        look(for: door) { $0.roster(of: channel) } ?? nil
    }

    /// Everybody who is connected.
    func presences(for door: IRCDoor) -> [PersonPresence] { look(for: door) { $0.presences } ?? [] }

    /// What a client reads of a channel behind its `JOIN`.
    func introduction(of roster: ChannelRoster, to door: IRCDoor) -> [IRCReply] {
        topic(of: roster, always: false) + names(of: roster, for: door)
    }

    func topic(of roster: ChannelRoster, always: Bool) -> [IRCReply] {
        let name = IRCParameter(cleaning: IRCMap.channel(roster.name))
        if roster.topic.isEmpty { return always ? [.topic(name, nil)] : [] }
        var replies = [IRCReply.topic(name, IRCParameter(cleaning: roster.topic))]
        if let setter = roster.topicSetter, let time = roster.topicTime {
            replies.append(
                .topicSetter(name, IRCParameter(cleaning: IRCMap.nick(setter)), WallInstant(milliseconds: Int64(time))))
        }
        return replies
    }

    func names(of roster: ChannelRoster, for door: IRCDoor) -> [IRCReply] {
        let name = IRCParameter(cleaning: IRCMap.channel(roster.name))
        let (isWhole, hasHosts) = (door.wants(.multiPrefix), door.wants(.userhostInNames))
        let members = roster.members.map { member in
            let source = source(of: member.person)
            return IRCMemberName(
                prefixes: IRCMap.signs(of: member, isWhole: isWhole), nick: member.person.name,
                userHost: hasHosts ? "\(source.user ?? "*")@\(source.host ?? "*")" : nil)
        }
        return IRCReply.names(name, roster.modes.isClosed ? .secret : .public, members) + [.endOfNames(name)]
    }
}
