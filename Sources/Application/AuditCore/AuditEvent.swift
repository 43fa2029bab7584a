/// Something that an administrator may have to answer for, or to look up later.
package struct AuditEvent: Codable, Hashable, Sendable {
    /// What happened.
    ///
    /// Open-ended, so that a trail of a newer version can be read and gone on with.
    package struct Kind: RawRepresentable, Codable, Hashable, Sendable {
        /// The server began to run.
        package static let start = Kind(rawValue: "start")
        /// The server ended in an orderly way.
        package static let stop = Kind(rawValue: "stop")
        /// Somebody came in with a password, or was not let in.
        package static let login = Kind(rawValue: "login")
        /// Somebody who had come in is gone.
        package static let logout = Kind(rawValue: "logout")
        /// A player made a character with its account.
        package static let create = Kind(rawValue: "create")
        /// A player ended one of their characters.
        package static let delete = Kind(rawValue: "delete")
        /// Somebody changed their own password, or failed to.
        package static let password = Kind(rawValue: "password")
        /// Somebody took the game over with the claim code, or tried to.
        package static let claim = Kind(rawValue: "claim")
        /// An administrator's command that changes something.
        package static let administer = Kind(rawValue: "administer")
        /// An owner of the game looked into the running server.
        package static let inspect = Kind(rawValue: "inspect")
        /// A connection was made for an administrator.
        package static let forward = Kind(rawValue: "forward")
        /// Records that were not written down: too many at once, or the disk took none.
        package static let omitted = Kind(rawValue: "omitted")
        /// What the trail itself went through: it was mended after a loss of power, or begun anew.
        package static let trail = Kind(rawValue: "trail")

        /// Those that this version writes.
        package static let known = [
            start, stop, login, logout, create, delete, password, claim, administer, inspect, forward, omitted, trail,
        ]

        package let rawValue: String

        package init(rawValue: String) { self.rawValue = rawValue }
    }

    /// Whether it came about.
    package enum Outcome: String, Codable, CaseIterable, Sendable {
        case done
        case refused
    }

    /// Scalars of one text; what is longer is cut.
    package static let longestText = 1024

    package var kind: Kind
    package var outcome: Outcome
    /// Who did it: a character's name, or `uid 0` for a user of the machine; empty when nobody did.
    package var actor: String
    /// Where from: `telnet 192.0.2.7`, `control socket`.
    package var origin: String
    /// Whom or what it was done to, when that is not the actor.
    package var subject: String
    /// What else there is to know; never a secret.
    package var detail: String

    package init(
        _ kind: Kind, _ outcome: Outcome = .done, actor: String = "", origin: String = "", subject: String = "",
        detail: String = ""
    ) {
        self.kind = kind
        self.outcome = outcome
        self.actor = Self.cut(actor)
        self.origin = Self.cut(origin)
        self.subject = Self.cut(subject)
        self.detail = Self.cut(detail)
    }

    private static func cut(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard text.utf8.count > longestText, scalars.count > longestText else { return text }
        return String(String.UnicodeScalarView(scalars.prefix(longestText))) + "…"
    }
}
