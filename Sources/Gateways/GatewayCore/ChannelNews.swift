package import WorldModel
package import WorldVerbs

/// Something that changed on a channel that a player hears.
///
/// What a moderator did names them; for what came about otherwise, as by another role, `by` is nil.
package enum ChannelNews: Equatable, Sendable {
    /// The player hears it from here on; all of it.
    case opened(ChannelRoster)
    /// The player hears it no longer.
    case closed(ThingID, name: String, by: String?, reason: String)
    /// Somebody else hears it from here on; if they have just connected, ``PresenceNews/connected(_:)`` came before.
    case joined(ThingID, ChannelMember)
    /// Somebody else who stays connected hears it no longer; of who is gone ``PresenceNews/disconnected(_:)`` alone tells.
    case parted(ThingID, ChannelMember, by: String?, reason: String)
    /// What somebody may do there is otherwise, the player's own standing among it.
    case member(ThingID, before: ChannelMember, now: ChannelMember, by: String?)
    /// What it is for has changed; the roster's own fields tell it.
    case topic(ThingID, topic: String, by: String?, time: Int?)
    case modes(ThingID, before: ChannelModes, now: ChannelModes, by: String?)
    case renamed(ThingID, from: String, to: String)
    /// People whom a pattern means are kept off it from here on, or no longer.
    case banned(ThingID, pattern: String, isOn: Bool, by: String?)
    /// Somebody was asked to join it: the player themself, who need not hear it, or anybody else.
    case invited(ThingID, channel: String, person: ThingID, name: String, by: String)
}

/// Something that changed of who is connected, the player among them.
package enum PresenceNews: Equatable, Sendable {
    /// Everybody, when a client begins to be told.
    case all([PersonPresence])
    case connected(PersonPresence)
    /// With why, in a few words of English; empty when nobody knows.
    case disconnected(PersonPresence, reason: String)
    /// Anything else of somebody: they are away or back, have another name, role or door.
    case changed(before: PersonPresence, now: PersonPresence)
}
