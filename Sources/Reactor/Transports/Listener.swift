import CLinux
import Glibc
public import ReactorCore

/// Why listening was not possible.
public struct ListenFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where it was tried.
    public var endpoint: EndpointDescription

    /// What the kernel said.
    public var cause: SystemFailure

    /// Makes a failure from its parts, as a listener of one's own kind needs it.
    public init(endpoint: EndpointDescription, cause: SystemFailure) {
        self.endpoint = endpoint
        self.cause = cause
    }

    /// The failure in one line.
    public var description: String { "cannot listen on \(endpoint): \(cause)" }
}

extension Reactor {
    /// Accepts connections at an endpoint until the listener is stopped; the reactor keeps the listener.
    ///
    /// The file of a Unix socket that nobody answers on any more is replaced.
    public func listen(
        _ endpoint: EndpointDescription, factory: any ProtocolFactory, fileID: StaticString = #fileID,
        line: UInt = #line
    ) throws(ListenFailure) -> Listener {
        let place = CodePlace(file: fileID, line: line)
        do throws(SystemFailure) {
            return try Listener(endpoint, factory: factory, reactor: self, place: place)
        } catch {
            throw ListenFailure(endpoint: endpoint, cause: error)
        }
    }
}

/// A socket that accepts connections and gives each a protocol.
public final class Listener: PlacedHandler {
    /// The bound address, with the true port when the system chose it.
    public let address: SocketAddress

    /// Where listening was asked for.
    package let place: CodePlace?

    private let reactor: Reactor
    private let factory: any ProtocolFactory
    private var descriptor: Int32
    private var reserve = ReservedDescriptor()
    private var isPaused = false
    private var pauseAfterFailure: DelayedCall?
    private var socketFile: UnixSocketFile?
    private let complaints = PacedComplaints()

    /// Takes a waiting connection off the socket; what the kernel seldom says is said by tests.
    package var accept: (Int32) -> Socket.Accepted = Socket.accept

    init(
        _ endpoint: EndpointDescription, factory: any ProtocolFactory, reactor: Reactor, place: CodePlace
    ) throws(SystemFailure) {
        self.place = place
        self.factory = factory
        self.reactor = reactor
        let requested = endpoint.listeningAddress
        descriptor = try Socket.make(family: requested.family)
        do throws(SystemFailure) {
            if case .unix(let path, _) = endpoint.kind { UnixSocketFile.removeIfStale(path) }
            try endpoint.bind(descriptor)
            address = Socket.ownAddress(descriptor) ?? requested
            if case .unix(let path, let mode) = endpoint.kind { socketFile = try UnixSocketFile(path, mode: mode) }
            try Socket.listen(descriptor, backlog: endpoint.backlog)
        } catch {
            socketFile?.remove()
            close(descriptor)
            throw error
        }
        do throws(SystemFailure) {
            try reactor.add(self, for: descriptor, interest: .read)
        } catch {
            stopListening()
            throw error
        }
    }

    /// Takes over a listening socket that somebody else made, by a descriptor of its own.
    init(
        adopting other: Int32, factory: any ProtocolFactory, reactor: Reactor, place: CodePlace? = nil
    ) throws(SystemFailure) {
        self.place = place
        self.factory = factory
        self.reactor = reactor
        let copy = try Socket.listeningCopy(of: other)
        // Inherited by what is accepted, whose close would then block.
        Socket.disableLinger(copy)
        descriptor = copy
        address = Socket.ownAddress(copy) ?? .unix("")
        do throws(SystemFailure) {
            try reactor.add(self, for: copy, interest: .read)
        } catch {
            stopListening()
            throw error
        }
    }

    /// Whether connections still may be accepted, now or after a pause.
    public var isListening: Bool { descriptor >= 0 }

    /// Closes the socket, and removes the file of a Unix socket; connections live on.
    public func stopListening() {
        guard descriptor >= 0 else { return }
        pauseAfterFailure?.cancel()
        complaints.finish(on: reactor)
        reactor.remove(descriptor)
        socketFile?.remove()
        close(descriptor)
        descriptor = -1
        reserve.close()
    }

    /// Stops listening.
    public func disconnect() { stopListening() }

