/// A channel that a character can hear; `Comm.Channel.List` in GMCP.
package struct MUDChannel: Hashable, Sendable {
    /// A word that never changes, by which clients keep their tabs apart.
    package var name: String
    /// What the player reads on the tab.
    package var caption: String
    /// What is typed before a text to say it there.
    package var command: String

    package init(name: String, caption: String, command: String) {
        self.name = name
        self.caption = caption
        self.command = command
    }
}

/// Something that was said; `Comm.Channel.Text` in GMCP.
package struct MUDSpeech: Hashable, Sendable {
    /// The ``MUDChannel/name``; `say` in a room, and `tell` with the other's name for private words.
    package var channel: String
    package var talker: String
    /// The whole line as it was shown.
    package var text: String

    package init(channel: String, talker: String, text: String) {
        self.channel = channel
        self.talker = talker
        self.text = text
    }
}

/// Somebody who is here, and the channels both share; `Comm.Channel.Players` in GMCP.
package struct MUDListener: Hashable, Sendable {
    package var name: String
    /// Captions.
    package var channels: [String]

    package init(name: String, channels: [String] = []) {
        self.name = name
        self.channels = channels
    }
}
