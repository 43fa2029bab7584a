import AuditCore
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
    /// Counts it among the strangers of its source, until it has shown who it is or has a session that is counted itself.
    private let knock: Knock
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
    private(set) var connection: SSHConnection?
    /// When it is looked whether there is still no channel.
    private var idleCall: DelayedCall?
    /// Whether one was asked for since it was looked last.
    private var hadChannel = false

    /// How far a login by questions is.
    enum LoginDialogue {
        case none
        /// A password was asked for.
        case password
        /// The password is right, and the code of an authenticator is wanted too.
        case code(password: String)
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
            knock.end()
        }
        self.entry = entry
        return true
    }

    /// The game counts its session from here on.
    func sessionBegan() { knock.end() }

    /// How long the next single command has to wait, so that no more come than a session takes lines.
    func delayOfCommand() -> Duration {
        let (rate, now) = (game.settings.linesPerSecond, game.reactor.now)
        if rate <= 0 { return .zero }
        var budget = commands ?? TokenBucket(rate: rate, burst: rate, now: now)
        let delay = budget.delay(until: 1, at: now)
        budget.take(1, at: now)
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
        source = connection.peer?.host ?? ""
        crowd.add(self)
    }

    func counted(received: Int, sent: Int) {
        traffic.received += UInt64(received)
        traffic.sent += UInt64(sent)
    }

    func loggedIn(on connection: SSHConnection) {
        offence = nil
        awaitChannel()
    }

    /// Ends a connection that has had no channel for as long as a player may do nothing.
    private func awaitChannel() {
        idleCall = game.reactor.callLater(game.settings.idleLimit) { [weak self] in
            guard let self, let connection else { return }
            if connection.channelCount > 0 || hadChannel { return awaitChannel() }
            leave(.byApplication, "Nothing was done for long.")
        }
        hadChannel = false
    }

    func channelRequested(_ kind: SSHChannelKind, on connection: SSHConnection) -> Deferred<any SSHChannelHandler> {
        hadChannel = true
        return switch kind {
        case .session: .succeeded(SSHSessionChannel(visit: self))
        case .direct(let target): forward(to: target)
        case .forwarded, .other: .failed(SSHChannelRefusal(.unknownKind, "There is no such channel here."))
        }
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
