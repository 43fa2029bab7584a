/// A capability that we know.
///
/// - Source: the IRCv3 registry of capabilities; each has a specification of its name.
public enum IRCCapability: UInt8, CaseIterable, Hashable, Sendable {
    case accountNotify, accountRegistration, accountTag, awayNotify, batch, capNotify, chghost, chathistory
    case echoMessage, eventPlayback, extendedJoin, extendedMonitor, inviteNotify, labeledResponse, messageTags
    case multiPrefix, multiline, readMarker, sasl, serverTime, setname, standardReplies, sts, userhostInNames

    /// Finds a capability by its name; nil when it is none that we know.
    public init?(name: some StringProtocol) {
        guard let capability = Self.byName[String(name)] else { return nil }
        self = capability
    }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

    /// The name on the wire; those that are drafts say so.
    public var name: String {
        switch self {
        case .accountNotify: "account-notify"
        case .accountRegistration: "draft/account-registration"
        case .accountTag: "account-tag"
        case .awayNotify: "away-notify"
        case .batch: "batch"
        case .capNotify: "cap-notify"
        case .chghost: "chghost"
        case .chathistory: "draft/chathistory"
        case .echoMessage: "echo-message"
        case .eventPlayback: "draft/event-playback"
        case .extendedJoin: "extended-join"
        case .extendedMonitor: "extended-monitor"
        case .inviteNotify: "invite-notify"
        case .labeledResponse: "labeled-response"
        case .messageTags: "message-tags"
        case .multiPrefix: "multi-prefix"
        case .multiline: "draft/multiline"
        case .readMarker: "draft/read-marker"
        case .sasl: "sasl"
        case .serverTime: "server-time"
        case .setname: "setname"
        case .standardReplies: "standard-replies"
        case .sts: "sts"
        case .userhostInNames: "userhost-in-names"
        }
    }

    /// Whether a client may ask for it; others only tell what the server can.
    ///
    /// - Source: `sts`, "Server implementation considerations": a request for it is refused.
    public var canBeRequested: Bool { self != .sts }

    /// The capability without which this one has no effect, if there is one.
    ///
    /// A client that turns one on may lack the other; what needs both waits for both.
    public var needs: IRCCapability? {
        switch self {
        case .labeledResponse, .multiline: .batch
        case .eventPlayback: .chathistory
        default: nil
        }
    }
}
