import SSHKeys

/// Keeps the channels of one connection: their windows, their ends, and the order of questions and answers.
///
/// Messages go in one by one and give an event each at most. Messages to be sent wait in order in ``nextMessage()``; data
/// waits on its channel in ``nextPiece(_:)``, to be fetched as far as the transport has room, each channel in turn.
///
/// | What a peer does | What it gets |
/// | --- | --- |
/// | opens more than ``SSHChannelLimits/channelCount`` channels | OPEN_FAILURE, resource shortage |
/// | opens one with a largest packet of 0, or with damaged fields | OPEN_FAILURE, prohibited |
/// | names a channel that is not there, or not open yet | a disconnect |
/// | sends more than the window, or than the largest packet | a disconnect |
/// | sends data after EOF | a disconnect |
/// | opens the window beyond 2³² − 1 octets | a disconnect |
/// | asks more than ``SSHChannelLimits/waitingRequestCount`` questions before an answer | a disconnect |
/// | sends a request with damaged fields | a no, if it wants an answer |
/// | sends a second EOF, or answers what nobody asked | nothing |
/// | sends data or requests that cross our CLOSE | nothing; data counts against the window |
///
/// - Isolation: none; a value type.
/// - Limits: ``SSHChannelLimits``. What the owner sends waits without a bound of its own; the owner reads
///   ``queuedCount(on:)``.
/// - Complexity: O(1) for a message and for a piece, apart from its octets and the number of channels.
/// - Source: RFC 4254.
/// - SeeAlso: `SSHWireTests/SSHChannelsTests`.
public struct SSHChannels: ~Copyable {
    /// Channels the peer may have open at once.
    public let channelLimit: Int
    /// Octets that a peer may send on a new channel before its owner has taken some.
    public let receiveWindow: Int

    var slots: [SSHChannelState?] = []
    var messages: [[UInt8]] = []
    var firstMessage = 0
    /// After whose channel the next piece is looked for.
    var lastServed = 0
    var globalAnswers = SSHAnswerQueue<[UInt8]?>()
    var unansweredGlobalCount = 0

    /// Begins without a channel.
    ///
    /// - Parameters:
    ///   - channelLimit: Channels the peer may have open at once.
    ///   - receiveWindow: Octets a peer may send on a new channel, 1 to ``SSHChannelLimits/largestReceiveWindow``.
    public init(
        channelLimit: Int = SSHChannelLimits.channelCount, receiveWindow: Int = SSHChannelLimits.receiveWindow
    ) {
        self.channelLimit = channelLimit
        self.receiveWindow = min(max(receiveWindow, 1), SSHChannelLimits.largestReceiveWindow)
    }

    /// Channels that exist, those being opened and closed included.
    public var count: Int { slots.reduce(0) { $0 + ($1 == nil ? 0 : 1) } }

    // MARK: Opening

    /// Asks the peer for a channel.
    ///
    /// - Returns: Its number; ``SSHChannelEvent/opened(_:)`` or ``SSHChannelEvent/refused(_:_:)`` follows.
    public mutating func open(_ kind: SSHChannelKind) -> Int {
        let number = add(SSHChannelState(phase: .opening, isPeers: false, window: receiveWindow))
        var writer = SSHWriter(message: SSHMessageNumber.channelOpen, reserving: 64)
        writer.string(kind.name)
        writer.uint32(UInt32(clamping: number))
        writer.uint32(UInt32(clamping: receiveWindow))
        writer.uint32(UInt32(SSHChannelLimits.maximumPacket))
        kind.writeFields(to: &writer)
        messages.append(writer.octets)
        return number
    }

    /// Gives the peer the channel that it wanted.
    public mutating func confirm(_ channel: Int) {
        guard let state = state(channel), state.phase == .requested else { return }
        slots[channel]?.phase = .open
        var writer = SSHWriter(message: SSHMessageNumber.channelOpenConfirmation, reserving: 17)
        writer.uint32(state.peerNumber)
        writer.uint32(UInt32(clamping: channel))
        writer.uint32(UInt32(clamping: state.receiveWindow))
        writer.uint32(UInt32(SSHChannelLimits.maximumPacket))
        messages.append(writer.octets)
        finishOutput(of: channel)
    }

