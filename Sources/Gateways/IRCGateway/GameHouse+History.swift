import Basics
import ChatPeers
import GatewayCore
import IRCWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// `CHATHISTORY` and `MARKREAD`: what was said on channels and to one another, by the same ids as when it was said, and up to where it
/// was read.
///
/// All of it waits like any output until the turns it tells of are durable. What was said to one another is there as long as the
/// character is in play.
extension GameHouse {
    func history(_ request: IRCHistoryRequest, _ door: IRCDoor) {
        switch request {
        case .latest(let target, let point, let limit):
            show(target, "LATEST", limit, door) { mark in .latest(after: try point.map(mark)) }
        case .before(let target, let point, let limit):
            show(target, "BEFORE", limit, door) { mark in .before(try mark(point)) }
        case .after(let target, let point, let limit):
            show(target, "AFTER", limit, door) { mark in .after(try mark(point)) }
        case .around(let target, let point, let limit):
            show(target, "AROUND", limit, door) { mark in .around(try mark(point)) }
        case .between(let target, let first, let last, let limit):
            show(target, "BETWEEN", limit, door) { mark in .between(try mark(first), try mark(last)) }
        case .targets(let first, let last, let limit): showTargets(first, last, limit, door)
        }
    }

    /// A range whose marks are still to be found.
    private typealias Range = ((IRCHistoryPoint) throws -> ChannelHistoryRange.Mark) throws -> ChannelHistoryRange

    private struct NoSuchMessage: Error {}

    private func show(
        _ target: IRCParameter, _ subcommand: IRCParameter, _ limit: Int, _ door: IRCDoor, _ range: Range
    ) {
        let lines: [IRCLine]?
        do {
            lines =
                target.text.first == "#"
                ? try linesOfChannel(target, limit, door, range) : try linesOfPerson(target, limit, door, range)
        } catch {
            return door.reply(
                .fail(.chathistory, .messageError, [subcommand, target], door.text("There is no such message there")))
        }
        guard let lines else {
            return door.reply(
                .fail(.chathistory, .invalidTarget, [subcommand, target], door.text("You hear nothing of that name")))
        }
        send(lines, "chathistory", [target], door)
    }

    /// Sends lines in a batch, to clients that know batches.
    private func send(_ lines: [IRCLine], _ type: IRCParameter, _ parameters: [IRCParameter], _ door: IRCDoor) {
        guard door.wants(.batch) else {
            for line in lines { door.send(line) }
            return
        }
        let name = door.connection.makeBatchName()
        let reference = IRCParameter(cleaning: name)
        door.send(
            IRCLine(.batchStart(reference: reference, type: type, parameters: parameters), from: server))
        for line in lines { door.send(line.inBatch(name)) }
        door.send(IRCLine(.batchEnd(reference: reference), from: server))
    }

    // MARK: Channels

    private func linesOfChannel(
        _ target: IRCParameter, _ limit: Int, _ door: IRCDoor, _ range: Range
    ) throws -> [IRCLine]? {
        guard let persona = door.persona, let channel = channel(target), door.channels[channel.thing.id] != nil else {
            return nil
        }
        let wanted = try range { point in
            switch point {
            case .time(let time): return .time(Int(time.milliseconds))
            case .message(let id):
                let beginning = "c\(channel.thing.id.number)-"
                guard let whole = Self.whole(id), whole.hasPrefix(beginning),
                    let number = Int(whole.dropFirst(beginning.utf8.count))
                else { throw NoSuchMessage() }
                return .number(number)
            }
        }
        let name = IRCMap.channel(channel.name)
        return channel.history(wanted, atMost: limit == 0 ? Channel.mostKept : limit, for: persona).flatMap { message in
            let utterance = Utterance(
                id: channel.id(of: message), kind: .channel,
                speaker: Utterance.Person(number: message.speaker, name: message.name),
                words: StyledText(message.words), isGesture: message.isGesture)
            return lines(of: utterance, to: name, at: WallInstant(milliseconds: Int64(message.time)))
        }
    }

