import Basics
import WorldLanguage
import WorldModel
import WorldVerbs

/// What one session is told of the facts that may have changed: only what is not as it was told last.
extension Game {
    /// What was looked at in this pass and is the same for several.
    struct SharedFacts {
        var places: [FactView: PlaceFacts] = [:]
        var items: [FactView: [ItemFacts]] = [:]
    }

    func tellFacts(to session: Session, _ shared: inout SharedFacts) {
        guard let told = session.facts else { return }
        told.isAwaitingLook = false
        guard let persona = session.persona, !session.isGone else { return }
        // Whoever does not take what was sent is told all of it later, as it is then.
        if session.isFull {
            told.missed = true
            return
        }
        factBoard.lookCount += 1
        let facts = interpreter.facts(of: persona, role: role(of: persona))
        var stale = told.stale
        told.stale = []
        let requests = told.requests
        told.requests = []
        defer {
            told.moved = []
            told.isSelfStale = false
        }
        if told.language != persona[.language] {
            told.language = persona[.language]
            told.forget(FactTopics.play.subtracting(.company))
            stale = told.topics
        }
        let view = FactView(
            surroundings: facts.surroundings ?? ThingID(0), isLit: facts.isLit, language: persona[.language])
        if view != told.view {
            told.view = view
            told.forget([.people])
            if told.items[.room] != nil { told.items[.room] = nil }
            stale.formUnion(told.topics.intersection(.view))
        }
        tellSelf(stale, facts, told, session)
        tellPlace(stale, view, facts, told, session, &shared)
        for request in requests { answer(request, facts, told, session) }
    }

    private func tellSelf(_ stale: FactTopics, _ facts: Facts, _ told: FactSubscription, _ session: Session) {
        if stale.contains(.name), told.name != facts.persona.name {
            told.name = facts.persona.name
            session.tell(.name(facts.persona.name))
        }
        if stale.contains(.client), !told.hasOffers {
            told.hasOffers = true
            session.tell(.offers(settings.clientOffers, title: title))
        }
        if stale.contains(.status) {
            let status = facts.status
            if told.status == nil { session.tell(.statusTitles(status)) }
            let changed = status.filter { fact in told.status?.contains(fact) != true }
            if !changed.isEmpty { session.tell(.status(changed)) }
            told.status = status
        }
        if stale.contains(.vitals) {
            let vitals = facts.vitals
            if vitals != told.vitals { session.tell(.vitals(vitals)) }
            told.vitals = vitals
        }
        if stale.contains(.commands), told.commandGroups == nil {
            let groups = facts.commandGroups
            session.tell(.commandGroups(groups))
            told.commandGroups = groups
        }
        if stale.contains(.talk) {
            let channels = facts.channels
            if channels != told.channels { session.tell(.channels(channels)) }
            told.channels = channels
        }
    }

    private func tellPlace(
        _ stale: FactTopics, _ view: FactView, _ facts: Facts, _ told: FactSubscription, _ session: Session,
        _ shared: inout SharedFacts
    ) {
        if stale.contains(.place) {
            let place = shared.places[view] ?? facts.place(factBoard.chart)
            shared.places[view] = place
            if let place, place != told.place { session.tell(.place(place)) }
            told.place = place
        }
        if stale.contains(.people) { tellPeople(facts, told, session) }
        if stale.contains(.sound) {
            let sound = facts.sound
            if sound != told.sound { session.tell(.sound(sound, under: settings.clientOffers.soundURL)) }
            told.sound = sound
        }
        if stale.contains(.items) {
            if told.isSelfStale || told.items[.inventory] == nil {
                tellItems(.inventory, facts.items(in: .inventory) ?? [], told, session)
            }
            let items = shared.items[view] ?? facts.items(in: .room) ?? []
            shared.items[view] = items
            tellItems(.room, items, told, session)
            for number in told.containers {
                guard let items = facts.items(in: .container(number)) else {
                    told.items[.container(number)] = nil
                    continue
                }
                tellItems(.container(number), items, told, session)
            }
        }
    }

    private func tellPeople(_ facts: Facts, _ told: FactSubscription, _ session: Session) {
        guard var known = told.people else {
            let people = facts.people
            session.tell(.people(people))
            told.people = Dictionary(people.map { ($0.number, $0) }) { first, _ in first }
            return
        }
        for thing in told.moved where thing !== facts.persona {
            let (before, now) = (known[thing.id.number], facts.person(thing))
            if before == now { continue }
            known[thing.id.number] = nil
            if let before { session.tell(.personLeft(before)) }
            if let now, known.count < FactLimits.people {
                known[thing.id.number] = now
                session.tell(.personCame(now))
            }
        }
        told.people = known
    }

    /// Tells what changed in a list one by one, or all of it when that is no more.
    private func tellItems(
        _ place: ItemPlace, _ items: [ItemFacts], _ told: FactSubscription, _ session: Session
    ) {
        let before = told.items[place]
        if before == items { return }
        told.items[place] = items
        guard let before else { return session.tell(.items(place, items)) }
        let old = Dictionary(before.map { ($0.number, $0) }) { first, _ in first }
        let new = Dictionary(items.map { ($0.number, $0) }) { first, _ in first }
        let left = before.filter { new[$0.number] == nil }
        let changed = items.filter { item in old[item.number].map { $0 != item } ?? true }
        if left.count + changed.count > items.count { return session.tell(.items(place, items)) }
        for item in left { session.tell(.itemLeft(place, item)) }
        for item in changed {
            session.tell(old[item.number] == nil ? .itemCame(place, item) : .itemChanged(place, item))
        }
    }

    private func answer(_ request: FactRequest, _ facts: Facts, _ told: FactSubscription, _ session: Session) {
        switch request {
        case .items(let place):
            let items = facts.items(in: place) ?? []
            if case .container = place, told.items.count >= FactSubscription.mostContainers + 2 {
                told.items = told.items.filter { $0.key == .inventory || $0.key == .room }
            }
            told.items[place] = items
            session.tell(.items(place, items))
        case .listeners: session.tell(.listeners(facts.listeners))
        case .channels:
            let channels = facts.channels
            told.channels = channels
            session.tell(.channels(channels))
        case .commandGroups:
            let groups = facts.commandGroups
            told.commandGroups = groups
            session.tell(.commandGroups(groups))
        case .commands(let group): session.tell(.commands(group: group, facts.commands(of: group) ?? []))
        case .command(let group, let name):
            session.tell(.command(group: group, name: name, help: facts.help(for: name) ?? ""))
        }
    }
}
