public import IRCWire

/// `CAP`: what is offered, asked for, and on.
///
/// - Source: the IRCv3 specification `capability-negotiation`, version 302.
extension IRCServerConnection {
    /// What the connection serves whatever the house does.
    private static let own: IRCCapabilitySet = [
        .capNotify, .batch, .labeledResponse, .messageTags, .serverTime, .standardReplies,
    ]

    /// What the client has enabled.
    public var capabilities: IRCCapabilitySet { negotiation.enabled }

    /// Everything the client may have now.
    private var offers: [IRCCapabilityOffer] {
        var offered = house.capabilities(for: self).union(Self.own)
        if house.mechanisms(for: self).isEmpty { offered.remove(.sasl) } else { offered.insert(.sasl) }
        if settings.strictTransport != nil { offered.insert(.sts) }
        return offered.all.map(offer)
    }

    private func offer(_ capability: IRCCapability) -> IRCCapabilityOffer {
        let value: String? =
            switch capability {
            case .sasl: house.mechanisms(for: self).joined(separator: ",")
            case .multiline: house.value(of: capability) ?? IRCMultilineAssembler().capabilityValue
            case .sts: settings.strictTransport?.value(isSecure: security != nil)
            default: house.value(of: capability)
            }
        return IRCCapabilityOffer(capability, value: value)
    }

    func negotiate(_ request: IRCCapabilityRequest) {
        let before = capabilities
        let wasSuspending = negotiation.isSuspending
        let answers = negotiation.receive(request, offers: offers, isRegistered: isRegistered)
        updateTags()
        tell(answers)
        if isRegistered, capabilities != before { house.capabilitiesChanged(of: self) }
        if request == .end, wasSuspending {
            abandonLogin()
            advance()
        }
    }

    private func tell(_ events: [IRCCapabilityEvent]) {
        for event in events {
            sendNow(.capability(event, nick: ungatedNick), from: server.source)
        }
    }

    private func updateTags() {
        var set: IRCTagSet = []
        if capabilities.contains(.serverTime) { set.insert(.time) }
        if capabilities.contains(.accountTag) { set.insert(.account) }
        if capabilities.contains(.messageTags) { set.insert(.message) }
        if capabilities.contains(.batch) { set.insert(.batch) }
        tagSet = set
    }

    /// Tells of what is offered anew and no longer, if the client listens for that.
    func announce(added: [IRCCapability], removed: [IRCCapability]) {
        let events = negotiation.announce(added: added.map(offer), removed: removed)
        updateTags()
        tell(events)
    }
}
