/// Holds what is known of one channel.
struct SSHChannelState {
    enum Phase {
        /// The peer wants it, and its owner has not decided.
        case requested
        /// We want it, and the peer has not answered.
        case opening
        case open
        /// The peer has closed it, and the owner has not released it.
        case closed
    }

    var phase: Phase
    /// Whether it counts against what the peer may open.
    let isPeers: Bool

    // MARK: Towards the peer

    var peerNumber: UInt32 = 0
    /// Octets the peer takes now.
    var sendWindow: UInt32 = 0
    /// Octets it takes in one message.
    var sendPacket = 0
    var output = SSHChannelOutput()
    var wantsEOF = false
    var hasSentEOF = false
    var wantsClose = false
    var hasSentClose = false
    /// Our requests that the peer has not answered.
    var unansweredCount = 0

    // MARK: From the peer

    /// Octets the peer may still send.
    var receiveWindow: Int
    /// Octets it may send when the owner has taken everything.
    var receiveLimit: Int
    /// Octets that were received and that the owner has not taken.
    var untakenCount = 0
    var hasReceivedEOF = false
    /// The peer's requests that want an answer, the oldest first: nil while there is none.
    var answers = SSHAnswerQueue<Bool>()

    init(phase: Phase, isPeers: Bool, window: Int) {
        self.phase = phase
        self.isPeers = isPeers
        receiveWindow = window
        receiveLimit = window
    }

    /// Octets that may be sent at once in one message.
    var sendable: Int {
        phase == .open && !hasSentEOF && !hasSentClose ? Int(min(sendWindow, UInt32(clamping: sendPacket))) : 0
    }

    /// By how much the window is to be opened, if it is worth a message: by half of it or more.
    mutating func takeAdjustment() -> UInt32? {
        if phase != .open || hasReceivedEOF || hasSentClose { return nil }
        let room = receiveLimit - untakenCount - receiveWindow
        guard room > 0, room >= receiveLimit / 2 else { return nil }
        receiveWindow += room
        return UInt32(clamping: room)
    }
}
