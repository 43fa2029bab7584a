import IRCWire
public import ReactorCore

/// The channels a client is on, now and after each new connection.
extension IRCClient {
    /// Joins a channel, now and after each new connection.
    ///
    /// - Returns: Fires when the client is on it; at once when it is already. Fails with
    ///   ``IRCClientFailure/refused(code:text:)``, ``IRCClientFailure/noAnswer`` or ``IRCClientFailure/notConnected``;
    ///   the channel is tried again with the next connection all the same.
    @discardableResult
    public func join(_ channel: IRCClientChannel) -> Deferred<Void> {
        guard let name = Self.word(channel.name), channel.key.map({ Self.word($0) != nil }) ?? true else {
            return .failed(IRCClientFailure.malformed("a channel's name or key"))
        }
        channels.removeAll { view.isSame($0.name, channel.name) }
        channels.append(channel)
        guard let connection, connection.isRegistered else { return .failed(IRCClientFailure.notConnected) }
        if view.channel(channel.name) != nil { return .succeeded(()) }
        let outcome = Deferred<Void>()
        outcome.whenDone { _ in }
        joins[view.mapping.folded(channel.name), default: []].append(outcome)
        connection.send(
            IRCMessage("JOIN", [name] + (channel.key.map { [IRCParameter(cleaning: $0)] } ?? [])), .command)
        reactor.callLater(settings.requestLimit) { if !outcome.isFired { outcome.fail(IRCClientFailure.noAnswer) } }
        return outcome
    }

    /// Leaves a channel for good.
    public func part(_ name: String, _ reason: String = "") {
        channels.removeAll { view.isSame($0.name, name) }
        guard view.channel(name) != nil, let target = Self.word(name) else { return }
        let words = reason.isEmpty ? [target] : [target, IRCParameter(cleaning: reason)]
        connection?.send(IRCMessage("PART", words), .command)
    }

    static func word(_ text: String) -> IRCParameter? {
        guard let parameter = IRCParameter(text), parameter.isMiddle, !text.utf8.contains(UInt8(ascii: ",")) else {
            return nil
        }
        return parameter
    }

    /// Joins everything that is wanted: those without keys with few lines.
    func joinAll() {
        guard let connection else { return }
        var names = ""
        func flush() {
            if !names.isEmpty { connection.send(IRCMessage("JOIN", [IRCParameter(cleaning: names)]), .command) }
            names = ""
        }
        for channel in channels where view.channel(channel.name) == nil {
            guard let name = Self.word(channel.name) else { continue }
            if let key = channel.key.flatMap(Self.word) {
                connection.send(IRCMessage("JOIN", [name, key]), .command)
                continue
            }
            if names.utf8.count + channel.name.utf8.count > 400 { flush() }
            names += names.isEmpty ? channel.name : "," + channel.name
        }
        flush()
    }

    // MARK: What comes of it

    func becomeReady(_ connection: IRCClientConnection) {
        if settings.isBot, let mode = view.support.botMode {
            connection.send(
                IRCMessage("MODE", [IRCParameter(cleaning: view.nick), IRCParameter(cleaning: "+\(mode)")]), .command)
        }
        joinAll()
    }

    static let joinErrors: Set<IRCNumeric> = [
        .noSuchChannel, .tooManyChannels, .channelIsFull, .inviteOnlyChannel, .bannedFromChannel, .badChannelKey,
        .badChannelMask, .needRegisteredNick, .badChannelName, .secureOnlyChannel, .unavailableResource,
    ]

    func refuseJoin(_ channel: String, _ code: String, _ text: String) {
        let isWanted = channels.contains { view.isSame($0.name, channel) }
        guard isWanted, view.channel(channel) == nil else { return }
        settleJoin(channel, .refused(code: code, text: text))
        tell(.joinRefused(channel: channel, code: code, text: text))
    }

    func settleJoin(_ channel: String, _ failure: IRCClientFailure?) {
        for join in joins.removeValue(forKey: view.mapping.folded(channel)) ?? [] where !join.isFired {
            if let failure { join.fail(failure) } else { join.succeed() }
        }
    }
}
