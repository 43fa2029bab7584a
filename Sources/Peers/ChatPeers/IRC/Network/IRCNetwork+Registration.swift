import CredentialCore
public import IRCWire
public import ReactorCore

/// Who comes in, and who leaves.
extension IRCNetwork {
    /// Everything of ``IRCWire/IRCCapability`` that a network can do; REGISTER only where accounts can be made.
    public func capabilities(for connection: IRCServerConnection) -> IRCCapabilitySet {
        settings.allowsRegistration ? Self.capabilities.union([.accountRegistration]) : Self.capabilities
    }

    private static let capabilities: IRCCapabilitySet = [
        .accountNotify, .accountTag, .awayNotify, .chathistory, .chghost, .echoMessage, .eventPlayback, .extendedJoin,
        .extendedMonitor, .inviteNotify, .messageTags, .multiPrefix, .multiline, .readMarker, .serverTime, .setname,
        .standardReplies, .userhostInNames,
    ]

    /// Whether the nick is free and may be had.
    public func nickRequested(_ nick: String, by connection: IRCServerConnection) -> IRCReply? {
        refusal(ofNick: IRCParameter(cleaning: nick), for: connection)
    }

    /// Looks at bans and the password, and logs in whoever gives `PASS account:password`.
    public func register(_ connection: IRCServerConnection) -> Deferred<IRCRegistrationVerdict> {
        guard let registration = connection.registration else {
            return .succeeded(.refused(nil, words: "Not registering"))
        }
        let userName = Self.userName(registration.user ?? "", limit: settings.userOctets)
        if let ban = ban(of: userName, at: connection.host) {
            return .succeeded(
                .refused(
                    .banned(IRCParameter(cleaning: "You are banned: \(ban.reason)")), words: "Banned (\(ban.reason))"))
        }
        let given = registration.password ?? ""
        if let password = settings.password {
            let isRight = Digest.areEqual(Array(given.utf8), Array(password.utf8))
            return .succeeded(
                isRight ? verdict(on: connection, userName) : .refused(.passwordMismatch, words: "Bad password"))
        }
        guard connection.account == nil, let colon = given.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            return .succeeded(verdict(on: connection, userName))
        }
        let name = String(given[..<colon])
        let password = String(given[given.utf8.index(after: colon)...])
        return logIn(with: .password(name: name, password: password), connection).mapResult { [weak self] result in
            guard let self else { return .refused(nil, words: "Shutting down") }
            guard case .success(let account) = result else { return .refused(.passwordMismatch, words: "Bad password") }
            connection.account = account
            return verdict(on: connection, userName)
        }
    }

    /// The nick may have been taken by another since it was asked for.
    private func verdict(on connection: IRCServerConnection, _ userName: String) -> IRCRegistrationVerdict {
        let nick = connection.registration?.nick ?? connection.nick
        if let refusal = nickRequested(nick, by: connection) { return .nickRefused(refusal) }
        // A colon at the beginning would begin the last parameter of a line.
        let host = connection.host.hasPrefix(":") ? "0" + connection.host : connection.host
        return .accepted(nick: nick, user: userName, host: host.isEmpty ? "localhost" : host)
    }

    /// What a client says its user name is, with a tilde: nobody has looked.
    private static func userName(_ text: String, limit: Int) -> String {
        let allowed = text.utf8.filter { octet in
            switch octet {
            // - . 0-9 A-Z [ \ ] ^ _ ` a-z { | }
            case 0x2D, 0x2E, 0x30...0x39, 0x41...0x5A, 0x5B...0x7D: true
            default: false
            }
        }
        return "~" + (allowed.isEmpty ? "user" : String(decoding: allowed.prefix(max(1, limit - 1)), as: UTF8.self))
    }

    /// Makes the user, and tells them what there is.
    public func registered(_ connection: IRCServerConnection) {
        let realName = IRCParameter(cleaning: connection.registration?.realName ?? "").cut(to: settings.realNameOctets)
        let user = IRCUser(
            connection, key: settings.mapping.folded(connection.nick), realName: realName, signedOnAt: now(),
            now: reactor.now)
        connection.occupant = user
        enlist(user)
        mostUsers = max(mostUsers, users.count)
        user.reply(IRCReply.users(counts))
        tellMotd(to: user)
        tellWatchers(ofKey: user.key, IRCReply.monitorOnline([user.source]))
    }

    /// Tells all who share a channel with somebody that they are gone.
    public func lost(_ connection: IRCServerConnection, ending: IRCEnding) {
        guard let user = connection.occupant as? IRCUser else { return }
        connection.occupant = nil
        forget(user)
        remember(user)
        for mode in [IRCUserModes.operator, .invisible] { set(mode, false, of: user) }
        unwatchAll(user)
        if !user.channels.isEmpty {
            let id = nextMessageID()
            let line = IRCLine(
                .quit(reason: IRCParameter(cleaning: ending.words)), from: user.source, tags: tags(of: user, id: id))
            forEachNeighbour(of: user) { $0.connection.send(line) }
            for channel in user.channels {
                channel.history.add(IRCHistory.Entry(id: id, line: line, isMessage: false))
                leave(channel, user)
            }
        }
        tellWatchers(ofKey: user.key, IRCReply.monitorOffline([user.nick]))
    }
}
