public import IRCWire

/// What a client says.
extension IRCClient {
    /// Says a text to a channel or a person, in as many messages as it takes; those who hear it get each of them whole.
    ///
    /// Line breaks begin a new message, or stay in one where the server has `draft/multiline`.
    ///
    /// - Parameters:
    ///   - text: What to say; empty lines are left out where lines are messages of their own.
    ///   - target: A channel's name or a nick.
    ///   - tags: Client-only tags (`+…`), sent where the server has `message-tags`.
    ///   - priority: What goes first when lines have to wait.
    /// - Throws: ``IRCClientFailure/notConnected``, ``IRCClientFailure/malformed(_:)`` for a target that is none,
    ///   ``IRCClientFailure/tooMuch`` for a text of more than ``longestText`` octets.
    public func say(
        _ text: String, to target: String, tags: IRCTags = IRCTags(), _ priority: IRCClientPriority = .message
    ) throws(IRCClientFailure) {
        try speak(.privmsg, text, to: target, tags: tags, priority)
    }

    /// Says a text as a `NOTICE`, which no program answers by itself; otherwise like ``say(_:to:tags:_:)``.
    public func notice(
        _ text: String, to target: String, tags: IRCTags = IRCTags(), _ priority: IRCClientPriority = .message
    ) throws(IRCClientFailure) {
        try speak(.notice, text, to: target, tags: tags, priority)
    }

    /// Shows a gesture: the words go on from the client's nick, as `waves.` does.
    ///
    /// - Throws: As ``say(_:to:tags:_:)``.
    public func act(
        _ words: String, to target: String, tags: IRCTags = IRCTags(), _ priority: IRCClientPriority = .message
    ) throws(IRCClientFailure) {
        let (connection, target) = try prepare(words, target)
        for part in splitter("PRIVMSG", target).splitAction(words) {
            connection.send(IRCMessage("PRIVMSG", [target, part], tags: sendable(tags)), priority)
        }
    }

    /// Asks somebody's program something; the answer comes as ``IRCClientEvent/queryAnswer(_:from:)``.
    ///
    /// - Throws: As ``say(_:to:tags:_:)``.
    public func ask(_ query: IRCCTCP, to target: String) throws(IRCClientFailure) {
        let (connection, target) = try prepare(query.arguments, target)
        connection.send(IRCMessage("PRIVMSG", [target, query.parameter]), .message)
    }

    /// The messages that a text is said in, as ``say(_:to:tags:_:)`` cuts it now; none for a target that is none.
    public func parts(of text: String, to target: String) -> [String] {
        guard let target = Self.word(target) else { return [] }
        return splitter("PRIVMSG", target).split(text).map(\.text)
    }

    // MARK: Machinery

    private func prepare(
        _ text: String, _ target: String
    ) throws(IRCClientFailure) -> (IRCClientConnection, IRCParameter) {
        let connection = try registered()
        guard let target = Self.word(target) else { throw .malformed("the target") }
        if text.utf8.count > Self.longestText { throw .tooMuch }
        return (connection, target)
    }

    private func sendable(_ tags: IRCTags) -> IRCTags {
        view.capabilities.contains(.messageTags) ? tags.clientOnly : IRCTags()
    }

    /// How much room a message leaves that others get from this client, whose user name and host may not be known yet.
    private func splitter(_ command: IRCCommand, _ target: IRCParameter) -> IRCMessageSplitter {
        let source = view.source
        let longest = IRCSource(
            source.name, user: source.user ?? String(repeating: "u", count: 12),
            host: source.host ?? String(repeating: "h", count: 63))
        return IRCMessageSplitter(command, to: target, from: longest, lineLimit: view.support.lineOctets)
    }

    private func speak(
        _ kind: IRCMessageRequest.Kind, _ text: String, to target: String, tags: IRCTags, _ priority: IRCClientPriority
    ) throws(IRCClientFailure) {
        let (connection, target) = try prepare(text, target)
        let command = kind.command.command
        let (splitter, tags) = (splitter(command, target), sendable(tags))
        if text.utf8.contains(0x0A), let limits = multilineLimits {
            for batch in Self.batches(of: text, splitter, limits) {
                let request = IRCMultilineRequest(kind, to: target, lines: batch, tags: tags)
                connection.send(request.messages(reference: nextReference()), priority)
            }
            return
        }
        for part in splitter.split(text) {
            connection.send(IRCMessage(command, [target, part], tags: tags), priority)
        }
    }

    // MARK: Several lines

    /// What the server takes as one message of several lines; nil when it takes none.
    private var multilineLimits: (octets: Int, lines: Int)? {
        guard view.capabilities.isSuperset(of: [.batch, .multiline, .messageTags]) else { return nil }
        var limits = (octets: 4096, lines: 24)
        for part in (offeredValue(of: .multiline) ?? "").split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, let number = Int(pair[1]), number > 0 else { continue }
            if pair[0] == "max-bytes" { limits.octets = number }
            if pair[0] == "max-lines" { limits.lines = number }
        }
        return limits
    }

    /// The text as messages of several lines, each within the limits.
    private static func batches(
        of text: String, _ splitter: IRCMessageSplitter, _ limits: (octets: Int, lines: Int)
    ) -> [[IRCMultilineRequest.Line]] {
        var batches: [[IRCMultilineRequest.Line]] = [[]]
        var octets = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var parts = splitter.split(String(line))
            if parts.isEmpty { parts = [""] }
            for part in parts {
                let count = part.text.utf8.count + 1
                if !batches[batches.count - 1].isEmpty,
                    batches[batches.count - 1].count >= limits.lines || octets + count > limits.octets
                {
                    batches.append([])
                    octets = 0
                }
                // A line too long for a message goes on in a line of its own: the space it was cut at is left out.
                batches[batches.count - 1].append(IRCMultilineRequest.Line(part))
                octets += count
            }
        }
        return batches.filter { $0.contains { !$0.text.isEmpty } }
    }
}
