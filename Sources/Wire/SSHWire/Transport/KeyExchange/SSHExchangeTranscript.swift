import DigestWire
import SSHKeys

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
    func hash(_ digest: HashFunction) -> [UInt8] {
        var writer = SSHWriter(reserving: 4096)
        for part in [clientVersion, serverVersion, clientOffer, serverOffer, hostKey, clientValue, serverValue] {
            writer.string(part)
        }
        writer.raw(secret)
        return digest.hash(writer.octets)
    }
}
