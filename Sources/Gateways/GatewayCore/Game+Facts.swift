import Basics
import ReactorCore
import WorldLanguage
import WorldModel
import WorldVerbs

/// Tells clients facts beside the text: once in a pass of the loop, only to those who asked, and only what has changed.
///
/// What a turn has touched says whose facts may have changed; nobody else's are looked at, so that talk alone, which touches
/// nothing, costs nothing here. Facts go through the queue of the session with the number of the last turn, like text: what a
/// client was told in facts has happened.
extension Game {
    func makeSubscription(for session: Session) -> FactSubscription {
        let made = FactSubscription()
        session.facts = made
        factBoard.subscriberCount += 1
        world.noteTouched(true)
        return made
    }

    /// The session wants no more facts, or is gone.
    func unsubscribe(_ session: Session) {
        guard session.facts != nil else { return }
        session.facts = nil
        factBoard.subscriberCount -= 1
        if factBoard.subscriberCount == 0 { world.noteTouched(false) }
    }

    /// Has facts of a session looked at at the end of this pass.
    func look(for session: Session, at topics: FactTopics) {
        guard let facts = session.facts else { return }
        facts.stale.formUnion(topics.intersection(facts.topics))
        if facts.needsTalk { factBoard.isTalkStale = true }
        if topics.contains(.vitals) { facts.isSelfStale = true }
        if !facts.isAwaitingLook {
            facts.isAwaitingLook = true
            factBoard.waiting.append(session)
        }
        schedulePassEnd()
    }

    /// Has everything told of somebody who comes into play at a door, or whose door missed some of it.
    func tellAllFacts(to session: Session) {
        session.facts?.missed = false
        tellFacts(.play, to: session)
    }

    private func tellFacts(_ topics: FactTopics, to session: Session) {
        guard let facts = session.facts else { return }
        facts.forget(topics)
        facts.moved = []
        look(for: session, at: topics)
    }

    /// Has all facts looked at that may have changed without a turn, as with the light of the hour.
    func lookAtAllSurroundings() {
        if factBoard.subscriberCount == 0 { return }
        for play in plays.values { for door in play.doors { look(for: door, at: .surroundings) } }
    }

    /// Tells what has changed since the last pass.
    func tellFacts() {
        if factBoard.subscriberCount == 0 {
            if factBoard.talk.isKept { factBoard.talk = TalkBoard() }
            return
        }
        findTouched()
        tellTalk()
        if factBoard.waiting.isEmpty { return }
        let sessions = factBoard.waiting
        factBoard.waiting = []
        var known = SharedFacts()
        interpreter.observe(at: wallTime()) {
            for session in sessions { tellFacts(to: session, &known) }
        }
    }

    // MARK: Whom it concerns

    private func findTouched() {
        let touched = world.takeTouched()
        if touched.isEmpty { return }
        noteTalkers(touched)
        let concernsAll = touched.isEverything || world.root.map { touched.things.contains($0) } == true
        if concernsAll || touched.things.contains(where: { $0.hasAny(of: [.exit, .place]) }) {
            factBoard.chart.forget()
        }
        if concernsAll {
            let topics = FactTopics.play.subtracting(.company)
            for play in plays.values { for door in play.doors { tellFacts(topics, to: door) } }
            return
        }
        for thing in touched.selves.sorted(by: { $0.id < $1.id }) { lookAtSelf(of: thing) }
        var enclosures: Set<Thing> = []
        for thing in touched.things { gatherEnclosures(of: thing, into: &enclosures) }
        for number in touched.left { if let thing = world[number] { gatherEnclosures(of: thing, into: &enclosures) } }
        var concerned: Set<Thing> = []
        for enclosure in enclosures { gatherPlayers(in: enclosure, into: &concerned) }
        // One that has ended, as a guest does, is nothing any more.
        let moved = touched.things.filter { $0.has(.player) || !$0.exists }.sorted { $0.id < $1.id }
        for persona in concerned.sorted(by: { $0.id < $1.id }) {
            for session in doors(of: persona) {
                guard let facts = session.facts else { continue }
                if facts.moved.count + moved.count > Self.mostMoved {
                    facts.forget(.people)
                } else {
                    facts.moved += moved
                }
                look(for: session, at: enclosures.contains(persona) ? [.surroundings, .own] : .surroundings)
            }
        }
    }

    /// Players who move in one pass and are followed one by one at most.
    private static let mostMoved = 64

    /// A change that only those see who play somebody: the thing is theirs, or themselves.
    private func lookAtSelf(of thing: Thing) {
        for persona in thing.has(.account) ? characters(of: thing) : [thing] {
            for session in doors(of: persona) { look(for: session, at: .own) }
        }
    }

    /// A thing with all it is in, the places of a door, and those from which one looks into its place when that matters there.
    private func gatherEnclosures(of thing: Thing, into enclosures: inout Set<Thing>) {
        if thing.has(.folder) || thing.location?.has(.folder) == true {
            let folder = thing.has(.folder) ? thing : thing.location
            if let owner = folder.flatMap({ world.thing($0, .folderOwner) }) { lookAtSelf(of: owner) }
            return
        }
        if thing.has(.door) {
            for referrer in world.referrers(of: thing) where referrer.key == PropertyKey(.door) {
                if let place = world[referrer.thing]?.location { gatherEnclosures(of: place, into: &enclosures) }
            }
        }
        var current: Thing? = thing
        var depth = 0
        while let enclosure = current, depth <= Perception.maximumDepth {
            if !enclosures.insert(enclosure).inserted { return }
            if enclosure.has(.place) {
                for view in world.outlooks(on: enclosure) where view.place[.isDark] || view.place[.isNightDark] {
                    enclosures.insert(view.place)
                }
            }
            current = enclosure.location
            depth += 1
        }
    }

    private func gatherPlayers(in enclosure: Thing, into found: inout Set<Thing>) {
        if enclosure.has(.player) { found.insert(enclosure) }
        enclosure.visitPlayers { found.insert($0) }
    }

    // MARK: Sounds

    /// Has what a turn made heard played to those who are there and want sounds.
    func tellSounds(of outcome: Outcome) {
        if outcome.sounds.isEmpty || factBoard.subscriberCount == 0 { return }
        for (name, place) in outcome.sounds {
            var hearers: Set<Thing> = []
            gatherPlayers(in: place, into: &hearers)
            for persona in hearers.sorted(by: { $0.id < $1.id }) where world.setting(.sounds, of: persona) == "on" {
                for session in doors(of: persona) where session.facts?.topics.contains(.sound) == true {
                    session.tell(.noise(name, under: settings.clientOffers.soundURL))
                }
            }
        }
    }

    // MARK: Talk

    /// Tells a line that somebody said to the doors of those who hear it and want to know.
    func tellSpeech(_ delivery: Delivery, to listener: Thing, at session: Session) {
        guard session.facts?.topics.contains(.talk) == true, !session.isFull,
            let speech = SpeechFacts(delivery, for: listener)
        else { return }
        session.tell(.speech(speech))
    }
}

extension Game {
    /// How often somebody's facts were looked at so far.
    package var factLookCount: Int { factBoard.lookCount }
}
