/// What a client wants to be told in facts beside the text; nothing is worked out for what nobody asked for.
package struct FactTopics: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Where the player is, and where the ways from there lead.
    package static let place = FactTopics(rawValue: 1 << 0)
    /// Which other players are in sight.
    package static let people = FactTopics(rawValue: 1 << 1)
    package static let name = FactTopics(rawValue: 1 << 2)
    package static let status = FactTopics(rawValue: 1 << 3)
    package static let vitals = FactTopics(rawValue: 1 << 4)
    /// What the player carries, and what lies about.
    package static let items = FactTopics(rawValue: 1 << 5)
    /// What the player can do.
    package static let commands = FactTopics(rawValue: 1 << 6)
    /// Channels, and who says what.
    package static let talk = FactTopics(rawValue: 1 << 7)
    /// Sounds, for those who have set that they want them.
    package static let sound = FactTopics(rawValue: 1 << 8)
    /// That the name and the password may be sent apart from what is typed.
    package static let login = FactTopics(rawValue: 1 << 9)
    /// What the operator offers for the client itself: a surface, a map, how to show the game to others.
    package static let client = FactTopics(rawValue: 1 << 10)
    /// Who is connected, and who of them is away.
    package static let presence = FactTopics(rawValue: 1 << 11)
    /// The channels that the player hears: who hears them too, what they are for, and who keeps order how.
    package static let channels = FactTopics(rawValue: 1 << 12)

    /// What is the same for all who want to know, so that no look at the world of one player is needed.
    static let company: FactTopics = [.presence, .channels]
    /// What changes with what is where the player is.
    static let surroundings: FactTopics = [.place, .people, .items]
    /// What changes when the player comes elsewhere, or light and dark do.
    static let view: FactTopics = [.place, .people, .items, .status, .sound]
    /// What changes with the player alone.
    static let own: FactTopics = [.name, .status, .vitals, .items, .commands, .talk, .sound, .channels]
    /// All that is told of somebody in play.
    static let play: FactTopics = [
        .place, .people, .name, .status, .vitals, .items, .commands, .talk, .sound, .client, .presence, .channels,
    ]
}
