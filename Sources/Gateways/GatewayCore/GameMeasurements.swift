import Basics
package import ReactorCore

/// What a door has let in and out; the door counts its octets here itself.
package final class DoorTraffic {
    /// Connections that got a session.
    package var admitted: UInt64 = 0
    /// Connections that were turned away.
    package var refused: UInt64 = 0
    /// Octets from the peers, as the protocol has them.
    package var received: UInt64 = 0
    /// Octets to the peers.
    package var sent: UInt64 = 0
}

extension Game {
    /// The counters of a door, from the first call on.
    package func traffic(of door: String) -> DoorTraffic {
        if let known = trafficByDoor[door] { return known }
        let made = DoorTraffic()
        trafficByDoor[door] = made
        return made
    }

    /// Events that are remembered because no door has delivered them, over all characters.
    package var heldEventCount: Int { plays.values.reduce(0) { $0 + $1.log.events.count } }

    /// Octets that wait for peers who have not taken them, over all sessions.
    package var waitingOctets: Int { sessionsByNumber.values.reduce(0) { $0 + $1.door.bufferedByteCount } }
}

/// What the game counts about itself.
package struct GameMeasurements {
    /// Commands of players that were carried out, those that changed nothing among them.
    package var commands: UInt64 = 0
    /// Sessions that were ended for reading too slowly.
    package var slowReaders: UInt64 = 0
    /// From the pass that took a command to the disk's word that its turn is there.
    package var turnTimes = DurationHistogram()
    /// Turns handed to the archive together, which are not durable yet.
    private var underWay: [(last: UInt64, count: UInt64, since: MonotonicInstant)] = []

    mutating func submitted(_ count: Int, through last: UInt64, at now: MonotonicInstant) {
        underWay.append((last, UInt64(count), now))
    }

    mutating func reached(_ sequence: UInt64, at now: MonotonicInstant) {
        var done = 0
        while done < underWay.count, underWay[done].last <= sequence {
            turnTimes.record(underWay[done].since.duration(to: now), times: underWay[done].count)
            done += 1
        }
        if done > 0 { underWay.removeFirst(done) }
    }
}
