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
