import CArgon2
import Glibc

/// Turns passwords into argon2id PHC strings and checks them.
///
/// Every call costs tens of milliseconds and `cost.memory` of memory on purpose: run it on a worker
/// thread (``CredentialDesk`` does). The salt comes from the kernel.
///
/// ```text
///   $argon2id$v=19$m=19456,t=2,p=1$<salt, base64>$<digest, base64>
/// ```
///
/// - Isolation: none; safe on any thread.
/// - Source: RFC 9106, the PHC string format; the standard cost is the floor of the OWASP cheat sheet.
package enum PasswordHasher {
    /// What one guess costs, in argon2's own units.
    package struct Cost: Equatable, Sendable {
        /// Memory in KiB.
        package var memory: UInt32
        package var passes: UInt32
        package var lanes: UInt32

        package init(memory: UInt32, passes: UInt32, lanes: UInt32) {
            self.memory = memory
            self.passes = passes
            self.lanes = lanes
        }

        /// 19 MiB, two passes, one lane: about 20 ms on one core of a small server.
        package static let standard = Cost(memory: 19_456, passes: 2, lanes: 1)

        /// The most a stored string may ask for, so that a damaged one cannot stall or exhaust the server.
        static let ceiling = Cost(memory: 1_048_576, passes: 64, lanes: 16)

        /// The smallest argon2 itself accepts; for tests, where the work is not the subject.
        package static let trivial = Cost(memory: 8, passes: 1, lanes: 1)
    }

    /// The longest password that is looked at, in octets of UTF-8.
    package static let longestPassword = 1024

    private static let saltLength = 16
    private static let digestLength = 32
    /// The longest PHC string that is looked at, in octets; ours are 97.
    private static let longestStored = 512

    /// What is compared when there is no account, so that "no such account" takes as long as "wrong password".
    static let decoy =
        "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGF0IGFsbCE$q0kJ4hzGzqvBqYzqkqfR0m3T3mWc5E8nF1uB6c8n0Lk"

    /// The PHC string to keep for a password, with a fresh salt.
    ///
    /// - Throws: ``PasswordFailure/tooLong`` above ``longestPassword``, or the machine's refusal of memory
    ///   or randomness.
    package static func hash(_ password: String, cost: Cost = .standard) throws(PasswordFailure) -> String {
        try hash(password, salt: makeSalt(), cost: cost)
    }

    /// Whether the password is the one behind a stored PHC string.
    ///
    /// A string that is malformed, asks for too much or is of another algorithm matches nothing. With such a string, or
    /// none at all, the same work is done and the answer is `false`.
    package static func verify(_ password: String, against stored: String?) -> Bool {
        let readable = stored.flatMap { readCost(of: $0) == nil ? nil : $0 }
        let octets = Array(password.utf8)
        guard octets.count <= longestPassword else { return false }
        let outcome = octets.withUnsafeBytes { bytes in
            argon2id_verify(readable ?? decoy, bytes.baseAddress, bytes.count)
        }
        return readable != nil && outcome == ARGON2_OK.rawValue
    }

    /// Whether a stored string was made at another cost than today's, so that the next login should renew it.
    package static func needsRehash(_ stored: String, cost: Cost = .standard) -> Bool {
        readCost(of: stored) != cost
    }

    static func hash(_ password: String, salt: [UInt8], cost: Cost) throws(PasswordFailure) -> String {
        let octets = Array(password.utf8)
        if octets.count > longestPassword { throw .tooLong }
        var encoded = [CChar](
            repeating: 0,
            count: argon2_encodedlen(
                cost.passes, cost.memory, cost.lanes, UInt32(clamping: salt.count), UInt32(digestLength), Argon2_id))
        let outcome = octets.withUnsafeBytes { bytes in
            argon2id_hash_encoded(
                cost.passes, cost.memory, cost.lanes, bytes.baseAddress, bytes.count, salt, salt.count,
                digestLength, &encoded, encoded.count)
        }
        guard outcome == ARGON2_OK.rawValue else { throw .refused(String(cString: argon2_error_message(outcome))) }
        return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func makeSalt() throws(PasswordFailure) -> [UInt8] {
        var salt = [UInt8](repeating: 0, count: saltLength)
        guard getentropy(&salt, salt.count) == 0 else { throw .noRandomness }
        return salt
    }

    /// The cost a PHC string states, or nil when the string is not an argon2id string within the ceiling.
    ///
    /// The library would allocate whatever `m` says before it notices anything else, hence this check first.
    static func readCost(of stored: String) -> Cost? {
        guard stored.utf8.count <= longestStored, stored.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let fields = stored.split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 6, fields[0].isEmpty, fields[1] == "argon2id", fields[2] == "v=19" else { return nil }
        guard !fields[4].isEmpty, !fields[5].isEmpty else { return nil }
        let settings = fields[3].split(separator: ",", omittingEmptySubsequences: false)
        guard settings.count == 3,
            let memory = readSetting(settings[0], "m=", through: Cost.ceiling.memory),
            let passes = readSetting(settings[1], "t=", through: Cost.ceiling.passes),
            let lanes = readSetting(settings[2], "p=", through: Cost.ceiling.lanes)
        else { return nil }
        return Cost(memory: memory, passes: passes, lanes: lanes)
    }

    private static func readSetting(_ text: Substring, _ name: String, through ceiling: UInt32) -> UInt32? {
        guard text.hasPrefix(name), let value = UInt32(text.dropFirst(name.count)), value >= 1, value <= ceiling
        else { return nil }
        return value
    }
}

/// Why a password could not be turned into a hash.
package enum PasswordFailure: Error, Equatable, CustomStringConvertible {
    case tooLong
    case noRandomness
    case refused(String)

    package var description: String {
        switch self {
        case .tooLong: "a password may be at most \(PasswordHasher.longestPassword) octets long"
        case .noRandomness: "the system gave no random bytes for a password's salt"
        case .refused(let reason): "the password could not be hashed: \(reason)"
        }
    }
}
