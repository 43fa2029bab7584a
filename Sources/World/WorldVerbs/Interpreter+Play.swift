import Basics
package import WorldLanguage
package import WorldModel

/// Coming into play and leaving it.
extension Interpreter {
    /// Puts a body where its player left it, or where everybody begins, and shows the place.
    package func enterPlay(_ persona: Thing, _ turn: Turn) throws {
        let last = turn.world.thing(persona, .lastPlace)
        guard let place = last.flatMap({ $0.has(.place) ? $0 : nil }) ?? turn.world.startPlace else {
            throw turn.refusal("This world has no place to begin in.")
        }
        turn.world.move(persona, to: place)
        turn.world.noteVisit(of: place, by: persona)
        let isNew = persona[.lastSeen] == 0
        turn.world.set(.lastSeen, to: Int(turn.world.now.milliseconds), on: persona)
        turn.announce("\(persona) \(verb: "arrive").", in: place, except: [persona], as: .movement)
        Channel.enforceBans(on: persona, turn)
        turn.show(RoomView(turn: turn).text())
        tellOfReports(persona, turn)
        tellOfMail(persona, turn)
        tellOfEditing(persona, turn)
        offerTutorial(persona, isNew: isNew, turn)
    }

    /// Tells newcomers where playing is taught, and learners that they may go on.
    private func offerTutorial(_ persona: Thing, isNew: Bool, _ turn: Turn) {
        guard isNew || !persona[.lesson].isEmpty, tutorial != nil else { return }
        turn.tell(
            persona,
            isNew
                ? "Are you new here? Type \(typed: "tutorial") to learn playing in ten minutes."
                : "You are in the middle of the tutorial. Type \(typed: "tutorial") to go on.", as: .reference)
    }

    /// Takes a body out of the world with what it carries.
    ///
    /// What it may not take along stays: see ``leaveBehind(_:_:_:)``. A guest ceases to be.
    package func leavePlay(_ persona: Thing, _ turn: Turn) {
        guard let location = persona.location else { return }
        turn.announce("\(persona) \(verb: "be") gone.", in: persona.place, except: [persona], as: .movement)
        if let place = persona.place ?? (location.has(.place) ? location : nil) {
            turn.world.set(.lastPlace, to: place, on: persona)
        }
        turn.world.set(.lastSeen, to: Int(turn.world.now.milliseconds), on: persona)
        disband(persona, turn)
        Tutorial.takeBack(from: persona, turn.world)
        leaveBehind(persona, location, turn)
        turn.world.set(PropertyKey(.told), to: nil, on: persona)
        turn.world.set(PropertyKey(.away), to: nil, on: persona)
        turn.world.move(persona, to: nil)
        Accounts.removeGuest(persona, world: turn.world)
    }

    /// A connection broke; the body stays.
    package func linkLost(_ persona: Thing, _ turn: Turn) {
        turn.announce("\(persona) \(verb: "stare") into space.", in: persona.place, except: [persona], as: .movement)
    }

    /// Its player is back.
    package func linkRestored(_ persona: Thing, _ turn: Turn, wasConnected: Bool) {
        if !wasConnected {
            turn.announce(
                "\(persona) \(verb: "be") back.", in: persona.place, except: [persona],
                as: .movement)
        }
        turn.show(RoomView(turn: turn).text())
        tellOfReports(persona, turn)
        tellOfMail(persona, turn)
        tellOfEditing(persona, turn)
    }
}
