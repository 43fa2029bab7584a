import Basics
package import WorldLanguage
package import WorldModel

/// A line of what a reporter heard, as it is kept with the report.
///
/// ```text
///   stored    [time, speaker, name, text]
/// ```
package struct EvidenceLine: Equatable, Sendable, PropertyContent {
    /// In octets; the rest is cut off.
    package static let longestText = 700

    /// In milliseconds since 1970.
    package let time: Int
    /// Who said it, by number.
    package let speaker: ThingID
    package let name: String
    /// As the reporter read it.
    package let text: String

    init(_ heard: HeardLine) {
        self.init(time: heard.time, speaker: heard.speaker, name: heard.name, text: heard.text)
    }

    /// Makes a line of which no more is kept than ``longestText``.
    init(time: Int, speaker: ThingID, name: String, text whole: String) {
        (self.time, self.speaker, self.name) = (time, speaker, name)
        var (scalars, size) = (String.UnicodeScalarView(), 0)
        for scalar in whole.unicodeScalars {
            size += UTF8.width(scalar)
            if size > Self.longestText { break }
            scalars.append(scalar)
        }
        text = String(scalars)
    }

    package init?(_ value: Value) {
        guard case .list(let parts) = value, parts.count == 4, let time = Int(parts[0]),
            let speaker = Int(parts[1]).flatMap({ UInt64(exactly: $0) }), let name = String(parts[2]),
            let text = String(parts[3])
        else { return nil }
        (self.time, self.speaker, self.name, self.text) = (time, ThingID(speaker), name, text)
    }

    package var value: Value {
        .list([.int(Int64(time)), .int(Int64(truncatingIfNeeded: speaker.number)), .text(name), .text(text)])
    }
}

extension Property where Content == [EvidenceLine] {
    /// Of a report: what the reporter heard before, the oldest first.
    static var evidence: Self { Self(.evidence, []) }
}

/// What somebody complained of: a thing of its own that only the world's own thing names.
package struct Complaint {
    /// Of players.
    package static let mostOpen = 500
    /// Of all guests together, who come and go as they like; one of each.
    ///
    /// They take no places of players.
    package static let mostOfGuests = 20
    /// Open ones of one reporter.
    package static let mostOfOne = 10
    /// Closed ones that can still be read.
    package static let mostClosed = 100
    /// In octets.
    package static let longestText = 1000
    /// All words of the evidence together, in octets.
    package static let longestEvidence = 6000

    /// Whom it is about, by number and name, because a guest may be gone.
    package struct Subject {
        package let id: ThingID
        package let name: String

        package init(id: ThingID, name: String) {
            self.id = id
            self.name = name
        }
    }

    private let thing: Thing
    private let world: World

    private init(_ thing: Thing, in world: World) {
        self.thing = thing
        self.world = world
    }

    /// The report of that number, open or closed; nil when there is none.
    package init?(number: Int, in world: World) {
        let known = Self.listed(.openReports, world) + Self.listed(.closedReports, world)
        guard let complaint = known.first(where: { $0.number == number }) else { return nil }
        self = complaint
    }

    /// Those nobody has closed yet, the oldest first.
    package static func open(in world: World) -> [Complaint] { listed(.openReports, world) }

    private static func listed(_ property: Property<[ThingID]>, _ world: World) -> [Complaint] {
        (world.root?[property] ?? []).compactMap { id in world[id].map { Complaint($0, in: world) } }
    }

    /// Whether it is of a guest, or of somebody who is no more.
    private var isOfGuest: Bool {
        UInt64(exactly: thing[.author]).flatMap { world[ThingID($0)] }.map { $0[.isGuest] } ?? true
    }

    package var number: Int { thing[.reportNumber] }
    package var reporter: String { thing[.authorName] }
    package var subject: Subject {
        Subject(id: ThingID(UInt64(exactly: thing[.reported]) ?? 0), name: thing[.reportedName])
    }
    package var text: String { thing[.body] }
    /// In milliseconds since 1970.
    package var time: Int { thing[.sent] }
    package var place: String { thing[.reportPlace] }
    package var evidence: [EvidenceLine] { thing[.evidence] }
    package var isClosed: Bool { thing[.closed] > 0 }
    package var closed: Int { thing[.closed] }
    package var closedBy: String { thing[.closedBy] }
    package var verdict: String { thing[.verdict] }

    /// Keeps what the actor complains of.
    ///
    /// - Throws: A refusal when too many are open.
    package static func make(
        about subject: Subject, _ text: String, _ evidence: [EvidenceLine], _ turn: Turn
    ) throws -> Complaint {
        let (world, actor) = (turn.world, turn.actor)
        let isGuest = actor[.isGuest]
        let open = open(in: world).filter { $0.isOfGuest == isGuest }
        guard let root = world.root, open.count < (isGuest ? mostOfGuests : mostOpen) else {
            throw turn.refusal(
                "So many reports wait to be read that no more can be kept. Please tell one of those who run the game.")
        }
        let holder = Int(truncatingIfNeeded: world.holder(of: actor).id.number)
        let own = open.count { $0.thing[.author] == holder }
        if isGuest, own > 0 { throw turn.refusal("A guest makes one report at a time. Please wait for an answer.") }
        if own >= mostOfOne {
            throw turn.refusal(
                "You have made so many reports that nobody has answered yet. Please wait until some are.")
        }
        let number = min(max(root[.reportNumber], 0), Int.max - 1) + 1
        let thing = world.create()
        // Builders, who may look into things, need not know who complains of whom.
        world.setLock(Lock(.condition(.role(.admin))), for: .inspect, on: thing)
        world.set(.reportNumber, to: number, on: thing)
        world.set(.author, to: holder, on: thing)
        world.set(.authorName, to: actor.name, on: thing)
        world.set(.reported, to: Int(truncatingIfNeeded: subject.id.number), on: thing)
        world.set(.reportedName, to: subject.name, on: thing)
        world.set(.body, to: text, on: thing)
        world.set(.sent, to: Int(world.now.milliseconds), on: thing)
        if let place = actor.place { world.set(.reportPlace, to: place.name, on: thing) }
        let kept = bounded(evidence)
        if !kept.isEmpty { world.set(.evidence, to: kept, on: thing) }
        world.set(.reportNumber, to: number, on: root)
        world.set(.openReports, to: root[.openReports] + [thing.id], on: root)
        return Complaint(thing, in: world)
    }

    /// The latest lines that are not too long together.
    private static func bounded(_ evidence: [EvidenceLine]) -> [EvidenceLine] {
        var (kept, size) = ([EvidenceLine](), 0)
        for line in evidence.reversed() {
            size += line.text.utf8.count
            if size > longestEvidence { break }
            kept.append(line)
        }
        return kept.reversed()
    }

    /// Says what became of it.
    ///
    /// Of those closed before, the oldest are forgotten.
    package func close(_ text: String, _ turn: Turn) {
        guard let root = world.root else { return }
        world.set(.closed, to: max(Int(world.now.milliseconds), 1), on: thing)
        world.set(.closedBy, to: turn.actor.name, on: thing)
        world.set(.verdict, to: text, on: thing)
        let open = root[.openReports].filter { $0 != thing.id }
        world.set(PropertyKey(.openReports), to: open.isEmpty ? nil : open.value, on: root)
        let closed = root[.closedReports] + [thing.id]
        world.set(.closedReports, to: Array(closed.suffix(Self.mostClosed)), on: root)
        for id in closed.dropLast(Self.mostClosed) { if let old = world[id] { world.destroy(old) } }
    }
}
