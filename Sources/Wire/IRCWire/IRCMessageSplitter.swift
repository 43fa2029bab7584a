/// Cuts a text that is too long for one message into several.
///
/// At the last space that fits, which is then left out; else between characters, and a character longer than a
/// whole message between its scalars. Line ends cut too, and empty lines are left out.
///
/// - Complexity: O(*n*) in the text.
/// - Limits: a message holds at least ``leastOctets``, even where source and target leave less.
/// - Source: RFC 2812 §2.3; Modern IRC "Message Format" about what relays put before a message.
/// - SeeAlso: `IRCWireTests/IRCMessageSplitterTests`.
public struct IRCMessageSplitter: Hashable, Sendable {
    /// Octets of a message's text at least.
    public static let leastOctets = 16

    /// Octets of a message's text at most.
    public let limit: Int

    /// Makes a splitter for texts of so many octets.
    public init(limit: Int) {
        self.limit = max(limit, Self.leastOctets)
    }

    /// Makes a splitter for messages as those who hear them get them.
    ///
    /// - Parameters:
    ///   - command: `PRIVMSG` or another with a target and a text.
    ///   - target: Whom it is for.
    ///   - source: Who says it, as others see it.
    ///   - lineLimit: Octets of a line with CR LF.
    public init(
        _ command: IRCCommand, to target: IRCParameter, from source: IRCSource, lineLimit: Int = IRCLimits.bodyOctets
    ) {
        // A colon, two spaces, a space and a colon, CR LF.
        let around = 1 + source.octetCount + 1 + command.name.utf8.count + 1 + target.text.utf8.count + 2 + 2
        self.init(limit: lineLimit - around)
    }

    /// The texts in order, each no longer than ``limit`` and none empty.
    public func split(_ text: String) -> [IRCParameter] {
        var parts: [IRCParameter] = []
        for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            var rest = Substring(line)
            while rest.utf8.count > limit {
                let end = cut(rest)
                parts.append(IRCParameter(cleaning: String(rest[..<end])))
                rest = rest[end...]
                if rest.utf8.first == 0x20 { rest = rest.dropFirst() }
            }
            if !rest.isEmpty { parts.append(IRCParameter(cleaning: String(rest))) }
        }
        return parts
    }

    /// Like ``split(_:)`` for what somebody does: each part is an `ACTION` of its own.
    public func splitAction(_ words: String) -> [IRCParameter] {
        let around = IRCCTCP.action("").parameter.text.utf8.count + 1
        return IRCMessageSplitter(limit: limit - around).split(words).map { IRCCTCP.action($0.text).parameter }
    }

    /// Where a text that is too long is cut.
    private func cut(_ text: Substring) -> String.Index {
        let octets = text.utf8
        let end = octets.index(octets.startIndex, offsetBy: limit)
        // A space at the very end may go too, because it is left out.
        if let space = octets[...end].lastIndex(of: 0x20), space > octets.startIndex { return space }
        var place = text.startIndex
        while place < text.endIndex {
            let next = text.index(after: place)
            if next > end { break }
            place = next
        }
        if place > text.startIndex { return place }
        var scalar = text.unicodeScalars.startIndex
        while true {
            let next = text.unicodeScalars.index(after: scalar)
            if next > end { return scalar }
            scalar = next
        }
    }
}
