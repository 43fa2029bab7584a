import WorldModel

/// Puts the channels of the content into a world; what was said on one and who listens stays.
///
/// A channel that is in no file any more is left as it is: people may have grown fond of it.
struct ChannelLoader {
    let world: World

    /// Loads channels inside the open turn, once the world's own thing is there.
    func load(_ channels: [ChannelDeclaration], _ summary: inout LoadSummary) {
        guard let root = world.root else { return }
        for channel in channels {
            let thing: Thing
            if let known = world.thing(forContentKey: channel.key) {
                thing = known
            } else {
                thing = world.create(.channel)
                world.set(.contentKey, to: channel.key, on: thing)
            }
            let isNew = !root[.channels].contains(thing.id)
            if isNew { world.set(.channels, to: root[.channels] + [thing.id], on: root) }
            let isChanged = describe(thing, as: channel)
            if isNew {
                summary.created += 1
            } else if isChanged {
                summary.updated += 1
            } else {
                summary.unchanged += 1
            }
        }
    }

    private func describe(_ thing: Thing, as channel: ChannelDeclaration) -> Bool {
        let before = Dictionary(uniqueKeysWithValues: thing.ownProperties.map { ($0.key, $0.value) })
        world.set(.name, to: channel.name, on: thing)
        world.set(.article, to: "", on: thing)
        world.set(.description, to: channel.description, on: thing)
        world.set(PropertyKey(.nouns), to: channel.aliases.isEmpty ? nil : channel.aliases.value, on: thing)
        world.set(.joinsNewcomers, to: channel.isDefault, on: thing)
        let locks = ChannelRules.locks(guests: channel.admitsGuests, announce: channel.isAnnouncing)
        world.setLock(locks[.join], for: .join, on: thing)
        // What moderators did stays.
        if locks[.speak] != nil || !ChannelRules.keepsGuestsQuiet(thing) {
            world.setLock(locks[.speak], for: .speak, on: thing)
        }
        return before != Dictionary(uniqueKeysWithValues: thing.ownProperties.map { ($0.key, $0.value) })
    }
}
