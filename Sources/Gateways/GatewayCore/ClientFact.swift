package import WorldModel
package import WorldVerbs

/// One thing that a client is told beside the text, whatever protocol puts it into words.
package enum ClientFact: Equatable {
    /// Who the player is now.
    case name(String)
    case place(PlaceFacts)
    /// All the players in sight; then those who come and go.
    case people([PersonFacts])
    case personCame(PersonFacts)
    case personLeft(PersonFacts)
    /// All of a list; then what changes in it.
    case items(ItemPlace, [ItemFacts])
    case itemCame(ItemPlace, ItemFacts)
    case itemLeft(ItemPlace, ItemFacts)
    case itemChanged(ItemPlace, ItemFacts)
    case vitals([Vital])
    /// What the lines of the status are called.
    case statusTitles([StatusFact])
    /// The lines that have changed.
    case status([StatusFact])
    case commandGroups([CommandGroupFacts])
    case commands(group: String, [CommandFacts])
    case command(group: String, name: String, help: String)
    case channels([ChannelFacts])
    case listeners([ListenerFacts])
    case speech(SpeechFacts)
    /// What changed on the channels that the player hears.
    case channel(ChannelNews)
    /// What changed of who is connected.
    case presence(PresenceNews)
    /// The sound of a place, by the file's name and the address of its folder; nil ends it.
    case sound(String?, under: String?)
    /// A sound that is heard once, likewise.
    case noise(String, under: String?)
    /// What the operator offers to clients, and the title of the game.
    case offers(ClientOffers, title: String)
    /// A name and a password may be sent.
    case loginOffer
    case loginResult(isRight: Bool, message: String)
    /// The connection ends.
    case goodbye(String)
}

/// What a client asks for by itself.
package enum FactRequest: Equatable, Sendable {
    case items(ItemPlace)
    case listeners
    case commandGroups
    case commands(group: String)
    /// The group is given back as it was asked for.
    case command(group: String, name: String)
    case channels
}

/// What an operator offers to clients of their own; each is nil when there is none.
package struct ClientOffers: Equatable, Sendable {
    /// Where a package with a surface for the game is, and which version of it.
    package var surfaceURL: String?
    package var surfaceVersion: String?
    /// Where a map of the game is.
    package var mapURL: String?
    /// Where the folder with the game's sounds is, with a slash at its end.
    package var soundURL: String?
    /// How the game appears to a player's friends: an invitation, and the number of the application.
    package var discordInvitation: String?
    package var discordApplication: String?

    package init() {}
}
