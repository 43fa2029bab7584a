import SSHKeys

/// What an end offers for a key exchange: the KEXINIT message.
///
/// ```text
///   octet 20 │ 16 random octets │ ten name-lists │ boolean a guess follows │ uint32 0
///
///   the lists: key exchange, host keys, then for client → server and server → client each: ciphers, MACs,
///   compressions, languages
/// ```
///
/// - Limits: ``SSHTransportLimits/nameListOctets`` for each list.
/// - Source: RFC 4253 section 7.1.
struct SSHKeyExchangeOffer: Hashable, Sendable {
    var keyExchanges: [String] = []
    var hostKeys: [String] = []
    var toServer = Direction()
    var toClient = Direction()
    /// Whether the first message of the method that is preferred follows at once.
    var guesses = false

    /// What is offered for one direction.
    struct Direction: Hashable, Sendable {
        var ciphers: [String] = []
        var macs: [String] = []
        var compressions = ["none"]
    }

    /// Says that EXT_INFO is understood; RFC 8308 section 2.1.
    static func extensionMarker(_ role: SSHRole) -> String { role == .client ? "ext-info-c" : "ext-info-s" }

    /// Says that the first key exchange has to be strict; OpenSSH PROTOCOL section 1.10.
    static func strictMarker(_ role: SSHRole) -> String {
        role == .client ? "kex-strict-c-v00@openssh.com" : "kex-strict-s-v00@openssh.com"
    }

    /// Makes our offer.
    init(_ settings: SSHTransportSettings, isFirst: Bool) {
        let algorithms = settings.algorithms
        keyExchanges = algorithms.keyExchanges.map(\.rawValue)
        if isFirst { keyExchanges += [Self.extensionMarker(settings.role), Self.strictMarker(settings.role)] }
        let types = Set(settings.hostKeys.map(\.publicKey.type))
        hostKeys = algorithms.hostKeys
            .filter { settings.role == .client || types.contains($0.keyType) }.map(\.name)
        toServer = Direction(
            ciphers: algorithms.ciphers.map(\.rawValue), macs: algorithms.macs.map(\.rawValue))
        toClient = toServer
    }

    /// Reads a payload.
    init(payload: [UInt8]) throws(SSHFailure) {
        do throws(SSHDataFailure) {
            var reader = SSHReader(payload, from: 1)
            _ = try reader.take(16)
            let limit = SSHTransportLimits.nameListOctets
            keyExchanges = try reader.names(limit: limit)
            hostKeys = try reader.names(limit: limit)
            toServer.ciphers = try reader.names(limit: limit)
            toClient.ciphers = try reader.names(limit: limit)
            toServer.macs = try reader.names(limit: limit)
            toClient.macs = try reader.names(limit: limit)
            toServer.compressions = try reader.names(limit: limit)
            toClient.compressions = try reader.names(limit: limit)
            _ = try reader.string(limit: limit)
            _ = try reader.string(limit: limit)
            guesses = try reader.boolean()
            _ = try reader.uint32()
            try reader.finish()
        } catch {
            throw .malformed("KEXINIT")
        }
    }

    /// Writes the payload.
    func payload(cookie: [UInt8]) -> [UInt8] {
        var writer = SSHWriter(message: SSHMessageNumber.keyExchangeInit, reserving: 1024)
        writer.raw(cookie)
        writer.names(keyExchanges)
        writer.names(hostKeys)
        writer.names(toServer.ciphers)
        writer.names(toClient.ciphers)
        writer.names(toServer.macs)
        writer.names(toClient.macs)
        writer.names(toServer.compressions)
        writer.names(toClient.compressions)
        writer.names([])
        writer.names([])
        writer.boolean(guesses)
        writer.uint32(0)
        return writer.octets
    }
}
