package import WorldModel

extension Stage {
    /// Makes a channel.
    ///
    /// - Parameters:
    ///   - name: How it is called.
    ///   - topic: What it is for.
    ///   - aliases: Further names.
    ///   - isDefault: Whether everybody listens to it from the beginning.
    ///   - guests: Whether guests may.
    ///   - announce: Whether only those who run the game speak.
    /// - Returns: The channel.
    @discardableResult
    package func channel(
        _ name: String, _ topic: String = "", aliases: [String] = [], isDefault: Bool = false, guests: Bool = true,
        announce: Bool = false
    ) -> Thing {
        change { world in
            let thing = world.create(.channel)
            world.set(.name, to: name, on: thing)
            world.set(.article, to: "", on: thing)
            if !topic.isEmpty { world.set(.description, to: topic, on: thing) }
            if !aliases.isEmpty { world.set(.nouns, to: aliases, on: thing) }
            if isDefault { world.set(.joinsNewcomers, to: true, on: thing) }
            for (deed, lock) in ChannelRules.locks(guests: guests, announce: announce) {
                world.setLock(lock, for: deed, on: thing)
            }
            if let root = world.root { world.set(.channels, to: root[.channels] + [thing.id], on: root) }
            return thing
        }
    }
}
