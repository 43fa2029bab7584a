package import Basics
package import CredentialCore
public import IRCWire
public import ReactorCore

/// An IRC network of one server, all of it in memory: users, channels, accounts, history.
///
/// ```swift
/// let network = IRCNetwork(IRCNetworkSettings(), on: reactor)
/// let server = IRCServer(IRCServerSettings(name: "irc.example.com"), house: network, on: reactor)
/// ```
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: those of ``IRCNetworkSettings``.
/// - Source: Modern IRC; the IRCv3 specifications of ``IRCNetwork/capabilities(for:)``.
public final class IRCNetwork: IRCHouse {
    /// How it is called, what it takes.
    public let settings: IRCNetworkSettings
    /// The server whose house it is.
    public private(set) weak var server: IRCServer?
    /// What clients are greeted with.
    public let facts: IRCServerFacts
    let reactor: Reactor
    let desk: CredentialDesk
    let book: IRCAccountBook
    let portal: Portal
    var creations: IRCCreationMeter
    /// Registered users by the form of their nicks under which they are found.
    @exclusivity(unchecked) var users: [String: IRCUser] = [:]
    /// The same by what their nicks look like.
    var lookalikes: [String: IRCUser] = [:]
    @exclusivity(unchecked) var channels: [String: IRCChannel] = [:]
    var departed: IRCWhowas
    /// Who watches a nick, by key.
    var watchers: [String: [ObjectIdentifier: IRCUser]] = [:]
    /// What is kept of what was said, in octets.
    private let historyBudget: IRCHistoryBudget
    /// What accounts have said to each other.
    var conversations: IRCConversations
    /// How far accounts have read, by account and target.
    var readMarkers: [String: [String: WallInstant]] = [:]
    var bans: [IRCServerBan] = []
    var (operatorCount, invisibleCount, mostUsers) = (0, 0, 0)
    // Looked at for each message; nothing is called while they change.
    @exclusivity(unchecked) private var lastMessage: UInt64
    private var lastChannel: UInt64
    @exclusivity(unchecked) private var lastTime = WallInstant(milliseconds: 0)
    let startedAt: WallInstant
    let startedTicking: MonotonicInstant

    /// Makes a network without users.
    public convenience init(_ settings: IRCNetworkSettings, on reactor: Reactor) {
        let desk = CredentialDesk()
        desk.useThreads(of: reactor)
        self.init(settings, on: reactor, desk: desk, startedAt: IRCServer.systemTime())
    }

    /// Makes a network with a desk of the caller's, and a time; for tests.
    package init(
        _ settings: IRCNetworkSettings, on reactor: Reactor, desk: CredentialDesk, startedAt: WallInstant,
        iterations: UInt32 = SCRAMSecret.standardIterations
    ) {
        self.settings = settings
        self.reactor = reactor
        self.desk = desk
        self.startedAt = startedAt
        startedTicking = reactor.now
        facts = settings.facts(startedAt: startedAt)
        book = IRCAccountBook(
            mapping: settings.mapping, limit: settings.accounts, desk: desk, iterations: iterations)
        creations = IRCCreationMeter(limit: settings.accountsPerSource, window: settings.accountWindow)
        let realm = Realm()
        realm.provide(IRCAvatar.self) { identity, _ in .succeeded(Login(identity, avatar: IRCAvatar())) }
        portal = Portal(reactor: reactor, realm: realm, desk: desk, checkers: [book])
        departed = IRCWhowas(limit: settings.whowas)
        historyBudget = IRCHistoryBudget(octets: settings.historyOctets, octetsEach: settings.historyOctetsEach)
        conversations = IRCConversations(
            limit: settings.conversations, lines: settings.history, budget: historyBudget)
        // Ids go on growing over restarts.
        lastMessage = UInt64(clamping: startedAt.milliseconds) << 20
        lastChannel = 0
    }

    /// Takes the server's clock, name and connections for its own.
    public func attached(to server: IRCServer) { self.server = server }

