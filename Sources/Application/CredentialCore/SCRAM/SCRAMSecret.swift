import Basics
import DigestWire
import SASLWire

/// What a server keeps of a password for SCRAM-SHA-256; the password does not follow from it.
///
/// ```text
///   SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>        salt and keys in Base64, as PostgreSQL writes it
/// ```
///
/// Who steals it can pretend to be the server, and try passwords at the price of the iterations, but cannot log in.
///
/// - Isolation: none; a value type.
/// - Limits: salts of at most ``SASLLimits/salt`` octets; 1 to ``mostIterations`` iterations.
/// - Source: RFC 5802 section 3, RFC 7677.
package struct SCRAMSecret: Hashable, Sendable, CustomStringConvertible {
    /// The fewest iterations for a new secret (RFC 7677 section 4).
    package static let fewestIterations: UInt32 = 4096
    /// The iterations of a new secret: about 25 ms for the client, and below the 65536 that Cyrus SASL accepts.
    package static let standardIterations: UInt32 = 50_000
    /// The most a stored secret may ask for, so that a damaged one cannot keep a worker for minutes.
    package static let mostIterations: UInt32 = 4_000_000
    /// Octets of a new salt.
    package static let saltLength = 16

    private static let prefix = "SCRAM-SHA-256$"
    /// The longest stored form that is looked at, in octets; ours have 133.
    private static let longestStored = 512

    package let iterations: UInt32
    package let salt: [UInt8]
    /// The digest of the key that only the client has, 32 octets.
    package let storedKey: [UInt8]
    /// The key with which the server signs, 32 octets.
    package let serverKey: [UInt8]

    init(iterations: UInt32, salt: [UInt8], storedKey: [UInt8], serverKey: [UInt8]) {
        self.iterations = iterations
        self.salt = salt
        self.storedKey = storedKey
        self.serverKey = serverKey
    }

    /// Makes the secret to keep for a password; slow on purpose, so do it on a worker.
    ///
    /// - Parameters:
    ///   - password: As the user typed it; it is prepared here, see ``SASLPreparation``.
    ///   - iterations: Those below ``fewestIterations`` are raised to it, those above ``mostIterations`` lowered.
    ///   - salt: Fresh and random when nil.
    /// - Throws: ``SCRAMFailure/unusable`` for a password longer than ``SASLLimits/password`` octets or with
    ///   what is prohibited; ``SCRAMFailure/noRandomness``.
    package init(
        password: String, iterations: UInt32 = standardIterations, salt: [UInt8]? = nil
    ) throws(SCRAMFailure) {
        let salt = if let salt { salt } else { try SCRAMKeys.random(Self.saltLength) }
        let count = min(max(iterations, Self.fewestIterations), Self.mostIterations)
        let keys = SCRAMKeys(saltedPassword: try SCRAMKeys.salted(password, salt: salt, iterations: count))
        self.init(iterations: count, salt: salt, storedKey: keys.storedKey, serverKey: keys.serverKey)
    }

    /// Reads the stored form.
    ///
    /// - Returns: Nil when it is malformed or asks for more than ``mostIterations``.
    package init?(stored: String) {
        guard stored.utf8.count <= Self.longestStored, stored.hasPrefix(Self.prefix) else { return nil }
        let parts = stored.dropFirst(Self.prefix.count).split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let salting = parts[0].split(separator: ":", omittingEmptySubsequences: false)
        let keys = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard salting.count == 2, keys.count == 2, salting[0].utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
            let count = UInt32(salting[0]), (1...Self.mostIterations).contains(count),
            let salt = Base64.decode(salting[1].utf8), (1...SASLLimits.salt).contains(salt.count),
            let storedKey = Base64.decode(keys[0].utf8), storedKey.count == HashFunction.sha256.octets,
            let serverKey = Base64.decode(keys[1].utf8), serverKey.count == HashFunction.sha256.octets
        else { return nil }
        self.init(iterations: count, salt: salt, storedKey: storedKey, serverKey: serverKey)
    }

    /// The stored form.
    package var stored: String {
        "\(Self.prefix)\(iterations):\(Base64.text(salt))$\(Base64.text(storedKey)):\(Base64.text(serverKey))"
    }

    /// Whether this is the password, when it has been sent in clear; slow on purpose, so ask on a worker.
    package func isMade(from password: String) -> Bool {
        guard let salted = try? SCRAMKeys.salted(password, salt: salt, iterations: iterations) else { return false }
        return Digest.areEqual(SCRAMKeys(saltedPassword: salted).storedKey, storedKey)
    }

    /// The secret that is shown for a name nobody has.
    ///
    /// The same name gets the same salt each time, like a real one, and different servers give different ones. No
    /// password fits.
    ///
    /// - Parameters:
    ///   - name: As the client wrote it.
    ///   - key: Random, known to this server only; keep it as long as the accounts, or the salts give strangers away
    ///     by changing.
    ///   - iterations: Those of this server's real secrets.
    /// - Returns: A secret whose keys follow from name and `key`.
    package static func decoy(
        for name: String, key: [UInt8], iterations: UInt32 = standardIterations
    ) -> SCRAMSecret {
        func made(_ purpose: String) -> [UInt8] {
            HashFunction.sha256.authenticate(Array("\(purpose)\0\(name)".utf8), key: key)
        }
        return SCRAMSecret(
            iterations: iterations, salt: Array(made("salt").prefix(saltLength)), storedKey: made("stored key"),
            serverKey: made("server key"))
    }

    /// The iterations alone, so that no log shows what could be attacked.
    package var description: String { "SCRAM-SHA-256 with \(iterations) iterations" }
}
