import Basics
import ReactorCore
package import WorldModel

extension Game: Attendance {
    package var present: [Presence] {
        sessionsByPersona.values.sorted { $0.number < $1.number }.compactMap { session in
            session.persona.map {
                Presence(
                    persona: $0, idle: session.lastInputAt.duration(to: reactor.now), door: session.door.name)
            }
        }
    }

    /// Bodies in play whose connection was lost, by name.
    package var unconnectedBodies: [Thing] {
        linkDead.keys.compactMap { world[$0] }.filter { $0.location != nil }.sorted { $0.name < $1.name }
    }

    package func isPresent(_ persona: Thing) -> Bool { sessionsByPersona[persona.id] != nil }
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
