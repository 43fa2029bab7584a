/// How much of a peer's message is looked at; all in octets of UTF-8.
package enum SASLLimits {
    /// An authentication or authorization identity (RFC 4616 section 2 asks for 255 at least).
    package static let name = 255
    /// A password (RFC 4616 section 2 asks for 255 at least).
    package static let password = 1024
    /// A whole message of any mechanism here, decoded from Base64.
    package static let message = 4096
    /// One side's nonce in SCRAM; both together may have twice as much.
    package static let nonce = 256
    /// A salt in SCRAM, decoded; ours are 16.
    package static let salt = 256
    /// A proof or a server's signature in SCRAM, decoded: the longest hash in use, SHA-512.
    package static let proof = 64
    /// Channel binding data in SCRAM, decoded, with the header before it.
    package static let channelBinding = 1024
}
