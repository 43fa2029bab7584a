/// The codes that stand in for a lost authenticator, each of them once.
///
/// ```text
///   kqzvmr-wptahg-dnsxby        three groups of six letters, 81 bits
/// ```
///
/// - Isolation: none; a value type.
package struct RecoveryCodes: Hashable, Sendable {
    /// Codes made at once.
    package static let count = 10

    /// What is kept of the codes not used yet: their SHA-256 in Base64.
    package private(set) var stored: [String]

    /// Takes up what was kept.
    ///
    /// - Parameter stored: What ``stored`` was; more than ``count`` are cut off.
    package init(stored: [String]) {
        self.stored = Array(stored.prefix(Self.count))
    }

    /// Makes new codes.
    ///
    /// - Returns: The codes to show to the user, once, and what to keep of them.
    /// - Throws: ``PasswordFailure/noRandomness``.
    package static func make() throws(PasswordFailure) -> (codes: [String], kept: RecoveryCodes) {
        var codes: [String] = []
        for _ in 0..<count { codes.append(try ReadableSecret.make(groups: 3, length: 6)) }
        return (codes, RecoveryCodes(stored: codes.map(ReadableSecret.digest(of:))))
    }

    /// Uses a code up, as typed; the time taken does not tell which it is.
    ///
    /// - Returns: Whether it is one of the codes left; it is not any more.
    package mutating func use(_ typed: String) -> Bool {
        let digest = Array(ReadableSecret.digest(of: typed).utf8)
        var found: Int?
        for place in stored.indices where Digest.areEqual(Array(stored[place].utf8), digest) { found = place }
        guard let found else { return false }
        stored.remove(at: found)
        return true
    }
}
