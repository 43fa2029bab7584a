import Basics
import ReactorCore
import WorldLanguage
import WorldModel
import WorldVerbs

/// What the game tells those who list games: counted, not claimed.
package struct GameCensus: Equatable, Sendable {
    package var title = ""
    /// Who is connected and in play.
    package var players = 0
    /// In whole seconds since 1970.
    package var startedAt: Int64 = 0
    package var areas = 0
    package var rooms = 0
    /// Things that are no rooms, ways, creatures or the game's own.
    package var objects = 0
    /// Creatures that nobody plays.
    package var creatures = 0
    package var helpPages = 0
    /// By their codes, English first.
    package var languages: [String] = []

    /// How long things counted once are not counted again: that goes through the whole world.
    static let validity = Duration.seconds(60)
}

extension Game {
    /// The census of now; what is in the world may have been counted up to a minute ago.
    ///
    /// - Complexity: O(1), but O(*n*) in the things of the world once a minute.
    package var census: GameCensus {
        var census = countedWorld
        census.title = title
        census.players = plays.values.count { $0.isAttended }
        census.startedAt = wallTime().milliseconds / 1000 - uptime.components.seconds
        census.helpPages = interpreter.help.entries.count + interpreter.verbs.verbs.count
        census.languages = ["en"] + interpreter.languages.languages.map(\.code)
        return census
    }

    private var countedWorld: GameCensus {
        if let known = lastCount, known.at.duration(to: reactor.now) < GameCensus.validity { return known.census }
        var census = GameCensus()
        var areas: Set<String> = []
        for thing in world.things.values {
            if thing.has(.place) {
                census.rooms += 1
                if !thing[.area].isEmpty { areas.insert(thing[.area]) }
            } else if thing.has(.persona) {
                if !thing.has(.player) { census.creatures += 1 }
            } else if thing.location != nil, !thing.hasAny(of: [.exit, .door, .letter, .folder]) {
                census.objects += 1
            }
        }
        census.areas = areas.count
        lastCount = (reactor.now, census)
        return census
    }
}
