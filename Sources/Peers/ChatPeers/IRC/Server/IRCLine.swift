public import Basics
public import IRCWire

/// Which tags a connection is sent: what it has asked for by capabilities, in one octet.
public struct IRCTagSet: OptionSet, Hashable, Sendable {
    /// One bit for each member.
    public let rawValue: UInt8

    /// Makes a set of its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `time`, for `server-time`.
    public static let time = IRCTagSet(rawValue: 1)
    /// `account`, for `account-tag`.
    public static let account = IRCTagSet(rawValue: 2)
    /// `msgid`, `bot` and what clients set for clients, for `message-tags`.
    public static let message = IRCTagSet(rawValue: 4)
    /// `batch`, for `batch`.
    public static let batch = IRCTagSet(rawValue: 8)
}

/// One message to any number of listeners: encoded once for each set of tags that listeners want, when the first one wants it.
///
/// ```swift
/// let line = IRCLine(.message(.privmsg, target: channel, text: words), from: speaker, tags: .init(time: now, messageID: id))
/// for member in members { member.connection.send(line) }
/// ```
///
/// A listener costs a look at its set and one append: the octets are shared.
///
/// - Isolation: belongs to the reactor's thread.
/// - Source: IRCv3 Message Tags, Server Time, Account Tag, Message IDs, Bot Mode.
public final class IRCLine {
    /// What may stand before a message.
    public struct Tags: Sendable {
        /// When it was said.
        public var time: WallInstant?
        /// The account of who said it; nil for nobody logged in.
        public var account: String?
        /// What it is called, for history and replies.
        public var messageID: String?
        /// Whether a program said it that owns up to it (`bot`).
        public var isBot: Bool
        /// The batch it belongs to.
        public var batch: String?
        /// What the client set for clients; others are left out.
        public var client: IRCTags
        /// Whether no line break is meant before it, inside a batch of a multiline message.
        public var isConcatenated = false

        /// Makes tags.
        public init(
            time: WallInstant? = nil, account: String? = nil, messageID: String? = nil, isBot: Bool = false,
            batch: String? = nil, client: IRCTags = IRCTags()
        ) {
            self.time = time
            self.account = account
            self.messageID = messageID
            self.isBot = isBot
            self.batch = batch
            self.client = client
        }
    }

    /// What may stand before it.
    public let tags: Tags
    /// The line without tags, with CR LF.
    let body: [UInt8]
    /// Which batch it begins or ends; nil for all other commands.
    let batchMark: (isStart: Bool, name: String)?
    /// What a client must have agreed to for it to mean anything: tags for `TAGMSG`, batches for `BATCH`.
    let needs: IRCTagSet
    private let present: IRCTagSet
    /// One or two, mostly.
    @exclusivity(unchecked) private var variants: [(set: IRCTagSet, octets: [UInt8])] = []

    /// Encodes what is told of somebody.
    ///
    /// - Parameters:
    ///   - event: What it is.
    ///   - source: Who did it, or the server.
    ///   - tags: What may stand before it.
    public init(_ event: IRCEvent, from source: IRCSource?, tags: Tags = Tags()) {
        var body: [UInt8] = []
        body.reserveCapacity(128)
        event.append(to: &body, from: source)
        self.body = body
        self.tags = tags
        present = Self.present(in: tags)
        batchMark =
            switch event {
            case .batchStart(let reference, _, _): (true, reference.text)
            case .batchEnd(let reference): (false, reference.text)
            default: nil
            }
        needs =
            switch event {
            case .message(.tagmsg, _, _): .message
            case .batchStart, .batchEnd: .batch
            default: []
            }
    }

    /// Encodes a reply of the server's to one client.
    public init(_ reply: IRCReply, from server: IRCSource, nick: IRCParameter, tags: Tags) {
        var body: [UInt8] = []
        reply.append(to: &body, from: server, nick: nick)
        self.body = body
        self.tags = tags
        present = Self.present(in: tags)
        (batchMark, needs) = (nil, [])
    }

    private init(_ other: IRCLine, tags: Tags) {
        body = other.body
        self.tags = tags
        present = Self.present(in: tags)
        (batchMark, needs) = (other.batchMark, other.needs)
    }

    /// The same line inside a batch.
    public func inBatch(_ name: String) -> IRCLine {
        var tags = tags
        tags.batch = name
        return IRCLine(self, tags: tags)
    }

    /// The line as it is kept for later: without what was made of it for listeners, and without long tags of the client's.
    ///
    /// - Parameter limit: Octets of tags that the client set; with more, none of them are kept.
    /// - Returns: Itself, or one without those tags.
    func kept(clientTags limit: Int) -> IRCLine {
        variants = []
        guard tags.client.octetCount > limit else { return self }
        var tags = tags
        tags.client = IRCTags()
        return IRCLine(self, tags: tags)
    }

    /// About what keeping it takes: the text, the client's tags, the objects around them.
    var keptOctetCount: Int { body.count + tags.client.octetCount + 256 }

    private static func present(in tags: Tags) -> IRCTagSet {
        var set: IRCTagSet = []
        if tags.time != nil { set.insert(.time) }
        if tags.account != nil { set.insert(.account) }
        if tags.messageID != nil || tags.isBot || !tags.client.isEmpty { set.insert(.message) }
        if tags.batch != nil { set.insert(.batch) }
        return set
    }

    /// The octets for a listener.
    func octets(for wanted: IRCTagSet) -> [UInt8] {
        let set = wanted.intersection(present)
        if set.isEmpty { return body }
        for variant in variants where variant.set == set { return variant.octets }
        let octets = encoded(set, label: nil, batch: nil)
        variants.append((set, octets))
        return octets
    }

    /// The octets for one listener alone, as an answer to a request of its own.
    func octets(for wanted: IRCTagSet, label: String?, batch: String?) -> [UInt8] {
        encoded(wanted.intersection(present), label: label, batch: batch)
    }

    private func encoded(_ set: IRCTagSet, label: String?, batch: String?) -> [UInt8] {
        var written = IRCTags()
        if let label { written["label"] = label }
        if let batch = (set.contains(.batch) ? tags.batch : nil) ?? batch { written["batch"] = batch }
        if tags.isConcatenated, set.contains(.batch) { written[IRCMultilineRequest.concatenationTag] = "" }
        if set.contains(.time), let time = tags.time { written["time"] = time.stamp }
        if set.contains(.account), let account = tags.account { written["account"] = account }
        if set.contains(.message) {
            if let id = tags.messageID { written["msgid"] = id }
            if tags.isBot { written["bot"] = "" }
            written = written.merging(tags.client.clientOnly)
        }
        var octets: [UInt8] = []
        octets.reserveCapacity(body.count + 96)
        written.append(to: &octets)
        octets.append(contentsOf: body)
        return octets
    }
}

extension IRCTags {
    /// Octets of all keys and values.
    fileprivate var octetCount: Int { entries.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count } }
}
