import CredentialCore
package import WorldModel

/// Who comes in by a door that asks for credentials before there is a session, as SSH does.
///
/// A door gets one from ``Game/logIn(_:from:)``, or for names that need no credentials from ``Game/openEntry(_:)``, and makes as
/// many sessions with it as its connection has channels; see ``Game/makeSession(door:profile:entry:locale:)``.
///
/// - Isolation: belongs to the reactor's thread.
package struct GameEntry: Avatar, Hashable {
    /// What an entry lets somebody be.
    package enum Who: Hashable, Sendable {
        /// This character.
        case character(ThingID)
        /// One of the characters of this account; a session asks which.
        case account(ThingID)
        /// Somebody whose password is kept elsewhere and who comes for the first time; the first session makes the character.
        case outsider(String)
        /// Somebody who looks around; each session has a body of its own.
        case guest
        /// Somebody who wants to make a character and was asked for nothing; a session asks for its name and password.
        case newcomer
    }

    package let who: Who
    /// As the game spells it; empty for guests and newcomers.
    package let name: String
    /// What was shown, for the audit trail: `password`, `key SHA256:…`; empty for nothing.
    package let means: String

    package init(_ who: Who, name: String = "", means: String = "") {
        self.who = who
        self.name = name
        self.means = means
    }

    /// Whether somebody has shown who they are, so that they do not count as a stranger.
    package var isProven: Bool {
        switch who {
        case .character, .account, .outsider: true
        case .guest, .newcomer: false
        }
    }
}
