public import Basics

/// What a server tells a client in messages that are no numerics; each has a form on the wire that servers write and
/// clients read.
///
/// Where it comes from is no part of it: the source of the message is the person who did it, or the server.
///
/// - Source: the Modern IRC document, "Client Messages"; the IRCv3 specifications named at each.
/// - SeeAlso: `IRCWireTests/IRCEventTests`; ``IRCReply``.
public enum IRCEvent: Hashable, Sendable {
    // MARK: Channels

    /// Somebody came onto a channel; account (nil for none) and real name by extended-join.
    case join(channel: IRCParameter, extended: IRCExtendedJoin?)
    case part(channel: IRCParameter, reason: IRCParameter?)
    case kick(channel: IRCParameter, nick: IRCParameter, reason: IRCParameter?)
    /// The topic was set; an empty one takes it away.
    case topic(channel: IRCParameter, IRCParameter)
    /// Modes changed: the letters with their signs, then parameters.
    case mode(target: IRCParameter, [IRCParameter])
    /// Somebody was invited: the reader, or by invite-notify another.
    case invite(nick: IRCParameter, channel: IRCParameter)

    // MARK: People

    case nick(IRCParameter)
    case quit(reason: IRCParameter?)
    /// away-notify; nil for back.
    case away(IRCParameter?)
    /// account-notify; nil for logged out.
    case account(IRCParameter?)
    /// chghost.
    case changeHost(user: IRCParameter, host: IRCParameter)
    /// setname.
    case setName(IRCParameter)
    case kill(nick: IRCParameter, reason: IRCParameter)

    // MARK: Messages

    case message(IRCMessageRequest.Kind, target: IRCParameter, text: IRCParameter)
    case wallops(IRCParameter)
    /// read-marker; nil (`*`) for a target of which nothing is read.
    case markRead(target: IRCParameter, time: WallInstant?)
    /// `CHATHISTORY TARGETS`: one of the targets, with the time of its newest message.
    case historyTarget(IRCParameter, time: WallInstant)
    case batchStart(reference: IRCParameter, type: IRCParameter, parameters: [IRCParameter])
    case batchEnd(reference: IRCParameter)

    // MARK: Connection

    case ping(token: IRCParameter)
    case pong(server: IRCParameter, token: IRCParameter)
    /// The connection ends after it.
    case error(IRCParameter)
    /// A capability's message; nick is `*` before registration.
    case capability(IRCCapabilityEvent, nick: IRCParameter)
    case authenticate(IRCParameter)
    /// `REGISTER` or `VERIFY`: it succeeded, or (`REGISTER` only) a code is needed.
    case registered(IRCRegistrationOutcome, account: IRCParameter, text: IRCParameter)
    /// labeled-response: the answer is that there is none.
    case acknowledged

    /// The message.
    ///
    /// - Parameters:
    ///   - source: Who did it; nil for `PING`, `ERROR` and others that need none.
    ///   - tags: What goes before it.
    /// - Returns: The message.
    public func message(from source: IRCSource? = nil, tags: IRCTags = IRCTags()) -> IRCMessage {
        let (command, parameters, text) = parts
        return IRCMessage(command, text.map { parameters + [$0] } ?? parameters, source: source, tags: tags)
    }

    /// Appends the line without tags, with CR LF; texts always have a colon before them.
    public func append(to output: inout [UInt8], from source: IRCSource? = nil, limit: Int = IRCLimits.bodyOctets) {
        // The most frequent one, without a list of its parameters.
        if case .message(let kind, let target, let text) = self {
            return IRCLineWriter.append(
                kind.command.command, to: target, [], trailing: kind == .tagmsg ? nil : text, from: source,
                output: &output,
                limit: limit)
        }
        let (command, parameters, text) = parts
        if let text {
            IRCLineWriter.append(command, parameters, trailing: text, from: source, to: &output, limit: limit)
        } else {
            IRCLineWriter.append(command, parameters, from: source, to: &output, limit: limit)
        }
    }
}
