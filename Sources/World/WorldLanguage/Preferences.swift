package import Basics
package import WorldModel

/// What somebody has set, with the account or, for a guest, with themself: the same for all characters and at every door.
package struct Preferences: Hashable, Sendable {
    /// As it is kept: values by the names of settings, and `color.KIND`.
    package let stored: [String: String]

    package init(_ stored: [String: String] = [:]) {
        self.stored = stored
    }

    /// What is set, or what counts while nothing is; a stored value that means nothing is none.
    package subscript(name: SettingName) -> String { chosen(name) ?? name.rule.initial }

    /// What is set, if it is something that can be.
    package func chosen(_ name: SettingName) -> String? {
        guard let value = stored[name.rawValue], name == .language || name.rule.allows(value) else { return nil }
        return value
    }

    package func isOn(_ name: SettingName) -> Bool { self[name] == "on" }

    /// The number that is set; nil for a word.
    package func number(_ name: SettingName) -> Int? { chosen(name).flatMap { Int($0) } }

    /// Before the name of a kind of text, under which its colour is kept.
    package static let colourPrefix = "color."

    /// The colours that were chosen for kinds of text.
    package var colours: [TextStyle: TextColour] {
        var found: [TextStyle: TextColour] = [:]
        for (name, value) in stored where name.hasPrefix(Self.colourPrefix) {
            let kind = name.dropFirst(Self.colourPrefix.count)
            guard let style = TextStyle.allCases.first(where: { "\($0)" == kind }) else { continue }
            found[style] = TextColour(rawValue: value)
        }
        return found
    }
}

extension World {
    /// All that somebody has set.
    package func preferences(of persona: Thing) -> Preferences { Preferences(holder(of: persona)[.settings]) }

    /// What somebody has set for a name, as it is stored; nil when they have not.
    ///
    /// - Complexity: O(1); nothing of the other settings is read.
    package func setting(_ name: SettingName, of persona: Thing) -> String? {
        guard case .map(let entries)? = holder(of: persona).value(of: PropertyKey(.settings)),
            case .text(let value)? = entries[name.rawValue]
        else { return nil }
        return value
    }
}
