import Basics
package import WorldLanguage
package import WorldModel

/// A channel as something to join, to speak on and to look back at; what verbs and doors work with.
///
/// What is said on it is kept in the thing itself: each message under a name of its own, so that one more changes only
/// that one.
///
/// - Limits: ``ChannelRules/most`` channels in a world; ``mostKept`` messages of ``longestText`` octets, less than 64 KiB together.
/// - SeeAlso: `WorldVerbsTests/ChannelTests`.
package struct Channel {
    package static let mostKept = 100
    /// In octets.
    package static let longestText = 600

    package let thing: Thing
    let world: World

    package init?(_ thing: Thing, in world: World) {
        guard thing.has(.channel) else { return nil }
        self.thing = thing
        self.world = world
    }

    /// The channel of that name or one of its other names, whole and folded.
    ///
    /// - Complexity: O(*n*) in the channels.
    package init?(named word: String, in world: World) {
        guard let root = world.root, case .list(let numbers)? = root.ownValue(of: PropertyKey(.channels)) else {
            return nil
        }
        for case .thing(let id) in numbers {
            guard let thing = world[id], thing.has(.channel) else { continue }
            let words = thing.words
            if words.fullName == word || words.nouns.contains(word) {
                self.init(thing, in: world)
                return
            }
        }
        return nil
    }

    /// Every channel, in the order they were made.
    package static func all(in world: World) -> [Channel] {
        (world.root?[.channels] ?? []).compactMap { id in world[id].flatMap { Channel($0, in: world) } }
    }

    package var name: String { thing.name }
    /// What it is for.
    package var topic: String { thing[.description] }

    /// The name as it stands in a list or a sentence.
    var title: StyledText { StyledText(name, .channel) }

    // MARK: Members

    /// Whether somebody listens, if they may: they joined, or everybody does and they did not leave.
    package func isJoined(by persona: Thing) -> Bool {
        let holder = world.holder(of: persona)
        if holder.lists(thing.id, .joined) { return true }
        return thing[.joinsNewcomers] && !holder.lists(thing.id, .parted)
    }

    /// Whether somebody may listen.
    package func admits(_ persona: Thing, _ role: Role) -> Bool {
        if Permission.verdict(of: persona, role: role, deed: .join, on: thing, in: world).isAllowed { return true }
        let holder = world.holder(of: persona)
        return holder.isListed(.invited, of: thing) || holder.isListed(.moderators, of: thing)
    }

    /// Everybody who hears what is said now, in order of arrival.
    ///
    /// - Complexity: O(*n*) in those who are connected.
    package func members(_ turn: Turn) -> [Thing] { members(among: turn.connected, turn) }

    private func members(among people: [Thing], _ turn: Turn) -> [Thing] {
        let isOpen = isOpen
        // Nearly always nobody has left a channel that everybody hears.
        if isOpen, thing[.joinsNewcomers], world.things(naming: thing, .parted).isEmpty { return people }
        return people.filter { persona in
            if !isJoined(by: persona) { return false }
            return isOpen
                || admits(persona, persona === turn.actor ? turn.role : Accounts.role(of: persona, world: world))
        }
    }

    /// Whether the lock lets everybody listen, so that nobody need be tried before it.
    private var isOpen: Bool {
        if case .lock(let lock, on: _) = thing.lock(for: .join) {
            lock.expression == .condition(.anyone)
        } else {
            false
        }
    }

    /// Channels one may join at most beside those that one hears from the beginning.
    private static let mostJoined = ChannelRules.most

    /// Lets the actor listen.
    ///
    /// - Throws: A refusal when they may not, or do already.
    package func join(_ turn: Turn) throws {
        if isJoined(by: turn.actor), admits(turn.actor, turn.role) {
            throw turn.refusal("You are on \(title) already.", .listensAlready)
        }
        try requireEntry(turn)
        let holder = world.holder(of: turn.actor)
        list(holder[.parted].filter { $0 != thing.id }, .parted, holder)
        if !thing[.joinsNewcomers], !holder[.joined].contains(thing.id) {
            list(holder[.joined] + [thing.id], .joined, holder)
        }
    }

    /// Lets the actor listen no longer.
    ///
    /// - Throws: A refusal when they do not.
    package func part(_ turn: Turn) throws {
        guard isJoined(by: turn.actor) else { throw turn.refusal("You are not on \(title).", .notListening) }
        takeOff(turn.actor)
    }

    /// Lets somebody listen no longer.
    func takeOff(_ persona: Thing) {
        let holder = world.holder(of: persona)
        list(holder[.joined].filter { $0 != thing.id }, .joined, holder)
        if thing[.joinsNewcomers] { list(holder[.parted] + [thing.id], .parted, holder) }
    }

    private func list(_ channels: [ThingID], _ core: CoreProperty, _ holder: Thing) {
        let kept = Array(channels.suffix(Self.mostJoined))
        world.set(PropertyKey(core), to: kept.isEmpty ? nil : kept.value, on: holder)
    }

    // MARK: Speaking

    /// Says something, or shows a gesture, to all members, and keeps it.
    ///
    /// - Parameters:
    ///   - text: In one line.
    ///   - isGesture: Whether the text goes on from the speaker's name.
    ///   - turn: Whose actor speaks.
    /// - Throws: A refusal when the actor is not on the channel, may not speak, or has to wait.
    package func speak(_ text: String, isGesture: Bool = false, _ turn: Turn) throws {
        if isJoined(by: turn.actor) {
            if text.isEmpty { throw turn.refusal("Say what?", .nothingSaid) }
            if text.utf8.count > Self.longestText { throw turn.refusal("That is too long for a channel.", .tooLong) }
        }
        if try !requireSpeech(turn) { try requirePace(turn) }
        try say(text, isGesture, turn)
    }

    /// Looks whether the actor may speak here, but for how soon.
    ///
    /// - Returns: Whether they keep order here, and need not wait either.
    /// - Throws: A refusal when they may not.
    @discardableResult
    package func requireSpeech(_ turn: Turn) throws -> Bool {
        let actor = turn.actor
        guard isJoined(by: actor) else {
            throw turn.refusal("You are not on \(title). Type \(command: "join \(name)") first.", .notListening)
        }
        if isModerated(by: actor, turn.role) { return true }
        try requireEntry(turn)
        try requireRelease(turn)
        if !hasVoice(actor) { try turn.require(.speak, on: thing) }
        return false
    }

    /// Keeps what the actor says and tells it to all members.
    ///
    /// Words of a visitor are of somebody on another network, for whom the actor speaks.
    ///
    /// - Throws: A refusal when the channel cannot keep any more.
    func say(_ text: String, _ isGesture: Bool, as visitor: String? = nil, _ turn: Turn) throws {
        let actor = turn.actor
        let message = ChannelMessage(
            number: last + 1, time: Int(world.now.milliseconds), speaker: actor.id, name: visitor ?? actor.name,
            text: text, isGesture: isGesture)
        guard keep(message) else { throw turn.refusal("The channel cannot keep any more.", .tooMany) }
        let sentence = Self.sentence(of: message, on: self)
        // Whose connection broke reads it when they are back.
        var hearers = members(among: turn.inPlay, turn)
        if let visitor { hearers.removeAll { Ignoring.ignores($0, visitor: visitor, world) } }
        let speech = turn.speech(
            .channel, message.words, isGesture: isGesture, post: post(message.number), visitor: visitor)
        turn.broadcast(sentence, to: hearers, as: .channel, of: speech)
        if visitor == nil, !hearers.contains(where: { $0 === actor }) { turn.reply(sentence, as: .channel, of: speech) }
    }

    /// What listeners read.
    static func sentence(of message: ChannelMessage, on channel: Channel) -> Sentence {
        let (tag, name) = (StyledText("[\(channel.name)]", .channel), StyledText(message.name, .person))
        if message.isGesture { return "\(tag) \(name)\(plain: message.gesture)" }
        return "\(tag) \(name): \(message.text, .speech)"
    }

    // MARK: History

    /// The latest messages, the oldest first, without those of people whom the reader ignores.
    ///
    /// - Complexity: O(*n*) in the messages kept.
    package func history(_ count: Int = mostKept, for reader: Thing) -> [ChannelMessage] {
        Array(messages().filter { !isIgnored($0, by: reader) }.suffix(max(count, 0)))
    }

    func isIgnored(_ message: ChannelMessage, by reader: Thing) -> Bool {
        Ignoring.ignores(reader, number: message.speaker, world)
            || Ignoring.isVisitor(message.name) && Ignoring.ignores(reader, visitor: message.name, world)
    }

    /// Everything that is kept, the oldest first.
    func messages() -> [ChannelMessage] {
        (max(last - Self.mostKept, 0)..<last).compactMap { message($0 + 1) }
    }

    /// The number of the latest message, whatever is stored.
    private var last: Int { min(max(thing[.lastMessage], 0), Int.max - 1) }

    /// A message by its number; nil when it is no longer kept.
    func message(_ number: Int) -> ChannelMessage? {
        guard number > 0, let key = world.names.known(Self.slot(number)),
            let message = thing.ownValue(of: key).flatMap({ ChannelMessage($0) }), message.number == number
        else { return nil }
        return message
    }

    /// Keeps a message in the place of the one a hundred before it; false when the world has too many names.
    private func keep(_ message: ChannelMessage) -> Bool {
        guard world.set(named: Self.slot(message.number), to: message.value, on: thing) else { return false }
        world.set(.lastMessage, to: message.number, on: thing)
        return true
    }

    static func slot(_ number: Int) -> String { "message\(number % mostKept)" }
}

extension ChannelMessage {
    /// The text of a gesture with what stands between it and the name, and with an end.
    var gesture: String { GestureText.whole(text) }
}

extension Thing {
    /// Whether a channel's own list of accounts and guests has this one.
    func isListed(_ core: CoreProperty, of channel: Thing) -> Bool { channel.lists(id, core) }

    /// Whether a list of references of its own holds a thing.
    fileprivate func lists(_ id: ThingID, _ core: CoreProperty) -> Bool {
        guard case .list(let ids)? = ownValue(of: PropertyKey(core)) else { return false }
        return ids.contains(.thing(id))
    }
}
