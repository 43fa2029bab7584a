import Basics
import WorldLanguage
package import WorldModel
import WorldVerbs

/// Tells clients who is connected, who hears which channel and who keeps order there: worked out once for all of them.
extension Game {
    /// Somebody has come into play, left it, or sits at another door.
    func noteAttendance(of persona: Thing) {
        if !factBoard.talk.isKept { return }
        factBoard.talk.note(person: persona.id)
        schedulePassEnd()
    }

    /// Notes why somebody goes, for those who are told of it; what was noted first holds.
    package func notePartingWords(_ words: String, of persona: Thing) {
        if !factBoard.talk.isKept { return }
        factBoard.talk.note(partingWords: words, of: persona.id)
        noteAttendance(of: persona)
    }

    /// What turns touched of who hears whom.
    func noteTalkers(_ touched: Touched) {
        if !factBoard.talk.isKept { return }
        if touched.isEverything || world.root.map({ touched.things.contains($0) }) == true {
            factBoard.talk.noteAll()
        }
        for thing in touched.talkers {
            if thing.has(.channel) { factBoard.talk.note(channel: thing.id) }
            if thing.has(.player) { factBoard.talk.note(person: thing.id) }
            guard thing.has(.account) else { continue }
            for character in characters(of: thing) { factBoard.talk.note(person: character.id) }
        }
    }

    /// Who may be told: those in play whose clients want to know.
    private var talkSubscribers: [(session: Session, told: FactSubscription)] {
        connected.flatMap { persona in
            doors(of: persona).compactMap { session in
                guard let told = session.facts, !told.topics.isDisjoint(with: [.presence, .channels]) else {
                    return nil
                }
                return (session, told)
            }
        }
    }

    /// Tells what has changed since the last pass.
    ///
    /// - Complexity: O(*n* · *m*) in what changed and who wants to know.
    func tellTalk() {
        guard factBoard.talk.hasChanges || factBoard.isTalkStale else { return }
        factBoard.isTalkStale = false
        let subscribers = talkSubscribers
        if subscribers.isEmpty {
            factBoard.talk = TalkBoard()
            return
        }
        interpreter.observe(at: wallTime()) {
            let news = factBoard.talk.isKept && !factBoard.talk.isAllChanged ? lookAtTalk() : lookAtAllTalk()
            for (session, told) in subscribers { tell(news, to: session, told) }
        }
    }

    /// Anybody's view of what everybody may know.
    private var openFacts: Facts { interpreter.facts(of: world.root ?? nobody, role: .owner) }

    private func lookAtAllTalk() -> TalkNews {
        let channels = Channel.all(in: world)
        if factBoard.talk.isKept {
            factBoard.talk.noteAll(people: connected.map(\.id), channels: channels.map(\.thing.id))
            return lookAtTalk()
        }
        let facts = openFacts
        factBoard.talk.begin(with: facts.presences)
        for channel in channels {
            if let known = known(channel, facts) { factBoard.talk.begin(known) }
        }
        return TalkNews()
    }

    /// A channel as it is, with those of the board who hear it.
    private func known(_ channel: Channel, _ facts: Facts) -> TalkBoard.KnownChannel? {
        guard let roster = facts.roster(of: channel.thing.id) else { return nil }
        return TalkBoard.KnownChannel(
            roster: roster, members: factBoard.talk.people.compactMapValues { facts.member($0, of: channel) },
            bans: channel.bans(at: Int(wallTime().milliseconds)).map(\.pattern.text),
            lastDeed: channel.thing[.moderation].last)
    }

    private func lookAtTalk() -> TalkNews {
        let (changed, facts) = (factBoard.talk.changed.sorted(), openFacts)
        var news = factBoard.talk.makeNews()
        for id in changed {
            let now = world[id].flatMap { persona in
                plays[id]?.latestDoor.map { facts.presence(of: persona, door: $0.door.name) }
            }
            factBoard.talk.look(at: id, now: now, &news)
        }
        for channel in Channel.all(in: world) {
            let number = channel.thing.id
            if factBoard.talk.needsLook(at: number) {
                guard let now = known(channel, facts) else { continue }
                factBoard.talk.look(at: now, deedsAfter: channel.deeds, &news)
                continue
            }
            for id in changed {
                let now = factBoard.talk.people[id].flatMap { facts.member($0, of: channel) }
                factBoard.talk.look(at: id, on: number, now: now, deedsAfter: channel.deeds, &news)
            }
        }
        factBoard.talk.forgetChannels(where: { world[$0] == nil }, &news)
        factBoard.talk.clearChanges()
        return news
    }

    // MARK: To whom

    /// Tells of invitations those whom they are for and those who hear the channel.
    func tellInvitations(of outcome: Outcome) {
        if outcome.invitations.isEmpty || factBoard.subscriberCount == 0 { return }
        let subscribers = talkSubscribers
        for invitation in outcome.invitations {
            let (channel, person) = (invitation.channel, invitation.person)
            let news = ChannelNews.invited(
                channel.id, channel: channel.name, person: person.id, name: person.name, by: invitation.inviter.name)
            for (session, told) in subscribers where told.topics.contains(.channels) && !session.isFull {
                if session.persona === person || told.heard[channel.id] != nil { session.tell(.channel(news)) }
            }
        }
    }

    private func tell(_ news: TalkNews, to session: Session, _ told: FactSubscription) {
        guard let persona = session.persona, !session.isGone else { return }
        if session.isFull {
            told.missed = true
            return
        }
        if told.topics.contains(.presence) {
            if told.knowsPresence {
                for item in news.presence { session.tell(.presence(item)) }
            } else {
                told.knowsPresence = true
                session.tell(.presence(.all(connected.compactMap { factBoard.talk.people[$0.id] })))
            }
        }
        guard told.topics.contains(.channels) else { return }
        let known = told.heard
        let isSame = told.knowsChannels && !news.concernsAll && !news.people.contains(persona.id)
        if isSame {
            for item in news.channels where known[item.channel] != nil { session.tell(.channel(item.news)) }
            return
        }
        let facts = interpreter.facts(of: persona, role: role(of: persona))
        let heard = facts.heardChannels
        for (number, name) in known.sorted(by: { $0.key < $1.key }) where !heard.contains(number) {
            let deed = news.removals[persona.id]?[number]
            session.tell(.channel(.closed(number, name: name, by: deed?.moderator, reason: deed?.reason ?? "")))
        }
        for item in news.channels where told.knowsChannels && heard.contains(item.channel) {
            if known[item.channel] == nil { continue }
            // That they themselves hear it, and no longer, is told apart.
            if item.persona == persona.id {
                switch item.news {
                case .joined, .parted: continue
                default: break
                }
            }
            session.tell(.channel(item.news))
        }
        var now: [ThingID: String] = [:]
        for number in heard {
            guard let channel = factBoard.talk.channels[number] else { continue }
            now[number] = channel.roster.name
            if known[number] == nil || !told.knowsChannels, let roster = facts.roster(of: number) {
                session.tell(.channel(.opened(roster)))
            }
        }
        told.heard = now
        told.knowsChannels = true
    }
}
