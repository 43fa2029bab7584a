import Basics
import ReactorCore
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// Character mode: the client sends each key, and this end edits the line and keeps the screen.
///
/// What a turn tells waits for the archive as always; the echo of what somebody types does not, as it tells nothing of
/// the world. A prompt and a line of status do, and candidates of a completion are only told while nothing waits.
extension Session {
    /// What is to stand at the foot of the screen once a turn is durable.
    struct Foot {
        /// Nil when it stays as it is.
        var prompt: StyledText?
        var status: StyledText?
        var takesKeys: Bool
        var sequence: UInt64
    }

    // MARK: From the door

    /// The client sends each key from now on, or whole lines again; called by the door.
    package func characterModeChanged(enabled: Bool) {
        if isGone || enabled == (console != nil) { return }
        guard enabled else {
            endConsole()
            return takeWaitingLines()
        }
        var made = LineConsole(profile: profile, width: clientProfile.width, height: windowHeight)
        made.searchPrompt = text("Search: ")
        made.failedSearchPrompt = text("Not found: ")
        for line in recalledLines.lines { made.remember(line) }
        made.setHidden(inputIsHidden)
        console = made
        // The prompt of the line mode gives way to that of this one.
        if isAtPrompt { door.send(Array("\r\u{1B}[K".utf8)) }
        isAtPrompt = false
        sendConsole()
        owesPrompt = true
        game.sessionHasOutput(self)
    }

    /// Keys that the client sent; called by the door in character mode.
    package func keysReceived(_ octets: [UInt8]) {
        if isGone || console == nil { return }
        waitingKeys += octets
        if game.mayTakeTurnAtOnce { takeKeys() }
        if hasKeysToTake { game.sessionHadInput(self) }
        updateDoor()
    }

    /// Takes what waits of the keys as lines, when there is no console any more that edits them.
    private func takeWaitingLines() {
        let keys = waitingKeys
        waitingKeys = []
        var rest = keys[...]
        while let end = rest.firstIndex(where: { $0 == 0x0D || $0 == 0x0A }) {
            lineReceived(InputText.decode(Array(rest[..<end])))
            rest = rest[(end + 1)...]
        }
        updateDoor()
    }

    /// Whether an octet ends a line or begins a search.
    private static func endsPiece(_ octet: UInt8) -> Bool { [0x0A, 0x0D, 0x12].contains(octet) }

    private func keyTimedOut() {
        let events = console?.timeOut { self.complete($0, $1) } ?? []
        sendConsole()
        act(on: events)
    }

    /// Whether keys wait for nothing but their turn.
    var hasKeysToTake: Bool { !waitingKeys.isEmpty && !inputIsPaused && !isGone }

    /// Takes some of the keys that wait: what they do to the line takes time, which others must have as well.
    ///
    /// None is taken together with the end of a line before it, as that line may ask for a secret; those of a search go one
    /// by one.
    func takeKeys() {
        if !hasKeysToTake { return }
        escapeCall?.cancel()
        var piece = Array(waitingKeys.prefix(console?.isSearching == true ? 1 : SessionLimits.keysAtOnce))
        if let end = piece.firstIndex(where: Self.endsPiece) { piece.removeSubrange((end + 1)...) }
        waitingKeys.removeFirst(piece.count)
        var events: [LineConsole.Event] = []
        game.spend(.command) {
            events = console?.receive(piece) { self.complete($0, $1) } ?? []
            sendConsole()
        }
        act(on: events)
        updateDoor()
        guard waitingKeys.isEmpty, console?.isPending == true else { return }
        escapeCall = game.reactor.callLater(.milliseconds(LineLimits.escapeMilliseconds)) { [weak self] in
            self?.keyTimedOut()
        }
    }

    /// Asks for the mode that the player wants, if their client may want it too.
    func updateCharacterMode() {
        let wanted = wantsCharacterMode
        if wanted != askedForCharacters {
            askedForCharacters = wanted
            if wanted {
                output.append(after: game.world.sequence) { door.appendCharacterModeRequest(to: &$0) }
                game.sessionHasOutput(self)
            } else {
                door.endCharacterMode()
            }
        }
        guard console != nil else { return }
        console?.change(profile: profile, width: clientProfile.width, height: windowHeight)
        console?.searchPrompt = text("Search: ")
        console?.failedSearchPrompt = text("Not found: ")
        sendConsole()
        if isPlaying { noteFoot(prompt: nil) }
        game.sessionHasOutput(self)
    }

