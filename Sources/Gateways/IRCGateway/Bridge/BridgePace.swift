import Basics
import ChatPeers

/// How many lines come over a bridge, in all and of each speaker.
///
/// - Isolation: none; a value type. Time is a parameter.
/// - Limits: ``mostSpeakers`` are known; beyond that those who have said nothing of late are forgotten.
struct BridgePace {
    /// Speakers that are told apart.
    static let mostSpeakers = 1000
    /// What comes over of one speaker: less than of all, so that nobody speaks for a whole network.
    static let ofOne = IRCPace(burst: 5, interval: .seconds(2))

    private let ofAll: IRCPace
    private var all = IRCPaceMeter()
    private var speakers: [String: IRCPaceMeter] = [:]

    init(_ settings: IRCBridgeSettings) {
        ofAll = IRCPace(burst: settings.burst, perSecond: settings.linesPerSecond)
    }

    var speakerCount: Int { speakers.count }

    /// Counts a line if it may come over.
    mutating func allows(_ speaker: String, at now: MonotonicInstant) -> Bool {
        var one = speakers[speaker] ?? IRCPaceMeter()
        guard one.wait(Self.ofOne, now: now) == nil, all.allows(ofAll, now: now) else { return false }
        one.count(Self.ofOne, now: now)
        if speakers.count >= Self.mostSpeakers, speakers[speaker] == nil { forget(at: now) }
        speakers[speaker] = one
        return true
    }

    /// Forgets those who owe nothing, and when that are too few, all.
    private mutating func forget(at now: MonotonicInstant) {
        speakers = speakers.filter { !$0.value.isWhole(now) }
        if speakers.count >= Self.mostSpeakers { speakers = [:] }
    }
}
