import WorldModel
import WorldVerbs

/// What all who want it were told last of who is connected and who hears which channel.
///
/// - Isolation: none; a value that looks at nothing itself: what is so now is handed in, what is new comes out.
/// - SeeAlso: `GatewayCoreTests/TalkBoardTests`.
struct TalkBoard {
    /// Whether it is up to date but for what is noted below; nobody wants to know otherwise.
    private(set) var isKept = false
    /// Who is connected, by number.
    private(set) var people: [ThingID: PersonPresence] = [:]
    /// Every channel that somebody may be told of.
    private(set) var channels: [ThingID: KnownChannel] = [:]
    /// Who has come, gone or changed since.
    private(set) var changed: Set<ThingID> = []
    /// Why those have gone, as far as that is known.
    private var partingWords: [ThingID: String] = [:]
    /// Which channels have changed since.
    private var changedChannels: Set<ThingID> = []
    /// Whether so much changed that all has to be looked at.
    private(set) var isAllChanged = false

    var hasChanges: Bool { isAllChanged || !changed.isEmpty || !changedChannels.isEmpty }

    struct KnownChannel {
        /// But for its members.
        var roster: ChannelRoster
        var members: [ThingID: ChannelMember]
        /// Whom patterns keep off it.
        var bans: [String]
        /// The last deed of a moderator that was looked at.
        var lastDeed: ModerationDeed?
    }

    /// Takes what is so now as what is known, without any news.
    mutating func begin(with people: [PersonPresence]) {
        self = TalkBoard()
        isKept = true
        self.people = Dictionary(people.map { ($0.number, $0) }) { first, _ in first }
    }

    /// Takes a channel as it is as what is known of it, without any news.
    mutating func begin(_ channel: KnownChannel) { channels[channel.roster.number] = channel }

    // MARK: What has to be looked at

    mutating func note(person: ThingID) { changed.insert(person) }

    mutating func note(channel: ThingID) { changedChannels.insert(channel) }

    mutating func noteAll() { isAllChanged = true }

    /// Notes why somebody goes; what was noted first holds.
    mutating func note(partingWords words: String, of person: ThingID) {
        if partingWords[person] == nil { partingWords[person] = words }
    }

    /// Notes everybody and everything that is known, and those besides.
    mutating func noteAll(people: some Sequence<ThingID>, channels: some Sequence<ThingID>) {
        changed.formUnion(self.people.keys)
        changed.formUnion(people)
        changedChannels.formUnion(self.channels.keys)
        changedChannels.formUnion(channels)
    }

    /// Whether a whole channel has to be looked at, and not only those who have changed.
    func needsLook(at channel: ThingID) -> Bool { changedChannels.contains(channel) || channels[channel] == nil }

    /// What nothing is compared with yet: whose channels may be others, and whether everybody's may.
    func makeNews() -> TalkNews { TalkNews(people: changed, concernsAll: !changedChannels.isEmpty) }

    /// Forgets what had to be looked at.
    mutating func clearChanges() {
        changed = []
        partingWords = [:]
        changedChannels = []
        isAllChanged = false
    }

    // MARK: Comparing

    /// Compares somebody with what was told of them; nil for whoever is not connected.
    mutating func look(at id: ThingID, now: PersonPresence?, _ news: inout TalkNews) {
        let before = people[id]
        if before == now { return }
        people[id] = now
        switch (before, now) {
        case (nil, let now?): news.presence.append(.connected(now))
        case (let before?, nil): news.presence.append(.disconnected(before, reason: partingWords[id] ?? ""))
        case (let before?, let now?): news.presence.append(.changed(before: before, now: now))
        case (nil, nil): break
        }
    }

