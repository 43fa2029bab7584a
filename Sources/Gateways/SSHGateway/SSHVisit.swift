import AuditCore
import Basics
import CredentialCore
import GatewayCore
import Logging
import ReactorCore
import SSHWire
import ShellPeers
import Transports
import WorldModel

/// One connection of a client of SSH: who it is, and the channels that it opens.
///
/// Each channel that asks for a shell is a ``SSHDoor`` with a session of its own; a command is an errand, files are a
/// ``GameTree``. What is said before somebody is let in is ``Ungated/sshLogin``.
///
/// - Isolation: belongs to the reactor's thread.
final class SSHVisit: SSHServerHandler {
    /// What the door is called in tables.
    static let title = "ssh"

    let game: Game
    let services: SSHServices
    private let crowd: SSHCrowd
    /// Its place in the game while it has no session, which holds one itself.
    let knock: Knock
    private(set) var source = ""
    /// Who it is, once they are in.
    private(set) var entry: GameEntry?
    /// Whom it was proven to be, by name.
    private var provenName: String?
    var dialogue = LoginDialogue.none
    /// What the connection came to so far, for the penalty of its source; nil once somebody is in.
    var offence: SourcePenalties.Offence? = .noLogin
    private let traffic: DoorTraffic
    /// Single commands that may still be taken; nil before the first, and without a limit.
    private var commands: TokenBucket?
    /// Channels that may still be opened at once; nil before the first.
    private var openings: TokenBucket?
    /// Connections that were asked for and not made.
    var refusedForwards = 0
    private(set) var connection: SSHConnection?
    /// When it is looked whether something was done.
    private var idleCall: DelayedCall?
    /// Sessions, which end by themselves when their player does nothing for long.
    private var sessionCount = 0
    /// Channels of the kind `session`, whatever is done there; the others are connections made from here.
    private var sessionChannelCount = 0

    /// How far a login by questions is.
    enum LoginDialogue {
        case none
        /// A password was asked for.
        case password
        /// The password is right, and the code of an authenticator is wanted too.
        case code(password: String)
        /// Somebody new is asked for what makes their character.
        case creating(NewcomerDialogue)
    }

    init(game: Game, services: SSHServices, crowd: SSHCrowd, knock: Knock) {
        self.game = game
        self.services = services
        self.crowd = crowd
        self.knock = knock
        traffic = game.traffic(of: Self.title)
    }

