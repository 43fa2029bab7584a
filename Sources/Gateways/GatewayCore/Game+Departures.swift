import Basics
import ReactorCore
import WorldLanguage
import WorldModel
import WorldVerbs

/// Bodies without a player: how long they stand, and how they go.
extension Game {
    /// What becomes of a body that has no player any more.
    enum Departure {
        /// It waits for its player.
        case standsStill
        /// It goes out of play.
        case leaves
    }

    /// Lets a body without a player go, at once while this pass has time; otherwise it stands as it is until its turn comes.
    func depart(_ persona: Thing, _ departure: Departure) {
        if departures.isEmpty, passBudget.allows(.departure, in: pass) { return carryOut(departure, persona.id) }
        if departing.updateValue(departure, forKey: persona.id) == nil { departures.append(persona.id) }
        schedulePassEnd()
    }

    /// Lets those go who wait for it, as long as there is more of them and `mayGoOn`.
    func takeDepartures(while mayGoOn: () -> Bool) {
        while mayGoOn(), let id = departures.popFirst() {
            // Whoever came back in time is not among them any more.
            if let departure = departing.removeValue(forKey: id) { carryOut(departure, id) }
        }
    }

    /// Lets all go who wait for it; for the end.
    func finishDepartures() { takeDepartures { true } }

    private func carryOut(_ departure: Departure, _ id: ThingID) {
        guard let persona = world[id], !isPresent(persona) else { return }
        spend(.departure) {
            linkDead.removeValue(forKey: id)?.cancel()
            if departure == .leaves { return leave(persona) }
            run(
                interpreter.turn(by: persona, role: role(of: persona), at: wallTime(), seed: random.next()) { turn in
                    interpreter.linkLost(persona, turn)
                    if let play = plays[id] { keepUnread(of: play) }
                })
            awaitReturn(of: persona)
        }
    }

    /// Takes a body out of play when its player does not come back in time.
    func awaitReturn(of persona: Thing) {
        linkDead[persona.id]?.cancel()
        linkDead[persona.id] = reactor.callLater(settings.linkDeadLimit) { [weak self] in
            guard let self else { return }
            linkDead[persona.id] = nil
            if persona.exists, !isPresent(persona) { depart(persona, .leaves) }
        }
    }

    /// Takes a body out of play; a guest's ceases to be.
    func leave(_ persona: Thing) {
        // Taken up before the turn takes it from the body: nobody may have told a body anything since the start.
        let play = plays[persona.id] ?? playWithoutDoors(persona)
        run(
            interpreter.turn(by: persona, role: role(of: persona), at: wallTime(), seed: random.next()) { turn in
                interpreter.leavePlay(persona, turn)
                // For the next time.
                if let play, persona.exists, !play.log.isDelivered { keepUnread(of: play) }
            })
        hasLeft(persona)
    }

    /// A body was taken out of play, if that could be kept.
    func hasLeft(_ persona: Thing) {
        interpreter.forget(persona)
        if !persona.exists || persona.location == nil { plays[persona.id] = nil }
        // Refused while the world is read-only: the body waits like one whose connection was lost.
        if persona.exists, persona.location != nil, !isShuttingDown { awaitReturn(of: persona) }
    }
}