    /// Compares a whole channel with what was told of it.
    ///
    /// - Parameters:
    ///   - now: How it is.
    ///   - deedsAfter: What moderators did after a deed.
    ///   - news: What is new is added to it.
    mutating func look(
        at now: KnownChannel, deedsAfter: (ModerationDeed?) -> [ModerationDeed], _ news: inout TalkNews
    ) {
        let number = now.roster.number
        guard let before = channels[number] else {
            channels[number] = now
            return
        }
        let deeds = deedsAfter(before.lastDeed)
        for (patterns, others, isOn) in [(before.bans, now.bans, false), (now.bans, before.bans, true)] {
            for pattern in patterns where !others.contains(pattern) {
                let deed = deeds.last { $0.kind == (isOn ? .ban : .unban) && $0.target == pattern }
                news.add(number, .banned(number, pattern: pattern, isOn: isOn, by: deed?.moderator))
            }
        }
        for id in Set(before.members.keys).union(now.members.keys).sorted() {
            look(at: id, on: number, now: now.members[id], deedsAfter: { _ in deeds }, &news)
        }
        channels[number] = now
        let (old, new) = (before.roster, now.roster)
        if old.name != new.name { news.add(number, .renamed(number, from: old.name, to: new.name)) }
        if old.topic != new.topic {
            news.add(number, .topic(number, topic: new.topic, by: new.topicSetter, time: new.topicTime))
        }
        if old.modes != new.modes {
            let deed = deeds.last { [.pace, .guests, .moderated, .closed].contains($0.kind) }
            news.add(number, .modes(number, before: old.modes, now: new.modes, by: deed?.moderator))
        }
    }

    /// Compares one of a channel with what was told of them.
    ///
    /// - Parameters:
    ///   - id: Who it is.
    ///   - number: The channel.
    ///   - now: What they are there; nil when they do not hear it.
    ///   - deedsAfter: What moderators did after a deed; asked only when something is new.
    ///   - news: What is new is added to it.
    mutating func look(
        at id: ThingID, on number: ThingID, now: ChannelMember?,
        deedsAfter: (ModerationDeed?) -> [ModerationDeed], _ news: inout TalkNews
    ) {
        let before = channels[number]?.members[id]
        if before == now { return }
        channels[number]?.members[id] = now
        let deeds = deedsAfter(channels[number]?.lastDeed)
        switch (before, now) {
        case (nil, let now?): news.add(number, .joined(number, now), of: id)
        case (let before?, nil):
            // Of those who are gone altogether it is told once.
            guard people[id] != nil else { return }
            let deed = deeds.last { deed in
                (deed.kind == .kick || deed.kind == .ban)
                    && NamePattern(deed.target)?.matches(before.person.name) == true
            }
            if let deed { news.removals[id, default: [:]][number] = deed }
            news.add(number, .parted(number, before, by: deed?.moderator, reason: deed?.reason ?? ""), of: id)
        case (let before?, let now?):
            if before.isModerator == now.isModerator, before.hasVoice == now.hasVoice,
                before.isSilenced == now.isSilenced
            {
                return
            }
            let kinds: [ModerationDeed.Kind] = [.appoint, .dismiss, .voice, .unvoice, .silence, .release]
            let deed = deeds.last { kinds.contains($0.kind) && $0.target == now.person.name }
            news.add(number, .member(number, before: before, now: now, by: deed?.moderator), of: id)
        case (nil, nil): break
        }
    }

    /// Forgets the channels that are no more.
    mutating func forgetChannels(where isGone: (ThingID) -> Bool, _ news: inout TalkNews) {
        for number in channels.keys where isGone(number) {
            channels[number] = nil
            news.concernsAll = true
        }
    }
}

/// What is new of who is connected and who hears what, to be told to each who is concerned.
struct TalkNews {
    var presence: [PresenceNews] = []
    private(set) var channels: [(channel: ThingID, persona: ThingID?, news: ChannelNews)] = []
    /// Who was taken off a channel by whom, for those themselves.
    var removals: [ThingID: [ThingID: ModerationDeed]] = [:]
    /// Whose channels may be others than before.
    var people: Set<ThingID>
    /// Whether those of everybody may.
    var concernsAll: Bool

    init(people: Set<ThingID> = [], concernsAll: Bool = false) {
        self.people = people
        self.concernsAll = concernsAll
    }

    mutating func add(_ channel: ThingID, _ news: ChannelNews, of persona: ThingID? = nil) {
        channels.append((channel, persona, news))
    }
}
