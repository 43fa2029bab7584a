import Basics
package import ChatPeers
package import GatewayCore
import IRCWire
package import Logging
package import ReactorCore
package import Transports
import WorldLanguage
import WorldModel
import WorldVerbs

/// Links channels of the game with channels of one other network: what is said here is said there, and the other way round.
///
/// ```text
///   game  → there     a message on a channel, once it is durable      <Ada> Good evening.
///   there → game      PRIVMSG and ACTION on the channel               [chat] ben@libera: hello
/// ```
///
/// A line of there is a turn of the thing that stands for the network (`Channel.relay`): history, bans by name or pattern, ignoring
/// and the channel's pace hold for it. Nothing else goes over: no joins and parts, no notices, no private words, no history.
///
/// No line goes round: what the bridge itself said, what other bridges of the game said there, and what has the
/// form of a line that was sent of late is not passed on; nor does a line of a network go back to it.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: ``IRCBridgeSettings``' pace inwards, ``mostWaiting`` lines outwards; what is more is left out and counted.
/// - SeeAlso: `IRCGatewayTests/IRCBridgeTests`.
package final class IRCBridge: IRCClientHandler {
    /// Lines that may wait to be said there.
    static let mostWaiting = 50
    /// How long the bridge stays away from a channel that it was thrown out of; twice as long each time.
    static let kickedWait = Duration.seconds(60)
    /// The longest such time.
    static let longestKickedWait = Duration.seconds(3600)
    /// How long it has to be left alone after it came back, until it is thrown out for the first time again.
    static let quietTime = Duration.seconds(3600)
    /// A tag for programs: the games that a line has come through.
    static let pathTag = "+mudd/path"

    package let settings: IRCBridgeSettings
    package let client: IRCClient
    private let game: Game
    private let hub: IRCBridgeHub
    private let log: Logger
    private var pace: BridgePace
    /// When it was thrown out last, and how long it stays away, by the channel's name there.
    private var kicks: [String: (at: MonotonicInstant, wait: Duration)] = [:]
    /// What has gone over, and what was left out.
    package private(set) var counts = IRCBridgeCounts()

    package init(
        _ settings: IRCBridgeSettings, endpoint: any ClientEndpoint, game: Game, hub: IRCBridgeHub, log: Logger
    ) {
        self.settings = settings
        self.game = game
        self.hub = hub
        self.log = log
        pace = BridgePace(settings)
        client = IRCClient(settings.client, endpoint: endpoint, on: game.reactor)
        client.handler = self
    }

    /// Begins to connect.
    package func start() {
        hub.add(self)
        client.start()
    }

    /// Says goodbye and ends the connection.
    package func stop() -> Deferred<Void> {
        hub.remove(self)
        return client.stop("The bridge is closed.")
    }

    // MARK: From the game

    /// Says there what was said here.
    ///
    /// - Parameters:
    ///   - name: Who said it, as players read it.
    ///   - words: What was said.
    ///   - isGesture: Whether it goes on from the name.
    ///   - channel: The channel's folded name here.
    ///   - path: The games it has come through, this one last.
    func say(_ name: String, _ words: String, isGesture: Bool, on channel: String, path: String) {
        for link in settings.links where link.channel.folded == channel {
            let view = client.view
            guard client.isRegistered, let there = view.channel(link.outside) else {
                counts.lost += 1
                continue
            }
            let line = BridgeText.outward(name, words, isGesture: isGesture) { nick in
                there.members[view.key(nick)] != nil
            }
            guard client.waitingLineCount < Self.mostWaiting else {
                counts.leftOut += 1
                continue
            }
            for part in client.parts(of: line, to: link.outside) { hub.note(part) }
            do {
                try client.say(line, to: link.outside, tags: [Self.pathTag: path])
                counts.outward += 1
            } catch {
                counts.lost += 1
            }
        }
    }

    // MARK: From there

    package func received(_ event: IRCClientEvent, from client: IRCClient) {
        switch event {
        case .message(let message): heard(message)
        case .registered(let nick): note("bridge connected", ["nick": nick])
        case .disconnected(let why): note("bridge disconnected", ["reason": why])
        case .joined(let channel, _, _, isOwn: true):
            note("bridge joined", ["channel": channel])
        case .joinRefused(let channel, let code, let text):
            log.warning("bridge not let in", metadata: metadata(["channel": channel, "code": code, "reason": text]))
        case .kicked(let channel, _, let by, let reason, isOwn: true): kicked(channel, by.name, reason)
        case .strictTransport(let port):
            log.warning("the network wants TLS", metadata: metadata(["port": "\(port)"]))
        case .loginFailed(let text): log.warning("bridge login failed", metadata: metadata(["reason": text]))
        default: break
        }
    }

    private func heard(_ message: IRCClientMessage) {
        guard message.kind != .notice, !message.isOwn, !message.isHistory, message.statusSign == nil,
            message.sender.host != nil, let channel = message.channel,
            let link = settings.links.first(where: { client.view.isSame($0.outside, channel) })
        else { return }
        let nick = message.sender.name
        let text = BridgeText.inward(message.text)
        if text.isEmpty || isIgnored(message.sender) { return }
        if hub.hasCome(nick, by: self, message.tags[Self.pathTag], text) {
            counts.echoes += 1
            return
        }
        guard pace.allows(client.view.key(nick), at: game.reactor.now) else {
            counts.leftOut += 1
            return
        }
        relay(text, isGesture: message.kind == .action, by: nick, on: link, path: message.tags[Self.pathTag])
    }

    private func isIgnored(_ source: IRCSource) -> Bool {
        settings.ignored.contains {
            IRCMask(completing: $0, mapping: client.view.support.caseMapping).matches(source.text)
        }
    }

    private func relay(_ text: String, isGesture: Bool, by nick: String, on link: IRCBridgeLink, path: String?) {
        let name = BridgeText.name(nick)
        for part in IRCMessageSplitter(limit: Channel.longestText).split(text) {
            do {
                try game.relay(part.text, isGesture: isGesture, by: name, from: settings.network, on: link.channel)
            } catch {
                counts.refused += 1
                log.debug("bridge refused", metadata: metadata(["nick": nick, "reason": "\(error)"]))
                return
            }
            counts.inward += 1
            // Those who listen here need not be any for it to go on to other networks.
            let visitor = "\(name)@\(settings.network)"
            hub.pass(visitor, part.text, isGesture: isGesture, on: link.channel.folded, path: path, from: self)
        }
    }

    private func kicked(_ channel: String, _ by: String, _ reason: String) {
        log.warning("bridge kicked", metadata: metadata(["channel": channel, "by": by, "reason": reason]))
        guard let link = settings.links.first(where: { client.view.isSame($0.outside, channel) }) else { return }
        let now = game.reactor.now
        var wait = Self.kickedWait
        if let last = kicks[link.outside], last.at.duration(to: now) < last.wait + Self.quietTime {
            wait = min(last.wait * 2, Self.longestKickedWait)
        }
        kicks[link.outside] = (now, wait)
        game.reactor.callLater(wait) { [weak self] in
            guard let self, client.isRegistered else { return }
            client.join(IRCClientChannel(link.outside, key: link.key))
        }
    }

    private func note(_ message: Logger.Message, _ words: [String: String]) {
        log.notice(message, metadata: metadata(words))
    }

    private func metadata(_ words: [String: String]) -> Logger.Metadata {
        var metadata = words.mapValues { Logger.MetadataValue.string($0) }
        metadata["network"] = .string(settings.network)
        return metadata
    }
}

/// What has gone over a bridge since it was made.
package struct IRCBridgeCounts: Hashable, Sendable {
    /// Lines of the game that were said there, and lines of there that were said in the game.
    package var outward = 0
    package var inward = 0
    /// Lines that had come round.
    package var echoes = 0
    /// Lines beyond the pace.
    package var leftOut = 0
    /// Lines that the game refused, as of somebody who is banned.
    package var refused = 0
    /// Lines of the game for which there was no connection, or no place on the channel.
    package var lost = 0
}