    /// The client's program, as its version line tells it.
    var clientName: String {
        let version = connection?.peerVersion ?? ""
        return String(
            version.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false).dropFirst(2).first ?? "")
    }

    /// Where it comes from, for records.
    var origin: LoginOrigin { LoginOrigin(door: Self.title, source: source) }

    /// Takes whoever has come in.
    ///
    /// - Returns: Whether they may have one more connection.
    func take(_ entry: GameEntry) -> Bool {
        if entry.isProven {
            let name = entry.name
            guard crowd.prove(name) else { return false }
            provenName = name
        }
        self.entry = entry
        knock.admit(entry, door: Self.title)
        return true
    }

    /// The game counts a session of it from here on.
    func sessionBegan() {
        sessionCount += 1
        knock.sessionBegan()
    }

    func sessionEnded() {
        sessionCount -= 1
        knock.sessionEnded()
        noteUse()
    }

    func channelOpened() { sessionChannelCount += 1 }
    func channelClosed() { sessionChannelCount -= 1 }

    /// Something was done that a player wants.
    func noteUse() { knock.lastUse = game.reactor.now }

    private static let mostWaitingCommands = 10

    /// How long the next single command has to wait, so that no more come than a session takes lines.
    func delayOfCommand() -> Duration {
        let (rate, now) = (game.settings.linesPerSecond, game.reactor.now)
        if rate <= 0 { return .zero }
        var budget = commands ?? TokenBucket(rate: rate, burst: rate, now: now)
        let delay = budget.delay(until: 1, at: now)
        budget.take(1, at: now)
        // Not more wait than there are channels; those that were closed meanwhile are not owed.
        budget.forgiveDebt(beyond: Self.mostWaitingCommands)
        commands = budget
        return delay
    }

    /// Says why, and ends the connection.
    func leave(_ reason: SSHDisconnectReason, _ text: String) { connection?.disconnect(reason, text) }

    /// Ends the connection at once.
    func abort() { connection?.abort() }

    // MARK: From the connection

    func connected(_ connection: SSHConnection) {
        self.connection = connection
        knock.whenSentAway = { [weak self] in self?.abort() }
        knock.whenDismissed = { [weak self] in self?.leave(.byApplication, $0) }
        source = connection.peer?.host ?? ""
        crowd.add(self)
    }

    func counted(received: Int, sent: Int) {
        traffic.received += UInt64(received)
        traffic.sent += UInt64(sent)
    }

    func loggedIn(on connection: SSHConnection) {
        offence = nil
        noteUse()
        awaitUse()
    }

    /// Ends a connection on which nothing was done for as long as a player may do nothing.
    ///
    /// Open channels alone are nothing done, and neither are keep-alives.
    private func awaitUse() {
        let limit = game.settings.idleLimit
        let idle = knock.lastUse.duration(to: game.reactor.now)
        idleCall = game.reactor.callLater(idle < limit ? limit - idle : limit) { [weak self] in
            guard let self, let connection else { return }
            let isBusy = sessionCount > 0 || connection.channelCount > sessionChannelCount
            if isBusy || knock.lastUse.duration(to: game.reactor.now) < game.settings.idleLimit { return awaitUse() }
            leave(.byApplication, "Nothing was done for long.")
        }
    }

    func channelRequested(_ kind: SSHChannelKind, on connection: SSHConnection) -> Deferred<any SSHChannelHandler> {
        return switch kind {
        case .session: openSession()
        case .direct(let target): forward(to: target)
        case .forwarded, .other: .failed(SSHChannelRefusal(.unknownKind, "There is no such channel here."))
        }
    }

    /// Channels of the kind `session` that one connection opens a second for long, and together.
    static let (openingsPerSecond, mostOpeningsAtOnce) = (5, 20)

    /// Opens a channel when its time has come: each may begin a session, and stand in logs and in the audit trail.
    private func openSession() -> Deferred<any SSHChannelHandler> {
        let now = game.reactor.now
        var budget =
            openings ?? TokenBucket(rate: Self.openingsPerSecond, burst: Self.mostOpeningsAtOnce, now: now)
        let delay = budget.delay(until: 1, at: now)
        budget.take(1, at: now)
        openings = budget
        // Without a limit for lines there is none for channels.
        if delay <= .zero || game.settings.linesPerSecond <= 0 { return .succeeded(SSHSessionChannel(visit: self)) }
        var call: DelayedCall?
        let opening = Deferred<any SSHChannelHandler>(canceller: { call?.cancel() })
        call = game.reactor.callLater(delay) { [weak self] in
            if let self { opening.succeed(SSHSessionChannel(visit: self)) }
        }
        return opening
    }

    func connectionLost(_ reason: DisconnectReason) {
        connection = nil
        idleCall?.cancel()
        crowd.remove(self, provenName)
        knock.end()
        guard let offence else { return }
        game.penalize(Self.offence(of: reason) ?? offence, source: source)
        if case .protocolFailure = reason {
            game.log.info(
                "no login", metadata: ["door": "\(Self.title)", "source": "\(source)", "reason": "\(reason)"])
        }
    }

    /// What the end of a connection tells about who was there; nil when it tells nothing.
    private static func offence(of reason: DisconnectReason) -> SourcePenalties.Offence? {
        guard case .protocolFailure(let error) = reason, let failure = error as? SSHFailure else { return nil }
        switch failure.reason {
        case .protocolError, .macError: return .nonsense
        case .byApplication: return .tooSlow
        default: return nil
        }
    }
}
