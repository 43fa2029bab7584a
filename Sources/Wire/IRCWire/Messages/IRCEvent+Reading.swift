import Basics

extension IRCEvent {
    /// Reads a server's message; nil for numerics, standard replies, commands that are unknown, and messages with too
    /// few parameters.
    public init?(_ message: IRCMessage) {
        let words = message.parameters
        func word(_ place: Int) -> IRCParameter? { place < words.count ? words[place] : nil }
        let name = message.command.name
        if let kind = Self.kinds[name], let target = word(0) {
            guard kind == .tagmsg || words.count > 1 else { return nil }
            self = .message(kind, target: target, text: word(1) ?? "")
            return
        }
        switch (name, words.count) {
        case ("JOIN", 3...):
            self = .join(
                channel: words[0],
                extended: IRCExtendedJoin(account: words[1] == .star ? nil : words[1], realName: words[2]))
        case ("JOIN", 1...): self = .join(channel: words[0], extended: nil)
        case ("PART", 1...): self = .part(channel: words[0], reason: word(1))
        case ("KICK", 2...): self = .kick(channel: words[0], nick: words[1], reason: word(2))
        case ("TOPIC", 1...): self = .topic(channel: words[0], word(1) ?? "")
        case ("MODE", 1...): self = .mode(target: words[0], Array(words.dropFirst()))
        case ("INVITE", 2...): self = .invite(nick: words[0], channel: words[1])
        case ("NICK", 1...): self = .nick(words[0])
        case ("QUIT", _): self = .quit(reason: word(0))
        case ("AWAY", _): self = .away(word(0).flatMap { $0.isEmpty ? nil : $0 })
        case ("ACCOUNT", 1...): self = .account(words[0] == .star ? nil : words[0])
        case ("CHGHOST", 2...): self = .changeHost(user: words[0], host: words[1])
        case ("SETNAME", 1...): self = .setName(words[0])
        case ("KILL", 1...): self = .kill(nick: words[0], reason: word(1) ?? "")
        case ("WALLOPS", 1...): self = .wallops(words[0])
        case ("PING", 1...): self = .ping(token: words[0])
        case ("PONG", 1...): self = .pong(server: words[0], token: word(1) ?? words[0])
        case ("ERROR", _): self = .error(word(0) ?? "")
        case ("AUTHENTICATE", 1...): self = .authenticate(words[0])
        case ("ACK", _): self = .acknowledged
        default:
            guard let event = Self.extension(name, words) else { return nil }
            self = event
        }
    }

    private static let kinds: [String: IRCMessageRequest.Kind] = [
        "PRIVMSG": .privmsg, "NOTICE": .notice, "TAGMSG": .tagmsg,
    ]

    private static func `extension`(_ name: String, _ words: [IRCParameter]) -> IRCEvent? {
        switch (name, words.count) {
        case ("CAP", 3...):
            return IRCCapabilityEvent(words).map { .capability($0, nick: words[0]) }
        case ("MARKREAD", 2...):
            return .markRead(target: words[0], time: WallInstant(ircTime: words[1].text.dropFirst(10)))
        case ("CHATHISTORY", 3...) where words[0].text == "TARGETS":
            return WallInstant(ircTime: words[2].text).map { .historyTarget(words[1], time: $0) }
        case ("BATCH", 1...):
            let reference = IRCParameter(checked: String(words[0].text.dropFirst()))
            if words[0].text.hasPrefix("-") { return .batchEnd(reference: reference) }
            guard words[0].text.hasPrefix("+"), words.count > 1 else { return nil }
            return .batchStart(reference: reference, type: words[1], parameters: Array(words.dropFirst(2)))
        case ("REGISTER", 3...), ("VERIFY", 3...):
            let outcome: IRCRegistrationOutcome? =
                switch (name, words[0].text) {
                case ("REGISTER", "SUCCESS"): .registered
                case ("REGISTER", "VERIFICATION_REQUIRED"): .verificationRequired
                case ("VERIFY", "SUCCESS"): .verified
                default: nil
                }
            return outcome.map { .registered($0, account: words[1], text: words[2]) }
        default: return nil
        }
    }
}

extension IRCCapabilityEvent {
    /// Reads the parameters of a server's `CAP`, of which there are three at least.
    fileprivate init?(_ words: [IRCParameter]) {
        let isLast = !(words.count > 3 && words[2] == .star)
        let list = isLast ? words[2] : words[3]
        switch words[1].text.uppercased() {
        case "LS": self = .available(list, isLast: isLast)
        case "LIST": self = .enabled(list, isLast: isLast)
        case "ACK": self = .acknowledged(list)
        case "NAK": self = .refused(list)
        case "NEW": self = .new(list)
        case "DEL": self = .removed(list)
        default: return nil
        }
    }
}
