/// Collects the payload of one subnegotiation.
///
/// Only options that the machine reads are kept; the payload of others is passed over.
///
/// - Limits: ``TelnetLimits/subnegotiationOctets``; what is beyond is dropped up to `IAC SE`.
/// - Source: RFC 855 §"Subnegotiation".
struct TelnetSubnegotiation {
    private(set) var option = TelnetOption.binary
    private var payload: [UInt8] = []
    private var isWanted = false

    /// Octets of payload held now.
    var heldOctets: Int { payload.count }

    mutating func begin(_ option: TelnetOption) {
        self.option = option
        payload.removeAll(keepingCapacity: true)
        isWanted = option == .terminalType || option == .windowSize
    }

    mutating func append(_ octet: UInt8) {
        if isWanted, payload.count < TelnetLimits.subnegotiationOctets { payload.append(octet) }
    }

    /// Notes that the payload cannot be trusted.
    mutating func spoil() {
        isWanted = false
    }

    mutating func abandon() {
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
