public import ReactorCore
public import SSHWire
import Transports

/// One channel of an ``SSHConnection``, as the handler at its end sees it.
///
/// ```swift
/// channel.send("Welcome.\r\n")
/// channel.pauseInput()                       // what comes waits here, then at the peer
/// channel.notify(.exitStatus(0))
/// channel.close()                            // after what was sent
/// ```
///
/// What is sent is taken, and counted in ``bufferedByteCount`` until the peer's window and the transport have let it
/// through; whoever sends much waits for ``SSHChannelHandler/caughtUp(_:)`` after ``SSHChannelHandler/fellBehind(_:)``.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: at most a window of octets waits here while the input is paused.
public final class SSHChannel {
    /// What it is for.
    public let kind: SSHChannelKind
    /// Its connection; nil once the channel is gone.
    public internal(set) weak var connection: SSHConnection?
    let number: Int
    var handler: (any SSHChannelHandler)?
    /// Fires once the peer has agreed to it.
    var opening: Deferred<SSHChannel>?

    /// What waits while the input is paused, in order, and where it begins.
    var input: [(stream: SSHChannelStream, octets: [UInt8])] = []
    var firstInput = 0
    var inputIsPaused = false
    var inputHasEnded = false
    var endIsTold = false
    var isGone = false
    var isTakingInput = false
    /// Who waits for an answer, the oldest first.
    var answers: [Deferred<Bool>] = []
    /// What was done inside a request of the peer's, whose answer goes first; nil outside.
    var held: [() -> Void]?
    /// Octets that are sent there.
    var heldByteCount = 0

    private var ledger = TextLedger()
    /// Where the connection's output was behind the newest octet of this channel.
    private var position = 0
    /// Octets that were lost with the connection.
    var lostByteCount = 0
    var isBehind = false

    init(_ kind: SSHChannelKind, number: Int, handler: any SSHChannelHandler, on connection: SSHConnection) {
        self.kind = kind
        self.number = number
        self.handler = handler
        self.connection = connection
        position = connection.outputPosition
    }

    /// Whether nothing can be sent any more.
    public var isOutputClosed: Bool { connection?.channels.isWritable(number) != true }

    // MARK: Output

    /// Octets that wait for the peer's window, and those on their way in this process.
    public var bufferedByteCount: Int {
        guard let connection else { return 0 }
        return heldByteCount + connection.channels.queuedCount(on: number)
            + unsent(connection, of: connection.bufferedByteCount)
    }

    /// Octets handed over that the peer is not known to have; still valid when the channel is gone.
    package var untakenByteCount: Int {
        guard let connection, let transport = connection.transport else { return lostByteCount }
        let untaken = transport.untakenByteCount + connection.ssh.queuedByteCount
        return heldByteCount + connection.channels.queuedCount(on: number) + unsent(connection, of: untaken)
    }

    /// This channel's part of the octets of the connection that are under way.
    private func unsent(_ connection: SSHConnection, of count: Int) -> Int {
        ledger.untaken(wire: max(0, count - (connection.outputPosition - position)))
    }

    /// Sends text in UTF-8.
    public func send(_ text: String, stream: SSHChannelStream = .output) { send(Array(text.utf8).span, stream: stream) }

    /// Sends octets.
    public func send(_ octets: [UInt8], stream: SSHChannelStream = .output) { send(octets.span, stream: stream) }

    /// Sends octets from memory that is valid only now; once the output is closed, they are thrown away.
    public func send(_ octets: Span<UInt8>, stream: SSHChannelStream = .output) {
        guard let connection else { return }
        if held != nil {
            let octets = Array(octets)
            heldByteCount += octets.count
            return perform { $0.send(octets.span, stream: stream) }
        }
        var sent = 0
        connection.sendMessages()
        while sent < octets.count, connection.hasRoom,
            let part = connection.channels.takeWindow(for: octets.count - sent, stream: stream, on: number)
        {
            connection.ssh.send(part.head, followedBy: octets.extracting(sent..<sent + part.count))
            noteSent(part.count, at: connection.outputPosition)
            sent += part.count
            if connection.ssh.queuedByteCount >= SSHConnectionLimits.batch { connection.write() }
        }
        if sent < octets.count {
            connection.channels.enqueue(octets.extracting(sent..<octets.count), stream: stream, on: number)
        }
        connection.flush()
        if !isBehind, bufferedByteCount > SSHConnectionLimits.channelHighWater {
            isBehind = true
            connection.behind.append(self)
            handler?.fellBehind(self)
        }
    }

    /// Notes that octets went to the machine that encrypts them.
    func noteSent(_ count: Int, at position: Int) {
        // What lies between is of other channels.
        let wire = max(count, position - self.position)
        ledger.sent(text: 0, wire: wire - count)
        ledger.sent(text: count, wire: count)
        self.position = position
    }

    func reconsiderSpeed() {
        guard isBehind, let connection, !connection.isTransportFull,
            connection.channels.queuedCount(on: number) <= SSHConnectionLimits.channelLowWater
        else { return }
        isBehind = false
        handler?.caughtUp(self)
    }

    /// Tells the peer that nothing more will come, after what was sent; input goes on.
    public func endOutput() {
        perform {
            $0.connection?.channels.endOutput(of: $0.number)
            $0.connection?.flush()
        }
    }

    /// Closes the channel after what was sent; the handler hears of it once the peer has closed it too.
    public func close() {
        perform {
            $0.connection?.channels.close($0.number)
            $0.connection?.flush()
        }
    }

    /// Closes the channel and throws away what waits for the peer.
    public func abort() {
        perform {
            $0.connection?.channels.abort($0.number)
            $0.connection?.flush()
        }
    }

    /// Does it now or, inside a request of the peer's, behind the answer.
    private func perform(_ action: @escaping (SSHChannel) -> Void) {
        if held == nil { action(self) } else { held?.append { [self] in action(self) } }
    }

    // MARK: Requests

    /// Asks the peer for something, and waits for the answer.
    ///
    /// - Returns: Whether the peer did it; false also when the channel is gone before it answers.
    public func request(_ request: SSHChannelRequest) -> Deferred<Bool> {
        let answer = Deferred<Bool>()
        perform { channel in
            guard let connection = channel.connection,
                connection.channels.send(request, wantsAnswer: true, on: channel.number)
            else {
                answer.succeed(false)
                return
            }
            channel.answers.append(answer)
            connection.flush()
        }
        return answer
    }

    /// Tells the peer something, such as an exit status, or asks without wanting an answer.
    public func notify(_ request: SSHChannelRequest) {
        perform {
            $0.connection?.channels.send(request, on: $0.number)
            $0.connection?.flush()
        }
    }
}