    /// What a registered client wants, done.
    public func handle(_ request: IRCRequest, from connection: IRCServerConnection) {
        guard let user = connection.occupant as? IRCUser else { return }
        switch request {
        case .message(let message): send(message, user)
        case .multiline(let message): send(message, user)
        case .join(let wishes): join(user, wishes)
        case .partAll: for channel in user.channels { part(user, from: channel, reason: nil) }
        case .part(let names, let reason): part(user, names, reason: reason)
        case .topic(let channel, let text): topic(user, of: channel, text)
        case .names(let wanted): names(user, wanted)
        case .list(let request): list(user, request)
        case .invite(let nick, let channel): invite(user, nick, to: channel)
        case .kick(let wishes, let reason): kick(user, wishes, reason: reason)
        case .mode(let target, let modes, let arguments): mode(user, target, modes, arguments)
        case .history(let request): history(user, request)
        case .markRead(let target, let time): markRead(user, target, time)
        case .nick(let nick): rename(user, nick)
        case .who(let request): who(user, request)
        case .whois(let nicks): for nick in nicks { whois(user, nick) }
        case .whowas(let nick, let count): whowas(user, nick, count)
        case .away(let text): away(user, text)
        case .userHost(let nicks): userHost(user, nicks)
        case .isOn(let nicks): user.reply(.isOn(nicks.compactMap { self.user($0)?.nick }))
        case .setName(let name): setName(user, name)
        case .monitor(let request): monitor(user, request)
        case .register(let account, _, let password): register(user, account, password)
        case .verify(let account, _):
            user.reply(.fail(.verify, .invalidCode, [account], "Accounts are verified as they are made."))
        default: serve(user, request)
        }
    }

    // MARK: Names

    func key(_ name: IRCParameter) -> String { settings.mapping.folded(name.text) }
    func user(_ nick: IRCParameter) -> IRCUser? { users[key(nick)] }
    func channel(_ name: IRCParameter) -> IRCChannel? { channels[key(name)] }

    func makeChannel(_ name: IRCChannelName, key: String) -> IRCChannel {
        lastChannel += 1
        let history = IRCHistory(limit: settings.history, budget: historyBudget)
        let channel = IRCChannel(name, key: key, number: lastChannel, at: now(), history: history)
        channels[key] = channel
        return channel
    }

    // MARK: Time

    /// Never earlier than the time before, so that history is in order.
    func now() -> WallInstant {
        lastTime = max(lastTime, server?.wallClock() ?? IRCServer.systemTime())
        return lastTime
    }

    func nextMessageID() -> IRCMessageID {
        lastMessage &+= 1
        return IRCMessageID(number: lastMessage)
    }

    // MARK: Telling others

    /// Tags of what somebody does now.
    func tags(of user: IRCUser, id: IRCMessageID? = nil, client: IRCTags = IRCTags()) -> IRCLine.Tags {
        IRCLine.Tags(
            time: now(), account: user.account, messageID: id?.text, isBot: user.modes.contains(.bot), client: client)
    }

    /// Sends a line to everybody in a channel.
    func tell(_ channel: IRCChannel, _ line: IRCLine, except left: IRCUser? = nil) {
        for member in channel.members where member.user !== left { member.user.connection.send(line) }
    }

    /// Calls `body` for each user who shares a channel with somebody, once, and not for themselves.
    func forEachNeighbour(of user: IRCUser, _ body: (IRCUser) -> Void) {
        if user.channels.count == 1 {
            for member in user.channels[0].members where member.user !== user { body(member.user) }
            return
        }
        var told: Set<ObjectIdentifier> = [ObjectIdentifier(user)]
        for channel in user.channels {
            for member in channel.members where told.insert(ObjectIdentifier(member.user)).inserted {
                body(member.user)
            }
        }
    }

    /// Sends a line to those who share a channel with somebody and have agreed to a capability, and to those who watch them
    /// and have agreed to hear that much of it.
    func notify(_ line: IRCLine, about user: IRCUser, agreedBy capability: IRCCapability) {
        forEachNeighbour(of: user) { if $0.has(capability) { $0.connection.send(line) } }
        guard let watching = watchers[user.key] else { return }
        for watcher in watching.values
        where watcher !== user && watcher.has(.extendedMonitor) && watcher.has(capability)
            && !watcher.sharesChannel(with: user)
        {
            watcher.connection.send(line)
        }
    }
}

/// Stands for an account that is logged into; there is nothing to it but the name.
struct IRCAvatar: Avatar {}
