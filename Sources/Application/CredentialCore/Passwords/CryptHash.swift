import Basics
import CCrypt
import Glibc

/// The hashes of Unix: all that the system's crypt(3) knows, such as yescrypt, bcrypt and SHA-512.
///
/// ```text
///   $y$j9T$<salt>$<digest>        $6$<salt>$<digest>        $2b$12$<salt and digest>
/// ```
///
/// - Isolation: none; safe on any thread. Slow on purpose, so ask on a worker.
enum CryptHash {
    /// The longest password that crypt(3) takes, in octets.
    static let longestPassword = 511

    /// Whether a stored text looks like one of these.
    static func isOne(_ stored: String) -> Bool {
        ["$y$", "$gy$", "$7$", "$2a$", "$2b$", "$2y$", "$6$", "$5$"].contains { stored.hasPrefix($0) }
    }

    /// Whether the password is the one behind the hash (`crypt_ra(3)`).
    ///
    /// A password with a NUL in it, which C would end there, is never right.
    static func verify(_ password: String, against hash: String) -> Bool {
        guard !password.utf8.contains(0), password.utf8.count <= longestPassword, let made = crypt(password, hash)
        else { return false }
        return Digest.areEqual(Array(made.utf8), Array(hash.utf8))
    }

    /// A hash that no password fits, by the method that the system prefers; for names nobody has.
    static let decoy: String = {
        guard let setting = crypt_gensalt_ra(nil, 0, nil, 0) else { return "$6$nobodyatall$" }
        defer { free(setting) }
        let random = (try? Digest.randomOctets(16)) ?? []
        return crypt(Base64.text(random), String(cString: setting)) ?? "$6$nobodyatall$"
    }()

    private static func crypt(_ password: String, _ setting: String) -> String? {
        var memory: UnsafeMutableRawPointer?
        var size: Int32 = 0
        defer { free(memory) }
        guard let made = crypt_ra(password, setting, &memory, &size), made.pointee != CChar(bitPattern: 0x2A) else {
            return nil
        }
        return String(cString: made)
    }
}
