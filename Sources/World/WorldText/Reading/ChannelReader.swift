import WorldModel

/// A channel as the world's file describes it.
package struct ChannelDeclaration: Hashable, Sendable {
    package let name: String
    package internal(set) var aliases: [String] = []
    package internal(set) var description = ""
    /// Whether everybody listens who does not leave it.
    package internal(set) var isDefault = false
    package internal(set) var admitsGuests = true
    /// Whether only those who run the game speak.
    package internal(set) var isAnnouncing = false
    package let position: SourcePosition

    /// By which the thing is known again, as no area can name one.
    package var key: String { "channel:\(name)" }
}

/// Reads the channels of a world.
///
/// ```yaml
/// channels:
///   newbie: {aliases: [newbies], description: Help for newcomers., default: true, guests: true}
///   news: {description: What is new here., default: true, announce: true}
/// ```
struct ChannelReader {
    let sink: DiagnosticSink

    /// In letters.
    private static let lengths = 2...20

    func read(_ entries: [TextNode.Entry]) -> [ChannelDeclaration] {
        var channels: [ChannelDeclaration] = []
        var owners: [String: String] = [:]
        for entry in entries {
            guard isName(entry.key) else {
                sink.error(entry.keyPosition, "\(entry.key) cannot name a channel; \(Self.rule)")
                continue
            }
            guard let channel = channel(entry) else { continue }
            for word in [channel.name] + channel.aliases {
                if let other = owners[word] {
                    sink.error(
                        entry.keyPosition, "channel \(channel.name) is called \(word), and so is channel \(other)")
                }
                owners[word] = channel.name
            }
            channels.append(channel)
        }
        if channels.count > ChannelRules.most, let first = entries.first {
            sink.error(
                first.keyPosition, "there are \(channels.count) channels, and a world can have \(ChannelRules.most)")
        }
        return channels
    }

    private static let rule =
        "use \(lengths.lowerBound) to \(lengths.upperBound) lower-case letters, and no direction"

    private func channel(_ entry: TextNode.Entry) -> ChannelDeclaration? {
        guard var fields = Fields(entry.value, of: "channel \(entry.key)", sink) else { return nil }
        var channel = ChannelDeclaration(name: entry.key, position: entry.keyPosition)
        for alias in fields.words("aliases") ?? [] {
            if isName(alias) {
                channel.aliases.append(alias)
            } else {
                sink.error(
                    fields.position(of: "aliases"), "\(alias) cannot be an alias of \(fields.owner); \(Self.rule)")
            }
        }
        if let description = fields.text("description") {
            if description.count > ChannelRules.longestTopic {
                sink.error(
                    fields.position(of: "description"),
                    "description of \(fields.owner) is longer than \(ChannelRules.longestTopic) characters")
            }
            channel.description = description
        } else if !fields.has("description") {
            sink.warning(entry.keyPosition, "\(fields.owner) has no description")
        }
        channel.isDefault = fields.flag("default") ?? false
        channel.admitsGuests = fields.flag("guests") ?? true
        channel.isAnnouncing = fields.flag("announce") ?? false
        fields.finish()
        return channel
    }

    private func isName(_ text: String) -> Bool {
        Self.lengths.contains(text.utf8.count) && text.utf8.allSatisfy { (0x61...0x7A).contains($0) }
            && Direction(word: text) == nil
    }
}
