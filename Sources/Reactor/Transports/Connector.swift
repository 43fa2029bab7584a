import Glibc
public import ReactorCore

/// Why a connection was not made.
public enum ConnectFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kernel or the peer refused.
    case refused(EndpointDescription, SystemFailure)

    /// Nothing was heard for the whole time allowed.
    case timedOut(EndpointDescription)

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
            case .success(let connection):
                do throws(SystemFailure) {
                    try connection.start(streamProtocol)
                    outcome.succeed(streamProtocol)
                } catch {
                    outcome.fail(ConnectFailure.refused(endpoint, error))
                }
            case .failure(let failure): outcome.fail(failure)
            }
        }
        return outcome
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
