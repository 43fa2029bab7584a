package import AuditCore
package import Basics
package import CredentialCore
package import Logging
package import ReactorCore
package import TerminalWire
import WorldLanguage
package import WorldModel
package import WorldVerbs

/// The world's one executor: turns every door's input into turns, and lets nothing out before it is durable.
///
/// In one pass of the loop it runs the commands that arrived, as far as there is time, hands their records to the archive
/// together, and releases whatever tells only of turns that are durable already. When the archive reports a later turn,
/// what waited for it goes.
///
/// - Isolation: plain and non-Sendable; it belongs to the reactor's thread.
package final class Game {
    package let reactor: Reactor
    package let world: World
    package let interpreter: Interpreter
    /// What the operator decided; a change counts from then on.
    package var settings: GameSettings
    /// The one-time code that makes an account the owner; nil when there is one.
    package var claimCode: String?
    /// Where passwords are checked, for all doors together.
    package let desk: CredentialDesk
    /// Where credentials become characters.
    package let portal: Portal
    /// Whether the archive cannot take new turns at present.
    package var isReadOnly: Bool { interpreter.isReadOnly }
    /// The last turn that is on disk.
    package internal(set) var durable: UInt64
    package let log: Logger

    package internal(set) var measurements = GameMeasurements()
    /// By the names of the doors.
    package internal(set) var trafficByDoor: [String: DoorTraffic] = [:]

    /// Takes down what somebody may have to answer for; unset, nobody does.
    package var audit: (AuditEvent) -> Void = { _ in }

    /// Where turns become durable; set before the first one.
    package var archive: (any TurnArchive)?
    let wallTime: () -> WallInstant
    var random: SeededGenerator

    var sessionsByNumber: [UInt64: Session] = [:]
    /// Of those in play, and of bodies whose player may come back.
    var plays: [ThingID: PlaySession] = [:] { didSet { arrivals = nil } }
    /// Those with a door, in order of arrival; nil when somebody has come or gone since it was made.
    var arrivals: [Thing]?
    /// Whose log was found after a crash, and who has not read it yet.
    var recovered: Set<ThingID> = []
    var lastSessionNumber: UInt64 = 0
    /// Bodies whose connection was lost, with the call that will take them out of play.
    var linkDead: [ThingID: DelayedCall] = [:]
    /// By ``GuessBudget/sourceKey(_:)``.
    var strangersBySource: [String: Int] = [:]
    /// The codes of authenticators that were taken.
    var codes = OneTimeCodes()
    /// Guests that are in play, and some that were.
    var guests: Set<ThingID> = []
    /// How many characters each source has made lately.
    var creations: GuessBudget

    /// Turns of this pass, handed over at its end.
    var finished: [TurnRecord] = []
    /// Sessions with lines that wait for their turn.
    var turns = TurnQueue<Session>()
    /// Bodies that wait to be let go, with those among them that have not come back; see ``depart(_:_:)``.
    var departures = TurnQueue<ThingID>()
    var departing: [ThingID: Departure] = [:]
    var passBudget = PassBudget()
    var withOutput: [Session] = []
    /// Sessions whose peers have not confirmed yet what they were sent last.
    var unconfirmed: [Session] = []
    var factBoard = FactBoard()
    /// The ports at which players come in, as plain text and encrypted, to be told to those who list games.
    package var openPorts: () -> (plain: [Int], encrypted: [Int]) = { ([], []) }
    /// What the world held when it was last counted, and when that was.
    var lastCount: (at: MonotonicInstant, census: GameCensus)?
    var isPassEndScheduled = false
    var isNextPassScheduled = false
    var waiters: [(sequence: UInt64, body: () -> Void)] = []
    var stallWaiters: [() -> Void] = []
    var inputIsPaused = false
    var shutDown: ShutDown?
    let nobody = Thing.makeNobody()
    var startedAt: MonotonicInstant

    package init(
        reactor: Reactor, world: World, interpreter: Interpreter, desk: CredentialDesk,
        settings: GameSettings, log: Logger, seed: UInt64, wallTime: @escaping () -> WallInstant
    ) {
        self.reactor = reactor
        self.world = world
        self.interpreter = interpreter
        self.desk = desk
        portal = Portal(reactor: reactor, realm: Realm(), desk: desk)
        self.settings = settings
        self.log = log
        self.wallTime = wallTime
        durable = world.sequence
        creations = GuessBudget(limit: settings.maximumCreationsPerSource)
        random = SeededGenerator(seed: seed)
        startedAt = reactor.now
        interpreter.attendance = self
        desk.useThreads(of: reactor)
        openPortal()
        use([GameAccounts()])
    }

    /// Takes the world into play: bodies that a crash left standing wait for their players.
    package func start() {
        // Once through the whole world, which may be large.
        let players = world.things.values.filter { $0.has(.player) }
        let bodies = players.filter { $0.location != nil }
        recoverEvents(of: bodies)
        for body in bodies {
            awaitReturn(of: body)
            if body[.isGuest] { guests.insert(body.id) }
        }
        for persona in players {
            for source in world.thing(persona, .account)?[.knownSources] ?? [] {
                desk.budget.know(account: persona[.name], key: source)
            }
        }
        scheduleHousekeeping()
        scheduleWorldClock()
    }

    package var title: String { world.root?[.title] ?? "" }

    /// What newcomers read below the title.
    package var welcome: String { world.root.map { $0[.description].trimmed } ?? "" }

    package var uptime: Duration { startedAt.duration(to: reactor.now) }

    // MARK: Connections

    /// Makes a session for a new connection.
    ///
    /// - Returns: nil when there are too many; the door then says ``refusal(for:)`` and closes.
    package func makeSession(door: any SessionDoor, profile: TerminalProfile) -> Session? {
        let source = GuessBudget.sourceKey(door.source)
        guard shutDown?.isClosing != true,
            strangersBySource[source, default: 0] < settings.maximumStrangersPerSource || Self.isLoopback(door.source),
            sessionsByNumber.count < settings.maximumSessions || makeRoom(for: SourceNetwork(door.source))
        else {
            traffic(of: door.name).refused += 1
            return nil
        }
        traffic(of: door.name).admitted += 1
        strangersBySource[source, default: 0] += 1
        lastSessionNumber += 1
        let session = Session(
            number: lastSessionNumber, game: self, door: door, profile: profile, now: reactor.now)
        sessionsByNumber[session.number] = session
        note("connected", ["session": "\(session.number)", "source": door.source, "door": door.name])
        session.begin()
        session.updatePause()
        return session
    }

    /// What somebody reads for whom there is no room: in each language of the game, as nobody knows theirs yet.
    package func refusal(for profile: TerminalProfile) -> [UInt8] {
        let sentence: Sentence = "The game is full at present. Please try again in a few minutes."
        let others = profile.charset == .utf8 ? interpreter.languages.languages : []
        let languages: [Language?] = [nil] + others
        return languages.flatMap { language in
            render(sentence.phrase(for: nobody, in: language) { _ in true }, for: profile)
        }
    }

    /// Whether a connection is from the machine itself.
    package static func isLoopback(_ source: String) -> Bool {
        source == "::1" || source.hasPrefix("127.") || source.hasPrefix("unix")
    }

    /// Lets a stranger go for a newcomer: the oldest of the network that has most of them, so that silent crowds keep nobody out.
    ///
    /// That happens at once to a network with more strangers than the newcomer's own would have, beyond
    /// ``SessionLimits/undisturbedStrangers``, and to the newcomer's own with more than one source may have; otherwise
    /// whoever came less than ``SessionLimits/undisturbedLogin`` ago may stay. Of networks with as many, the one whose
    /// stranger is the oldest counts.
    ///
    /// - Parameter newcomer: Where the newcomer is from.
    /// - Returns: False when everybody is in play, or may stay.
    /// - Complexity: O(*n*) in the number of sessions.
    private func makeRoom(for newcomer: SourceNetwork) -> Bool {
        var crowds: [SourceNetwork: (count: Int, oldest: Session)] = [:]
        for session in sessionsByNumber.values where session.persona == nil {
            let known = crowds[session.network]
            let oldest = known.map { $0.oldest.number < session.number ? $0.oldest : session } ?? session
            crowds[session.network] = (count: (known?.count ?? 0) + 1, oldest: oldest)
        }
        let largest = crowds.max { one, other in
            (one.value.count, other.value.oldest.number) < (other.value.count, one.value.oldest.number)
        }
        guard let largest else { return false }
        let oldest = largest.value.oldest
        let ownCount = crowds[newcomer]?.count ?? 0
        let share =
            largest.key == newcomer
            ? settings.maximumStrangersPerSource : max(SessionLimits.undisturbedStrangers, ownCount + 1)
        guard
            largest.value.count > share
                || oldest.connectedAt.duration(to: reactor.now) >= SessionLimits.undisturbedLogin
        else { return false }
        oldest.cut()
        return true
    }

    /// The session is logged in, or gone: it no longer counts among its source's strangers.
    func noLongerStranger(_ session: Session) {
        guard session.isStranger else { return }
        session.isStranger = false
        let source = GuessBudget.sourceKey(session.door.source)
        let rest = strangersBySource[source, default: 1] - 1
        strangersBySource[source] = rest > 0 ? rest : nil
    }

    func sessionLost(_ session: Session, because reason: String? = nil) {
        guard sessionsByNumber.removeValue(forKey: session.number) != nil else { return }
        let persona = session.persona
        unsubscribe(session)
        session.stage = .gone
        var details = ["session": "\(session.number)", "door": session.door.name]
        if let persona { details["name"] = persona.name }
        if let reason { details["reason"] = reason }
        note(persona == nil ? "disconnected" : "connection lost", details)
        noLongerStranger(session)
        if let persona { abandon(persona, by: session, isLost: true) }
    }

    /// A player is gone without having left: a guest ends, anybody else's body waits for them.
    func abandon(_ persona: Thing, by session: Session, isLost: Bool = false) {
        guard let play = plays[persona.id], play.doors.contains(where: { $0 === session }) else { return }
        detach(session, persona, "connection lost", isLost: isLost)
        for other in play.doors { other.say("Your connection \(session.place) is closed.", .faint) }
        if play.isAttended { return }
        depart(persona, persona[.isGuest] ? .leaves : .standsStill)
    }

    /// Takes a body out of play when its player does not come back in time.
    func awaitReturn(of persona: Thing) {
        linkDead[persona.id]?.cancel()
        linkDead[persona.id] = reactor.callLater(settings.linkDeadLimit) { [weak self] in
            guard let self else { return }
            linkDead[persona.id] = nil
            if persona.exists, !isPresent(persona) { depart(persona, .leaves) }
        }
    }

    /// Takes a body out of play; a guest's ceases to be.
    func leave(_ persona: Thing) {
        // Taken up before the turn takes it from the body: nobody may have told a body anything since the start.
        let play = plays[persona.id] ?? playWithoutDoors(persona)
        run(
            interpreter.turn(by: persona, role: role(of: persona), at: wallTime(), seed: random.next()) { turn in
                interpreter.leavePlay(persona, turn)
                // For the next time.
                if let play, persona.exists, !play.log.isDelivered { keepUnread(of: play) }
            })
        hasLeft(persona)
    }

    /// A body was taken out of play, if that could be kept.
    func hasLeft(_ persona: Thing) {
        interpreter.forget(persona)
        if !persona.exists || persona.location == nil { plays[persona.id] = nil }
        // Refused while the world is read-only: the body waits like one whose connection was lost.
        if persona.exists, persona.location != nil, shutDown?.isClosing != true { awaitReturn(of: persona) }
    }

    package func role(of persona: Thing) -> Role { Accounts.role(of: persona, world: world) }

    func dropSlowReader(_ session: Session) {
        measurements.slowReaders += 1
        note("dropped", ["session": "\(session.number)", "reason": "slow reader"])
        session.cut()
    }
}
