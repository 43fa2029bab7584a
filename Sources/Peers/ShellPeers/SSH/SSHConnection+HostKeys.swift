public import ReactorCore
public import SSHKeys
import SSHWire

/// Which keys a server has, and how it proves them: OpenSSH's PROTOCOL 2.5.
extension SSHConnection {
    /// Tells a client all host keys, so that it knows the next one before it is used.
    func announceHostKeys() {
        let blobs = ownHostKeys.map(\.publicKey.blob)
        if !blobs.isEmpty { channels.sendGlobal(.hostKeys(blobs), wantsAnswer: false) }
    }

    private var ownHostKeys: [SSHPrivateKey] { settings.transport.hostKeys + settings.furtherHostKeys }

    /// What proves that this server holds keys: a signature for each, or nil when one of them is not its own.
    func proof(of blobs: [[UInt8]]) -> [UInt8]? {
        // Each is a signature, which a peer could ask for without end.
        guard let sessionID = ssh.sessionID, !blobs.isEmpty, blobs.count <= proofsLeft else { return nil }
        proofsLeft -= blobs.count
        var writer = SSHWriter()
        for blob in blobs {
            guard let key = ownHostKeys.first(where: { $0.publicKey.blob == blob }),
                let algorithm = key.type.signatureAlgorithms.first,
                let signature = try? key.sign(Self.proven(blob, sessionID), as: algorithm)
            else { return nil }
            writer.string(signature)
        }
        return writer.octets
    }

    /// Has a server prove that it holds keys that it has announced.
    ///
    /// - Returns: The keys, if all of them are proven; else none.
    public func proveHostKeys(_ keys: [SSHPublicKey]) -> Deferred<[SSHPublicKey]> {
        guard let sessionID = ssh.sessionID, !keys.isEmpty else { return .succeeded([]) }
        return request(.proveHostKeys(keys.map(\.blob))).map { fields in
            guard let fields else { return [] }
            var reader = SSHReader(fields)
            for key in keys {
                guard let signature = try? Array(reader.string(limit: SSHChannelLimits.hostKeyByteCount)),
                    let algorithm = (try? SSHSignature(blob: signature))?.algorithm, algorithm.keyType == key.type,
                    key.verify(signature, of: Self.proven(key.blob, sessionID), as: algorithm)
                else { return [] }
            }
            return reader.isAtEnd ? keys : []
        }
    }

    private static func proven(_ blob: [UInt8], _ sessionID: [UInt8]) -> [UInt8] {
        var writer = SSHWriter(reserving: blob.count + sessionID.count + 64)
        writer.string("hostkeys-prove-00@openssh.com")
        writer.string(sessionID)
        writer.string(blob)
        return writer.octets
    }
}
