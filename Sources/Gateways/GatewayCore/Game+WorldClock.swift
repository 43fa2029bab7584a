import Basics
import ReactorCore
import WorldModel
import WorldVerbs

/// The world's own hours.
extension Game {
    /// Tells those who are outdoors what they notice of each hour of the world when it begins, from the next one on.
    ///
    /// The world's time is that of the wall, which may be set while the timer runs; an hour that is not later than the one
    /// before is not told of.
    func scheduleWorldClock() {
        let now = wallTime()
        let hour = world.calendar.time(at: now).hours
        reactor.callLater(world.calendar.untilNextHour(at: now)) { [weak self] in
            guard let self else { return }
            if world.calendar.time(at: wallTime()).hours > hour {
                run(makeTurn { interpreter.announceHour($0) })
                lookAtAllSurroundings()
            }
            scheduleWorldClock()
        }
    }
}
