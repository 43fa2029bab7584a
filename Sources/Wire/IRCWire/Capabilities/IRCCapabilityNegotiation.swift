/// A server's side of one client's capabilities: which are on, and what is answered to `CAP`.
///
/// ```text
///   CAP LS 302            CAP * LS * :…        CAP * LS :sasl=PLAIN batch
///   CAP REQ :batch sasl   CAP * ACK :batch sasl
///   CAP END
/// ```
///
/// - Source: the IRCv3 specification `capability-negotiation`.
/// - SeeAlso: `IRCWireTests/IRCCapabilityNegotiationTests`.
public struct IRCCapabilityNegotiation: Hashable, Sendable {
    /// The version that the client has named, 301 when it has named none; it never gets less.
    public private(set) var version = 301
    /// What is on.
    public private(set) var enabled = IRCCapabilitySet()
    /// Whether registration waits for the client's `CAP END`.
    public private(set) var isSuspending = false

    /// Begins with nothing on.
    public init() {}

    /// Takes a client's `CAP`.
    ///
    /// - Parameters:
    ///   - request: What it wants.
    ///   - offers: What it may be offered now.
    ///   - isRegistered: Whether registration is over, and nothing can wait any longer.
    /// - Returns: The answers in order; none to `CAP END`.
    public mutating func receive(
        _ request: IRCCapabilityRequest, offers: [IRCCapabilityOffer], isRegistered: Bool
    ) -> [IRCCapabilityEvent] {
        switch request {
        case .available(let version):
            self.version = max(self.version, version)
            if self.version >= 302 { enabled.insert(.capNotify) }
            isSuspending = !isRegistered
            return lines(offers.map { $0.word(version: self.version) }) { .available($0, isLast: $1) }
        case .enabled:
            return lines(enabled.all.map(\.name)) { .enabled($0, isLast: $1) }
        case .request(let changes, let text):
            isSuspending = !isRegistered
            guard let result = applying(changes, offers) else {
                return [.refused(IRCReply.packed(text.text.split(separator: " ").map(String.init)).first ?? "")]
            }
            enabled = result
            let texts = IRCReply.packed(changes.map { ($0.isOn ? "" : "-") + $0.name })
            return (texts.isEmpty ? [""] : texts).map { .acknowledged($0) }
        case .end:
            isSuspending = false
            return []
        }
    }

    /// What a client is told, if it listens for it, when the server's offers change; what is gone is off from now on.
    public mutating func announce(
        added: [IRCCapabilityOffer], removed: [IRCCapability]
    ) -> [IRCCapabilityEvent] {
        for capability in removed where capability != .capNotify { enabled.remove(capability) }
        guard enabled.contains(.capNotify) else { return [] }
        return IRCReply.packed(removed.map(\.name)).map { .removed($0) }
            + IRCReply.packed(added.map { $0.word(version: version) }).map { .new($0) }
    }

    /// What is on after the changes; nil when one of them can't be.
    private func applying(
        _ changes: [IRCCapabilityRequest.Change], _ offers: [IRCCapabilityOffer]
    ) -> IRCCapabilitySet? {
        var result = enabled
        for change in changes {
            guard let capability = IRCCapability(name: change.name) else { return nil }
            if change.isOn {
                guard capability.canBeRequested, capability == .capNotify || isOffered(capability, offers)
                else { return nil }
                result.insert(capability)
            } else {
                // Of version 302 on, clients can't be without cap-notify.
                if capability == .capNotify, version >= 302 { return nil }
                result.remove(capability)
            }
        }
        return result
    }

    private func isOffered(_ capability: IRCCapability, _ offers: [IRCCapabilityOffer]) -> Bool {
        offers.contains { $0.capability == capability }
    }

    /// One line for each text of a list; before 302 there is one line only, in which all names fit.
    private func lines(
        _ words: [String], _ make: (IRCParameter, _ isLast: Bool) -> IRCCapabilityEvent
    ) -> [IRCCapabilityEvent] {
        let limit = version >= 302 ? IRCLimits.listOctets : IRCLimits.bodyOctets
        let texts = IRCReply.packed(words, limit: limit)
        if texts.isEmpty { return [make("", true)] }
        return texts.enumerated().map { make($1, $0 == texts.count - 1) }
    }
}
