package import Basics
import ReactorCore
import WorldLanguage
package import WorldModel
import WorldVerbs

/// What doors need whose protocol has words of its own for coming, going and going on as somebody else.
extension Game {
    /// Whether people may make characters whose passwords are kept here.
    package var mayMakeCharacters: Bool { makesAccounts }

    /// By which door somebody did something last; nil when they are not connected.
    package func door(of persona: Thing) -> String? { plays[persona.id]?.latestDoor?.door.name }

    /// How long somebody who is connected has done nothing; nil for all others.
    package func idle(of persona: Thing) -> Duration? {
        plays[persona.id].flatMap { $0.isAttended ? $0.idle(at: reactor.now) : nil }
    }

    /// When somebody who is connected came, by the door that they have had for longest; nil for all others.
    package func arrival(of persona: Thing) -> WallInstant? {
        plays[persona.id]?.doors.map(\.connectedAt).min().map { connectedAt in
            let age = connectedAt.duration(to: reactor.now).components
            return WallInstant(
                milliseconds: wallTime().milliseconds - age.seconds * 1000 - age.attoseconds / 1_000_000_000_000_000)
        }
    }

    /// Whether others may know when somebody was here last.
    package func tellsLastSeen(of persona: Thing) -> Bool { world.holder(of: persona)[.settings]["lastseen"] != "off" }

    /// Has a guest go on at this door as the character they have made; the guest's body ceases to be.
    package func goOn(_ session: Session, as entry: GameEntry) {
        guard let guest = session.persona, guest[.isGuest], let persona = character(of: entry) else { return }
        detach(session, guest, "goes on as \(persona.name)")
        if doors(of: guest).isEmpty { leave(guest) }
        admit(persona, to: session, renewedHash: nil, isKnown: true)
    }
}

extension Session {
    /// The player has said goodbye in the words of the door's protocol, and the connection ends: the character goes out of play, unless
    /// other doors are attached to it.
    package func leave() {
        if let persona {
            game.detach(self, persona)
            if !game.isPresent(persona) { game.depart(persona, .leaves) }
        }
        connectionLost()
    }
}
