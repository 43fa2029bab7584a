import Basics
import GatewayCore
import ReactorCore
import WorldModel

/// What a ``Manhole`` shows of a running game.
struct ManholeReport {
    let game: Game

    /// Things or connections that are listed at most.
    private static let most = 200

    func text(_ word: String, _ rest: String) -> String {
        switch word {
        case "help":
            """
            thing #NUMBER     everything there is to know of a thing
            things [TEXT]     how many there are of each kind; or those whose name or number has the text
            connections       who is connected, where from, by which door
            timers            calls that wait for their time, and what the event loop has done
            turns             how far the game has come, and how far the disk
            quit              the end
            """
        case "things": things(rest.folded)
        case "connections": connections
        case "timers": timers
        case "turns": turns
        default: "There is no \(word); type help."
        }
    }

    private func things(_ text: String) -> String {
        let all = game.world.things
        if text.isEmpty {
            let counts = Faculties.names.map { name, faculty in
                (name, all.values.count { $0.ownFaculties.contains(faculty) })
            }
            return (["\(all.count) things"] + counts.filter { $0.1 > 0 }.map { "  \($0.0) \($0.1)" }).joined(
                separator: "\n")
        }
        let found = all.values.filter { $0.name.folded.contains(text) || "\($0.id)".contains(text) }.sorted {
            $0.id < $1.id
        }
        if found.isEmpty { return "No thing has that in its name or number." }
        let lines = found.prefix(Self.most).map { "\($0.id)  \($0.name)" }
        return (lines + (found.count > Self.most ? ["and \(found.count - Self.most) more"] : [])).joined(
            separator: "\n")
    }

    private var connections: String {
        let sessions = game.sessions
        let lines = sessions.prefix(Self.most).map { session in
            [
                session.name.isEmpty ? "(login)" : session.name, session.role?.rawValue ?? "-", session.door,
                session.source,
                "connected \(session.connected.spoken)", "idle \(session.idle.spoken)",
            ].joined(separator: "  ")
        }
        let doors = game.trafficByDoor.sorted { $0.key < $1.key }.map { name, traffic in
            "\(name): \(traffic.admitted) admitted, \(traffic.refused) refused, \(traffic.received) octets in, \(traffic.sent) out"
        }
        return (["\(sessions.count) session\(sessions.count == 1 ? "" : "s")"] + lines + doors).joined(separator: "\n")
    }

    private var timers: String {
        let (reactor, counters) = (game.reactor, game.reactor.counters)
        return """
            \(reactor.delayedCallCount) calls wait for their time; \(counters.delayedCalls) were made
            \(counters.passes) passes of the loop, the longest \(counters.passTimes.longest)
            \(counters.handlerCalls) calls for descriptors, \(counters.mailboxCalls) from other threads, \(counters.stalls) stalls
            \(game.unconnectedBodies.count) bodies wait for their players
            """
    }

    private var turns: String {
        let times = game.measurements.turnTimes
        return """
            turn \(game.world.sequence), durable through \(game.durable)\(game.isReadOnly ? "; READ-ONLY" : "")
            \(game.measurements.commands) commands; the slowest turn was durable after \(times.longest)
            up \(game.uptime.spoken), \(game.waitingOctets) octets wait for peers, \(game.heldEventCount) events for players
            """
    }
}
