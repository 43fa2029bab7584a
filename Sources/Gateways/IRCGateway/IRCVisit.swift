import ChatPeers
import CredentialCore
import GatewayCore

/// One connection of a client of IRC, from its begin: who it is, and the door it has once it is in play.
///
/// - Isolation: belongs to the reactor's thread.
final class IRCVisit {
    /// Its place in the game while it has no session.
    let knock: Knock
    /// Who it is, once that is shown.
    private(set) var entry: GameEntry?
    var door: IRCDoor?
    /// What a guest's client wanted to be called.
    var wantedNick: String?
    /// What the connection came to so far, for the penalty of its source; nil once somebody is in.
    var offence: SourcePenalties.Offence? = .noLogin

    init(_ knock: Knock) {
        self.knock = knock
    }

    /// Takes whoever has come in.
    func take(_ entry: GameEntry) {
        self.entry = entry
        knock.admit(entry, door: IRCDoor.title)
    }
}
