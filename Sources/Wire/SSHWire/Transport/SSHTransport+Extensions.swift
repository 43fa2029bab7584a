import SSHKeys

extension SSHTransport {
    /// Tells a client what this server understands.
    ///
    /// ```text
    ///   server-sig-algs     signatures of users' keys that are taken
    ///   ping@openssh.com    "0": PING is answered by PONG
    /// ```
    ///
    /// - Source: RFC 8308 sections 2.3 and 3.1; OpenSSH PROTOCOL section 1.8.
    mutating func sendExtensions() {
        var message = SSHWriter(message: SSHMessageNumber.extensionInfo, reserving: 512)
        message.uint32(2)
        message.string("server-sig-algs")
        message.names(settings.signatureAlgorithms.map(\.name))
        message.string("ping@openssh.com")
        message.string("0")
        writer.append(message.octets)
    }

    /// Remembers what the peer understands; a second message replaces what the first one said.
    mutating func readExtensions(_ payload: [UInt8]) throws(SSHFailure) {
        do throws(SSHDataFailure) {
            var reader = SSHReader(payload, from: 1)
            for _ in 0..<(try reader.uint32()) {
                let name = try reader.text(limit: SSHTransportLimits.nameListOctets)
                let value = try reader.string()
                let isKept = value.count <= SSHTransportLimits.extensionOctets
                if isKept, peerExtensions.count < SSHTransportLimits.extensions || peerExtensions[name] != nil {
                    peerExtensions[name] = Array(value)
                }
            }
            try reader.finish()
        } catch {
            throw .malformed("EXT_INFO")
        }
    }
}
