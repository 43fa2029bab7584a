import Basics
import ChatPeers
package import GatewayCore
import ReactorCore
import WorldModel
import WorldVerbs

/// What the bridges of one game share: who they are, and what they have sent.
///
/// - Isolation: belongs to the reactor's thread.
package final class IRCBridgeHub {
    /// Games that a line may have come through.
    static let mostSteps = 4

    private let game: Game
    /// What this game is called in the path of a line: the same for all of its bridges, and hardly anybody else's.
    let mark: String
    package private(set) var bridges: [IRCBridge] = []
    private var echoes = BridgeEchoes()

    /// Makes the hub of a game, which tells it from now on what is said on its channels.
    package init(_ game: Game, mark: UInt64 = .random(in: .min ... .max)) {
        self.game = game
        self.mark = String(mark, radix: 36)
        game.hear { [weak self] utterance in self?.overheard(utterance) }
    }

    func add(_ bridge: IRCBridge) {
        if !bridges.contains(where: { $0 === bridge }) { bridges.append(bridge) }
    }

    func remove(_ bridge: IRCBridge) { bridges.removeAll { $0 === bridge } }

    /// Remembers a line that is sent.
    func note(_ line: String) { echoes.note(line, at: game.reactor.now) }

    /// Somebody here has said something on a channel, and it is durable.
    private func overheard(_ utterance: Utterance) {
        guard let post = utterance.post, !bridges.isEmpty else { return }
        // What a bridge has said it passes on itself.
        if game.world[utterance.speaker.number]?.has(.bridge) == true { return }
        for bridge in bridges {
            bridge.say(
                utterance.speaker.name, utterance.words.plain, isGesture: utterance.isGesture, on: post.name.folded,
                path: mark)
        }
    }

    /// Passes a line of one network on to the others that are linked with the same channel.
    func pass(
        _ visitor: String, _ words: String, isGesture: Bool, on channel: String, path: String?, from source: IRCBridge
    ) {
        let path = path.map { "\($0),\(mark)" } ?? mark
        // Of a network that has two bridges the line is known there already.
        let others = bridges.filter { $0 !== source && $0.settings.network.folded != source.settings.network.folded }
        if others.isEmpty { return }
        game.whenDurable(game.world.sequence) {
            for other in others { other.say(visitor, words, isGesture: isGesture, on: channel, path: path) }
        }
    }

    /// Whether a line has been here before: another bridge of the game has said it, its path goes through this game, or it is one
    /// that was sent of late.
    func hasCome(_ nick: String, by bridge: IRCBridge, _ path: String?, _ text: String) -> Bool {
        let steps = (path ?? "").split(separator: ",")
        if steps.count >= Self.mostSteps || steps.contains(where: { $0 == mark }) { return true }
        let network = bridge.settings.network.folded
        let isOwn = bridges.contains {
            $0 !== bridge && $0.settings.network.folded == network && $0.client.view.isOwn(nick)
        }
        return isOwn || echoes.contains(text, at: game.reactor.now)
    }
}
