import Basics
import WorldLanguage
package import WorldModel
import WorldVerbs

/// All that a stage needs to go on elsewhere: the world as the store keeps it, and who is there.
package struct StageState {
    package let things: [StoredThing]
    package let nextID: UInt64
    package let sequence: UInt64
    let players: [ThingID]
    let absent: Set<ThingID>
    let roles: [ThingID: Role]
    let time: WallInstant
    let seed: UInt64

    package init(_ stage: Stage) {
        things = stage.world.snapshot()
        (nextID, sequence) = (stage.world.nextID, stage.world.sequence)
        players = stage.players.map(\.id)
        (absent, roles) = (stage.absent, stage.roles)
        (time, seed) = (stage.time, stage.seed)
    }
}

extension Stage {
    /// Makes a stage as another was.
    ///
    /// - Throws: ``WorldDamage`` when the world cannot be restored.
    package convenience init(_ state: StageState) throws {
        let world = World()
        try world.restore(state.things, nextID: state.nextID, sequence: state.sequence)
        self.init(state, world: world)
    }

    /// Makes a stage as another was, with a world that was recovered by other means.
    package convenience init(_ state: StageState, world: World) {
        self.init(world: world)
        for id in state.players { if let person = world[id] { join(person) } }
        (absent, roles) = (state.absent, state.roles)
        (time, seed) = (state.time, state.seed)
    }

    /// Lets something of a run happen.
    func perform(_ event: RecordedRun.Event, by person: ThingID, at time: WallInstant) -> RecordedRun.Entry {
        self.time = time
        var outcome: Outcome?
        var actor = world[person] ?? Thing.makeNobody()
        switch event {
        case .line(let line): outcome = play(line, by: actor)
        case .enter: outcome = turn(by: actor) { try interpreter.enterPlay(actor, $0) }
        case .enterAsGuest(let number):
            outcome = turn(by: actor) { turn in
                actor = Accounts.createGuest(number: number, turn: turn)
                turn.goOn(as: actor, role: .guest)
                try interpreter.enterPlay(actor, turn)
            }
            roles[actor.id] = .guest
        case .leave: outcome = turn(by: actor) { interpreter.leavePlay(actor, $0) }
        case .lose:
            absent.insert(actor.id)
            outcome = turn(by: actor) { interpreter.linkLost(actor, $0) }
        case .resume:
            absent.remove(actor.id)
            outcome = turn(by: actor) { interpreter.linkRestored(actor, $0, wasConnected: false) }
        case .hour: outcome = turn(by: actor) { interpreter.announceHour($0) }
        case .restart: for player in players { interpreter.forget(player) }
        }
        let isQuitting = outcome?.requests.contains(.quit) == true
        let after = isQuitting ? turn(by: actor) { interpreter.leavePlay(actor, $0) } : nil
        attend(actor)
        return entry(event, person, [outcome, after].compactMap { $0 })
    }

    /// Counts somebody among the players as long as their body is in play.
    private func attend(_ actor: Thing) {
        let isListed = players.contains { $0 === actor }
        if actor.exists, actor.location != nil {
            if !isListed, actor.has(.player) { join(actor) }
        } else if isListed {
            part(actor)
        }
    }

    private func entry(_ event: RecordedRun.Event, _ person: ThingID, _ outcomes: [Outcome]) -> RecordedRun.Entry {
        let read = outcomes.flatMap(\.deliveries).flatMap { delivery in
            delivery.recipients.map { "\($0.name) \(delivery.category): \(delivery.text.plain)" }
        }
        return RecordedRun.Entry(
            event: event, person: person, time: time, records: outcomes.compactMap { $0.record?.encoded() }, read: read,
            hasFault: outcomes.contains { $0.fault != nil })
    }
}
