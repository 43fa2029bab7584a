import WorldLanguage
package import WorldModel

/// One line of what a player is: what the line is called, and what stands there.
package struct StatusFact: Equatable, Sendable {
    /// What programs call it, the same in every language.
    package enum Key: String, CaseIterable, Sendable {
        case name, role, state, place, area, language, unread
    }

    package let key: Key
    /// As the player reads it.
    package let title: String
    package let value: String
}

extension Facts {
    /// What the player is and how they are, in the order of the keys.
    ///
    /// - Complexity: O(*n*) in the letters of the inbox.
    package var status: [StatusFact] {
        let perception = turn.perception
        let place = perception.isLit ? perception.surroundings : nil
        return StatusFact.Key.allCases.map { key in
            let value: String
            switch key {
            case .name: value = persona.name
            case .role: value = phrase(Self.title(of: turn.role))
            case .state: value = phrase(turn.isPresent(persona) ? "in play" : "not connected")
            case .place: value = place.map { turn.content($0.name) } ?? ""
            case .area:
                let area = place?[.area] ?? ""
                value = area.isEmpty ? "" : turn.content(area)
            case .language: value = turn.language?.name ?? "English"
            case .unread: value = String(Mailbox(of: persona, in: world).unread)
            }
            return StatusFact(key: key, title: phrase(Self.title(of: key)), value: cut(value))
        }
    }

    /// What measures the player; empty in a world whose builders have thought of nothing.
    package var vitals: [Vital] { world.vitals(of: persona) }

    private static func title(of key: StatusFact.Key) -> Sentence {
        switch key {
        case .name: "Name"
        case .role: "Role"
        case .state: "State"
        case .place: "Place"
        case .area: "Area"
        case .language: "Language"
        case .unread: "Unread letters"
        }
    }

    private static func title(of role: Role) -> Sentence {
        switch role {
        case .guest: "guest"
        case .player: "player"
        case .builder: "builder"
        case .programmer: "programmer"
        case .admin: "admin"
        case .owner: "owner"
        }
    }
}
