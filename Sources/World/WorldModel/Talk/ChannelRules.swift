/// What holds for channels, however they come to be.
package enum ChannelRules {
    /// Channels of one world at most; each line that is no command is compared with their names.
    package static let most = 50
    /// Of what a channel is for, in characters.
    package static let longestTopic = 300

    /// The lock for speaking where moderators keep guests quiet.
    package static let quietGuests = Lock(.not(.condition(.guest)))

    /// Whether moderators keep guests quiet on a channel.
    package static func keepsGuestsQuiet(_ channel: Thing) -> Bool {
        if case .lock(let lock, on: _) = channel.lock(for: .speak) { lock == quietGuests } else { false }
    }

    /// Whether only moderators and those with a voice speak on a channel.
    package static func isModerated(_ channel: Thing) -> Bool {
        if case .lock(let lock, on: _) = channel.lock(for: .speak) {
            lock.expression == .condition(.role(.admin)) || lock.expression == moderatedOverQuiet
        } else {
            false
        }
    }

    /// The lock for speaking where only moderators and those with a voice do; it remembers whether guests are quiet after it.
    package static func moderated(guestsQuiet: Bool) -> Lock {
        Lock(
            guestsQuiet ? moderatedOverQuiet : .condition(.role(.admin)),
            reason: "Only those who keep order there speak, and those whom they give a voice.")
    }

    /// Whether guests are to be quiet on a moderated channel when it is so no longer.
    package static func keepsGuestsQuietAfterwards(_ channel: Thing) -> Bool {
        if case .lock(let lock, on: _) = channel.lock(for: .speak) {
            lock.expression == moderatedOverQuiet
        } else {
            false
        }
    }

    private static let moderatedOverQuiet = LockExpression.all([.condition(.role(.admin)), .not(.condition(.guest))])

    /// Whether only those hear a channel who were invited.
    package static func isClosed(_ channel: Thing) -> Bool {
        if case .lock(let lock, on: _) = channel.lock(for: .join) {
            lock.expression == .condition(.role(.admin)) || lock.expression == closedToGuests
        } else {
            false
        }
    }

    /// The lock for joining where one has to be invited; it remembers whether guests may join after it.
    package static func closed(guests: Bool) -> Lock {
        Lock(guests ? .condition(.role(.admin)) : closedToGuests, reason: "One has to be invited there.")
    }

    /// The lock for joining of a closed channel when it is so no longer; nil where guests may not join.
    package static func opened(_ channel: Thing) -> Lock? {
        if case .lock(let lock, on: _) = channel.lock(for: .join), lock.expression == closedToGuests { return nil }
        return Lock(.condition(.anyone))
    }

    private static let closedToGuests = LockExpression.all([.condition(.role(.admin)), .not(.condition(.guest))])

    /// The locks of a channel; locks rather than flags, so that whoever wants other rules for one channel changes them as those
    /// of any other thing.
    ///
    /// - Parameters:
    ///   - guests: Whether guests may join.
    ///   - announce: Whether only administrators and the channel's moderators speak.
    /// - Returns: A lock for each deed that is not as for any other thing.
    package static func locks(guests: Bool, announce: Bool) -> [Deed: Lock] {
        var locks: [Deed: Lock] = [:]
        if guests { locks[.join] = Lock(.condition(.anyone)) }
        if announce {
            locks[.speak] = Lock(.condition(.role(.admin)), reason: "Only those who run the game speak there.")
        }
        return locks
    }
}
