import ChatPeers
import GatewayCore
import IRCWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// `TAGMSG`: what clients tell each other beside the words, such as that somebody types.
///
/// It is nothing of the world, so players at other doors see nothing of it, and no history has it. Who may speak may send it, to those
/// who hear them, and nobody reads it of whom they ignore.
extension GameHouse {
    func sendTags(_ message: IRCMessageRequest, _ door: IRCDoor) {
        let tags = IRCMap.passed(message.tags)
        if tags.isEmpty { return }
        for target in message.targets { send(tags, to: target, door) }
    }

    private func send(_ tags: IRCTags, to target: IRCParameter, _ door: IRCDoor) {
        guard let persona = door.persona else { return }
        let text = target.text
        if IRCMap.isSame(text, IRCMap.game) { return }
        if IRCMap.isSame(text, IRCMap.here) {
            guard door.isHereOpen else { return door.reply(.cannotSend(to: target, door.text("Join it first"))) }
            return relay(tags, IRCMap.here, by: persona, door) { other, reader in
                other.isHereOpen && (reader === persona || other.company[persona.id.number] != nil)
            }
        }
        if text.first == "#" {
            guard let channel = visibleChannel(target, door) else { return door.reply(.noSuchChannel(target)) }
            guard act(door, .speaking, channel: target, { try channel.requireSpeech($0) }) != nil else { return }
            return relay(tags, IRCMap.channel(channel.name), by: persona, door) { other, _ in
                other.channels[channel.thing.id] != nil
            }
        }
        guard let person = player(target), game.isPresent(person) else { return door.reply(.noSuchNick(target)) }
        relay(tags, person.name, by: persona, door) { _, reader in reader === person || reader === persona }
    }

    /// Sends tags to the clients that a condition holds for; to the own one if it wants to be told what it does.
    private func relay(
        _ tags: IRCTags, _ target: String, by persona: Thing, _ door: IRCDoor, isMeant: (IRCDoor, Thing) -> Bool
    ) {
        let line = IRCLine(
            .message(.tagmsg, target: IRCParameter(cleaning: target), text: ""), from: source(of: persona),
            tags: IRCLine.Tags(time: game.wallTime(), account: account(of: persona.id), client: tags))
        let ignoring = Ignoring.accounts(ignoring: persona, game.world)
        for connection in connections() {
            guard let other = self.door(of: connection), let reader = other.persona, isMeant(other, reader),
                !ignoring.contains(game.world.holder(of: reader).id)
            else { continue }
            if other !== door {
                connection.send(line)
            } else if door.wants(.echoMessage) {
                door.send(line)
            }
        }
    }

    // MARK: Beside words

    /// Does something in which the client's character may speak; the tags that came with the words stand before them.
    func carrying<Result>(_ tags: IRCTags, of door: IRCDoor, _ body: () throws -> Result) rethrows -> Result {
        let passed = IRCMap.passed(tags)
        if passed.isEmpty { return try body() }
        carried = (door.ownNumber, passed)
        defer { carried = nil }
        return try body()
    }
}