    /// The id of a message without the number of its line: what was cut into several lines is one message.
    private static func whole(_ id: IRCParameter) -> String? {
        let whole = id.text.prefix { $0 != "." }
        return whole.isEmpty ? nil : String(whole)
    }

    // MARK: People

    /// What was said between the player and somebody else, numbered as it is kept.
    private func talk(with nick: String, _ door: IRCDoor) -> [PrivateTalk.Line] {
        guard let persona = door.persona else { return [] }
        return game.privateTalk(of: persona).filter { line in
            line.others(than: persona.id).contains { IRCMap.isSame(IRCMap.nick($0.name), nick) }
        }
    }

    private func linesOfPerson(
        _ target: IRCParameter, _ limit: Int, _ door: IRCDoor, _ range: Range
    ) throws -> [IRCLine]? {
        guard player(target) != nil else { return nil }
        let talk = talk(with: target.text, door)
        let wanted = try range { point in
            switch point {
            case .time(let time): return .time(Int(time.milliseconds))
            case .message(let id):
                guard let place = talk.firstIndex(where: { $0.utterance.id == Self.whole(id) }) else {
                    throw NoSuchMessage()
                }
                return .number(place)
            }
        }
        let most = limit == 0 ? PrivateTalk.most : limit
        // By place in the talk, so that ids and times are compared alike.
        let chosen = wanted.chosen(from: Array(talk.enumerated()), atMost: most) { place, line in
            ChannelHistoryRange.Place(number: place, time: Int(line.time.milliseconds))
        }
        return chosen.flatMap { _, line -> [IRCLine] in
            let isOwn = line.utterance.speaker.number == door.ownNumber
            return lines(of: line.utterance, to: isOwn ? target.text : door.connection.nick, at: line.time)
        }
    }

    // MARK: Conversations

    /// Which channels and people have words between two times, the one with the oldest last words first.
    private func showTargets(_ first: WallInstant, _ last: WallInstant, _ limit: Int, _ door: IRCDoor) {
        guard let persona = door.persona else { return }
        var latest: [String: Int] = [:]
        for number in door.channels.keys {
            guard let channel = game.world[number].flatMap({ Channel($0, in: game.world) }),
                let message = channel.history(1, for: persona).last
            else { continue }
            latest[IRCMap.channel(channel.name)] = message.time
        }
        for line in game.privateTalk(of: persona) {
            for person in line.others(than: persona.id) {
                latest[IRCMap.nick(person.name)] = Int(line.time.milliseconds)
            }
        }
        let (early, late) = (Int(min(first, last).milliseconds), Int(max(first, last).milliseconds))
        let found = latest.filter { $0.value > early && $0.value < late }
            .sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(limit)
        let lines = found.map { target, time in
            IRCLine(
                .historyTarget(IRCParameter(cleaning: target), time: WallInstant(milliseconds: Int64(time))),
                from: server)
        }
        send(lines, "draft/chathistory-targets", [], door)
    }

    // MARK: What was read

    func markRead(_ target: IRCParameter, _ time: WallInstant?, _ door: IRCDoor) {
        guard let persona = door.persona,
            target.text.first == "#" ? visibleChannel(target, door) != nil : player(target) != nil
        else {
            return door.reply(
                .fail(.markread, .invalidParameters, [target], door.text("There is no such conversation")))
        }
        guard let time else {
            let known = ReadMark.time(of: target.text, for: persona, game.world)
            return door.tell(
                .markRead(target: target, time: known.map { WallInstant(milliseconds: Int64($0)) }), from: server)
        }
        let milliseconds = Int(time.milliseconds)
        guard let now = act(door, .asking, channel: target, { try ReadMark.set(milliseconds, of: target.text, $0) })
        else {
            return
        }
        let event = IRCEvent.markRead(target: target, time: WallInstant(milliseconds: Int64(now)))
        door.tell(event, from: server)
        // All clients of one account read together.
        for connection in connections() {
            guard let other = self.door(of: connection), other !== door, other.wants(.readMarker),
                let reader = other.persona, game.world.holder(of: reader) === game.world.holder(of: persona)
            else { continue }
            connection.send(IRCLine(event, from: server))
        }
    }
}