    /// Only in play, unless keys come anyway, when it is known who types and at what: a client that takes facts has an input line of its own, and
    /// who listens is told nothing twice.
    private var wantsCharacterMode: Bool {
        guard facts == nil, let persona else { return door.sendsKeys }
        switch game.world.preferences(of: persona)[.charmode] {
        case "on": return true
        case "off": return false
        default: return door.sendsKeys || door.isPlainTerminal && !profile.screenReader
        }
    }

    // MARK: What was typed

    private func act(on events: [LineConsole.Event]) {
        for event in events {
            if isGone { return }
            switch event {
            case .line(let line): lineReceived(line)
            case .lineTooLong: lineTooLong(limit: LineLimits.lineOctets)
            case .interrupt: if pager != nil { stopPager() }
            case .endOfInput: endOfInputTyped()
            case .key(let key):
                if let answer = TextPager.Answer(key: key) { turnPage(answer) }
            }
        }
    }

    /// Somebody typed that nothing more is meant to come; a door that reads keys itself calls it.
    package func endOfInputTyped() {
        if persona?[.isEditing] != true { lineReceived("quit") }
    }

    /// How the line goes on, as long as that tells nothing that might not have happened.
    private func complete(_ text: String, _ cursor: Int) -> LineCompletion? {
        guard case .playing(let persona) = stage, game.world.sequence <= game.durable, mayComplete(),
            let found = game.interpreter.completion(
                of: text, cursor: cursor, for: persona, role: game.role(of: persona))
        else { return nil }
        return LineCompletion(start: found.start, candidates: found.candidates)
    }

    // MARK: To the screen

    /// Hands over what may be seen, above the line where there is one.
    func transmit(_ bytes: borrowing [UInt8]) {
        guard console != nil else { return door.send(bytes) }
        console?.print(copy bytes)
        sendConsole()
        if isPlaying, pendingFoot == nil { noteFoot(prompt: nil) }
    }

    private func sendConsole() {
        guard let output = console?.takeOutput(), !output.isEmpty else { return }
        door.send(output)
    }

    /// Notes what shall stand at the foot of the screen as things are now; the next release shows it.
    ///
    /// - Parameter prompt: Nil when it stays as it is.
    func noteFoot(prompt: StyledText?) {
        var status: StyledText?
        if case .playing(let persona) = stage, !profile.screenReader {
            status = game.interpreter.statusLine(of: persona, at: game.wallTime())
        }
        pendingFoot = Foot(
            prompt: prompt ?? pendingFoot?.prompt, status: status, takesKeys: pager != nil,
            sequence: game.world.sequence)
    }

    /// Shows what was noted, when it may be seen.
    func showFoot(upTo durable: UInt64) {
        guard let foot = pendingFoot, foot.sequence <= durable, output.isEmpty else { return }
        pendingFoot = nil
        console?.setStatus(foot.status)
        footCall?.cancel()
        footCall =
            foot.status == nil
            ? nil : game.reactor.callLater(Self.statusInterval) { [weak self] in self?.refreshFoot() }
        if let prompt = foot.prompt {
            console?.takesKeys = foot.takesKeys
            console?.setPrompt(prompt)
        }
        sendConsole()
    }

    /// How long the line of status stays as it is while nothing happens: it tells the time in minutes.
    private static let statusInterval = Duration.seconds(60)

    private func refreshFoot() {
        if isGone || console == nil || !isPlaying { return }
        noteFoot(prompt: nil)
        game.sessionHasOutput(self)
    }

    /// Forgets what was to be done later; for a session that is gone or sends lines again.
    func cancelTerminalCalls() {
        footCall?.cancel()
        escapeCall?.cancel()
        (footCall, escapeCall) = (nil, nil)
    }

    /// Shows no longer what is typed, or shows it again.
    func hideConsole(_ hidden: Bool) {
        console?.setHidden(hidden)
        sendConsole()
    }

    /// Gives the terminal back as it was.
    func endConsole() {
        guard console != nil else { return }
        cancelTerminalCalls()
        recalledLines = console?.history ?? LineHistory()
        console?.end()
        sendConsole()
        console = nil
        pendingFoot = nil
        owesPrompt = true
        if !isGone { game.sessionHasOutput(self) }
    }
}
