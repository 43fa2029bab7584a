/// Collects the payload of one subnegotiation.
///
/// - Limits: what the beginner says, at most ``TelnetLimits/gmcpOctets``; of a longer payload the beginning is kept
///   and known to be cut.
/// - Source: RFC 855 §"Subnegotiation".
struct TelnetSubnegotiation {
    private(set) var option = TelnetOption.binary
    /// Whether the payload was longer than its limit.
    private(set) var isCut = false
    private var payload: [UInt8] = []
    private var isWanted = false
    private var limit = 0

    /// Octets of payload held now.
    var heldOctets: Int { payload.count }

    /// Starts an empty payload; nil for the limit passes over what nobody reads.
    mutating func begin(_ option: TelnetOption, limit: Int?) {
        self.option = option
        self.limit = limit ?? 0
        payload.removeAll(keepingCapacity: true)
        isWanted = limit != nil
        isCut = false
    }

    mutating func append(_ octet: UInt8) {
        guard isWanted else { return }
        if payload.count < limit { payload.append(octet) } else { isCut = true }
    }

    /// Notes that the payload cannot be trusted, or has no end.
    mutating func spoil() {
        isWanted = false
        release()
    }

    /// The payload, or nil if nobody wants it; the buffer is empty afterwards.
    mutating func finish() -> [UInt8]? {
        defer { release() }
        return isWanted ? payload : nil
    }

    private mutating func release() {
        payload.removeAll(keepingCapacity: payload.capacity <= TelnetLimits.subnegotiationReserve)
    }
}

extension TelnetOption {
    /// Encodes one subnegotiation of the option, whole; IAC in the payload is doubled.
    ///
    /// - Complexity: O(*n*).
    package func subnegotiation(_ payload: [UInt8]) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(payload.count + payload.count / 16 + 5)
        octets += TelnetMachine.command(.subnegotiation)
        octets.append(rawValue)
        for octet in payload {
            octets.append(octet)
            if octet == TelnetCommand.interpretAsCommand.rawValue { octets.append(octet) }
        }
        octets += TelnetMachine.command(.endSubnegotiation)
        return octets
    }
}
