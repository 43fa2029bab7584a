import Glibc
public import ReactorCore

/// Why a connection was not made.
public enum ConnectFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kernel or the peer refused.
    case refused(EndpointDescription, SystemFailure)

    /// Nothing was heard for the whole time allowed.
    case timedOut(EndpointDescription)

    /// What a program may want to tell apart.
    public enum Kind: Hashable, Sendable {
        /// Nobody listens there (`ECONNREFUSED`), or the Unix socket is not there.
        case nobodyListens

        /// There is no way to the host.
        case unreachable

        /// Nothing was heard in time, by our clock or the kernel's.
        case timedOut

        /// This end cannot have the address it is to connect from.
        case badLocalAddress

        /// Rights are missing, or a filter forbids it.
        case notPermitted

        /// This process or machine has no descriptors, memory or ports left.
        case exhausted

        /// The queue of a Unix socket's listener is full; later there may be room.
        case busy

        /// The reactor was taken down meanwhile.
        case shutDown

        /// Something else; the cause says what.
        case other
    }

    /// What kind of failure it is.
    public var kind: Kind {
        guard case .refused(_, let cause) = self else { return .timedOut }
        switch cause.code {
        case ECONNREFUSED, ENOENT: return .nobodyListens
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN: return .unreachable
        case ETIMEDOUT: return .timedOut
        case EACCES, EPERM: return .notPermitted
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
        case EAGAIN: return .busy
        case ECANCELED: return .shutDown
        // A connect without an address of its own says so when all ports are in use.
        case EADDRNOTAVAIL, EADDRINUSE, EAFNOSUPPORT:
            return cause.call == "bind" ? .badLocalAddress : cause.code == EADDRNOTAVAIL ? .exhausted : .other
        default: return .other
        }
    }

    /// The failure in one line.
    public var description: String {
        switch self {
        case .refused(let endpoint, let cause): "cannot connect to \(endpoint): \(cause)"
        case .timedOut(let endpoint): "cannot connect to \(endpoint): no answer in time"
        }
    }
}

extension Reactor {
    /// Connects to an endpoint and gives the connection to a protocol.
    ///
    /// - Parameters:
    ///   - endpoint: Where to connect to; without an interface, this machine.
    ///   - localAddress: This end's address, of the same kind; port 0 lets the system choose the port. The
    ///     file of a Unix address stays behind.
    ///   - timeout: How long the peer may take to answer.
    ///   - streamProtocol: What the connection is for; `connectionMade` comes before the deferred fires.
    ///   - fileID: Where the connection was asked for, for reports.
    ///   - line: The line in that file.
    /// - Returns: The protocol, once connected; fails with ``ConnectFailure``. Cancelling it gives up.
    public func connect<Connected: StreamProtocol>(
        _ endpoint: EndpointDescription, from localAddress: SocketAddress? = nil, timeout: Duration = .seconds(30),
        protocol streamProtocol: Connected, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Deferred<Connected> {
        let place = CodePlace(file: fileID, line: line)
        let connector = Connector(endpoint, from: localAddress, reactor: self, place: place)
        let outcome = Deferred<Connected>(canceller: { connector.giveUp() }, fileID: fileID, line: line)
        connector.start(timeout: timeout) { result in
            switch result {
            case .success(let connection): connection.start(streamProtocol, at: endpoint, telling: outcome)
            case .failure(let failure): outcome.fail(failure)
            }
        }
        return outcome
    }
}

extension StreamConnection {
    /// Gives a connection that was just made to its protocol, and tells whoever waits for it.
    ///
    /// One that nobody wants any more, because `connectionMade` has cancelled `outcome`, is aborted.
    func start<Connected: StreamProtocol>(
        _ streamProtocol: Connected, at endpoint: EndpointDescription, telling outcome: Deferred<Connected>
    ) {
        do throws(SystemFailure) {
            try start(streamProtocol)
            if outcome.isFired { abortConnection() } else { outcome.succeed(streamProtocol) }
        } catch {
            outcome.fail(ConnectFailure.refused(endpoint, error))
        }
    }
}

/// A connection being made.
final class Connector: PlacedHandler, CustomStringConvertible {
    let place: CodePlace?
    private let endpoint: EndpointDescription
    private let localAddress: SocketAddress?
    private let reactor: Reactor
    private var descriptor: Int32 = -1
    private var timer: DelayedCall?
    private var report: ((Result<StreamConnection, ConnectFailure>) -> Void)?

    init(
        _ endpoint: EndpointDescription, from localAddress: SocketAddress? = nil, reactor: Reactor,
        place: CodePlace? = nil
    ) {
        self.place = place
        self.endpoint = endpoint
        self.localAddress = localAddress
        self.reactor = reactor
    }

    var description: String { "connecting to \(endpoint)" }

    /// Begins; the report always comes in a later pass.
    func start(timeout: Duration, _ report: @escaping (Result<StreamConnection, ConnectFailure>) -> Void) {
        self.report = report
        timer = reactor.callLater(.zero) { [self] in
            timer = reactor.callLater(timeout) { [self] in finish(.timedOut(endpoint)) }
            do throws(SystemFailure) { try begin() } catch { finish(.refused(endpoint, error)) }
        }
    }

    func giveUp() {
        report = nil
        closeDown()
    }

    func disconnect() { finish(.refused(endpoint, SystemFailure(code: ECANCELED, call: "connect"))) }

    func descriptorReady(_ readiness: Readiness) {
        let code = Socket.pendingError(descriptor)
        guard code == 0 else { return finish(.refused(endpoint, SystemFailure(code: code, call: "connect"))) }
        connected()
    }

    private func begin() throws(SystemFailure) {
        let address = endpoint.connectingAddress
        descriptor = try Socket.make(family: address.family)
        if let localAddress { try Socket.bindClient(descriptor, to: localAddress) }
        if try Socket.connect(descriptor, to: address) { return connected() }
        try reactor.add(self, for: descriptor, interest: .write)
    }

    private func connected() {
        let (socket, report) = (descriptor, self.report)
        reactor.remove(socket)
        descriptor = -1
        closeDown()
        let peer = endpoint.connectingAddress
        report?(.success(StreamConnection(connected: socket, peer: peer, fallbackHost: .unix(""), reactor: reactor)))
    }

    private func finish(_ failure: ConnectFailure) {
        let report = report
        closeDown()
        report?(.failure(failure))
    }

    private func closeDown() {
        timer?.cancel()
        timer = nil
        report = nil
        guard descriptor >= 0 else { return }
        reactor.remove(descriptor)
        close(descriptor)
        descriptor = -1
    }
}