    /// Does not give the peer the channel that it wanted.
    public mutating func refuse(_ channel: Int, _ refusal: SSHChannelRefusal) {
        guard let state = state(channel), state.phase == .requested else { return }
        slots[channel] = nil
        sendRefusal(to: state.peerNumber, refusal)
    }

    mutating func sendRefusal(to peerNumber: UInt32, _ refusal: SSHChannelRefusal) {
        var writer = SSHWriter(message: SSHMessageNumber.channelOpenFailure, reserving: 64)
        writer.uint32(peerNumber)
        writer.uint32(refusal.reason.rawValue)
        writer.string(refusal.text)
        writer.string("")
        messages.append(writer.octets)
    }

    // MARK: Requests and answers

    /// Asks for something on a channel; once the channel is being closed it does nothing.
    ///
    /// - Returns: Whether it was sent.
    @discardableResult public mutating func send(
        _ request: SSHChannelRequest, wantsAnswer: Bool = false, on channel: Int
    ) -> Bool {
        guard let state = state(channel), state.phase == .open, !state.hasSentClose, !state.wantsClose else {
            return false
        }
        if wantsAnswer { slots[channel]?.unansweredCount += 1 }
        var writer = SSHWriter(message: SSHMessageNumber.channelRequest, reserving: 64)
        writer.uint32(state.peerNumber)
        writer.string(request.name)
        writer.boolean(wantsAnswer)
        request.writeFields(to: &writer)
        messages.append(writer.octets)
        return true
    }

    /// Answers a request; answers are sent in the order of the requests.
    public mutating func answer(_ success: Bool, to ticket: Int, on channel: Int) {
        guard let state = state(channel), state.phase == .open, !state.hasSentClose else { return }
        slots[channel]?.answers.answer(ticket, success)
        while let next = slots[channel]?.answers.next() {
            let number = next ? SSHMessageNumber.channelSuccess : SSHMessageNumber.channelFailure
            messages.append(Self.message(number, state.peerNumber))
        }
    }

    /// Asks for something for all of the connection.
    public mutating func sendGlobal(_ request: SSHGlobalRequest, wantsAnswer: Bool) {
        if wantsAnswer { unansweredGlobalCount += 1 }
        var writer = SSHWriter(message: SSHMessageNumber.globalRequest, reserving: 64)
        writer.string(request.name)
        writer.boolean(wantsAnswer)
        request.writeFields(to: &writer)
        messages.append(writer.octets)
    }

    /// Answers a request for all of the connection: with fields, none at all for most, or nil for a no.
    public mutating func answerGlobal(_ fields: [UInt8]?, to ticket: Int) {
        globalAnswers.answer(ticket, fields)
        while let next = globalAnswers.next() {
            guard let fields = next else {
                messages.append([SSHMessageNumber.requestFailure])
                continue
            }
            messages.append([SSHMessageNumber.requestSuccess] + fields)
        }
    }

    /// Questions of the peer's that wait for an answer, on all channels.
    public var waitingRequestCount: Int { slots.reduce(globalAnswers.count) { $0 + ($1?.answers.count ?? 0) } }

    // MARK: Numbers and messages

    func state(_ channel: Int) -> SSHChannelState? { slots.indices.contains(channel) ? slots[channel] : nil }

    mutating func add(_ state: SSHChannelState) -> Int {
        if let free = slots.firstIndex(where: { $0 == nil }) {
            slots[free] = state
            return free
        }
        slots.append(state)
        return slots.count - 1
    }

    static func message(_ number: UInt8, _ peerNumber: UInt32) -> [UInt8] {
        var writer = SSHWriter(message: number, reserving: 5)
        writer.uint32(peerNumber)
        return writer.octets
    }

    /// Takes the next message that is to be sent.
    public mutating func nextMessage() -> [UInt8]? {
        guard firstMessage < messages.count else { return nil }
        let message = messages[firstMessage]
        firstMessage += 1
        if firstMessage == messages.count {
            messages.removeAll(keepingCapacity: firstMessage <= 16)
            firstMessage = 0
        }
        return message
    }
}
