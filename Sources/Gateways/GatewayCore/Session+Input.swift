import Basics
import ReactorCore
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// What a client wants done, in the order it came.
enum SessionInput {
    case line(String)
    case work(() -> Void)
}

/// Lines on their way from the door to a turn: when they are taken, when they wait, and when no more are read.
extension Session {
    /// Accepts one line from the client; white space at the ends does not matter.
    package func lineReceived(_ line: String) {
        if isGone { return }
        isAtPrompt = false
        owesPrompt = true
        _ = accept(.line(line))
    }

    /// Has something done in its turn among the lines of this client, within the same budgets; for doors whose protocol says
    /// more than lines do.
    ///
    /// When too much waits already it is dropped like a line, and the player is told how many were.
    ///
    /// - Parameter work: Does it, by ``perform(_:)`` and ``Game/act(as:_:)``; called once, now or in a later pass of the
    ///   loop, unless the session is gone by then.
    /// - Returns: Whether it is done or waits; if not, it was dropped, and is never called.
    package func enqueue(_ work: @escaping () -> Void) -> Bool { isGone ? false : accept(.work(work)) }

    /// Plays one line at once, as the character; for what ``enqueue(_:)`` has done.
    ///
    /// What it tells is queued before this returns. In a dialogue of the session the line is the answer.
    package func perform(_ line: String) {
        if case .playing(let persona) = stage {
            game.measurements.commands += 1
            game.echo(line, from: self, persona)
            return game.play(line, as: persona, in: self)
        }
        answer(line.trimmed)
    }

    /// Has something done at once if nothing stands in the way, otherwise when its turn comes.
    ///
    /// - Returns: False when too much waits already.
    private func accept(_ input: SessionInput) -> Bool {
        lastInputAt = game.reactor.now
        if lines.isEmpty, mayTakeLine, game.mayTakeTurnAtOnce {
            game.sessionHasOutput(self)
            run(input)
            return true
        }
        if lines.count >= SessionLimits.queuedLines {
            droppedLines += 1
            return false
        }
        lines.append(input)
        if isOutOfLines { tellOfBudget() }
        if lines.count > SessionLimits.queuedLinesBeforePause { pauseInput() }
        game.sessionHadInput(self)
        return true
    }

    /// The client sent a line longer than the door takes.
    package func lineTooLong(limit: Int) {
        if isGone { return }
        isAtPrompt = false
        owesPrompt = true
        say("That line was longer than \(plain: String(limit)) bytes, so none of it was read.", .warning)
    }

    /// The player pressed the interrupt key; called by the door.
    ///
    /// What was typed of the line is gone.
    package func interrupted() {
        if isGone { return }
        if console != nil { return keysReceived([0x03]) }
        if pager != nil { return stopPager() }
        // One new prompt each time one has gone out, however often the key is pressed.
        if !isAtPrompt { return }
        isAtPrompt = false
        output.append([0x0D, 0x0A], after: game.world.sequence)
        owesPrompt = true
        game.sessionHasOutput(self)
    }

    /// The client will send no more, as `nc -N` with a script does; called by the door.
    ///
    /// What it has sent is done first, and the answers go out; then the connection closes like any that is lost.
    package func inputEnded() {
        inputHasEnded = true
        game.sessionHadInput(self)
    }

    /// Whether lines must wait: for a password's check, for the archive, for the peer to read what it asked for, or for others.
    var isWaiting: Bool {
        if case .checking = stage { return true }
        return game.isOverloaded || behindSince != nil || isFull || missesEvents || isOutOfLines
    }

    /// Whether one more line may be taken in this pass, as far as this session is concerned.
    var mayTakeLine: Bool {
        !isWaiting && !isGone && (taken.pass != game.pass || taken.count < SessionLimits.linesPerPass)
    }

    /// Whether lines wait for nothing but their turn.
    var hasLinesToTake: Bool { !lines.isEmpty && !isWaiting && !isGone }

    /// Takes some of the keys and the first of the lines that wait, if this pass has not had enough of them.
    func takeTurn() {
        // What is typed behind a line may be the secret that it asks for, which is not to be shown.
        if lines.isEmpty || isWaiting { takeKeys() }
        if isWaiting || isGone { return }
        if !lines.isEmpty, mayTakeLine { run(lines.removeFirst()) }
        if lines.isEmpty, droppedLines > 0 {
            say("You sent more than the game can follow; \(plain: String(droppedLines)) lines were not read.", .warning)
            droppedLines = 0
        }
        if lines.count <= SessionLimits.queuedLinesBeforePause / 2 { resumeInput() }
        if inputHasEnded, lines.isEmpty, waitingKeys.isEmpty, !isWaiting, !isGone {
            closesWhenEmpty = true
            game.sessionHasOutput(self)
        }
    }

    private func run(_ input: SessionInput) {
        let pass = game.pass
        taken = (pass, taken.pass == pass ? taken.count + 1 : 1)
        countLine()
        game.spend(.command) {
            game.acting = self
            defer { game.acting = nil }
            switch input {
            case .line(let line): take(line)
            case .work(let work): work()
            }
        }
        if !lines.isEmpty, isOutOfLines { tellOfBudget() }
    }

    private func take(_ line: String) {
        // The client did not show the line's end either, so its cursor still stands behind the prompt.
        if inputIsHidden, console == nil, !door.isConversational { output.append([0x0D, 0x0A], after: 0) }
        if isPlaying, answerPager(line) { return }
        perform(line)
    }

    private func pauseInput() {
        hasTooManyLines = true
        updatePause()
    }

    private func resumeInput() {
        hasTooManyLines = false
        updatePause()
    }

    /// Stops reading while this session has too many lines, keys or output waiting, or everybody waits for the archive.
    func updatePause() {
        if isGone { return }
        let wanted = hasTooManyLines || game.inputIsPaused || behindSince != nil || isOutOfOctets
        if wanted != inputIsPaused {
            inputIsPaused = wanted
            if hasKeysToTake { game.sessionHadInput(self) }
        }
        updateDoor()
    }

    /// Has the door hand on what comes, unless something that came waits.
    func updateDoor() {
        let wanted = inputIsPaused || !waitingKeys.isEmpty
        if isGone || wanted == doorIsPaused { return }
        doorIsPaused = wanted
        if wanted { door.pauseInput() } else { door.resumeInput() }
    }
}
