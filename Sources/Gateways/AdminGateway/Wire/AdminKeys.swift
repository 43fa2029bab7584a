/// The keys by which the player of an account comes in by SSH.
package struct AdminKeys: Codable, Equatable, Sendable {
    /// One key.
    package struct Key: Codable, Equatable, Sendable {
        package var name: String
        /// `SHA256:` and the digest in Base64.
        package var fingerprint: String
        /// Type and key, as files have them.
        package var line: String
        /// RFC 3339, UTC.
        package var added: String
        /// RFC 3339, UTC; absent when never.
        package var lastUsed: String?

        package init(name: String, fingerprint: String, line: String, added: String, lastUsed: String?) {
            self.name = name
            self.fingerprint = fingerprint
            self.line = line
            self.added = added
            self.lastUsed = lastUsed
        }
    }

    package var account: String
    package var keys: [Key]

    package init(account: String, keys: [Key]) {
        self.account = account
        self.keys = keys
    }
}
