import Basics
import CredentialCore
import GatewayCore
import Logging
import ReactorCore
import ReactorTesting
import Synchronization
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// An archive that makes turns durable when the test says so.
final class ManualArchive: TurnArchive {
    private(set) var records: [TurnRecord] = []
    private(set) var batches = 0

    func submit(_ batch: [TurnRecord]) {
        batches += 1
        records += batch
    }

    var last: UInt64 { records.last?.sequence ?? 0 }
}

/// A client without a protocol: what the session sends it is what it sees.
final class RecordingDoor: SessionDoor {
    let name = "test"
    let source: String
    var bufferedByteCount = 0
    /// Octets of the connection that the peer takes; what comes beyond is under way for ever.
    var takenLimit = Int.max
    private(set) var sentByteCount = 0
    var untakenByteCount: Int { max(bufferedByteCount, sentByteCount - takenLimit) }
    private(set) var seen = ""
    private(set) var isInputHidden = false
    private(set) var isInputPaused = false
    private(set) var isClosed = false
    private(set) var isAborted = false
    weak var session: Session?
    /// The connection, where somebody came in by it before there was a session.
    weak var knock: Knock?

    init(source: String) {
        self.source = source
    }

    /// Stand for what a protocol sends around a password; nobody sees them.
    private static let (echoOff, echoOn): (UInt8, UInt8) = (1, 2)

    func send(_ bytes: borrowing [UInt8]) {
        let room = max(0, takenLimit - sentByteCount)
        sentByteCount += bytes.count
        let bytes = Array((copy bytes).prefix(room))
        if let last = bytes.last(where: { $0 == Self.echoOff || $0 == Self.echoOn }) {
            isInputHidden = last == Self.echoOff
        }
        seen += String(decoding: bytes.filter { $0 > Self.echoOn }, as: UTF8.self)
    }

    func appendPromptMark(to bytes: inout [UInt8]) {}
    func appendEcho(hidden: Bool, to bytes: inout [UInt8]) {
        bytes.append(hidden ? Self.echoOff : Self.echoOn)
    }
    /// Whether facts stand in what is seen, each between two control characters where it came.
    var showsFacts = false
    var mayHearPasswords = true
    /// Of the certificate that the client has shown.
    var certificateFingerprint: String?
    var isConfidential: Bool { mayHearPasswords }
    func appendFact(_ fact: ClientFact, to bytes: inout [UInt8]) {
        if showsFacts { bytes += Array("\u{3}\(fact.summary)\u{4}".utf8) }
    }
    func pauseInput() { isInputPaused = true }
    func resumeInput() { isInputPaused = false }
    func close() { isClosed = true }
    func abort() { isAborted = true }

    /// What was sent since the last call.
    func takeSeen() -> String {
        defer { seen = "" }
        return seen
    }
}

/// What the clock on the wall shows, until a test sets it.
final class WallClock {
    var now = WallInstant(milliseconds: 1_000_000)
}

/// A small game under manual time, with an archive that waits for the test.
final class GameStage {
    let time = StepTime()
    let wall = WallClock()
    let reactor: Reactor
    let world: World
    let archive = ManualArchive()
    let game: Game
    let interpreter: Interpreter

    init(
        settings: GameSettings = GameSettings(), world: World = GameStage.makeWorld(), help: HelpLibrary = .empty
    ) throws {
        self.world = world
        // Without the kernel: hundreds of stages are there at once.
        reactor = try Reactor(poller: ManualPoller(), time: time)
        interpreter = Interpreter(world: world, help: help)
        game = Game(
            reactor: reactor, world: world, interpreter: interpreter,
            desk: CredentialDesk(cost: .trivial), settings: settings,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            seed: 7, wallTime: { [wall] in wall.now })
        game.desk.runOnWorker = { job, done in done(job()) }
        game.archive = archive
        game.start()
    }

    static func makeWorld() -> World {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let root = world.create(.world)
        world.set(.title, to: "The Test House", on: root)
        let hall = world.create(.place)
        world.set(.name, to: "Hall", on: hall)
        world.set(.description, to: "A plain hall.", on: hall)
        world.set(.startPlace, to: hall, on: root)
        for name in ["brass lamp", "iron key"] {
            let thing = world.create()
            world.set(.name, to: name, on: thing)
            world.move(thing, to: hall)
        }
        _ = world.endTurn()
        return world
    }

    func connect(source: String = "127.0.0.1") -> RecordingDoor? {
        let door = RecordingDoor(source: source)
        door.session = game.makeSession(door: door, profile: TerminalProfile())
        settle()
        return door.session == nil ? nil : door
    }

    /// Runs passes until the loop has nothing to do; the archive stays as it is.
    func pass() {
        for _ in 0..<20 { reactor.runOnePass(waitingAtMost: .zero) }
    }

    /// Makes everything durable and runs the loop.
    func settle() {
        for _ in 0..<5 {
            pass()
            game.archiveReached(archive.last)
        }
        pass()
    }

    func advance(_ duration: Duration) {
        time.advance(by: duration)
        settle()
    }

    func type(_ line: String, _ door: RecordingDoor) {
        door.session?.lineReceived(line)
        settle()
    }

    /// A further connection of somebody who has a character.
    func comeBack(_ name: String, source: String = "127.0.0.1") throws -> RecordingDoor {
        guard let door = connect(source: source) else { throw StageFailure.refused }
        for line in [name, "correct horse"] { type(line, door) }
        return door
    }

    /// A new character that is in play.
    func enter(_ name: String) throws -> RecordingDoor {
        guard let door = connect() else { throw StageFailure.refused }
        for line in [name, "yes", "correct horse", "correct horse", "no"] { type(line, door) }
        _ = door.takeSeen()
        return door
    }

    enum StageFailure: Error { case refused }
}

/// A manual clock that can also move by itself, as one does for code that takes long.
final class StepTime: MonotonicTime {
    private let state = Mutex((now: MonotonicInstant.zero, step: Duration.zero))

    var stepAtEveryLook: Duration {
        get { state.withLock { $0.step } }
        set { state.withLock { $0.step = newValue } }
    }

    func now() -> MonotonicInstant {
        state.withLock {
            $0.now = $0.now.advanced(by: $0.step)
            return $0.now
        }
    }

    func advance(by duration: Duration) { state.withLock { $0.now = $0.now.advanced(by: duration) } }
}
