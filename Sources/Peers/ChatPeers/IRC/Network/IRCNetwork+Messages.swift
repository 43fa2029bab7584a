import Basics
import IRCWire
import ReactorCore

/// PRIVMSG, NOTICE, TAGMSG, and messages of several lines.
///
/// - Source: Modern IRC "Sending Messages"; IRCv3 `message-tags`, `echo-message`, `draft/multiline`.
extension IRCNetwork {
    func send(_ message: IRCMessageRequest, _ user: IRCUser) {
        let draft = IRCDraft(
            kind: message.kind, first: message.kind == .tagmsg ? nil : IRCMultilineRequest.Line(message.text), rest: [],
            tags: message.tags)
        user.lastSpokeAt = reactor.now
        for target in message.targets { send(draft, user, to: target) }
    }

    func send(_ message: IRCMultilineRequest, _ user: IRCUser) {
        user.lastSpokeAt = reactor.now
        let draft = IRCDraft(
            kind: message.kind, first: message.lines.first, rest: message.lines.dropFirst(), tags: message.tags)
        send(draft, user, to: message.target)
    }

    private func send(_ draft: IRCDraft, _ user: IRCUser, to target: IRCParameter) {
        let types = settings.channels.types.utf8
        if let first = target.text.utf8.first {
            if types.contains(first) { return send(draft, user, toChannel: target, least: nil) }
            if let rank = IRCRank(prefix: first), let second = target.text.utf8.dropFirst().first,
                types.contains(second)
            {
                let name = IRCParameter(cleaning: String(target.text.unicodeScalars.dropFirst()))
                return send(draft, user, toChannel: name, least: rank)
            }
        }
        guard let other = self.user(target) else { return complain(draft, user, .noSuchNick(target)) }
        send(draft, user, to: other)
    }

    /// A NOTICE is never answered, so that programs do not talk to each other without end.
    private func complain(_ draft: IRCDraft, _ user: IRCUser, _ reply: IRCReply) {
        if draft.kind != .notice { user.reply(reply) }
    }

    // MARK: To a channel

    private func send(_ draft: IRCDraft, _ user: IRCUser, toChannel name: IRCParameter, least: IRCRank?) {
        guard let channel = channel(name) else { return complain(draft, user, .noSuchChannel(name)) }
        if let words = refusal(of: draft, user, in: channel) {
            return complain(draft, user, .cannotSend(to: channel.name, words))
        }
        let target = least.map { IRCParameter(cleaning: $0.prefixes(all: false) + channel.name.text) } ?? channel.name
        let id = nextMessageID()
        let post = IRCPost(draft, to: target, from: user, id, tags(of: user, id: id, client: draft.tags))
        let echoes = user.has(.echoMessage)
        for member in channel.members where member.user !== user {
            if let least, !member.rank.isAtLeast(least) { continue }
            post.send(to: member.user)
        }
        if echoes { post.send(to: user) }
        if least == nil, draft.kind != .tagmsg { channel.history.add(post.entry) }
    }

    private func refusal(of draft: IRCDraft, _ user: IRCUser, in channel: IRCChannel) -> IRCParameter? {
        let (rank, modes) = (channel.rank(of: user), channel.modes)
        if rank == nil, modes.contains(.noOutsiders) { return "Cannot send to channel (+n)" }
        if rank?.isEmpty ?? true {
            if modes.contains(.moderated) { return "Cannot send to channel (+m)" }
            if modes.contains(.accountsSpeak), user.account == nil {
                return "Cannot send to channel (+M): log in first"
            }
            if channel.bans(user) { return "Cannot send to channel (+b)" }
        }
        return modes.contains(.noCTCP) && draft.isForPrograms ? "Cannot send to channel (+C)" : nil
    }

    // MARK: To somebody

