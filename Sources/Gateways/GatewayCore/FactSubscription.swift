import WorldModel
import WorldVerbs

/// What one client wants to be told in facts, and what it was told last, so that only changes are told again.
///
/// - Isolation: belongs to the reactor's thread.
final class FactSubscription {
    /// Containers that are watched at a time.
    static let mostContainers = 8
    /// Requests that wait for the end of a pass; what comes beyond is dropped.
    static let mostRequests = 8

    var topics: FactTopics = []
    /// What has to be looked at at the end of this pass.
    var stale: FactTopics = []
    /// Whether something of the player changed, and not only of what is around.
    var isSelfStale = false
    /// Whether the game's list of sessions to look at has this one.
    var isAwaitingLook = false
    /// Players that came, went or changed since the last look, as long as the place is the same.
    var moved: [Thing] = []
    var requests: [FactRequest] = []
    /// Whether a login by facts is under way, whose end has to be told.
    var awaitsLoginResult = false

    /// Whether something was not told, because too much waited already.
    var missed = false
    /// In which language it was told.
    var language = ""

    // What was told last; nil when nothing was.
    var name: String?
    var hasOffers = false
    var place: PlaceFacts?
    /// What the player looked out into, and whether there was light.
    var view: FactView?
    /// By number.
    var people: [UInt64: PersonFacts]?
    var items: [ItemPlace: [ItemFacts]] = [:]
    var vitals: [Vital] = []
    var status: [StatusFact]?
    var channels: [ChannelFacts]?
    var commandGroups: [CommandGroupFacts]?
    var sound: String?
    /// Whether it was told who is connected, and is told of changes alone.
    var knowsPresence = false
    /// The channels that it was told the player hears, with their names then.
    var heard: [ThingID: String] = [:]
    /// Whether it was told all of them, and is told of changes alone.
    var knowsChannels = false

    /// Whether it was not told yet who is connected, or which channels the player hears, and wants to be.
    var needsTalk: Bool {
        topics.contains(.presence) && !knowsPresence || topics.contains(.channels) && !knowsChannels
    }

    /// The containers that are watched, by number.
    var containers: [UInt64] {
        items.keys.compactMap { place in if case .container(let number) = place { number } else { nil } }.sorted()
    }

    /// Forgets what was told of some topics, so that all of it is told again.
    func forget(_ topics: FactTopics) {
        if topics.contains(.name) { name = nil }
        if topics.contains(.client) { hasOffers = false }
        if topics.contains(.place) { place = nil }
        if topics.contains(.people) { people = nil }
        if topics.contains(.items) { items = [:] }
        if topics.contains(.vitals) { vitals = [] }
        if topics.contains(.status) { status = nil }
        if topics.contains(.talk) { channels = nil }
        if topics.contains(.commands) { commandGroups = nil }
        if topics.contains(.sound) { sound = nil }
        if topics.contains(.presence) { knowsPresence = false }
        if topics.contains(.channels) { knowsChannels = false }
    }
}

/// What players see alike who stand openly in one place: they are told the same of it.
struct FactView: Hashable {
    let surroundings: ThingID
    let isLit: Bool
    /// Of the language in which it is told.
    let language: String
}

/// What the game needs to tell facts.
struct FactBoard {
    /// Sessions with a subscription.
    var subscriberCount = 0
    /// Sessions to look at at the end of this pass.
    var waiting: [Session] = []
    let chart = AreaChart()
    var talk = TalkBoard()
    /// Whether somebody has to be told of channels or people although nothing has changed there.
    var isTalkStale = false
    /// Looks at the world for facts so far; for tests that count them.
    var lookCount = 0
}
