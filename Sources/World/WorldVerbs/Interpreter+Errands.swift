package import Basics
import WorldLanguage
package import WorldModel

/// Single commands of somebody who is not at the game for them.
extension Interpreter {
    /// Plays one command, and nothing else that a line might be: no part of a text that is being written.
    ///
    /// A body that is out of play stands in its place for this one turn. Nobody sees it come or go, unless the command led it
    /// elsewhere; what it says and does is seen as ever.
    ///
    /// - Returns: What came of it; the requests are the caller's to refuse, because a dialogue needs a player who stays.
    package func performErrand(
        _ line: String, by actor: Thing, role: Role, at time: WallInstant, seed: UInt64
    ) -> Outcome {
        let command = line.cleaned.trimmed
        if command.isEmpty { return Outcome(deliveries: [], requests: [], record: nil, fault: nil) }
        let (isAway, wasEditing) = (actor.location == nil, actor[.isEditing])
        let outcome = turn(by: actor, role: role, at: time, seed: seed) { turn in
            let place = isAway ? try stepIn(actor, turn) : nil
            try interpret(command, turn)
            try mustBeErrand(turn, isEditing: actor[.isEditing] && !wasEditing)
            if isAway, actor.exists { stepOut(actor, from: place, turn) }
        }
        if isAway { forget(actor) }
        return outcome
    }

    /// Plays one command of a guest who is not at the game, and takes all of it back: there was no body of theirs.
    ///
    /// - Parameters:
    ///   - line: What would change anything but the guest, or be told to anybody else, is refused.
    ///   - settings: As of a guest who comes in.
    ///   - time: What time it is.
    ///   - seed: For what is left to chance.
    /// - Returns: What came of it, and who read it; nobody else is told anything.
    package func performGlance(
        _ line: String, settings: [String: String], at time: WallInstant, seed: UInt64
    ) -> (outcome: Outcome, guest: Thing?) {
        let command = line.cleaned.trimmed
        var outcome = Outcome(deliveries: [], requests: [], record: nil, fault: nil)
        guard !command.isEmpty, let place = world.startPlace else { return (outcome, nil) }
        var number = 1
        while world.player(named: "Guest\(number)") != nil { number += 1 }
        let turn = Turn(world: world, actor: place, role: .guest, attendance: attendance, languages: spoken)
        world.beginTurn(at: time, seed: seed)
        defer { world.rollBack() }
        let guest = Accounts.createGuest(number: number, settings: settings, turn: turn)
        world.move(guest, to: place)
        turn.goOn(as: guest, role: .guest)
        turn.isGlance = true
        defer { forget(guest) }
        let count = world.changes.count
        do {
            try interpret(command, turn)
            try mustBeErrand(turn, isEditing: guest[.isEditing])
            try mustBeGlance(turn, world.changes.dropFirst(count))
            outcome.deliveries = turn.deliveries
        } catch let refusal as Refusal {
            outcome.deliveries = [Delivery(recipients: [guest], text: refusal.text, category: .refusal)]
        } catch {
            outcome.fault = "\(error)"
        }
        return (outcome, guest)
    }

    /// Refuses what begins something that a single command does not stay for.
    private func mustBeErrand(_ turn: Turn, isEditing: Bool) throws {
        if isEditing || turn.requests.contains(where: { $0 != .settingsChanged && $0 != .quit }) {
            throw turn.refusal("That is a conversation with you. Please log in without a command for it.")
        }
        if turn.requests.contains(.quit) {
            throw turn.refusal("There is nothing to leave: a single command ends by itself.")
        }
    }

    /// Refuses what is more than a look.
    private func mustBeGlance(_ turn: Turn, _ changes: ArraySlice<Change>) throws {
        let changesOthers = changes.contains { change in
            if case .set(turn.actor.id, _, _) = change { return false }
            return true
        }
        let tellsOthers = turn.deliveries.contains { $0.recipients.contains { $0 !== turn.actor } }
        if changesOthers || tellsOthers || turn.deliveries.contains(where: { $0.category.isTalk }) {
            throw turn.refusal(
                "A guest's single command only looks and asks. Please log in without a command for more.")
        }
    }

    /// Puts a body where its player left it, without a word.
    private func stepIn(_ persona: Thing, _ turn: Turn) throws -> Thing {
        let last = turn.world.thing(persona, .lastPlace)
        guard let place = last.flatMap({ $0.has(.place) ? $0 : nil }) ?? turn.world.startPlace else {
            throw turn.refusal("This world has no place to begin in.")
        }
        turn.world.move(persona, to: place)
        return place
    }

    /// Takes it out again; who saw it arrive somewhere sees it go.
    private func stepOut(_ persona: Thing, from start: Thing?, _ turn: Turn) {
        if persona.place !== start { return leavePlay(persona, turn) }
        leaveBehind(persona, persona.location ?? start ?? persona, turn)
        turn.world.move(persona, to: nil)
    }
}
