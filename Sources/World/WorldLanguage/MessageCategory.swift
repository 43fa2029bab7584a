/// What kind of message something is, so that each player and each door may treat it its own way.
package enum MessageCategory: String, Sendable, CaseIterable {
    /// What one sees: rooms, descriptions, lists.
    case sight
    /// What somebody does.
    case action
    /// Who comes and goes.
    case movement
    /// What happens around one that nobody does at one, such as rain, or that it is dark now.
    case ambience
    case speech
    case emote
    case tell
    /// What is said on a channel.
    case channel
    /// Help and other reference text.
    case reference
    /// Refusals and questions of the parser.
    case refusal
    /// From the server itself; players cannot make one.
    case system

    /// Whether it is somebody's words or gestures, which whoever ignores them does not get.
    package var isTalk: Bool {
        switch self {
        case .speech, .emote, .tell, .channel: true
        case .sight, .action, .movement, .ambience, .reference, .refusal, .system: false
        }
    }

    /// The setting by which a player turns it off; nil for what nobody may miss.
    package var setting: SettingName? {
        switch self {
        case .movement: .movement
        case .action: .actions
        case .emote: .emotes
        default: nil
        }
    }

    /// Whether one who missed it wants it told later: what shows how things are can be looked at again instead.
    package var isRepeated: Bool {
        switch self {
        case .sight, .reference: false
        default: true
        }
    }

    /// Whether it is something that happens, of which one may want to know when it did.
    package var isEvent: Bool {
        switch self {
        case .sight, .reference, .refusal: false
        default: true
        }
    }
}