    /// Lets new connections wait in the kernel's queue.
    public func pauseAccepting() {
        isPaused = true
        updateInterest()
    }

    /// Accepts again.
    public func resumeAccepting() {
        isPaused = false
        updateInterest()
    }

    /// Accepts what waits, a bounded number of connections.
    public func descriptorReady(_ readiness: Readiness) {
        // Reported also while nothing is waited for: somebody who shares the socket has shut it down.
        if isPaused || pauseAfterFailure != nil {
            if readiness.contains(.hangup) { giveUp(EINVAL) }
            return
        }
        for _ in 0..<StreamLimits.acceptsPerPass {
            // The protocol of the connection before may have stopped or paused us.
            guard descriptor >= 0, !isPaused, pauseAfterFailure == nil else { return }
            switch accept(descriptor) {
            case .connection(let connection, let peer): admit(connection, peer)
            case .failure(let code): if !mayAcceptAfter(code) { return }
            }
        }
    }

    private func admit(_ connection: Int32, _ peer: SocketAddress) {
        guard let made = factory.makeProtocol(for: peer) else {
            close(connection)
            return
        }
        do throws(SystemFailure) {
            try StreamConnection(connected: connection, peer: peer, fallbackHost: address, reactor: reactor).start(made)
        } catch {
            complaints.add("\(address): connections are dropped: \(error)", on: reactor)
        }
    }

    /// Stops, because the socket is none any more that accepts connections.
    private func giveUp(_ code: Int32) {
        reactor.log("\(address): \(SystemFailure(code: code, call: "accept4")); it is listened on no more")
        stopListening()
    }

    private func mayAcceptAfter(_ code: Int32) -> Bool {
        switch code {
        case EAGAIN: return false
        case ECONNABORTED, EPERM, EPROTO: return true
        case EMFILE, ENFILE: turnAwayWaitingPeers(code)
        case EINVAL, EBADF, ENOTSOCK: giveUp(code)
        default: pauseAfterFailure(code, turnedAway: 0)
        }
        return false
    }

    /// Gives up the reserved descriptor to accept and close what waits: left alone, it would wake every pass.
    private func turnAwayWaitingPeers(_ code: Int32) {
        var count = 0
        var lastCode = code
        reserve.close()
        waiting: while count < StreamLimits.acceptsPerPass {
            switch accept(descriptor) {
            case .connection(let connection, _): close(connection)
            case .failure(let code):
                if code != EAGAIN { lastCode = code }
                break waiting
            }
            count += 1
        }
        // Before the log is written: a log that opens a file would steal the descriptor.
        if reserve.open(), count > 0 {
            return complaints.add("\(address): out of descriptors; connections are turned away", count, on: reactor)
        }
        pauseAfterFailure(lastCode, turnedAway: count)
    }

    private func pauseAfterFailure(_ code: Int32, turnedAway count: Int) {
        pauseAfterFailure = reactor.callLater(StreamLimits.acceptPause) { [weak self] in
            guard let self else { return }
            pauseAfterFailure = nil
            if !reserve.isOpen { _ = reserve.open() }
            updateInterest()
        }
        updateInterest()
        let failure = SystemFailure(code: code, call: "accept4")
        complaints.add("\(address): \(failure); connections are turned away, accepting pauses", count, on: reactor)
    }

    private func updateInterest() {
        guard descriptor >= 0 else { return }
        do throws(SystemFailure) {
            try reactor.modify(descriptor, interest: isPaused || pauseAfterFailure != nil ? [] : .read)
        } catch {
            reactor.log("\(address): \(error)")
        }
    }
}

extension Listener: CustomStringConvertible {
    /// What it is and its address, as in `listener on 127.0.0.1:4000`.
    public var description: String { "listener on \(address)" }
}

/// A descriptor kept to be given up when there are no others.
struct ReservedDescriptor {
    private var descriptor: Int32

    init() {
        descriptor = unsafe Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC)
    }

    var isOpen: Bool { descriptor >= 0 }

    mutating func close() {
        if descriptor >= 0 { _ = Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Opens the reserve again; false when there still is no descriptor.
    mutating func open() -> Bool {
        close()
        self = ReservedDescriptor()
        return isOpen
    }
}
