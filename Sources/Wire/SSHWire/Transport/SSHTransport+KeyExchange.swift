import Basics
import SSHKeys

extension SSHTransport {
    /// Sends our offer.
    mutating func beginExchange() {
        let offer = SSHKeyExchangeOffer(settings, isFirst: sessionID == nil)
        let payload = offer.payload(cookie: writer.randomOctets(16))
        exchange = SSHExchange(begin: clock, offer: offer, ourOffer: payload)
        writer.append(payload)
    }

    /// Renews keys that have protected enough.
    mutating func renewIfDue() {
        guard exchange == nil, phase == .connection else { return }
        if writer.octets + reader.octets >= settings.rekeyOctets
            || max(writer.packets, reader.packets) >= SSHTransportLimits.packetsPerKey
        {
            beginExchange()
        }
    }

    /// Octets after which a renewal costs a client nothing: an RSA key takes ten times as long to sign as the others.
    private var renewalWorth: Int {
        let isSlow = algorithms?.hostKey.keyType == .rsa
        return min(
            isSlow ? SSHTransportLimits.slowRekeyWorthOctets : SSHTransportLimits.rekeyWorthOctets, settings.rekeyOctets
        )
    }

    mutating func receiveOffer(_ payload: [UInt8]) throws(SSHFailure) {
        let isFirst = sessionID == nil
        if exchange == nil {
            let worth = phase == .connection ? renewalWorth : .max
            // A client pays for no signature, and what it sends and gets would be lost.
            guard
                settings.role == .client
                    || rekeyBudget.take(now: clock, octets: reader.octets + writer.octets, worth: worth)
            else {
                throw SSHFailure(.protocolError, "Keys are renewed too often.")
            }
            beginExchange()
        }
        let theirs = try SSHKeyExchangeOffer(payload: payload)
        let ours = exchange?.offer ?? SSHKeyExchangeOffer(settings, isFirst: isFirst)
        let isClient = settings.role == .client
        if isFirst {
            isStrict = theirs.keyExchanges.contains(SSHKeyExchangeOffer.strictMarker(settings.role.peer))
            peerTakesExtensions = theirs.keyExchanges.contains(SSHKeyExchangeOffer.extensionMarker(settings.role.peer))
            if isStrict, reader.sequence != 1 {
                throw SSHFailure(.protocolError, "Something came before the first offer of algorithms.")
            }
        }
        let agreed = try SSHAgreedAlgorithms(client: isClient ? ours : theirs, server: isClient ? theirs : ours)
        algorithms = agreed
        exchange?.peerOffer = payload
        exchange?.agreed = agreed
        exchange?.skipsGuess = theirs.guesses && !agreed.isGuessRight
        exchange?.step = .value
        guard isClient else { return }
        let half = try SSHClientHalf(agreed.keyExchange)
        exchange?.half = half
        var message = SSHWriter(message: SSHMessageNumber.exchangeInit)
        message.string(half.publicValue)
        writer.append(message.octets)
    }

    /// A server gets the client's value: everything is known now, and proven by the host key.
    mutating func receiveClientValue(_ payload: [UInt8]) throws(SSHFailure) {
        var reader = SSHReader(payload, from: 1)
        guard let value = try? reader.string(), reader.isAtEnd else { throw .malformed("key exchange") }
        guard let exchange, let agreed = exchange.agreed, let peerOffer = exchange.peerOffer,
            let key = settings.hostKeys.first(where: { $0.publicKey.type == agreed.hostKey.keyType })
        else { throw SSHFailure(.keyExchangeFailed, "There is no such host key.") }
        let (own, secret) = try agreed.keyExchange.respond(to: value)
        let transcript = SSHExchangeTranscript(
            clientVersion: peerVersion, serverVersion: ownVersion, clientOffer: peerOffer,
            serverOffer: exchange.ourOffer,
            hostKey: key.publicKey.blob, clientValue: Array(value), serverValue: own,
            secret: agreed.keyExchange.encode(secret: secret))
        let material = material(of: transcript, agreed)
        guard let signature = try? key.sign(material.exchangeHash, as: agreed.hostKey) else { throw .cryptography }
        var reply = SSHWriter(message: SSHMessageNumber.exchangeReply, reserving: 1024)
        reply.string(key.publicKey.blob)
        reply.string(own)
        reply.string(signature)
        writer.append(reply.octets)
        try use(material)
    }

