public import SSHKeys

/// What two offers come to.
///
/// Of each list the first name of the client's counts that the server has too.
///
/// - Source: RFC 4253 section 7.1; OpenSSH PROTOCOL section 1.6 for ciphers that need no MAC.
public struct SSHAgreedAlgorithms: Hashable, Sendable {
    /// The method of key exchange.
    public let keyExchange: SSHKeyExchangeMethod
    /// What the host key signs with.
    public let hostKey: SSHSignatureAlgorithm
    /// What protects packets to the server.
    public let toServer: Direction
    /// What protects packets to the client.
    public let toClient: Direction
    /// Whether the server's and the client's favourites are the same ones, so that a guess was right.
    let isGuessRight: Bool

    /// What protects one direction.
    public struct Direction: Hashable, Sendable {
        /// The cipher.
        public let cipher: SSHCipherName
        /// The MAC; nil for ciphers that need none.
        public let mac: SSHMACName?

        init(_ client: SSHKeyExchangeOffer.Direction, _ server: SSHKeyExchangeOffer.Direction) throws(SSHFailure) {
            cipher = try choose(client.ciphers, server.ciphers, "cipher")
            mac = cipher.isAuthenticated ? nil : try choose(client.macs, server.macs, "MAC")
            guard client.compressions.contains("none"), server.compressions.contains("none") else {
                throw .noCommon("compression")
            }
        }
    }

    /// Compares the offers.
    ///
    /// - Throws: A failure of the key exchange that tells what the ends do not have in common.
    init(client: SSHKeyExchangeOffer, server: SSHKeyExchangeOffer) throws(SSHFailure) {
        keyExchange = try choose(client.keyExchanges, server.keyExchanges, "key exchange")
        hostKey = try choose(client.hostKeys, server.hostKeys, "host key")
        toServer = try Direction(client.toServer, server.toServer)
        toClient = try Direction(client.toClient, server.toClient)
        isGuessRight =
            client.keyExchanges.first == server.keyExchanges.first && client.hostKeys.first == server.hostKeys.first
    }

    /// What protects packets that an end sends.
    public func direction(from role: SSHRole) -> Direction { role == .client ? toServer : toClient }
}

/// The first name of the client's list that the server's has, and that is one of ours.
private func choose<Name: RawRepresentable<String>>(
    _ client: [String], _ server: [String], _ what: String
) throws(SSHFailure) -> Name {
    for name in client {
        // One of the lists is our own and short, so that this is linear in the other one.
        if let known = Name(rawValue: name), server.contains(name) { return known }
    }
    throw .noCommon(what)
}

extension SSHFailure {
    fileprivate static func noCommon(_ what: String) -> SSHFailure {
        SSHFailure(.keyExchangeFailed, "The ends have no \(what) algorithm in common.")
    }
}
