import ChatPeers
import IRCWire
import ReactorCore
import TransportTLS
import Transports

// snippet: irc-client
/// Says a few lines on a channel once it is there, and prints what it hears and sees.
private final class Talker: IRCClientHandler {
    private var lines: [String]

    init(saying lines: [String]) { self.lines = lines }

    func received(_ event: IRCClientEvent, from client: IRCClient) {
        switch event {
        case .joined(let channel, _, _, isOwn: true):
            say("\(client.view.nick) is on \(channel)")
            for line in lines { try? client.say(line, to: channel) }
            lines = []
        case .message(let message): say("\(message.channel ?? "private") \(message.sender.name): \(message.text)")
        case .joined(let channel, let who, _, _): say("\(who.name) comes to \(channel)")
        case .joinRefused(let channel, _, let text): say("\(channel): \(text)")
        case .disconnected(let why): say("disconnected: \(why)")
        default: break
        }
    }
}
// snippet ends

/// `irc tls:irc.example.org:6697 Heron '#mud' hello`: a client that stays on a channel, and comes back to it.
func irc(_ reactor: Reactor, _ words: [String]) async throws {
    let registry = EndpointRegistry.complete(on: reactor)
    let talker = Talker(saying: Array(words.dropFirst(3)))
    // snippet: irc-connect
    var settings = IRCClientSettings(nick: words[1])
    settings.channels = [IRCClientChannel(words[2])]
    let client = IRCClient(settings, endpoint: try registry.client(words[0]), on: reactor)
    client.handler = talker
    client.start()
    try await client.whenRegistered(failAfter: 3).value
    // snippet ends
    defer { _ = client.stop("good night") }
    try await untilCancelled()
}