    /// A client gets the server's value and proof.
    mutating func receiveServerValue(_ payload: [UInt8]) throws(SSHFailure) -> SSHTransportEvent? {
        var reader = SSHReader(payload, from: 1)
        guard let blob = try? reader.string(limit: SSHPublicKey.longest), let value = try? reader.string(),
            let signature = try? reader.string(), reader.isAtEnd
        else { throw .malformed("key exchange") }
        guard let exchange, let agreed = exchange.agreed, let peerOffer = exchange.peerOffer, let half = exchange.half,
            let key = try? SSHPublicKey(blob: Array(blob)), key.type == agreed.hostKey.keyType
        else { throw SSHFailure(.keyExchangeFailed, "The host key is not of the kind that was agreed on.") }
        let secret = try half.agree(with: value)
        let transcript = SSHExchangeTranscript(
            clientVersion: ownVersion, serverVersion: peerVersion, clientOffer: exchange.ourOffer,
            serverOffer: peerOffer,
            hostKey: key.blob, clientValue: half.publicValue, serverValue: Array(value),
            secret: agreed.keyExchange.encode(secret: secret))
        let material = material(of: transcript, agreed)
        guard key.verify(Array(signature), of: material.exchangeHash, as: agreed.hostKey) else {
            throw SSHFailure(.keyExchangeFailed, "The server has not proven its host key.")
        }
        self.exchange?.unconfirmed = material
        if key.blob == believedKey {
            try confirmKeys()
            return nil
        }
        believedKey = key.blob
        return .hostKey(key)
    }

    /// A client goes on with the keys of a server that its owner believes.
    mutating func confirmKeys() throws(SSHFailure) {
        guard let material = exchange?.unconfirmed else { return }
        exchange?.unconfirmed = nil
        try use(material)
    }

    mutating func receiveNewKeys(_ payload: [UInt8]) throws(SSHFailure) -> SSHTransportEvent {
        guard payload.count == 1 else { throw .malformed("NEWKEYS") }
        try reader.useNext(resetsSequence: isStrict)
        let isFirst = phase == .exchange
        if isFirst { phase = .opening }
        exchange = nil
        keysSince = clock
        return .keysExchanged(isFirst: isFirst)
    }

    private mutating func material(
        of transcript: SSHExchangeTranscript, _ agreed: SSHAgreedAlgorithms
    ) -> SSHKeyMaterial {
        let digest = agreed.keyExchange.digest
        let hash = transcript.hash(digest)
        return SSHKeyMaterial(
            digest: digest, secret: transcript.secret, exchangeHash: hash, sessionID: sessionID ?? hash)
    }

    /// Sends NEWKEYS, protects what follows by them, and waits for the peer's.
    private mutating func use(_ material: SSHKeyMaterial) throws(SSHFailure) {
        guard let agreed = exchange?.agreed else { throw .cryptography }
        let role = settings.role
        let isFirst = sessionID == nil
        sessionID = material.sessionID
        let own = try material.cipher(agreed.direction(from: role), from: role, seals: true)
        let theirs = try material.cipher(agreed.direction(from: role.peer), from: role.peer, seals: false)
        writer.append([SSHMessageNumber.newKeys])
        writer.use(own, resetsSequence: isStrict)
        reader.prepare(theirs)
        exchange?.step = .keys
        exchange?.hasSentKeys = true
        exchange?.half = nil
        if isFirst {
            if role == .client { requestService() } else if peerTakesExtensions { sendExtensions() }
        }
        releaseHeld()
    }

    private mutating func releaseHeld() {
        var messages: [[UInt8]] = []
        swap(&messages, &held)
        heldOctets = 0
        heldAnswers = 0
        for message in messages { writer.append(message) }
    }
}
