import WorldLanguage
package import WorldModel

/// Somebody who is connected, as others may know it.
package struct PersonPresence: Hashable, Sendable {
    /// The same as long as they play.
    package let number: ThingID
    package let name: String
    /// Of their account; empty for guests.
    package let account: String
    /// What the account may do.
    package let role: Role
    /// By which door they did something last, as `telnet`.
    package let door: String
    /// Why they do not answer, in their own words; nil when they are there.
    package let awayText: String?
    /// What they say of themself; empty when they say nothing.
    package let plan: String
}

/// Somebody who hears a channel, and what they may do there.
package struct ChannelMember: Hashable, Sendable {
    package let person: PersonPresence
    /// Whether they keep order.
    package let isModerator: Bool
    /// Whether they may speak where only chosen ones do.
    package let hasVoice: Bool
    package let isSilenced: Bool
}

/// How a channel is kept.
package struct ChannelModes: Hashable, Sendable {
    /// Only moderators and those with a voice speak.
    package let isModerated: Bool
    /// Only those hear it who were invited.
    package let isClosed: Bool
    /// Guests do not speak.
    package let keepsGuestsQuiet: Bool
    /// Seconds between two messages of one person; 0 is none.
    package let pace: Int
}

/// A channel with all who hear it, as it is at one moment.
package struct ChannelRoster: Hashable, Sendable {
    package let number: ThingID
    package let name: String
    /// What it is for.
    package let topic: String
    /// Who said what it is for and when, in milliseconds since 1970; nil when that is not known any more.
    package let topicSetter: String?
    package let topicTime: Int?
    package let modes: ChannelModes
    /// In the order they came.
    package let members: [ChannelMember]
}

extension Facts {
    /// Everybody who is connected, in the order they came.
    package var presences: [PersonPresence] { turn.present.map { presence(of: $0.persona, door: $0.door) } }

    /// Somebody as others may know it, by which door they are here.
    package func presence(of persona: Thing, door: String) -> PersonPresence {
        let account = world.thing(persona, .account)
        let away = persona[.away]
        return PersonPresence(
            number: persona.id, name: persona.name, account: account?.name ?? "",
            role: Accounts.role(of: persona, world: world), door: door, awayText: away.isEmpty ? nil : away,
            plan: persona[.plan])
    }

    /// The channels that the player hears, by number, in the order they were made.
    package var heardChannels: [ThingID] { heard.map(\.thing.id) }

    /// Somebody on a channel; nil when they do not hear it.
    package func member(_ person: PersonPresence, of channel: Channel) -> ChannelMember? {
        guard let persona = world[person.number], channel.isJoined(by: persona), channel.admits(persona, person.role)
        else { return nil }
        return member(persona, person, of: channel)
    }

    private func member(_ persona: Thing, _ person: PersonPresence, of channel: Channel) -> ChannelMember {
        ChannelMember(
            person: person, isModerator: channel.isModerated(by: persona, person.role),
            hasVoice: channel.hasVoice(persona), isSilenced: channel.silence(of: persona) != nil)
    }

    /// A channel with all who hear it now; nil when it is none.
    ///
    /// - Complexity: O(*n*) in those who are connected.
    package func roster(of number: ThingID) -> ChannelRoster? {
        guard let thing = world[number], let channel = Channel(thing, in: world) else { return nil }
        let doors = Dictionary(turn.present.map { ($0.persona.id, $0.door) }) { first, _ in first }
        let topic = channel.topicDeed
        let members = channel.members(turn).map { persona in
            member(persona, presence(of: persona, door: doors[persona.id] ?? ""), of: channel)
        }
        return ChannelRoster(
            number: number, name: channel.name, topic: channel.topic, topicSetter: topic?.moderator,
            topicTime: topic?.time, modes: channel.modes, members: members)
    }
}
