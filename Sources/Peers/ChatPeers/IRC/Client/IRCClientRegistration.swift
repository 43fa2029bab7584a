import IRCWire

/// A client's side of becoming registered: capabilities, nick, login, welcome; and capabilities that come and go later.
///
/// ```text
///   start     → PASS, CAP LS 302, NICK, USER
///   CAP LS    → CAP REQ …                   what is wanted of what is offered
///   CAP ACK   → AUTHENTICATE …, or CAP END
///   903       → CAP END                     904: the next mechanism, or the end
///   433       → NICK …                      the next of those that will do
///   001       welcomed
/// ```
///
/// A server without capabilities answers NICK and USER alone, which is as well where no login is needed.
///
/// - Isolation: none; a value type.
/// - Limits: of capabilities those that we know are remembered; ``mostNicks`` nicks are made up.
/// - Source: IRCv3 Capability Negotiation 302, `sasl` 3.2; Modern IRC "Connection Registration".
struct IRCClientRegistration {
    /// Nicks that are made up by adding `_`.
    static let mostNicks = 3
    /// Octets of names in one CAP REQ.
    static let requestOctets = 400

    /// What is to be done.
    enum Step: Equatable {
        case send(IRCCommand, [IRCParameter])
        /// Begin an exchange by this mechanism; a former one is over.
        case authenticate(mechanism: String)
        /// The server's message in an exchange, or a part of it, still in Base64.
        case challenge(IRCParameter)
        /// The exchange has succeeded; whoever runs it may know better, and ``refuse(_:)`` then.
        case authenticated
        case loggedIn(account: String)
        case loggedOut
        /// A mechanism was refused; another may follow.
        case loginFailed(String)
        case welcomed(nick: String)
        case capabilitiesChanged(enabled: IRCCapabilitySet, disabled: IRCCapabilitySet)
        /// The server, which is reached in clear, wants to be reached by TLS at this port.
        case strictTransport(port: Int)
        /// The connection is of no use.
        case fail(IRCClientFailure)
    }

    enum Stage { case listing, requesting, authenticating, ending, done }

    let settings: IRCClientSettings
    /// Whether what is sent can be read by nobody else.
    let isEncrypted: Bool
    var stage = Stage.listing
    private var nicks: [String]
    private var nextNick = 1
    /// What the server offers of what we know, with values.
    var offered: [IRCCapability: String] = [:]
    /// What is in force.
    var enabled = IRCCapabilitySet()
    /// CAP REQ lines without an answer yet.
    var openRequests = 0
    /// Those that have not been tried yet, the best first.
    var mechanisms: [String] = []
    var isLoggedIn = false

    init(_ settings: IRCClientSettings, isEncrypted: Bool) {
        self.settings = settings
        self.isEncrypted = isEncrypted
        var last = (settings.otherNicks.last ?? settings.nick)
        nicks = [settings.nick] + settings.otherNicks
        for _ in 0..<Self.mostNicks {
            last += "_"
            nicks.append(last)
        }
    }

    var isDone: Bool { stage == .done }

    /// The nick that was asked for last.
    var nick: String { nicks[min(nextNick, nicks.count) - 1] }

    /// What is sent first.
    ///
    /// - Returns: Fails the connection when a setting cannot be part of a line.
    func start() -> [Step] {
        guard let nick = Self.middle(nick) else { return [.fail(.malformed("the nick"))] }
        guard let user = Self.middle(settings.user) else { return [.fail(.malformed("the user name"))] }
        var steps: [Step] = []
        if let password = settings.serverPassword {
            guard let password = IRCParameter(password) else { return [.fail(.malformed("the server's password"))] }
            steps.append(.send("PASS", [password]))
        }
        steps.append(.send("CAP", ["LS", "302"]))
        steps.append(.send("NICK", [nick]))
        steps.append(.send("USER", [user, "0", "*", IRCParameter(cleaning: settings.realName)]))
        return steps
    }

    /// Takes a message; one that is of no concern here has no steps.
    mutating func receive(_ message: IRCMessage) -> [Step] {
        if message.command.name == "CAP" { return capability(message) }
        if message.command.name == "AUTHENTICATE" {
            guard stage == .authenticating, let part = message.parameters.first else { return [] }
            return [.challenge(part)]
        }
        guard let numeric = message.command.numeric else { return [] }
        switch numeric {
        case .loggedIn:
            isLoggedIn = true
            return [.loggedIn(account: message.text(at: 2) ?? "")]
        case .loggedOut:
            isLoggedIn = false
            return [.loggedOut]
        default: break
        }
        if isDone { return [] }
        switch numeric {
        case .welcome: return welcome(message)
        case .nicknameInUse, .erroneousNickname, .nickCollision, .unavailableResource: return anotherNick()
        case .saslSuccess: return stage == .authenticating ? [.authenticated] : []
        case .nickLocked, .saslFailed, .saslTooLong, .saslAborted:
            return stage == .authenticating ? refuse(message.parameters.last?.text ?? "") : []
        case .saslMechanisms:
            let known = Set((message.text(at: 1) ?? "").split(separator: ",").map { $0.uppercased() })
            mechanisms.removeAll { !known.contains($0) }
            return []
        case .passwordMismatch, .youAreBanned:
            return [.fail(.registrationRefused(code: message.command.name, text: message.parameters.last?.text ?? ""))]
        default: return []
        }
    }

    // MARK: Nick and welcome

    private mutating func anotherNick() -> [Step] {
        guard nextNick < nicks.count else { return [.fail(.noNick(nicks))] }
        nextNick += 1
        guard let nick = Self.middle(nick) else { return anotherNick() }
        return [.send("NICK", [nick])]
    }

    private mutating func welcome(_ message: IRCMessage) -> [Step] {
        stage = .done
        if settings.login != nil, !isLoggedIn, settings.needsLogin {
            return [.fail(.loginRefused("the server has registered the client without a login"))]
        }
        return [.welcomed(nick: message.text(at: 0) ?? nick)]
    }

    private static func middle(_ text: String) -> IRCParameter? {
        guard let parameter = IRCParameter(text), parameter.isMiddle else { return nil }
        return parameter
    }
}
