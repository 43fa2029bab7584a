public import IRCWire
public import ReactorCore

/// What a client can ask a server.
extension IRCClient {
    /// Asks about somebody.
    ///
    /// - Returns: Nil when nobody has the nick. Fails as ``request(_:_:_:)``.
    public func whois(_ nick: String) -> Deferred<IRCSeenPerson?> {
        guard let word = Self.word(nick) else { return .failed(IRCClientFailure.malformed("the nick")) }
        return request("WHOIS", [word]).map { answer in
            if let person = IRCSeenPerson(answer.messages) { return person }
            let isUnknown = answer.messages.contains { $0.command.numeric == .noSuchNick }
            if !isUnknown { _ = try answer.accepted() }
            return nil
        }
    }

    /// Asks which channels there are.
    ///
    /// - Parameter conditions: As the server's `ELIST` allows, such as `>10` or `*mud*`; empty for all.
    /// - Returns: Those that the server shows. Fails as ``request(_:_:_:)``, and with ``IRCClientFailure/refused(code:text:)``.
    public func list(_ conditions: String = "") -> Deferred<[IRCListedChannel]> {
        let words = Self.word(conditions).map { [$0] } ?? []
        return request("LIST", words).map { answer in
            try answer.accepted().messages.compactMap { message in
                guard message.command.numeric == .list, let name = message.text(at: 1) else { return nil }
                return IRCListedChannel(
                    name: name, memberCount: message.text(at: 2).flatMap { Int($0) } ?? 0,
                    topic: message.text(at: 3) ?? "")
            }
        }
    }

    /// Asks for what was said before.
    ///
    /// - Parameter request: Which part of whose history; of ``IRCHistoryRequest/targets(_:_:limit:)`` use ``request(_:_:_:)``.
    /// - Returns: The messages, the oldest first. Fails with ``IRCClientFailure/notSupported(_:)`` where the server has no
    ///   `draft/chathistory`, otherwise as ``list(_:)``.
    public func history(_ request: IRCHistoryRequest) -> Deferred<[IRCClientMessage]> {
        guard view.capabilities.isSuperset(of: [.batch, .chathistory]) else {
            return .failed(IRCClientFailure.notSupported(IRCCapability.chathistory.name))
        }
        return self.request("CHATHISTORY", request.parameters, .background).map { try $0.accepted().heard }
    }

    /// Has the server tell when people come and go, as ``IRCClientEvent/presence(nick:isOnline:)``; beginning with now.
    ///
    /// The list is the connection's: it is empty after a new one.
    ///
    /// - Throws: ``IRCClientFailure/notConnected``, ``IRCClientFailure/notSupported(_:)``,
    ///   ``IRCClientFailure/tooMuch`` for more nicks than the server watches.
    public func monitor(_ nicks: [String]) throws(IRCClientFailure) {
        let connection = try registered()
        guard let limit = view.support.monitor else { throw .notSupported("MONITOR") }
        if nicks.count > limit { throw .tooMuch }
        var line = ""
        for nick in nicks.compactMap({ Self.word($0)?.text }) {
            if line.utf8.count + nick.utf8.count > 400 {
                connection.send(IRCMessage("MONITOR", ["+", IRCParameter(cleaning: line)]), .command)
                line = ""
            }
            line += line.isEmpty ? nick : "," + nick
        }
        if !line.isEmpty { connection.send(IRCMessage("MONITOR", ["+", IRCParameter(cleaning: line)]), .command) }
    }
}
