import Basics

/// A key exchange that is under way.
///
/// - Source: RFC 4253 sections 7 and 8, RFC 5656 section 4.
struct SSHExchange {
    /// When it began.
    let begin: MonotonicInstant
    /// What we have offered.
    let offer: SSHKeyExchangeOffer
    /// The same as it was sent.
    let ourOffer: [UInt8]
    /// What the peer has to send next.
    var step = Step.offer
    /// The peer's as it came; nil before.
    var peerOffer: [UInt8]?
    var agreed: SSHAgreedAlgorithms?
    /// Whether the peer's next message of the method is a wrong guess.
    var skipsGuess = false
    /// Whether our NEWKEYS have been sent, after which messages may be sent again.
    var hasSentKeys = false
    /// A client's half.
    var half: SSHClientHalf?
    /// What a client has to do once its owner believes the host key.
    var unconfirmed: SSHKeyMaterial?

    /// What a peer sends in turn: KEXINIT, its message of the method, and NEWKEYS.
    enum Step {
        case offer, value, keys
    }

    init(begin: MonotonicInstant, offer: SSHKeyExchangeOffer, ourOffer: [UInt8]) {
        self.begin = begin
        self.offer = offer
        self.ourOffer = ourOffer
    }
}
