import Basics
import ReactorCore
import TerminalWire
package import WorldModel

extension Game: Attendance {
    package var present: [Presence] {
        let now = reactor.now
        return connected.compactMap { plays[$0.id] }.map { play in
            Presence(persona: play.persona, idle: play.idle(at: now), door: play.latestDoor?.door.name ?? "")
        }
    }

    package var connected: [Thing] {
        if let arrivals { return arrivals }
        let made = plays.values.filter(\.isAttended).sorted { $0.arrival < $1.arrival }.map(\.persona)
        arrivals = made
        return made
    }

    package var inPlay: [Thing] {
        if let bodies { return bodies }
        let waiting = Set(linkDead.keys).union(plays.keys).filter { plays[$0]?.isAttended != true }
            .compactMap { world[$0] }.filter { $0.has(.player) && $0.location != nil }.sorted { $0.id < $1.id }
        let made = connected + waiting
        bodies = made
        return made
    }

    /// Bodies in play whose connection was lost, by name.
    package var unconnectedBodies: [Thing] {
        linkDead.keys.compactMap { world[$0] }.filter { $0.location != nil }.sorted { $0.name < $1.name }
    }

    package func isPresent(_ persona: Thing) -> Bool { plays[persona.id]?.isAttended == true }

    /// As the door has it at which somebody typed last.
    package func usesScreenReader(_ persona: Thing) -> Bool {
        plays[persona.id]?.latestDoor?.profile.screenReader == true
    }
}

/// One connection as administrators see it.
package struct SessionSummary: Sendable {
    /// Empty before login.
    package var name: String
    package var role: Role?
    package var door: String
    package var source: String
    package var idle: Duration
    package var connected: Duration
    package var isPlaying: Bool
}

extension Game {
    package var sessions: [SessionSummary] {
        let now = reactor.now
        return sessionsByNumber.values.sorted { $0.number < $1.number }.map { session in
            let persona = session.persona
            return SessionSummary(
                name: persona?.name ?? "", role: persona.map(role(of:)), door: session.door.name,
                source: session.door.source, idle: session.lastInputAt.duration(to: now),
                connected: session.connectedAt.duration(to: now), isPlaying: persona != nil)
        }
    }
}
