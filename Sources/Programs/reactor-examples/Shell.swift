import FileAccess
import ReactorCore
import SSHKeys
import SSHWire
import ShellPeers
import Transports

// snippet: ssh-server
/// Lets those in who have the key, whatever they call themselves, and gives them back what they type.
private final class Parrot: SSHServerHandler {
    let key: SSHPublicKey

    init(key: SSHPublicKey) { self.key = key }

    func connected(_ connection: SSHConnection) {}

    func login(_ attempt: SSHLoginAttempt, on connection: SSHConnection) -> Deferred<SSHLoginVerdict> {
        switch attempt.proof {
        case .probe(key, _): .succeeded(.accept)
        // A server of many users leaves this to another thread.
        case .signature(let signed) where signed.key == key && signed.isValid: .succeeded(.accept)
        default: .succeeded(.refuse())
        }
    }

    func channelRequested(_ kind: SSHChannelKind, on connection: SSHConnection) -> Deferred<any SSHChannelHandler> {
        guard kind == .session else {
            return .failed(SSHChannelRefusal(.prohibited, "Only sessions are served here."))
        }
        return .succeeded(Repetition())
    }

    func connectionLost(_ reason: DisconnectReason) {}
}

/// One session: what arrives goes back, and no faster than it is taken.
private final class Repetition: SSHChannelHandler {
    func opened(_ channel: SSHChannel) {}

    func requested(_ request: SSHChannelRequest, on channel: SSHChannel) -> Deferred<Bool> {
        switch request {
        case .terminal, .windowChange, .shell, .execute: .succeeded(true)
        default: .succeeded(false)
        }
    }

    func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) { channel.send(octets) }

    func inputEnded(on channel: SSHChannel) {
        channel.notify(.exitStatus(0))
        channel.close()
    }

    func fellBehind(_ channel: SSHChannel) { channel.pauseInput() }
    func caughtUp(_ channel: SSHChannel) { channel.resumeInput() }
    func closed(_ channel: SSHChannel) {}
}

private final class Perch: ProtocolFactory {
    let settings: SSHConnectionSettings
    let parrot: Parrot
    let reactor: Reactor

    init(_ settings: SSHConnectionSettings, _ parrot: Parrot, on reactor: Reactor) {
        self.settings = settings
        self.parrot = parrot
        self.reactor = reactor
    }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        SSHConnection(settings, handler: parrot, on: reactor)
    }
}
// snippet ends

/// `shell tcp:7022 host_key user_key.pub`: an SSH server whose shell gives back what it gets.
func shell(_ reactor: Reactor, _ words: [String]) async throws {
    let line = String(decoding: try readFile(words[2], limit: 16_384), as: UTF8.self).split(separator: "\n").first ?? ""
    let userKey = try SSHPublicKey(line: line)
    let file = try readFile(words[1], limit: 16_384)
    // snippet: ssh-listen
    let registry = EndpointRegistry(resolver: SystemNameResolver(on: reactor))
    let hostKey = try SSHPrivateKey(text: file)
    let factory = Perch(.server(hostKeys: [hostKey]), Parrot(key: userKey), on: reactor)
    let listening = try registry.server(words[0]).listen(with: factory, on: reactor)
    // snippet ends
    say("listening on \(listening.address)")
    try await untilCancelled()
}
