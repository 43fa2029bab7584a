public import Basics
import SSHKeys

/// Carries messages over an SSH connection: versions, key exchange, encryption, and whatever concerns only these.
///
/// One machine serves one connection in one role. It performs no I/O and reads no clock: feed it what arrives, drain
/// ``nextEvent(now:)`` until it is nil, write ``takeOutput()``, and call ``timePassed(now:)`` at ``nextDeadline``.
///
/// ```text
///   client                                   server
///   version, KEXINIT              ⇄          version, KEXINIT                 at once, without waiting
///   EXCHANGE_INIT                 →
///                                 ←          EXCHANGE_REPLY, NEWKEYS, EXT_INFO
///   NEWKEYS, SERVICE_REQUEST      →          once the owner believes the host key
///                                 ←          SERVICE_ACCEPT
///   messages                      ⇄          messages, and key exchanges again from either end
/// ```
///
/// What may arrive when is decided by ``SSHMessageTable``. After a failure, a goodbye of either end included, nothing is
/// taken and nothing is said.
///
/// - Isolation: none; a value type with one owner.
/// - Limits: ``SSHTransportLimits``. What the owner sends waits without a bound; the owner reads ``queuedByteCount``.
/// - Complexity: O(*n*) in octets; sent ones are copied once and encrypted in place, received ones decrypted in place and
///   copied once.
/// - Source: RFC 4253, RFC 8308, OpenSSH PROTOCOL.
/// - SeeAlso: `SSHWireTests/SSHTransportTests`.
public struct SSHTransport: ~Copyable {
    enum Phase {
        case idle, version, exchange, opening, service, login, connection, closed
    }

    let settings: SSHTransportSettings
    var phase = Phase.idle
    var reader = SSHPacketReader()
    var writer = SSHPacketWriter()
    /// The time as it was last told.
    var clock = MonotonicInstant.zero
    /// Octets that may still come before and with a server's version.
    var greetingLeft = SSHTransportLimits.greetingOctets
    /// The beginning of what a server said in place of its version.
    var greeting: [UInt8] = []
    var ownVersion: [UInt8] = []
    var peerVersion: [UInt8] = []
    var exchange: SSHExchange?
    /// When the present keys came into force.
    var keysSince = MonotonicInstant.zero
    /// Whether both ends are strict about the first key exchange, and number packets anew with new keys.
    var isStrict = false
    var peerTakesExtensions = false
    var rekeyBudget: SSHRekeyBudget
    /// The server's key that was believed.
    var believedKey: [UInt8] = []
    /// Messages that wait for the end of a key exchange, and their octets.
    var held: [[UInt8]] = []
    var heldOctets = 0
    /// Answers to the peer among them.
    var heldAnswers = 0
    var openPings = 0

    /// What identifies the connection for signatures: the first exchange hash; nil before it.
    public internal(set) var sessionID: [UInt8]?
    /// What protects the connection now or, during a key exchange, will; nil before the first offers.
    public internal(set) var algorithms: SSHAgreedAlgorithms?
    /// What the peer has told about itself by EXT_INFO, for example `server-sig-algs`.
    public internal(set) var peerExtensions: [String: [UInt8]] = [:]

    /// Makes a machine that has not started.
    public init(settings: SSHTransportSettings) {
        self.settings = settings
        rekeyBudget = SSHRekeyBudget(interval: settings.peerRekeyInterval, now: .zero)
    }

    /// Queues our version and our offer of algorithms; to be called once, before anything else.
    public mutating func start(now: MonotonicInstant) {
        guard phase == .idle else { return }
        phase = .version
        clock = now
        rekeyBudget = SSHRekeyBudget(interval: settings.peerRekeyInterval, now: now)
        ownVersion = settings.versionLine
        writer.appendLine(ownVersion + [0x0D, 0x0A])
        beginExchange()
    }

    /// Accepts octets that arrived.
    ///
    /// They wait for ``nextEvent(now:)``: an owner that does not drain must not feed either.
    public mutating func receive(_ bytes: Span<UInt8>, now: MonotonicInstant) {
        clock = now
        if phase != .closed { reader.receive(bytes) }
    }

    /// Goes on with what was received until there is something to tell.
    ///
    /// - Returns: nil when more octets, or the answer to ``SSHTransportEvent/hostKey(_:)``, are needed.
    /// - Throws: Why the connection ends. What the peer should hear of it is in ``takeOutput()``; nothing else follows.
    public mutating func nextEvent(now: MonotonicInstant) throws(SSHFailure) -> SSHTransportEvent? {
        clock = now
        do throws(SSHFailure) {
            return try advance()
        } catch {
            end(error)
            throw error
        }
    }

