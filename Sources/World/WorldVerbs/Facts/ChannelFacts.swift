import Basics
package import WorldLanguage
package import WorldModel

/// A channel that the player hears.
package struct ChannelFacts: Equatable, Sendable {
    /// What one types to speak on it.
    package let command: String
    package let name: String
    /// What it is for.
    package let topic: String
}

/// Somebody who hears channels that the player hears too.
package struct ListenerFacts: Equatable, Sendable {
    package let name: String
    package let channels: [String]
}

/// What somebody said, as one who heard it reads it.
package struct SpeechFacts: Equatable, Sendable {
    /// A channel's name, or `say` or `tell`.
    package let channel: String
    /// As the listener knows them; empty when nobody is named.
    package let talker: String
    /// The whole line without styles.
    package let text: String
}

extension Facts {
    /// The channels the player hears, in the order they were made.
    package var channels: [ChannelFacts] {
        heard.map { ChannelFacts(command: $0.name.folded, name: $0.name, topic: turn.content($0.topic)) }
    }

    /// Who is connected and hears channels that the player hears, in the order they came.
    ///
    /// - Complexity: O(*n* · *m*) in those who are connected and the channels.
    package var listeners: [ListenerFacts] {
        var names: [ThingID: [String]] = [:]
        for channel in heard {
            for member in channel.members(turn) { names[member.id, default: []].append(channel.name) }
        }
        return turn.present.lazy.compactMap { presence in
            names[presence.persona.id].map { ListenerFacts(name: presence.persona.name, channels: $0) }
        }.prefix(FactLimits.listeners).map { $0 }
    }

    var heard: [Channel] {
        Channel.all(in: world).filter { $0.isJoined(by: persona) && $0.admits(persona, turn.role) }
    }
}

extension SpeechFacts {
    /// Reads what somebody was told; nil when it is nobody's words.
    ///
    /// - Parameters:
    ///   - delivery: What was told.
    ///   - listener: Who reads it.
    package init?(_ delivery: Delivery, for listener: Thing) {
        let runs = delivery.text.runs
        switch delivery.category {
        case .speech: channel = "say"
        case .tell: channel = "tell"
        case .channel:
            guard let tag = runs.first(where: { $0.style == .channel })?.text else { return nil }
            channel = tag.hasPrefix("[") && tag.hasSuffix("]") ? String(tag.dropFirst().dropLast()) : tag
        default: return nil
        }
        guard let speaker = delivery.speaker else { return nil }
        talker = speaker === listener ? speaker.name : runs.first { $0.style == .person }?.text ?? ""
        text = delivery.text.plain
    }
}
