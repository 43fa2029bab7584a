import Basics
import SSHKeys

/// A key exchange that is under way.
///
/// - Source: RFC 4253 sections 7 and 8, RFC 5656 section 4.
struct SSHExchange {
    /// When it began.
    let begin: MonotonicInstant
    /// Our KEXINIT as it was sent.
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

    init(begin: MonotonicInstant, ourOffer: [UInt8]) {
        self.begin = begin
        self.ourOffer = ourOffer
    }
}

/// A client's secret half of a key exchange.
enum SSHClientHalf {
    case curve(SSHEphemeralKey)
    case hybrid(SSHHybridKey)

    /// Makes one for a method.
    init(_ method: SSHKeyExchangeMethod) throws(SSHFailure) {
        if let curve = method.curve {
            self = .curve(try SSHEphemeralKey(curve))
        } else {
            self = .hybrid(try SSHHybridKey())
        }
    }

    /// What the server gets.
    var publicValue: [UInt8] {
        switch self {
        case .curve(let key): key.publicValue
        case .hybrid(let key): key.publicValue
        }
    }

    /// The secret that the server's value makes.
    func agree(with value: ArraySlice<UInt8>) throws(SSHFailure) -> [UInt8] {
        switch self {
        case .curve(let key): try key.agree(with: value)
        case .hybrid(let key): try key.agree(with: value)
        }
    }
}

extension SSHKeyExchangeMethod {
    /// The curve of methods that need nothing else.
    var curve: SSHAgreementCurve? {
        switch self {
        case .curve25519, .curve25519Libssh: .x25519
        case .nistp256: .p256
        case .nistp384: .p384
        case .nistp521: .p521
        case .mlkem768x25519: nil
        }
    }

    /// A server's answer to a client's value, and the secret of both.
    func respond(to value: ArraySlice<UInt8>) throws(SSHFailure) -> (value: [UInt8], secret: [UInt8]) {
        guard let curve else { return try SSHHybridKey.respond(to: value) }
        let key = try SSHEphemeralKey(curve)
        return (key.publicValue, try key.agree(with: value))
    }

    /// The secret as it is hashed: a number, or for a hybrid the octets (draft-ietf-sshm-mlkem-hybrid-kex section 2.4).
    func encode(secret: [UInt8]) -> [UInt8] {
        var writer = SSHWriter(reserving: secret.count + 5)
        if curve == nil { writer.string(secret) } else { writer.magnitude(secret) }
        return writer.octets
    }
}

/// What is hashed and signed: both versions, both offers, the host key, both values and the secret.
///
/// - Source: RFC 5656 section 4, RFC 8731 section 3.1.
struct SSHExchangeTranscript {
    var clientVersion: [UInt8]
    var serverVersion: [UInt8]
    var clientOffer: [UInt8]
    var serverOffer: [UInt8]
    var hostKey: [UInt8]
    var clientValue: [UInt8]
    var serverValue: [UInt8]
    /// As ``SSHKeyExchangeMethod/encode(secret:)`` has it.
    var secret: [UInt8]

    /// The exchange hash.
    func hash(_ digest: SSHDigest) throws(SSHFailure) -> [UInt8] {
        var writer = SSHWriter(reserving: 4096)
        for part in [clientVersion, serverVersion, clientOffer, serverOffer, hostKey, clientValue, serverValue] {
            writer.string(part)
        }
        writer.raw(secret)
        return try digest.hash(writer.octets)
    }
}
