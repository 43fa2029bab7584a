package import WorldModel

extension World {
    /// What somebody has set for a name, with the account or, for a guest, with themself; nil when they have not.
    ///
    /// - Complexity: O(1); nothing of the other settings is read.
    package func setting(_ name: String, of persona: Thing) -> String? {
        guard case .map(let entries)? = holder(of: persona).value(of: PropertyKey(.settings)),
            case .text(let value)? = entries[name]
        else { return nil }
        return value
    }
}

extension MessageCategory {
    /// The setting by which a player turns it off; nil for what nobody may miss.
    package var setting: String? {
        switch self {
        case .movement: "movement"
        case .action: "actions"
        case .emote: "emotes"
        default: nil
        }
    }
}

extension MessageCategory {
    /// Whether it is something that happens, of which one may want to know when it did.
    package var isEvent: Bool {
        switch self {
        case .sight, .reference, .refusal: false
        default: true
        }
    }
}

extension Turn {
    /// Whether somebody does not want to read what others do of this kind, when it does not concern them.
    func isMuted(_ category: MessageCategory, for person: Thing) -> Bool {
        guard let setting = category.setting, person !== actor else { return false }
        return world.setting(setting, of: person) == "off"
    }
}
