import Basics
import ReactorCore
import ReactorTesting
import SSHKeys
import SSHWire
import ShellPeers
import Transports

/// Notes what comes on a channel, and answers as a test wants it.
final class NotingChannel: SSHChannelHandler {
    private(set) var channel: SSHChannel?
    private(set) var octets: [UInt8] = []
    private(set) var errors: [UInt8] = []
    private(set) var requests: [SSHChannelRequest] = []
    private(set) var endCount = 0
    private(set) var closedCount = 0
    private(set) var behind: [Bool] = []
    /// Octets received after which the input is paused.
    var pausesAfter = Int.max
    var closesAtEnd = true
    var onRequest: (SSHChannelRequest, SSHChannel) -> Deferred<Bool> = { _, _ in .succeeded(true) }
    var onOctets: ((SSHChannel) -> Void)?
    /// Called when the peer has caught up.
    var onSpeed: ((SSHChannel) -> Void)?

    var text: String { String(decoding: octets, as: UTF8.self) }

    func opened(_ channel: SSHChannel) { self.channel = channel }

    func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) {
        if stream == .errors { errors.append(contentsOf: octets) } else { self.octets.append(contentsOf: octets) }
        onOctets?(channel)
        if self.octets.count >= pausesAfter { channel.pauseInput() }
    }

    func requested(_ request: SSHChannelRequest, on channel: SSHChannel) -> Deferred<Bool> {
        requests.append(request)
        return onRequest(request, channel)
    }

    func inputEnded(on channel: SSHChannel) {
        endCount += 1
        if closesAtEnd { channel.close() }
    }

    func fellBehind(_ channel: SSHChannel) { behind.append(true) }
    func caughtUp(_ channel: SSHChannel) {
        behind.append(false)
        onSpeed?(channel)
    }
    func closed(_ channel: SSHChannel) { closedCount += 1 }
}

/// A server that lets `ada` in by the password `lovelace`, and has noting channels.
class NotingServer: SSHServerHandler {
    private(set) var connection: SSHConnection?
    private(set) var attempts: [SSHLoginAttempt] = []
    private(set) var isLoggedIn = false
    private(set) var channels: [NotingChannel] = []
    private(set) var kinds: [SSHChannelKind] = []
    private(set) var reasons: [DisconnectReason] = []
    private(set) var received = 0
    private(set) var sent = 0
    var onLogin: (SSHLoginAttempt) -> Deferred<SSHLoginVerdict> = {
        $0.proof == .password("lovelace") ? .succeeded(.accept) : .succeeded(.refuse())
    }
    var onChannel: ((SSHChannelKind) -> Deferred<any SSHChannelHandler>)?
    /// Prepares each channel.
    var prepare: (NotingChannel) -> Void = { _ in }

    func connected(_ connection: SSHConnection) { self.connection = connection }

    func login(_ attempt: SSHLoginAttempt, on connection: SSHConnection) -> Deferred<SSHLoginVerdict> {
        attempts.append(attempt)
        return onLogin(attempt)
    }

    func loggedIn(on connection: SSHConnection) { isLoggedIn = true }

    func channelRequested(_ kind: SSHChannelKind, on connection: SSHConnection) -> Deferred<any SSHChannelHandler> {
        kinds.append(kind)
        if let onChannel { return onChannel(kind) }
        let channel = NotingChannel()
        prepare(channel)
        channels.append(channel)
        return .succeeded(channel)
    }

    func counted(received: Int, sent: Int) {
        self.received += received
        self.sent += sent
    }

    func connectionLost(_ reason: DisconnectReason) { reasons.append(reason) }
}

/// A client that trusts everybody and logs in with a password.
final class NotingClient: SSHClientHandler {
    private(set) var connection: SSHConnection?
    private(set) var hostKeys: [SSHPublicKey] = []
    private(set) var actions: [SSHClientLoginAction] = []
    private(set) var announced: [SSHPublicKey] = []
    private(set) var isLoggedIn = false
    private(set) var reasons: [DisconnectReason] = []
    var passwords = ["lovelace"]
    var trusts: Deferred<Bool> = .succeeded(true)
    var onChannel: ((SSHChannelKind) -> Deferred<any SSHChannelHandler>)?

    func connected(_ connection: SSHConnection) { self.connection = connection }

    func hostKeyShown(_ key: SSHPublicKey, on connection: SSHConnection) -> Deferred<Bool> {
        hostKeys.append(key)
        return trusts
    }

    func loginAction(_ action: SSHClientLoginAction, on connection: SSHConnection) {
        actions.append(action)
        guard case .choose = action, !passwords.isEmpty else { return }
        let password = passwords.removeFirst()
        connection.login { $0.attempt(password: password) }
    }

    func loggedIn(on connection: SSHConnection) { isLoggedIn = true }
    func hostKeysAnnounced(_ keys: [SSHPublicKey], on connection: SSHConnection) { announced = keys }

    func channelRequested(_ kind: SSHChannelKind, on connection: SSHConnection) -> Deferred<any SSHChannelHandler> {
        onChannel?(kind) ?? .failed(SSHChannelRefusal(.prohibited, "no"))
    }

    func connectionLost(_ reason: DisconnectReason) { reasons.append(reason) }
}

/// Our server and our client, joined in memory.
final class SSHStage {
    let test: TestReactor
    let server = NotingServer()
    let client = NotingClient()
    let pair: LoopbackPair

    /// One key for all tests: its secret is the number of the octet.
    static func key(_ number: UInt8 = 1) throws -> SSHPrivateKey {
        try SSHPrivateKey(ed25519Seed: Array(repeating: number, count: 32))
    }

    init(
        octetsPerDelivery: Int = 65_536, pumps: Bool = true,
        server change: (inout SSHConnectionSettings) throws -> Void = { _ in },
        client changeClient: (inout SSHConnectionSettings) throws -> Void = { _ in },
        prepare: (NotingServer, NotingClient) -> Void = { _, _ in }
    ) throws {
        test = try TestReactor()
        var serverSettings = SSHConnectionSettings.server(hostKeys: [try Self.key()])
        var clientSettings = SSHConnectionSettings.client(user: "ada")
        try change(&serverSettings)
        try changeClient(&clientSettings)
        prepare(server, client)
        pair = LoopbackPair(
            client: SSHConnection(clientSettings, handler: client, on: test.reactor),
            server: SSHConnection(serverSettings, handler: server, on: test.reactor), test: test)
        pair.octetsPerDelivery = octetsPerDelivery
        if pumps { pair.pump() }
    }

    /// Opens a session, and gives both of its ends.
    func openSession() throws -> (client: NotingChannel, server: NotingChannel) {
        let near = NotingChannel()
        client.connection?.openChannel(.session, handler: near).whenDone { _ in }
        pair.pump()
        guard near.channel != nil, let far = server.channels.last else { throw StageFailure.noChannel }
        return (near, far)
    }

    func advance(by duration: Duration) {
        test.advance(by: duration)
        pair.pump()
    }
}

enum StageFailure: Error { case noChannel }