    private func send(_ draft: IRCDraft, _ user: IRCUser, to other: IRCUser) {
        if other.modes.contains(.accountsOnly), user.account == nil, other !== user {
            return complain(
                draft, user, .needRegisteredNick(other.nick, "They take messages from accounts only: log in first"))
        }
        let id = nextMessageID()
        let post = IRCPost(draft, to: other.nick, from: user, id, tags(of: user, id: id, client: draft.tags))
        // Who writes to itself gets the message beside the answer, which is the echo.
        post.send(to: other, isAnswer: false)
        if user.has(.echoMessage) { post.send(to: user) }
        guard draft.kind != .tagmsg else { return }
        if let text = other.awayMessage, draft.kind == .privmsg { user.reply(.away(other.nick, text)) }
        if let account = user.account, let partner = other.account {
            conversations.add(
                post.entry, between: settings.mapping.folded(account), and: settings.mapping.folded(partner))
        }
    }
}

/// What somebody wants to send, to whomever.
struct IRCDraft {
    let kind: IRCMessageRequest.Kind
    /// The text, or its first line; nil for TAGMSG.
    let first: IRCMultilineRequest.Line?
    /// The further lines.
    let rest: ArraySlice<IRCMultilineRequest.Line>
    let tags: IRCTags

    var lines: [IRCMultilineRequest.Line] { (first.map { [$0] } ?? []) + rest }

    /// Whether it is for programs, not for people: CTCP, but for what somebody does.
    var isForPrograms: Bool {
        guard let text = first?.text.text, text.utf8.first == 1 else { return false }
        return !text.hasPrefix("\u{1}ACTION")
    }
}

/// One message on its way to its listeners: its lines, encoded once for all.
///
/// ```text
///   :a PRIVMSG #c :one                          without multiline: each line by itself, the first called by the id,
///   :a PRIVMSG #c :two                          and no empty ones
///
///   @msgid=… :a BATCH +… draft/multiline #c     with multiline
///   @batch=… :a PRIVMSG #c :one
///   @batch=… :a PRIVMSG #c :two
///   BATCH -…
/// ```
struct IRCPost {
    let entry: IRCHistory.Entry

    init(_ draft: IRCDraft, to target: IRCParameter, from user: IRCUser, _ id: IRCMessageID, _ tags: IRCLine.Tags) {
        func line(_ text: IRCParameter, _ tags: IRCLine.Tags) -> IRCLine {
            IRCLine(.message(draft.kind, target: target, text: text), from: user.source, tags: tags)
        }
        guard let first = draft.first else {
            entry = IRCHistory.Entry(id: id, line: line("", tags), isMessage: false)
            return
        }
        guard !draft.rest.isEmpty else {
            entry = IRCHistory.Entry(id: id, line: line(first.text, tags), isMessage: true)
            return
        }
        var followingTags = tags
        (followingTags.messageID, followingTags.client) = (nil, IRCTags())
        var alone: [IRCLine] = []
        for part in draft.lines where !part.text.isEmpty {
            alone.append(line(part.text, alone.isEmpty ? tags : followingTags))
        }
        // The id is a name for the batch that no client has open already.
        let whole = IRCMultilineRequest(draft.kind, to: target, lines: draft.lines)
        var batch: [IRCLine] = []
        for part in whole.parts(reference: IRCParameter(cleaning: id.text)) {
            var own = batch.isEmpty ? tags : IRCLine.Tags()
            if let line = part.line {
                own.batch = id.text
                own.isConcatenated = line.isConcatenated
            }
            batch.append(IRCLine(part.event, from: user.source, tags: own))
        }
        entry = IRCHistory.Entry(
            id: id, line: alone.first ?? line("", tags), isMessage: true, rest: Array(alone.dropFirst()), batch: batch)
    }

    /// Sends the message to somebody.
    ///
    /// It is an answer if it belongs to what that person is asking for just now.
    func send(to user: IRCUser, isAnswer: Bool = true) {
        if entry.batch.isEmpty, entry.rest.isEmpty { return send(entry.line, to: user, isAnswer: isAnswer) }
        for line in entry.lines(for: user) { send(line, to: user, isAnswer: isAnswer) }
    }

    private func send(_ line: IRCLine, to user: IRCUser, isAnswer: Bool) {
        if isAnswer { user.connection.send(line) } else { user.connection.deliver(line) }
    }
}
