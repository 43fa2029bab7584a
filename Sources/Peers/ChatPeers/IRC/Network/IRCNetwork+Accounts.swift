import CredentialCore
import IRCWire
import ReactorCore
import SASLWire
import Transports

/// Logging in by SASL and PASS, and REGISTER.
///
/// - Source: IRCv3 SASL 3.2, `draft/account-registration`, `account-notify`.
extension IRCNetwork {
    /// What logins are counted and noted under.
    private static let door = "irc"

    func origin(of connection: IRCServerConnection) -> LoginOrigin {
        LoginOrigin(door: Self.door, source: connection.peer.host)
    }

    private func channel(of connection: IRCServerConnection) -> SASLSession.Channel {
        let owner = connection.security?.certificateFingerprint.flatMap(book.account(ofFingerprint:))
        return connection.loginChannel(
            door: Self.door, proofs: owner.map { [Proof(name: $0, method: SASLMechanism.external.name)] } ?? [],
            allowsClearPasswords: settings.allowsClearLogins || connection.peer.isOnThisMachine)
    }

    /// The mechanisms that there are for a connection.
    public func mechanisms(for connection: IRCServerConnection) -> [String] {
        IRCPortalExchange.mechanisms(of: portal, over: channel(of: connection))
    }

    /// Begins to log a client in.
    public func makeExchange(_ mechanism: String, for connection: IRCServerConnection) -> (any IRCSASLExchange)? {
        guard mechanisms(for: connection).contains(mechanism) else { return nil }
        return IRCPortalExchange(mechanism, portal: portal, channel: channel(of: connection)) {
            [weak self, weak connection] in
            guard let self, let connection else { return .failed(LoginFailure.unavailable) }
            return logIn(with: $0, connection)
        }
    }

    /// - Returns: The account's name.
    func logIn(with credential: Credential, _ connection: IRCServerConnection) -> Deferred<String> {
        portal.login(credential, as: IRCAvatar.self, from: origin(of: connection)).map { $0.identity.name }
    }

    /// Tells those who want to know.
    public func accountChanged(of connection: IRCServerConnection) {
        guard let user = connection.occupant as? IRCUser, user.account != connection.account else { return }
        user.account = connection.account
        let account = user.account.map(IRCParameter.init(cleaning:))
        let line = IRCLine(.account(account), from: user.source, tags: tags(of: user))
        if user.has(.accountNotify) { connection.send(line) }
        notify(line, about: user, agreedBy: .accountNotify)
    }

    func register(_ user: IRCUser, _ name: IRCParameter?, _ password: IRCParameter) {
        let name = name ?? user.nick
        func fail(_ code: IRCStandardCode, _ text: IRCParameter) -> IRCReply { .fail(.register, code, [name], text) }
        guard settings.allowsRegistration else {
            return user.reply(fail(.temporarilyUnavailable, "No accounts can be made here."))
        }
        if user.account != nil { return user.reply(fail(.alreadyAuthenticated, "You are logged in already.")) }
        guard settings.mapping.isSame(name.text, user.nick.text) else {
            return user.reply(fail(.accountNameMustBeNick, "The name of the account is your nick."))
        }
        if let refusal = book.refusal(of: user.nick.text, password: password.text) {
            return user.reply(fail(refusal.code, refusal.words))
        }
        guard mayMakeAccount(user.connection) else {
            return user.reply(
                fail(.temporarilyUnavailable, "Too many accounts are made from your address, try again later."))
        }
        let response = user.connection.deferResponse()
        // One at a time; and whoever sends more waits for the answer to this.
        user.connection.holdInput()
        book.register(user.nick.text, password: password.text).whenDone { [weak self] result in
            defer {
                response.end()
                user.connection.releaseInput()
            }
            guard let self, user.connection.isRegistered else { return }
            switch result {
            case .success(let account): registered(user, account, response)
            case .failure(let error):
                let refusal = (error as? IRCAccountBook.Refusal) ?? .unavailable
                response.reply(fail(refusal.code, refusal.words))
            }
        }
    }

    /// Counts an account that is to be made; clients of this machine may make as many as they like where they may connect so.
    private func mayMakeAccount(_ connection: IRCServerConnection) -> Bool {
        if connection.peer.isOnThisMachine, connection.settings.exemptsLoopback { return true }
        return creations.charge(GuessBudget.sourceKey(connection.peer.host), now: reactor.now)
    }

    /// Somebody has an account now, and is logged into it.
    private func registered(_ user: IRCUser, _ account: String, _ response: IRCResponse) {
        if let fingerprint = user.connection.security?.certificateFingerprint {
            book.learn(fingerprint: fingerprint, of: account)
        }
        let name = IRCParameter(cleaning: account)
        response.send(
            IRCLine(
                .registered(.registered, account: name, text: "The account is made, and you are logged in."),
                from: user.connection.server.source))
        user.connection.account = account
        response.reply(.loggedIn(user.source, account: name))
        accountChanged(of: user.connection)
    }
}

extension IRCAccountBook.Refusal {
    fileprivate var code: IRCStandardCode {
        switch self {
        case .nameTaken: .accountExists
        case .weakPassword: .weakPassword
        case .unusablePassword: .unacceptablePassword
        case .unavailable: .temporarilyUnavailable
        }
    }

    fileprivate var words: IRCParameter {
        switch self {
        case .nameTaken: "There is an account of that name."
        case .weakPassword: "A password has \(IRCAccountBook.shortestPassword) characters at least."
        case .unusablePassword: "That password cannot be used."
        case .unavailable: "Try again later."
        }
    }
}

extension SocketAddress {
    /// Whether what is said to it never leaves this machine.
    var isOnThisMachine: Bool {
        switch self {
        case .ipv4(let host, _): host.bits >> 24 == 127
        case .ipv6(let host, _): host.high == 0 && host.low == 1
        case .unix: true
        }
    }
}
