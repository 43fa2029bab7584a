import ReactorCore
import SSHWire

/// What comes on the channel, and its beginning and end.
extension SSHChannel {
    /// Hands on nothing more until ``resumeInput()``; the peer is slowed down by its window.
    public func pauseInput() { inputIsPaused = true }

    /// Hands on what has waited, and what will come.
    public func resumeInput() {
        inputIsPaused = false
        takeInput()
        connection?.flush()
    }

    /// Lets the peer send more before the handler has taken it, as a transfer of files needs it.
    ///
    /// - Parameter window: Octets, ``SSHChannelLimits/largestReceiveWindow`` at most; the window is never narrowed.
    public func widenWindow(to window: Int) {
        connection?.channels.widenWindow(to: window, on: number)
        connection?.flush()
    }

    // MARK: From the connection

    func becameOpen() {
        let opening = opening
        self.opening = nil
        // Whoever wanted it may have given up, which closes it.
        if opening?.isFired == true { handler = nil }
        handler?.opened(self)
        opening?.succeed(self)
    }

    func wasRefused(_ refusal: SSHChannelRefusal) {
        guard let opening else { return }
        (handler, connection, self.opening) = (nil, nil, nil)
        if !opening.isFired { opening.fail(refusal) }
    }

    func received(_ data: SSHChannelData) {
        if inputIsPaused || !input.isEmpty || isTakingInput {
            // No copy of the last piece may be alive here, or each octet would be copied for each message.
            if input.last?.stream == data.stream {
                data.withOctets { input[input.count - 1].octets.append(contentsOf: $0) }
            } else {
                input.append((data.stream, data.octets))
            }
            return
        }
        isTakingInput = true
        data.withOctets { handler?.received($0, stream: data.stream, on: self) }
        connection?.channels.taken(data.count, on: number)
        isTakingInput = false
        takeInput()
    }

    private func takeInput() {
        if isTakingInput { return }
        isTakingInput = true
        while !inputIsPaused, let piece = takePiece() {
            handler?.received(piece.octets.span, stream: piece.stream, on: self)
            connection?.channels.taken(piece.octets.count, on: number)
        }
        isTakingInput = false
        if inputIsPaused || !input.isEmpty { return }
        if inputHasEnded, !endIsTold {
            endIsTold = true
            handler?.inputEnded(on: self)
        }
        if isGone { tellClosed() }
    }

    /// Takes the next of what waits; the pieces behind it are not moved for each.
    private func takePiece() -> (stream: SSHChannelStream, octets: [UInt8])? {
        guard firstInput < input.count else { return nil }
        let piece = input[firstInput]
        input[firstInput].octets = []
        firstInput += 1
        if firstInput == input.count {
            (input, firstInput) = ([], 0)
        } else if firstInput > input.count / 2 {
            input.removeFirst(firstInput)
            firstInput = 0
        }
        return piece
    }

    func inputEnded() {
        inputHasEnded = true
        takeInput()
    }

    func received(_ request: SSHChannelRequest, _ ticket: Int?) {
        guard let handler else { return }
        held = []
        handler.requested(request, on: self).whenDone { [weak self] result in
            guard let self, let ticket, let connection else { return }
            connection.channels.answer((try? result.get()) ?? false, to: ticket, on: number)
            if held == nil { connection.flush() }
        }
        let actions = held ?? []
        (held, heldByteCount) = (nil, 0)
        for action in actions { action() }
    }

    func answered(_ success: Bool) {
        if !answers.isEmpty { answers.removeFirst().succeed(success) }
    }

    func wasClosed() {
        isGone = true
        failAnswers()
        takeInput()
    }

    /// The connection is gone, and with it whatever has not been taken.
    func connectionLost() {
        (input, firstInput) = ([], 0)
        wasRefused(SSHChannelRefusal(.connectFailed, "The connection is lost."))
        failAnswers()
        tellClosed()
    }

    private func failAnswers() {
        let waiting = answers
        answers = []
        for answer in waiting { answer.succeed(false) }
    }

    private func tellClosed() {
        guard let connection else { return }
        lostByteCount = untakenByteCount
        let last = handler
        handler = nil
        self.connection = nil
        isBehind = false
        connection.release(number)
        last?.closed(self)
    }
}
