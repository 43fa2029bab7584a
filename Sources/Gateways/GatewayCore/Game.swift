package import AuditCore
package import Basics
package import CredentialCore
package import Logging
package import ReactorCore
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

    /// Whom ``hear(_:)`` has added.
    var listeners: [(Utterance) -> Void] = []

    /// Takes down what somebody may have to answer for; unset, nobody does.
    package var audit: (AuditEvent) -> Void = { _ in }

    /// Where turns become durable; set before the first one.
    package var archive: (any TurnArchive)?
    package let wallTime: () -> WallInstant
    var random: SeededGenerator

    var sessionsByNumber: [UInt64: Session] = [:]
    /// Connections that hold a place without a session, by number.
    var knocks: [UInt64: Knock] = [:]
    /// Connections by which somebody has come in before there was a session, by number.
    var entered: [UInt64: Knock] = [:]
    /// Of those in play, and of bodies whose player may come back.
    var plays: [ThingID: PlaySession] = [:] { didSet { arrivals = nil } }
    /// Those with a door, in order of arrival; nil when somebody has come or gone since it was made.
    var arrivals: [Thing]? { didSet { bodies = nil } }
    /// The same with the bodies that wait for their players behind them.
    var bodies: [Thing]?
    /// Whose log was found after a crash, and who has not read it yet.
    var recovered: Set<ThingID> = []
    /// Of sessions and knocks.
    var lastSessionNumber: UInt64 = 0
    /// Bodies whose connection was lost, with the call that will take them out of play.
    var linkDead: [ThingID: DelayedCall] = [:] { didSet { bodies = nil } }
    /// By ``GuessBudget/sourceKey(_:)``.
    var strangersBySource: [String: Int] = [:]
    /// The lines of all keys that let somebody in; nil when they have to be gathered anew.
    var enrolledKeys: Set<String>?
    /// The accounts of all certificates that let somebody in, by fingerprint; nil when they have to be gathered anew.
    var enrolledCertificates: [String: [ThingID]]?
    /// What salts are made up from under names that have no secret of SCRAM.
    let decoyKey: [UInt8]
    /// From where nobody is let in, also such bans as have ended meanwhile; nil when they have to be read anew.
    var knownBans: [SourceBan]?
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
    /// At which door that was begun which is done just now; nil for what nobody's client asked for.
    var acting: Session?
    var isNextPassScheduled = false
    var waiters: [(sequence: UInt64, body: () -> Void)] = []
    var stallWaiters: [() -> Void] = []
    var inputIsPaused = false
    var shutDown: ShutDown?
    let nobody = Thing.makeNobody()
    var startedAt: MonotonicInstant
    /// The same by the calendar, and turns since then in which something was said and that were not kept; see
    /// ``run(_:by:at:)``.
    let started: WallInstant
    var passingTurns = 0

    package init(
        reactor: Reactor, world: World, interpreter: Interpreter, desk: CredentialDesk,
        settings: GameSettings, log: Logger, seed: UInt64, wallTime: @escaping () -> WallInstant
    ) {
        self.reactor = reactor
        self.world = world
        self.interpreter = interpreter
        self.desk = desk
        decoyKey = Self.decoyKey(of: world)
        portal = Portal(reactor: reactor, realm: Realm(), desk: desk, decoyKey: decoyKey)
        self.settings = settings
        self.log = log
        self.wallTime = wallTime
        durable = world.sequence
        creations = GuessBudget(limit: settings.maximumCreationsPerSource)
        random = SeededGenerator(seed: seed)
        startedAt = reactor.now
        started = wallTime()
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

    /// Adds one who is told what somebody said on a channel when it is durable, once for each message, as long as the game runs.
    package func hear(_ listener: @escaping (Utterance) -> Void) { listeners.append(listener) }

    package var uptime: Duration { startedAt.duration(to: reactor.now) }

    package func role(of persona: Thing) -> Role { Accounts.role(of: persona, world: world) }

    func note(_ message: Logger.Message, _ metadata: [String: String]) {
        log.info(message, metadata: metadata.mapValues { .string($0) })
    }
}
