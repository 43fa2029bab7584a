import Basics
import DigestWire

/// A password made by the server for one program of a user's, as a mail reader that knows nothing of second factors.
///
/// ```text
///   kqzvm-rwpta-hgdns-xbyec        four groups of five letters without i, l and o; 90 bits
///   phone:imap,smtp:<SHA-256>      stored: what it is for, the doors, the digest in Base64
/// ```
///
/// It is shown once and stored as SHA-256: with that many bits there is nothing to guess, so checking it is fast and
/// needs no worker. It opens only the doors it was made for, and is taken back alone.
///
/// - Isolation: none; a value type.
package struct ApplicationPassword: Hashable, Sendable {
    /// Stands among the doors for all of them.
    static let everyDoor = "*"

    /// What the user calls it, as `phone`.
    package let label: String
    /// The doors it is good for, as `imap` and `smtp`.
    package let doors: Set<String>
    /// What is kept of the password; see ``digest(of:)``.
    package let digest: String

    private init(label: String, doors: Set<String>, digest: String) {
        self.label = label
        self.doors = doors
        self.digest = digest
    }

    /// Reads the stored form; nil when it is malformed.
    package init?(stored: Substring) {
        let fields = stored.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 3, Base64.decode(fields[2].utf8)?.count == HashFunction.sha256.octets else { return nil }
        self.init(label: fields[0], doors: Set(fields[1].split(separator: ",").map(String.init)), digest: fields[2])
    }

    /// The stored form; no field of it may have a colon, no door a comma.
    package var stored: String { "\(label):\(doors.sorted().joined(separator: ",")):\(digest)" }

    /// Makes a new one.
    ///
    /// - Parameters:
    ///   - label: What the user calls it.
    ///   - doors: The doors it shall be good for.
    /// - Returns: The password to show to the user, once, and what to keep of it.
    /// - Throws: ``PasswordFailure/noRandomness``.
    package static func make(
        label: String, doors: Set<String>
    ) throws(PasswordFailure) -> (password: String, kept: ApplicationPassword) {
        let password = try ReadableSecret.make(groups: 4, length: 5)
        return (password, ApplicationPassword(label: label, doors: doors, digest: digest(of: password)))
    }

    /// What is kept of a password, as typed: its SHA-256 in Base64, which is as random as the password, so that looking it up
    /// in a table tells nobody anything.
    package static func digest(of typed: String) -> String { ReadableSecret.digest(of: typed) }

    /// Whether it is good for a door.
    package func opens(_ door: String) -> Bool { doors.contains(door) || doors.contains(Self.everyDoor) }
}
