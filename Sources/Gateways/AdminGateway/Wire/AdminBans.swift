/// From where nobody is let in.
package struct AdminBans: Codable, Equatable, Sendable {
    /// One address or network.
    package struct Ban: Codable, Equatable, Sendable {
        /// `192.0.2.7`, `192.0.2.0/24`.
        package var network: String
        /// RFC 3339, UTC; absent when it holds until it is taken back.
        package var until: String?
        /// Who decided it: a character's name, or `uid 0` for a user of the machine.
        package var by: String
        /// RFC 3339, UTC.
        package var since: String
        /// What those read who are kept out; may be empty.
        package var reason: String

        package init(network: String, until: String?, by: String, since: String, reason: String) {
            self.network = network
            self.until = until
            self.by = by
            self.since = since
            self.reason = reason
        }
    }

    package var bans: [Ban]

    package init(_ bans: [Ban]) { self.bans = bans }
}
