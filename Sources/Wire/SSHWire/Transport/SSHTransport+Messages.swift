import Basics
import SSHKeys

extension SSHTransport {
    /// The service that carries logins, the only one that a client may ask for; RFC 4252 section 1.
    private static let loginService = "ssh-userauth"

    /// Where the table looks for what may arrive.
    var messageState: SSHMessageState {
        if let exchange {
            switch (exchange.step, phase == .exchange) {
            case (.offer, true): return .negotiating
            case (.value, true): return .exchanging
            case (.keys, true): return .confirming
            case (.value, false): return .exchangingAgain
            case (.keys, false): return .confirmingAgain
            case (.offer, false): break
            }
        }
        return switch phase {
        case .connection: .connection
        case .login: .login
        case .opening: .opening
        case .idle, .version, .exchange, .service, .closed: .service
        }
    }

    /// Whether messages have to wait: our offer has been sent, and our new keys are not in force.
    public var isHolding: Bool { exchange.map { !$0.hasSentKeys } ?? (phase == .idle) }

    /// Goes through versions and packets until there is something to tell.
    mutating func advance() throws(SSHFailure) -> SSHTransportEvent? {
        if writer.isBroken, phase != .closed { throw .cryptography }
        if phase == .version {
            guard let version = try nextVersion() else { return nil }
            return .peerVersion(version)
        }
        while phase != .closed, phase != .idle, exchange?.unconfirmed == nil, let payload = try reader.next() {
            renewIfDue()
            if let event = try take(payload) { return event }
        }
        return nil
    }

    /// Says goodbye where the peer can read it, and closes.
    mutating func end(_ failure: SSHFailure) {
        guard phase != .closed else { return }
        if phase != .idle, phase != .version {
            var writer = SSHWriter(message: SSHMessageNumber.disconnect)
            writer.uint32(failure.reason.rawValue)
            writer.string(failure.text)
            writer.string("")
            self.writer.append(writer.octets)
        }
        close()
    }

    private mutating func close() {
        phase = .closed
        exchange = nil
        held = []
        heldOctets = 0
        reader.discard()
    }

    private mutating func take(_ payload: [UInt8]) throws(SSHFailure) -> SSHTransportEvent? {
        let number = payload[0]
        if exchange?.skipsGuess == true, (30...49).contains(number) {
            exchange?.skipsGuess = false
            return nil
        }
        let state = messageState
        switch SSHMessageTable.verdict(on: number, in: state, at: settings.role, isStrict: isStrict) {
        case .legal: break
        case .ignored: return nil
        case .unimplemented:
            try answer(unimplementedMessage)
            return nil
        case .disconnect:
            throw SSHFailure(.protocolError, "Message \(number) is not allowed now.")
        }
        if state == .opening { phase = .service }
        switch number {
        case SSHMessageNumber.disconnect: return try peerDisconnected(payload)
        case SSHMessageNumber.ignore, SSHMessageNumber.debug: return nil
        case SSHMessageNumber.unimplemented: return .unimplemented(try numberOf(payload))
        case SSHMessageNumber.serviceRequest: return try serviceRequested(payload)
        case SSHMessageNumber.serviceAccept: return try serviceAccepted(payload)
        case SSHMessageNumber.extensionInfo: try readExtensions(payload)
        case SSHMessageNumber.keyExchangeInit: try receiveOffer(payload)
        case SSHMessageNumber.newKeys: return try receiveNewKeys(payload)
        case SSHMessageNumber.exchangeInit: try receiveClientValue(payload)
        case SSHMessageNumber.exchangeReply: return try receiveServerValue(payload)
        case SSHMessageNumber.ping: try receivePing(payload)
        case SSHMessageNumber.pong: return try receivePong(payload)
        default: return .message(payload)
        }
        return nil
    }

    /// Says that the packet just read means nothing to us; RFC 4253 section 11.4.
    private var unimplementedMessage: [UInt8] {
        var writer = SSHWriter(message: SSHMessageNumber.unimplemented)
        writer.uint32(reader.sequence &- 1)
        return writer.octets
    }

    /// Answers the peer, which must not be able to fill our memory while it keeps a key exchange open.
    private mutating func answer(_ message: [UInt8]) throws(SSHFailure) {
        if isHolding {
            heldAnswers += 1
            if heldAnswers > SSHTransportLimits.waitingAnswers {
                throw SSHFailure(.protocolError, "Too many answers wait for the end of a key exchange.")
            }
        }
        send(message)
    }

    private mutating func peerDisconnected(_ payload: [UInt8]) throws(SSHFailure) -> SSHTransportEvent {
        var reader = SSHReader(payload, from: 1)
        guard let reason = try? reader.uint32(), let text = try? reader.string() else { throw .malformed("DISCONNECT") }
        close()
        let shown = String(decoding: text.prefix(SSHTransportLimits.textOctets), as: UTF8.self).cleaned
        return .disconnected(SSHDisconnectReason(rawValue: reason), shown)
    }

    private func numberOf(_ payload: [UInt8]) throws(SSHFailure) -> UInt32 {
        var reader = SSHReader(payload, from: 1)
        guard let number = try? reader.uint32() else { throw .malformed("UNIMPLEMENTED") }
        return number
    }

    private mutating func serviceRequested(_ payload: [UInt8]) throws(SSHFailure) -> SSHTransportEvent? {
        guard try serviceName(payload) == Self.loginService else {
            throw SSHFailure(.serviceNotAvailable, "Only logins are served.")
        }
        var writer = SSHWriter(message: SSHMessageNumber.serviceAccept)
        writer.string(Self.loginService)
        try answer(writer.octets)
        // Some clients ask again before each attempt.
        if phase == .login { return nil }
        phase = .login
        return .serviceStarted
    }

    private mutating func serviceAccepted(_ payload: [UInt8]) throws(SSHFailure) -> SSHTransportEvent? {
        guard try serviceName(payload) == Self.loginService else {
            throw SSHFailure(.protocolError, "The server granted a service that was not asked for.")
        }
        phase = .login
        return .serviceStarted
    }

    private func serviceName(_ payload: [UInt8]) throws(SSHFailure) -> String {
        var reader = SSHReader(payload, from: 1)
        guard let name = try? reader.text(limit: 64), reader.isAtEnd else { throw .malformed("service") }
        return name
    }

    /// Asks for the login's service.
    mutating func requestService() {
        var writer = SSHWriter(message: SSHMessageNumber.serviceRequest)
        writer.string(Self.loginService)
        self.writer.append(writer.octets)
    }

    private mutating func receivePing(_ payload: [UInt8]) throws(SSHFailure) {
        var writer = SSHWriter(message: SSHMessageNumber.pong)
        writer.string(try pingOctets(payload))
        try answer(writer.octets)
    }

    private mutating func receivePong(_ payload: [UInt8]) throws(SSHFailure) -> SSHTransportEvent? {
        let octets = try pingOctets(payload)
        guard openPings > 0 else { return nil }
        openPings -= 1
        return .pong(Array(octets))
    }

    private func pingOctets(_ payload: [UInt8]) throws(SSHFailure) -> ArraySlice<UInt8> {
        var reader = SSHReader(payload, from: 1)
        guard let octets = try? reader.string(limit: SSHTransportLimits.pingOctets), reader.isAtEnd else {
            throw .malformed("PING")
        }
        return octets
    }
}
