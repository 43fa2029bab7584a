import Basics
import SSHKeys
import SSHWire

/// A client and a server joined in memory, under a clock that stands until it is moved.
final class SSHTransportPair {
    var client: SSHTransport
    var server: SSHTransport
    var clientEvents: [SSHTransportEvent] = []
    var serverEvents: [SSHTransportEvent] = []
    var clientFailure: SSHFailure?
    var serverFailure: SSHFailure?
    var now = MonotonicInstant(nanoseconds: 5_000_000_000)
    /// Octets that arrive at a time.
    var piece = Int.max
    /// What is done to octets on their way, by the role of their sender.
    var onTheWay: (SSHRole, [UInt8]) -> [UInt8] = { $1 }
    var believesHostKeys = true
    /// Octets that each end has sent.
    var sent: [SSHRole: Int] = [:]

    static let hostKey: SSHPrivateKey = {
        guard let key = try? SSHPrivateKey(ed25519Seed: [UInt8](0..<32)) else { preconditionFailure("no key") }
        return key
    }()

    init(
        client: SSHTransportSettings = SSHTransportSettings(role: .client),
        server: SSHTransportSettings = SSHTransportSettings(role: .server, hostKeys: [hostKey])
    ) {
        self.client = SSHTransport(settings: client)
        self.server = SSHTransport(settings: server)
        self.client.start(now: now)
        self.server.start(now: now)
    }

    /// Two ends with the login behind them.
    static func connected(
        client: SSHTransportSettings = SSHTransportSettings(role: .client),
        server: SSHTransportSettings = SSHTransportSettings(role: .server, hostKeys: [hostKey])
    ) -> SSHTransportPair {
        let pair = SSHTransportPair(client: client, server: server)
        pair.exchange()
        pair.client.markAuthenticated()
        pair.server.markAuthenticated()
        pair.clientEvents = []
        pair.serverEvents = []
        return pair
    }

    /// Carries octets to and fro until both ends are silent.
    func exchange() {
        while true {
            let fromClient = onTheWay(.client, client.takeOutput())
            let fromServer = onTheWay(.server, server.takeOutput())
            if fromClient.isEmpty, fromServer.isEmpty { return }
            sent[.client, default: 0] += fromClient.count
            sent[.server, default: 0] += fromServer.count
            feedServer(fromClient)
            feedClient(fromServer)
        }
    }

    func feedServer(_ octets: [UInt8]) {
        for part in pieces(octets) {
            server.receive(part.span, now: now)
            drainServer()
        }
    }

    func feedClient(_ octets: [UInt8]) {
        for part in pieces(octets) {
            client.receive(part.span, now: now)
            drainClient()
        }
    }

    private func drainServer() {
        do throws(SSHFailure) {
            while let event = try server.nextEvent(now: now) { serverEvents.append(event) }
        } catch {
            serverFailure = error
        }
    }

    private func drainClient() {
        do throws(SSHFailure) {
            while let event = try client.nextEvent(now: now) {
                clientEvents.append(event)
                if case .hostKey = event, believesHostKeys { try client.acceptHostKey(now: now) }
            }
        } catch {
            clientFailure = error
        }
    }

    private func pieces(_ octets: [UInt8]) -> [[UInt8]] {
        if octets.count <= piece { return octets.isEmpty ? [] : [octets] }
        return stride(from: 0, to: octets.count, by: piece).map { Array(octets[$0..<min($0 + piece, octets.count)]) }
    }

    /// The payloads among events.
    static func messages(_ events: [SSHTransportEvent]) -> [[UInt8]] {
        events.compactMap { if case .message(let payload) = $0 { payload } else { nil } }
    }
}

/// Data on channel 0, as long as wanted; what it carries is of no interest to a transport.
func channelData(_ mark: UInt8, _ count: Int = 1) -> [UInt8] {
    [SSHMessageNumber.channelData] + [UInt8](repeating: mark, count: count)
}
