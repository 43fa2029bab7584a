import SSHKeys

extension SSHChannels {
    /// Takes a message of the connection protocol.
    ///
    /// - Parameter message: One of the numbers 80 to 100, whole.
    /// - Returns: What the owner is to know; nil for what is dealt with here.
    /// - Throws: ``SSHFailure`` for what ends the connection; see the table of ``SSHChannels``.
    public mutating func receive(_ message: [UInt8]) throws(SSHFailure) -> SSHChannelEvent? {
        let parsed: SSHConnectionMessage
        do { parsed = try SSHConnectionMessage(message) } catch { throw .malformed("channel") }
        switch parsed {
        case .globalRequest(let name, let wantsAnswer, let fields):
            return try globalRequested(name, wantsAnswer, fields)
        case .globalAnswer(let fields):
            if unansweredGlobalCount == 0 { return nil }
            unansweredGlobalCount -= 1
            return .globalAnswered(fields)
        case .open(let name, let peerNumber, let window, let packet, let fields):
            return requested(name, peerNumber, window, packet, fields)
        case .confirmation(let number, let peerNumber, let window, let packet):
            return try confirmed(try opening(number), peerNumber, window, packet)
        case .refusal(let number, let refusal):
            let channel = try opening(number)
            slots[channel] = nil
            return .refused(channel, refusal)
        case .adjustment(let number, let count): return try adjusted(try open(number), by: count)
        case .data(let number, let data): return try received(data, on: try open(number))
        case .end(let number): return ended(try open(number))
        case .close(let number): return closed(try open(number))
        case .request(let number, let name, let wantsAnswer, let fields):
            return try received(name, wantsAnswer, fields, on: try open(number))
        case .answer(let number, let success):
            let channel = try open(number)
            guard let count = slots[channel]?.unansweredCount, count > 0 else { return nil }
            slots[channel]?.unansweredCount = count - 1
            return .answered(channel, success)
        case .other:
            throw SSHFailure(.protocolError, "A message of the connection has a number that nobody has defined.")
        }
    }

    // MARK: Which channel

    private func open(_ number: UInt32) throws(SSHFailure) -> Int { try channel(number, in: .open) }

    private func opening(_ number: UInt32) throws(SSHFailure) -> Int { try channel(number, in: .opening) }

    private func channel(_ number: UInt32, in phase: SSHChannelState.Phase) throws(SSHFailure) -> Int {
        guard let channel = Int(exactly: number), slots.indices.contains(channel), slots[channel]?.phase == phase else {
            throw SSHFailure(.protocolError, "A message names channel \(number), which is not there.")
        }
        return channel
    }

    // MARK: Opening

    private mutating func requested(
        _ name: String, _ peerNumber: UInt32, _ window: UInt32, _ packet: UInt32, _ fields: SSHReader
    ) -> SSHChannelEvent? {
        let peersCount = slots.reduce(0) { $0 + ($1?.isPeers == true ? 1 : 0) }
        if peersCount >= channelLimit {
            sendRefusal(
                to: peerNumber, SSHChannelRefusal(.resourceShortage, "There are \(channelLimit) channels already."))
            return nil
        }
        var fields = fields
        guard packet > 0, let kind = try? SSHChannelKind(name: name, from: &fields) else {
            sendRefusal(to: peerNumber, SSHChannelRefusal(.prohibited, "The request makes no sense."))
            return nil
        }
        var state = SSHChannelState(phase: .requested, isPeers: true, window: receiveWindow)
        state.peerNumber = peerNumber
        state.sendWindow = window
        state.sendPacket = Int(min(packet, UInt32(SSHChannelLimits.largestSentPacket)))
        return .requested(add(state), kind)
    }

    private mutating func confirmed(
        _ channel: Int, _ peerNumber: UInt32, _ window: UInt32, _ packet: UInt32
    ) throws(SSHFailure) -> SSHChannelEvent {
        if packet == 0 { throw SSHFailure(.protocolError, "A channel was opened that takes no octets.") }
        slots[channel]?.phase = .open
        slots[channel]?.peerNumber = peerNumber
        slots[channel]?.sendWindow = window
        slots[channel]?.sendPacket = Int(min(packet, UInt32(SSHChannelLimits.largestSentPacket)))
        finishOutput(of: channel)
        return .opened(channel)
    }

    // MARK: Data

    private mutating func adjusted(_ channel: Int, by count: UInt32) throws(SSHFailure) -> SSHChannelEvent? {
        guard let state = state(channel) else { return nil }
        let (window, overflow) = state.sendWindow.addingReportingOverflow(count)
        if overflow { throw SSHFailure(.protocolError, "A window was opened beyond 4294967295 octets.") }
        slots[channel]?.sendWindow = window
        return count == 0 || state.hasSentClose || state.hasSentEOF ? nil : .windowOpened(channel)
    }

    private mutating func received(_ data: SSHChannelData, on channel: Int) throws(SSHFailure) -> SSHChannelEvent? {
        guard let state = state(channel) else { return nil }
        if state.hasReceivedEOF { throw SSHFailure(.protocolError, "Data came behind the end of a channel's data.") }
        if data.count > SSHChannelLimits.maximumPacket {
            throw SSHFailure(.protocolError, "\(data.count) octets of data came in one message.")
        }
        if data.count > state.receiveWindow {
            throw SSHFailure(.protocolError, "Data came beyond a channel's window.")
        }
        slots[channel]?.receiveWindow -= data.count
        if state.hasSentClose || data.count == 0 { return nil }
        slots[channel]?.untakenCount += data.count
        return .data(channel, data)
    }

    private mutating func ended(_ channel: Int) -> SSHChannelEvent? {
        guard let state = state(channel), !state.hasReceivedEOF else { return nil }
        slots[channel]?.hasReceivedEOF = true
        return state.hasSentClose ? nil : .ended(channel)
    }

    private mutating func closed(_ channel: Int) -> SSHChannelEvent {
        slots[channel]?.phase = .closed
        slots[channel]?.output.removeAll()
        return .closed(channel)
    }

    // MARK: Requests

    private mutating func received(
        _ name: String, _ wantsAnswer: Bool, _ fields: SSHReader, on channel: Int
    ) throws(SSHFailure) -> SSHChannelEvent? {
        guard let state = state(channel), !state.hasSentClose else { return nil }
        var ticket: Int?
        if wantsAnswer {
            if state.answers.count >= SSHChannelLimits.waitingRequestCount { throw Self.tooManyRequests }
            ticket = slots[channel]?.answers.ask()
        }
        var fields = fields
        guard let request = try? SSHChannelRequest(name: name, from: &fields) else {
            if let ticket { answer(false, to: ticket, on: channel) }
            return nil
        }
        return .request(channel, request, ticket: ticket)
    }

    private mutating func globalRequested(
        _ name: String, _ wantsAnswer: Bool, _ fields: SSHReader
    ) throws(SSHFailure) -> SSHChannelEvent? {
        var ticket: Int?
        if wantsAnswer {
            if globalAnswers.count >= SSHChannelLimits.waitingRequestCount { throw Self.tooManyRequests }
            ticket = globalAnswers.ask()
        }
        var fields = fields
        guard let request = try? SSHGlobalRequest(name: name, from: &fields) else {
            if let ticket { answerGlobal(nil, to: ticket) }
            return nil
        }
        return .globalRequest(request, ticket: ticket)
    }

    private static let tooManyRequests = SSHFailure(.protocolError, "Too many requests wait for an answer.")
}
