package import Basics

/// A password made by the server for one program of a user's, as a mail reader that knows nothing of second factors.
///
/// ```text
///   kqzvm-rwpta-hgdns-xbyec        four groups of five letters without i, l and o; 90 bits
/// ```
///
/// It is shown once and stored as SHA-256: with that many bits there is nothing to guess, so checking it is fast and
/// needs no worker. It opens only the doors it was made for, and is taken back alone.
///
/// - Isolation: none; a value type, time is a parameter.
package struct ApplicationPassword: Hashable, Sendable {
    /// Octets of the longest label.
    package static let longestLabel = 64

    /// What the user calls it, as `phone`.
    package let label: String
    /// The doors it is good for, as `imap` and `smtp`.
    package let doors: Set<String>
    package let created: WallInstant
    /// When it last opened a door; nil when it never did.
    package private(set) var lastUsed: WallInstant?
    /// What is kept of the password: its SHA-256 in Base64.
    package let digest: String

    /// Takes up what was kept.
    package init(
        label: String, doors: Set<String>, created: WallInstant, lastUsed: WallInstant? = nil, digest: String
    ) {
        self.label = label
        self.doors = doors
        self.created = created
        self.lastUsed = lastUsed
        self.digest = digest
    }

    /// Makes a new one.
    ///
    /// - Parameters:
    ///   - label: What the user calls it; cut off after ``longestLabel`` octets, at a whole character.
    ///   - doors: The doors it shall be good for.
    ///   - now: When.
    /// - Returns: The password to show to the user, once, and what to keep of it.
    /// - Throws: ``PasswordFailure/noRandomness``.
    package static func make(
        label: String, doors: Set<String>, now: WallInstant
    ) throws(PasswordFailure) -> (password: String, kept: ApplicationPassword) {
        let password = try ReadableSecret.make(groups: 4, length: 5)
        var label = label
        while label.utf8.count > longestLabel { label.removeLast() }
        let kept = ApplicationPassword(
            label: label, doors: doors, created: now, digest: ReadableSecret.digest(of: password))
        return (password, kept)
    }

    /// Looks for the password that was typed among a user's, and notes that it was used.
    ///
    /// The time taken does not tell which it is, nor how much of it is right.
    ///
    /// - Parameters:
    ///   - typed: As it came; capitals, spaces and hyphens make no difference.
    ///   - door: Where it came.
    ///   - now: When.
    ///   - kept: All the user has; `lastUsed` of the one found is set.
    /// - Returns: The place of the one that fits and is good for the door, or nil.
    /// - Complexity: O(*n*) in the passwords kept.
    package static func use(
        _ typed: String, at door: String, now: WallInstant, among kept: inout [ApplicationPassword]
    ) -> Int? {
        let digest = Array(ReadableSecret.digest(of: typed).utf8)
        var found: Int?
        for place in kept.indices {
            let isRight = Digest.areEqual(Array(kept[place].digest.utf8), digest)
            if isRight, kept[place].doors.contains(door) { found = place }
        }
        if let found { kept[found].lastUsed = now }
        return found
    }
}
