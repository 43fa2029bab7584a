import Basics
import CredentialCore
import ReactorCore
package import TerminalWire
package import WorldModel

/// One connection in conversation with the game: login, play, gone.
///
/// Input arrives as lines; output is queued with the turn it may depend on and released by the ``Game`` when that turn
/// is durable.
///
/// | Stage | A line is | Moves to |
/// | --- | --- | --- |
/// | `name` | a name, `guest` or `new` | `password`, `confirmNew`, `playing` |
/// | `password` | the password | `checking`, then `playing`, `code` or `name` |
/// | `code` | the code of an authenticator | `checking`, then `playing` or `name` |
/// | `confirmNew` … `screenReader` | answers of the creation dialogue | the next, then `playing` |
/// | `playing` | a command | `playing`, `changing`, `authenticating` |
/// | `changing` | old and new password | `playing` |
/// | `authenticating` | the password, a code of an authenticator | `playing` |
/// | `gone` | nothing | |
///
/// - Isolation: belongs to the reactor's thread.
package final class Session {
    enum Stage {
        case name
        case password(name: String)
        /// The password is right, and the code of an authenticator is wanted too.
        case code(name: String, password: String)
        /// A password is with a worker; the persona if one is in play.
        case checking(Thing?)
        case confirmNew(name: String)
        case newPassword(name: String)
        case repeatPassword(name: String, first: String)
        case screenReader(name: String, hash: String)
        case playing(Thing)
        case changing(Thing, PasswordChange)
        case authenticating(Thing, AuthenticatorChange)
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
    var wrongPasswords = 0
    /// Whether the next name is that of a character to be made.
    var wantsNew = false
    /// Whether it still counts against its source's limit of connections that are not logged in.
    var isStranger = true

    private var output = OutputQueue()
    private var lines: [String] = []
    /// The last pass in which lines were taken, with their number.
    private var taken: (pass: UInt64, count: Int) = (0, 0)
    private var droppedLines = 0
    private var hasTooManyLines = false
    private var inputIsPaused = false
    private var inputIsHidden = false
    /// Whether a prompt is the last thing on the client's screen.
    private var isAtPrompt = false
    /// Whether a prompt is due when everything queued has gone out.
    private var owesPrompt = false
    /// Whether the game's queue of sessions with input has this one.
    var isAwaitingInput = false
    /// Whether the game's list of sessions to release has this one.
    var isAwaitingRelease = false
    private var closesWhenEmpty = false
    private var inputHasEnded = false
    /// Since when the peer has not taken what was sent; nil while it keeps up.
    private(set) var behindSince: MonotonicInstant?
    /// Texts that were not queued because too much waits already.
    private var leftOut = 0

    init(number: UInt64, game: Game, door: any SessionDoor, profile: TerminalProfile, now: MonotonicInstant) {
        self.number = number
        self.game = game
        self.door = door
        network = SourceNetwork(door.source)
        self.profile = profile
        clientProfile = profile
        connectedAt = now
        lastInputAt = now
    }

    /// The character being played, if any.
    package var persona: Thing? {
        switch stage {
        case .playing(let persona), .changing(let persona, _), .authenticating(let persona, _): persona
        case .checking(let persona): persona
        default: nil
        }
    }

    package var isGone: Bool {
        if case .gone = stage { return true }
        return false
    }

    // MARK: Input

    /// Accepts one line from the client; white space at the ends does not matter.
    package func lineReceived(_ line: String) {
        if isGone { return }
        isAtPrompt = false
        owesPrompt = true
        lastInputAt = game.reactor.now
        if lines.isEmpty, mayTakeLine, game.mayTakeTurnAtOnce {
            game.sessionHasOutput(self)
            return run(line)
        }
        if lines.count >= SessionLimits.queuedLines {
            droppedLines += 1
            return
        }
        lines.append(line)
        if lines.count > SessionLimits.queuedLinesBeforePause { pauseInput() }
        game.sessionHadInput(self)
    }

    /// The client sent a line longer than the door takes.
    package func lineTooLong(limit: Int) {
        if isGone { return }
        isAtPrompt = false
        owesPrompt = true
        say("That line was longer than \(limit) bytes, so none of it was read.", .warning)
    }

    /// The client will send no more, as `nc -N` with a script does; called by the door.
    ///
    /// What it has sent is done first, and the answers go out; then the connection closes like any that is lost.
    package func inputEnded() {
        inputHasEnded = true
        game.sessionHadInput(self)
    }

    /// Whether lines must wait: for a password's check, for the archive, or for the peer to read what it asked for.
    private var isWaiting: Bool {
        if case .checking = stage { return true }
        return game.isOverloaded || behindSince != nil || isFull
    }

    /// Whether one more line may be taken in this pass, as far as this session is concerned.
    var mayTakeLine: Bool {
        !isWaiting && !isGone && (taken.pass != game.pass || taken.count < SessionLimits.linesPerPass)
    }

    /// Whether lines wait for nothing but their turn.
    var hasLinesToTake: Bool { !lines.isEmpty && !isWaiting && !isGone }

    /// Takes the first of the lines that wait, if this pass has not had enough of them.
    func takeTurn() {
        if isWaiting || isGone { return }
        if !lines.isEmpty, mayTakeLine { run(lines.removeFirst()) }
        if lines.isEmpty, droppedLines > 0 {
            say("You sent more than the game can follow; \(droppedLines) lines were not read.", .warning)
            droppedLines = 0
        }
        if lines.count <= SessionLimits.queuedLinesBeforePause / 2 { resumeInput() }
        if inputHasEnded, lines.isEmpty, !isWaiting, !isGone {
            closesWhenEmpty = true
            game.sessionHasOutput(self)
        }
    }

    private func run(_ line: String) {
        let pass = game.pass
        taken = (pass, taken.pass == pass ? taken.count + 1 : 1)
        game.spend(.command) { take(line) }
    }

    private func take(_ line: String) {
        // The client did not show the line's end either, so its cursor still stands behind the prompt.
        if inputIsHidden { output.append([0x0D, 0x0A], after: 0) }
        if case .playing(let persona) = stage {
            game.measurements.commands += 1
            game.play(line, as: persona, in: self)
        } else {
            answer(line.trimmed)
        }
    }

    private func pauseInput() {
        hasTooManyLines = true
        updatePause()
    }

    private func resumeInput() {
        hasTooManyLines = false
        updatePause()
    }

    /// Stops reading while this session has too many lines or too much output waiting, or everybody waits for the archive.
    func updatePause() {
        if isGone { return }
        let wanted = hasTooManyLines || game.inputIsPaused || behindSince != nil
        if wanted == inputIsPaused { return }
        inputIsPaused = wanted
        if wanted { door.pauseInput() } else { door.resumeInput() }
    }

    /// The client told the size of its window; nil is unknown.
    package func windowChanged(width: Int?) {
        clientProfile.width = width ?? clientProfile.width
        game.applySettings(to: self)
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
        game.sessionLost(self, because: reason)
    }

    // MARK: Output

    /// Queues what a turn tells this player; the caller has rendered it for this session's ``profile``.
    ///
    /// A reader who is too far behind misses it and is told so later: neither a slow line nor a neighbour's flood
    /// may cost the server its memory, or the player the connection.
    func tell(_ rendered: borrowing [UInt8], after sequence: UInt64) {
        if isFull {
            leftOut += 1
            return
        }
        append(rendered, after: sequence)
    }

    /// Whether so much waits for the archive or for the peer that neither texts nor lines are taken.
    private var isFull: Bool {
        output.count > SessionLimits.held
            || behindSince != nil && door.bufferedByteCount + output.count > SessionLimits.output
    }

    /// The peer has not taken what was sent, 64 KiB or more; called by the door.
    package func peerFellBehind() {
        behindSince = game.reactor.now
        updatePause()
    }

    /// The peer has taken everything; called by the door.
    package func peerCaughtUp() {
        behindSince = nil
        updatePause()
        if isGone { return }
        game.sessionHadInput(self)
    }

    private func append(_ rendered: borrowing [UInt8], after sequence: UInt64) {
        if isGone { return }
        if isAtPrompt {
            isAtPrompt = false
            output.append([0x0D, 0x0A], after: sequence)
        }
        output.append(rendered, after: sequence)
        // In play only what a player did is followed by a prompt: what others do would fill the screen with them.
        if !isPlaying { owesPrompt = true }
        game.sessionHasOutput(self)
    }

    /// Queues a text and its line end.
    func show(_ text: StyledText) {
        if isGone { return }
        tell(game.render(text, for: profile), after: game.world.sequence)
    }

    func say(_ text: String, _ style: TextStyle = .plain) {
        show(StyledText(text, style))
    }

    /// Sends what may be seen, and the prompt when all of it may.
    func release(upTo durable: UInt64) {
        if leftOut > 0, behindSince == nil, !output.isHeld(above: durable) {
            let notice = "[More was said than could be sent to you: \(leftOut) messages were left out.]"
            leftOut = 0
            append(game.render(StyledText(notice, .warning), for: profile), after: durable)
        }
        if owesPrompt, behindSince == nil, output.isEmpty || !output.isHeld(above: durable) {
            appendPrompt()
        }
        let wasFull = isFull
        output.release(upTo: durable) { bytes in
            door.send(bytes)
        }
        if wasFull, !lines.isEmpty, !isWaiting { game.sessionHadInput(self) }
        if closesWhenEmpty, output.isEmpty {
            door.close()
        }
    }

    var hasHeldOutput: Bool { !output.isEmpty }

    private func appendPrompt() {
        owesPrompt = false
        let text = prompt
        let bare = isPlaying && profile.screenReader
        // A prompt for a password tells that the name is known, so it waits like any other output.
        output.append(after: game.world.sequence) { bytes in
            if !bare { TerminalRenderer(profile).render(StyledText(text), into: &bytes) }
            if !closesWhenEmpty { door.appendPromptMark(to: &bytes) }
        }
        isAtPrompt = !bare && !text.isEmpty
    }

    private var isPlaying: Bool {
        if case .playing = stage { return true }
        return false
    }

    private var prompt: String {
        switch stage {
        case .name: "Name: "
        case .password: "Password: "
        case .code: "Code: "
        case .confirmNew: "Yes or no: "
        case .newPassword: "New password: "
        case .repeatPassword: "The same again: "
        case .screenReader: "Yes or no (Enter is no): "
        case .playing: "> "
        case .changing(_, .old): "Your present password: "
        case .changing(_, .new): "New password: "
        case .changing(_, .repeated): "The same again: "
        case .authenticating(_, .password): "Your present password: "
        case .authenticating(_, .firstCode): "Code: "
        case .authenticating(_, .lastCode): "Code or recovery code: "
        case .checking, .gone: ""
        }
    }

    /// Moves to a stage, hiding what is typed where it is secret.
    func enter(_ next: Stage) {
        stage = next
        owesPrompt = true
        let secret =
            switch next {
            case .password, .code, .newPassword, .repeatPassword, .changing, .authenticating: true
            default: false
            }
        if secret != inputIsHidden {
            hideInput(secret)
        }
        if !lines.isEmpty || inputHasEnded { game.sessionHadInput(self) }
        game.sessionHasOutput(self)
    }

    /// In the queue like a text: that a password is asked for tells that the name is known.
    private func hideInput(_ hidden: Bool) {
        inputIsHidden = hidden
        output.append(after: game.world.sequence) { door.appendEcho(hidden: hidden, to: &$0) }
    }

    /// Says goodbye: what is queued still goes out, then the connection closes.
    func finish() {
        if isGone { return }
        if inputIsHidden { hideInput(false) }
        if let persona { game.abandon(persona, by: self) }
        stage = .gone
        lines = []
        owesPrompt = false
        closesWhenEmpty = true
        game.sessionHasOutput(self)
    }

    /// Ends the connection at once.
    func cut() {
        // First, while the stage still tells whose body it is.
        game.sessionLost(self)
        stage = .gone
        lines = []
        output.discard()
        door.abort()
    }
}
