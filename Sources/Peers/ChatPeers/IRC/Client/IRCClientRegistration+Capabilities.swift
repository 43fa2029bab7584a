import IRCWire

/// What is wanted of what the server offers, now and later.
///
/// - Source: IRCv3 Capability Negotiation 302.
extension IRCClientRegistration {
    mutating func capability(_ message: IRCMessage) -> [Step] {
        guard let word = message.text(at: 1) else { return [] }
        let isContinued = message.text(at: 2) == "*" && message.parameters.count > 3
        let names = (message.text(at: isContinued ? 3 : 2) ?? "").split(separator: " ")
        switch word.uppercased() {
        case "LS":
            offer(names)
            return isContinued || stage != .listing ? [] : strictTransport() + request()
        case "NEW":
            offer(names)
            return isDone ? requests(for: IRCCapabilitySet(names.compactMap { Self.split($0)?.capability })) : []
        case "DEL":
            let removed = IRCCapabilitySet(names.compactMap { Self.split($0)?.capability })
            for capability in removed.all { offered[capability] = nil }
            let gone = enabled.intersection(removed)
            enabled = enabled.subtracting(removed)
            return gone.isEmpty ? [] : [.capabilitiesChanged(enabled: [], disabled: gone)]
        case "ACK": return acknowledged(names)
        case "NAK": return answered([])
        default: return []
        }
    }

    private mutating func offer(_ names: [Substring]) {
        for case (let capability, let value)? in names.map(Self.split) { offered[capability] = value }
    }

    /// - Source: IRCv3 `sts`: `port=` counts on connections in clear only.
    private func strictTransport() -> [Step] {
        guard !isEncrypted, let value = offered[.sts], let port = IRCStrictTransport(parsing: value)?.port else {
            return []
        }
        return [.strictTransport(port: Int(port))]
    }

    /// A capability with its value, empty for none; nil for one that we don't know.
    private static func split(_ word: Substring) -> (capability: IRCCapability, value: String)? {
        let name = word.prefix { $0 != "=" }
        guard let capability = IRCCapability(name: name) else { return nil }
        return (capability, String(word.dropFirst(name.count + 1)))
    }

    private mutating func request() -> [Step] {
        stage = .requesting
        mechanisms = usableMechanisms
        let steps = requests(for: IRCCapabilitySet(offered.keys))
        return steps.isEmpty ? negotiated() : steps
    }

    /// CAP REQ for those that are wanted and not in force.
    private mutating func requests(for offers: IRCCapabilitySet) -> [Step] {
        var wanted = offers.intersection(settings.capabilities).subtracting(enabled)
        if isDone || mechanisms.isEmpty { wanted.remove(.sasl) }
        var (steps, line) = ([Step](), "")
        for name in wanted.all.map(\.name) {
            if !line.isEmpty, line.utf8.count + name.utf8.count >= Self.requestOctets {
                steps.append(.send("CAP", ["REQ", IRCParameter(cleaning: line)]))
                line = ""
            }
            line += line.isEmpty ? name : " " + name
        }
        if !line.isEmpty { steps.append(.send("CAP", ["REQ", IRCParameter(cleaning: line)])) }
        openRequests += steps.count
        return steps
    }

    private mutating func acknowledged(_ names: [Substring]) -> [Step] {
        var (on, off) = (IRCCapabilitySet(), IRCCapabilitySet())
        for word in names {
            guard let capability = IRCCapability(name: word.drop { "-~=".contains($0) }) else { continue }
            if word.hasPrefix("-") { off.insert(capability) } else { on.insert(capability) }
        }
        on = on.intersection(settings.capabilities).subtracting(enabled)
        off = off.intersection(enabled)
        enabled = enabled.union(on).subtracting(off)
        return answered(on.isEmpty && off.isEmpty ? [] : [.capabilitiesChanged(enabled: on, disabled: off)])
    }

    private mutating func answered(_ steps: [Step]) -> [Step] {
        if openRequests > 0 { openRequests -= 1 }
        guard stage == .requesting, openRequests == 0 else { return steps }
        return steps + negotiated()
    }

    private mutating func negotiated() -> [Step] {
        guard settings.login != nil else { return end() }
        guard enabled.contains(.sasl) else { return withoutLogin("the server offers no way to log in that will do") }
        stage = .authenticating
        return authenticate()
    }
}
