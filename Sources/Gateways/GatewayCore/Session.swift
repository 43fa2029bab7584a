import Basics
import CredentialCore
import ReactorCore
package import TerminalWire
import Transports
import WorldLanguage
package import WorldModel

/// One connection in conversation with the game: login, play, gone.
///
/// Several may play the same character; what belongs to that is a ``PlaySession``.
///
/// Input arrives as lines; output is queued with the turn it may depend on and released by the ``Game`` when that turn
/// is durable.
///
/// | Stage | A line is | Moves to |
/// | --- | --- | --- |
/// | `name` | a name, `guest` or `new` | `password`, `confirmNew`, `creating`, `playing` |
/// | `password` | the password | `checking`, then `playing`, `code` or `name` |
/// | `choosing` | a name or number of a character | `playing` |
/// | `code` | the code of an authenticator | `checking`, then `playing` or `name` |
/// | `confirmNew` | yes or no | `creating` or `name` |
/// | `creating` | an answer of ``CharacterCreation`` | `creating`, then `checking` and `playing` |
/// | `playing` | a command | `playing`, `changing`, `authenticating`, `changingKeys` |
/// | `changing` | old and new password | `playing` |
/// | `authenticating`, `changingKeys` | the password, a code of an authenticator | `playing` |
/// | `gone` | nothing | |
///
/// - Isolation: belongs to the reactor's thread.
package final class Session {
    enum Stage {
        case name
        case password(name: String)
        /// The password is right, and the code of an authenticator is wanted too.
        case code(name: String, password: String)
        /// It is known whose account it is, and one of its characters is to be chosen.
        case choosing(Thing, renewedHash: String?)
        /// A password is with a worker; the persona if one is in play.
        case checking(Thing?)
        case confirmNew(name: String)
        case creating(CharacterCreation)
        case playing(Thing)
        case changing(Thing, PasswordChange)
        case authenticating(Thing, AuthenticatorChange)
        case changingKeys(Thing, KeyChange, KeyStep)
        case gone
    }

    enum PasswordChange {
        case old
        /// `verified` is the hash that the old password was right for.
        case new(verified: String)
        case repeated(verified: String, first: String)
    }

    enum AuthenticatorChange {
        /// The password comes first, whether an authenticator shall be on or off.
        case password(on: Bool)
        /// A code that proves that the authenticator has its secret; `verified` is the hash that the password was right for.
        case firstCode(OneTimeSecret, verified: String)
        /// A code to be rid of it with.
        case lastCode(verified: String)
    }

    package let number: UInt64
    let game: Game
    let door: any SessionDoor
    /// Where the peer is from, for who makes room when the game is full.
    let network: SourceNetwork
    var stage = Stage.name
    /// How this client's screen is written to: what the client told, then what the player set.
    package internal(set) var profile: TerminalProfile
    /// What the client told of itself.
    var clientProfile: TerminalProfile
    let connectedAt: MonotonicInstant
    var lastInputAt: MonotonicInstant
    /// Of the language in which it is written to; empty for English.
    var languageCode = ""
    /// Why somebody who was recognised is not let in, if there is more to it than its English words.
    var denial: Sentence?
    var wrongPasswords = 0
    /// Whether the next name is that of a character to be made.
    var wantsNew = false
    /// Whether a character is to be chosen, also when the name is that of one.
    var wantsChoice = false
    /// Whether it still counts against its source's limit of connections that are not logged in.
    var isStranger = true

    /// What its client wants to be told beside the text; nil for most.
    var facts: FactSubscription?
    /// What the client calls itself, with its version; empty when it does not tell.
    var clientName = ""

    var output = OutputQueue()
    var receipts = Receipts()
    /// Octets handed to the door so far.
    var sentByteCount = 0
    var lines: [SessionInput] = []
    /// The last pass in which lines were taken, with their number.
    var taken: (pass: UInt64, count: Int) = (0, 0)
    var droppedLines = 0
    var hasTooManyLines = false
    var inputIsPaused = false
    var inputIsHidden = false
    /// Whether a prompt is the last thing on the client's screen.
    var isAtPrompt = false
    /// Whether a prompt is due when everything queued has gone out.
    var owesPrompt = false
    /// Where the line is edited, while the client sends each key; nil while it sends whole lines.
    var console: LineConsole?
    /// What is to stand at the foot of the screen once a turn is durable.
    var pendingFoot: Foot?
    /// When the line of status is looked at again although nothing happens.
    var footCall: DelayedCall?
    /// When an escape key that nothing follows is taken for itself.
    var escapeCall: DelayedCall?
    /// Whether the client was asked to send each key.
    var askedForCharacters = false
    /// What was typed while keys were sent last.
    var recalledLines = LineHistory()
    /// Keys that came while there was enough to do: at most what the door reads at once.
    var waitingKeys: [UInt8] = []
    /// Whether the door was told to hand on nothing.
    var doorIsPaused = false
    /// Rows of the client's window; nil until it tells.
    var windowHeight: Int?
    /// What is shown a page at a time just now.
    var pager: TextPager?
    /// Whether the game's queue of sessions with input has this one.
    var isAwaitingInput = false
    /// Whether the game's list of sessions to release has this one.
    var isAwaitingRelease = false
    /// Whether the game's list of sessions whose peers have to confirm has this one.
    var isUnconfirmed = false
    var closesWhenEmpty = false
    var inputHasEnded = false
    /// Since when the peer has not taken what was sent; nil while it keeps up.
    var behindSince: MonotonicInstant?
    /// Whether the peer was told that it will be dropped for that.
    var isWarnedOfDrop = false
    /// What its client may still send.
    var flood = FloodControl()
    /// Texts that were not queued because too much waits already, and that are in no log.
    var leftOut = 0
    /// Whether the log of the character has events that were not queued because too much waits already.
    var missesEvents = false

    init(number: UInt64, game: Game, door: any SessionDoor, profile: TerminalProfile, now: MonotonicInstant) {
        self.number = number
        self.game = game
        self.door = door
        network = SourceNetwork(door.source)
        self.profile = profile
        clientProfile = profile
        askedForCharacters = door.sendsKeys
        connectedAt = now
        lastInputAt = now
    }

    /// The character being played, if any.
    package var persona: Thing? {
        switch stage {
        case .playing(let persona), .changing(let persona, _), .authenticating(let persona, _),
            .changingKeys(let persona, _, _):
            persona
        case .checking(let persona): persona
        default: nil
        }
    }

    /// Whether a line is a command.
    var isPlaying: Bool {
        if case .playing = stage { return true }
        return false
    }

    /// Whether the next line of somebody in play is no command but an answer, such as a password.
    package var isInDialogue: Bool { persona != nil && !isPlaying }

    package var isGone: Bool {
        if case .gone = stage { return true }
        return false
    }

    /// The client told what its terminal can do.
    package func terminalChanged(_ change: (inout TerminalProfile) -> Void) {
        change(&clientProfile)
        game.applySettings(to: self)
    }

    /// The connection is gone; called by the door exactly once, with what was wrong if something was.
    package func connectionLost(because reason: String? = nil) {
        output.discard()
        lines = []
        cancelWaits()
        cancelTerminalCalls()
        game.sessionLost(self, because: reason)
    }
}
