package import Basics
import ReactorCore
package import WorldModel

/// A connection of a door that lets people in before they have a session; it holds a place in the game until it is gone.
///
/// Each of its sessions holds a place of its own, and the connection has none while there are any. It is one of the strangers
/// of its source until its client has shown who it is.
///
/// - Isolation: belongs to the reactor's thread.
package final class Knock: Stranger {
    let number: UInt64
    let network: SourceNetwork
    let connectedAt: MonotonicInstant
    /// Ends the connection, which has to make room for another; ``end()`` was called before.
    package var whenSentAway: () -> Void = {}
    /// Ends the connection after a last word to its client's program.
    package var whenDismissed: (String) -> Void = { _ in }
    /// Who has come in; nil before that.
    package private(set) var entry: GameEntry?
    /// The name of the door that they came in by.
    package private(set) var door = ""
    /// Where it comes from, an address without a port.
    package let source: String
    /// When something was done last that a player wants.
    package var lastUse: MonotonicInstant
    /// The role without which what was begun on the connection may not go on.
    private(set) var neededRole = Role.player
    private weak var game: Game?
    /// Where it counts as a stranger.
    private let key: String
    private var isStranger = true
    private var isOver = false
    private(set) var sessionCount = 0
    /// Whether it is among the strangers of its source now, and makes room for others.
    private(set) var isCounted = false

    init(_ number: UInt64, from source: String, key: String, game: Game) {
        self.number = number
        self.source = source
        self.key = key
        self.game = game
        network = SourceNetwork(source)
        connectedAt = game.reactor.now
        lastUse = connectedAt
        settle()
    }

    /// Somebody has come in, with or without having shown who they are.
    package func admit(_ entry: GameEntry, door: String) {
        (self.entry, self.door) = (entry, door)
        if !isOver { game?.entered[number] = self }
        if entry.isProven { proved() }
    }

    /// How long ago something was done.
    package var idle: Duration { lastUse.duration(to: game?.reactor.now ?? lastUse) }
    /// How long ago the connection was made.
    package var connected: Duration { connectedAt.duration(to: game?.reactor.now ?? connectedAt) }

    /// Something was begun that only those of a role may.
    package func needs(_ role: Role) { neededRole = max(neededRole, role) }

    /// The client has shown who it is.
    package func proved() {
        isStranger = false
        settle()
    }

    /// One more session of the connection is counted from here on.
    package func sessionBegan() {
        sessionCount += 1
        settle()
    }

    package func sessionEnded() {
        sessionCount = max(0, sessionCount - 1)
        settle()
    }

    /// The connection is gone; a second call does nothing.
    package func end() {
        isOver = true
        game?.entered[number] = nil
        settle()
    }

    func cut() {
        end()
        whenSentAway()
    }

    private func settle() {
        let holdsPlace = !isOver && sessionCount == 0
        game?.knocks[number] = holdsPlace ? self : nil
        let counts = holdsPlace && isStranger
        if counts == isCounted { return }
        isCounted = counts
        if counts { game?.strangerCame(key) } else { game?.strangerLeft(key) }
    }
}

/// A connection that holds a place in the game without having shown who it is.
protocol Stranger: AnyObject {
    /// In the order of coming, among all connections of all doors.
    var number: UInt64 { get }
    var network: SourceNetwork { get }
    var connectedAt: MonotonicInstant { get }
    /// Ends the connection at once.
    func cut()
}

extension Session: Stranger {}
