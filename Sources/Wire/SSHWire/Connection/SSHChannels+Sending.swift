import SSHKeys

extension SSHChannels {
    /// Octets that wait on a channel for the peer's window or for being fetched.
    public func queuedCount(on channel: Int) -> Int { state(channel)?.output.count ?? 0 }

    /// Whether data may still be sent on a channel.
    public func isWritable(_ channel: Int) -> Bool {
        guard let state = state(channel) else { return false }
        return (state.phase == .open || state.phase == .opening) && !state.wantsEOF && !state.hasSentEOF
            && !state.wantsClose && !state.hasSentClose
    }

    /// Takes a part of the peer's window for octets that are to be sent at once, past the queue, which has to be empty.
    ///
    /// - Returns: What is to be sent before the octets, and how many of them; nil when they have to be queued.
    public mutating func takeWindow(
        for count: Int, stream: SSHChannelStream = .output, on channel: Int
    ) -> (head: [UInt8], count: Int)? {
        guard let state = state(channel), state.output.isEmpty, isWritable(channel) else { return nil }
        let count = min(count, state.sendable)
        if count <= 0 { return nil }
        slots[channel]?.sendWindow -= UInt32(clamping: count)
        return (Self.head(stream, count, state.peerNumber), count)
    }

    /// Queues octets on a channel; once its output has ended they are thrown away.
    public mutating func enqueue(_ octets: Span<UInt8>, stream: SSHChannelStream = .output, on channel: Int) {
        if isWritable(channel) { slots[channel]?.output.append(octets, stream: stream) }
    }

    /// Ends the output of a channel, after what is queued.
    public mutating func endOutput(of channel: Int) {
        if state(channel) == nil { return }
        slots[channel]?.wantsEOF = true
        finishOutput(of: channel)
    }

    /// Closes a channel, after what is queued; ``SSHChannelEvent/closed(_:)`` follows once the peer has closed it too.
    public mutating func close(_ channel: Int) {
        if state(channel) == nil { return }
        slots[channel]?.wantsClose = true
        finishOutput(of: channel)
    }

    /// Closes a channel and throws away what is queued on it.
    public mutating func abort(_ channel: Int) {
        if state(channel) == nil { return }
        slots[channel]?.output.removeAll()
        close(channel)
    }

    /// Has the next piece of queued data sent, if the peer takes any; channels take turns.
    ///
    /// - Parameter body: Is given the channel, what goes before the octets, and the octets.
    /// - Returns: The channel; nil when nothing can be sent.
    public mutating func nextPiece(_ body: (Int, [UInt8], Span<UInt8>) -> Void) -> Int? {
        for step in 1...max(slots.count, 1) {
            let channel = (lastServed + step) % max(slots.count, 1)
            guard slots.indices.contains(channel), let sendable = slots[channel]?.sendable, sendable > 0,
                let next = slots[channel]?.output.next, let peerNumber = slots[channel]?.peerNumber
            else { continue }
            lastServed = channel
            let count = min(sendable, next.count)
            let head = Self.head(next.stream, count, peerNumber)
            slots[channel]?.output.withFirst(count) { body(channel, head, $0) }
            slots[channel]?.sendWindow -= UInt32(clamping: count)
            slots[channel]?.output.removeFirst(count)
            finishOutput(of: channel)
            return channel
        }
        return nil
    }

    /// Lets go of a channel that the peer has closed; its number is free from now on.
    public mutating func release(_ channel: Int) {
        guard let state = state(channel), state.phase == .closed else { return }
        slots[channel] = nil
        if !state.hasSentClose { messages.append(Self.message(SSHMessageNumber.channelClose, state.peerNumber)) }
    }

    /// Whether ``nextPiece(_:)`` has something.
    public var hasPiece: Bool { slots.contains { ($0?.sendable ?? 0) > 0 && $0?.output.isEmpty == false } }

    /// Sends the ends that waited for the queue to become empty.
    mutating func finishOutput(of channel: Int) {
        guard let state = state(channel), state.phase == .open, state.output.isEmpty, !state.hasSentClose else {
            return
        }
        if state.wantsEOF, !state.hasSentEOF, !state.wantsClose {
            slots[channel]?.hasSentEOF = true
            messages.append(Self.message(SSHMessageNumber.channelEOF, state.peerNumber))
        }
        guard state.wantsClose else { return }
        slots[channel]?.hasSentClose = true
        messages.append(Self.message(SSHMessageNumber.channelClose, state.peerNumber))
    }

    static func head(_ stream: SSHChannelStream, _ count: Int, _ peerNumber: UInt32) -> [UInt8] {
        var writer = SSHWriter(
            message: stream.code == nil ? SSHMessageNumber.channelData : SSHMessageNumber.channelExtendedData,
            reserving: 13)
        writer.uint32(peerNumber)
        if let code = stream.code { writer.uint32(code) }
        writer.uint32(UInt32(clamping: count))
        return writer.octets
    }

    // MARK: The window of the peer

    /// Notes that the owner has taken octets, which opens the window again once it is worth a message.
    public mutating func taken(_ count: Int, on channel: Int) {
        guard let untaken = state(channel)?.untakenCount else { return }
        slots[channel]?.untakenCount = max(0, untaken - max(0, count))
        adjust(channel)
    }

    /// Widens what a peer may send on a channel before its owner has taken some; it is never narrowed.
    public mutating func widenWindow(to window: Int, on channel: Int) {
        guard let limit = state(channel)?.receiveLimit else { return }
        let wanted = min(window, SSHChannelLimits.largestReceiveWindow)
        if wanted <= limit { return }
        slots[channel]?.receiveLimit = wanted
        adjust(channel)
    }

    mutating func adjust(_ channel: Int) {
        guard let peerNumber = state(channel)?.peerNumber, let room = slots[channel]?.takeAdjustment() else { return }
        var writer = SSHWriter(message: SSHMessageNumber.channelWindowAdjust, reserving: 9)
        writer.uint32(peerNumber)
        writer.uint32(room)
        messages.append(writer.octets)
    }
}
