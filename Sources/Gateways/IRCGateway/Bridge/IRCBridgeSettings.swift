package import ChatPeers

/// A channel of the game and the one on another network that it is linked with.
package struct IRCBridgeLink: Hashable, Sendable, CustomStringConvertible {
    /// The channel's name in the game, as `chat`.
    package let channel: String
    /// The channel's name there, as `#oldharbour`.
    package let outside: String
    /// The key that it is opened with; nil for none.
    package let key: String?

    package init(channel: String, outside: String, key: String? = nil) {
        self.channel = channel
        self.outside = outside
        self.key = key
    }

    /// Reads `chat=#oldharbour` or `chat=#oldharbour,key`; nil when it is neither.
    package init?(_ text: String) {
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard sides.count == 2, !sides[0].isEmpty else { return nil }
        let parts = sides[1].split(separator: ",", maxSplits: 1).map(String.init)
        guard let outside = parts.first, !outside.isEmpty, !outside.contains(where: \.isWhitespace) else { return nil }
        self.init(channel: sides[0], outside: outside, key: parts.count > 1 ? parts[1] : nil)
    }

    package var description: String { "\(channel)=\(outside)" }
}

/// How a bridge to one network behaves.
package struct IRCBridgeSettings: Sendable {
    /// What the network is called in the game, as in `ben@libera`: letters, digits and hyphens.
    package var network: String
    /// Who the bridge is there.
    package var client: IRCClientSettings
    package var links: [IRCBridgeLink]
    /// Masks of those there whose words are not passed on, as `*!*@relay.example`.
    package var ignored: [String] = []
    /// Lines that come over from there at once, and each second after that; what is more is left out.
    package var burst = 10
    package var linesPerSecond = 2

    package init(network: String, client: IRCClientSettings, links: [IRCBridgeLink]) {
        self.network = network
        self.client = client
        self.links = links
        self.client.channels = links.map { IRCClientChannel($0.outside, key: $0.key) }
        self.client.isBot = true
    }
}