    /// Queues a message of the login or the connection; during a key exchange it waits for the end of that.
    public mutating func send(_ payload: [UInt8]) {
        send(payload, followedBy: [UInt8]().span)
    }

    /// Queues a message whose octets come in two pieces, of which the second is copied only once.
    public mutating func send(_ head: [UInt8], followedBy body: Span<UInt8>) {
        guard phase != .closed, !head.isEmpty else { return }
        if isHolding {
            let message = body.withUnsafeBufferPointer { head + $0 }
            heldOctets += message.count
            return held.append(message)
        }
        writer.append(head, followedBy: body)
        renewIfDue()
    }

    /// Takes what is to be written.
    public mutating func takeOutput() -> [UInt8] { writer.takeOutput() }

    /// Octets that were queued and not taken, those of messages included that wait for a key exchange.
    ///
    /// An owner that cannot write what it has taken stops feeding, because a peer is answered before it has read.
    public var queuedByteCount: Int { writer.output.count + heldOctets }

    /// Says that the login has succeeded: messages of the connection are legal from now on, those of the login no more.
    ///
    /// A server says so just after it has sent USERAUTH_SUCCESS, a client as soon as it has got it.
    public mutating func markAuthenticated() {
        guard phase == .login else { return }
        phase = .connection
        reader.limit = SSHTransportLimits.packetOctets
    }

    /// Goes on after ``SSHTransportEvent/hostKey(_:)``; to refuse the key is to disconnect.
    public mutating func acceptHostKey(now: MonotonicInstant) throws(SSHFailure) {
        clock = now
        do throws(SSHFailure) {
            try confirmKeys()
        } catch {
            end(error)
            throw error
        }
    }

    /// Says goodbye; nothing can be sent or received after it.
    public mutating func disconnect(_ reason: SSHDisconnectReason, _ text: String) {
        end(SSHFailure(reason, text))
    }

    /// Begins to renew the keys, unless that is under way.
    ///
    /// Does nothing before the login has succeeded: OpenSSH does not expect it there.
    public mutating func rekey(now: MonotonicInstant) {
        clock = now
        if exchange == nil, phase == .connection { beginExchange() }
    }

    /// Asks the peer for a sign of life, answered by ``SSHTransportEvent/pong(_:)``.
    ///
    /// - Parameter octets: What comes back, at most ``SSHTransportLimits/pingOctets``.
    /// - Returns: Whether the peer knows `ping@openssh.com`; else nothing is sent.
    public mutating func ping(_ octets: [UInt8]) -> Bool {
        guard peerExtensions["ping@openssh.com"] != nil, octets.count <= SSHTransportLimits.pingOctets else {
            return false
        }
        var writer = SSHWriter(message: SSHMessageNumber.ping)
        writer.string(octets)
        send(writer.octets)
        openPings += 1
        return true
    }

    /// When ``timePassed(now:)`` should be called; nil when nothing waits for time.
    ///
    /// While a client's owner looks at a host key, nothing does.
    public var nextDeadline: MonotonicInstant? {
        if let exchange {
            let limit = awaitsVersionOfServer ? settings.versionTimeout : settings.keyExchangeTimeout
            return exchange.unconfirmed == nil ? exchange.begin.advanced(by: limit) : nil
        }
        if awaitsService { return keysSince.advanced(by: settings.keyExchangeTimeout) }
        return phase == .connection ? keysSince.advanced(by: settings.rekeyInterval) : nil
    }

    /// Does what is due: keys are renewed in time.
    ///
    /// - Throws: Why the connection ends: a key exchange that took too long, a server that says no version or begins no login.
    public mutating func timePassed(now: MonotonicInstant) throws(SSHFailure) {
        clock = now
        guard let deadline = nextDeadline, now >= deadline else { return }
        if exchange == nil, !awaitsService { return beginExchange() }
        let failure =
            if awaitsVersionOfServer {
                foreignFailure
                    ?? SSHFailure(
                        .versionNotSupported,
                        "The other end has said nothing for \(settings.versionTimeout.components.seconds) seconds.")
            } else {
                SSHFailure(.keyExchangeFailed, "The \(awaitsService ? "login" : "key exchange") took too long.")
            }
        end(failure)
        throw failure
    }

    private var awaitsVersionOfServer: Bool { phase == .version && settings.role == .client }

    /// Whether a client has its keys, and the server has not granted the login.
    private var awaitsService: Bool {
        settings.role == .client && exchange == nil && (phase == .opening || phase == .service)
    }
}
