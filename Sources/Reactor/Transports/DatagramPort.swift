import Basics
import CLinux
import Glibc
public import ReactorCore

/// Why a datagram port could not be opened.
public struct DatagramBindFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where it was tried.
    public var address: SocketAddress

    /// What the kernel said.
    public var cause: SystemFailure

    /// Makes a failure from its parts.
    public init(address: SocketAddress, cause: SystemFailure) {
        self.address = address
        self.cause = cause
    }

    /// The failure in one line.
    public var description: String { "cannot open a datagram port at \(address): \(cause)" }
}

extension Reactor {
    /// Receives datagrams at an address until the port is closed; the reactor keeps the port.
    ///
    /// UDP over IPv6 hears IPv6 only. The file of a Unix socket that nobody reads any more is replaced,
    /// and removed with the port. A Unix address with an empty path gets an abstract name of its own.
    ///
    /// - Parameters:
    ///   - address: Where to receive; port 0 lets the system choose.
    ///   - settings: The port's making and bounds.
    ///   - datagramProtocol: What the port is for; has been started when the call returns.
    ///   - fileID: Where the port was asked for, for reports.
    ///   - line: The line in that file.
    /// - Returns: The open port.
    /// - Throws: ``DatagramBindFailure``.
    @discardableResult public func listenDatagrams(
        on address: SocketAddress, settings: DatagramSettings = DatagramSettings(),
        protocol datagramProtocol: any DatagramProtocol, fileID: StaticString = #fileID, line: UInt = #line
    ) throws(DatagramBindFailure) -> DatagramPort {
        do throws(SystemFailure) {
            let port = try DatagramPort(
                family: address.family, settings: settings, reactor: self, place: CodePlace(file: fileID, line: line))
            try port.start(datagramProtocol, at: address, peer: nil)
            return port
        } catch {
            throw DatagramBindFailure(address: address, cause: error)
        }
    }

    /// Opens a port that exchanges datagrams with one peer, and hears when that refuses them.
    ///
    /// - Parameters:
    ///   - peer: The only address to send to and to hear.
    ///   - localAddress: This end's address; when nil the system chooses a UDP address, and a Unix socket has
    ///     none, so that its peer cannot answer.
    ///   - settings: The port's making and bounds.
    ///   - datagramProtocol: What the port is for; has been started when the call returns.
    ///   - fileID: Where the port was asked for, for reports.
    ///   - line: The line in that file.
    /// - Returns: The open port.
    /// - Throws: ``DatagramBindFailure``.
    @discardableResult public func connectDatagrams(
        to peer: SocketAddress, from localAddress: SocketAddress? = nil,
        settings: DatagramSettings = DatagramSettings(), protocol datagramProtocol: any DatagramProtocol,
        fileID: StaticString = #fileID, line: UInt = #line
    ) throws(DatagramBindFailure) -> DatagramPort {
        do throws(SystemFailure) {
            let port = try DatagramPort(
                family: peer.family, settings: settings, reactor: self, place: CodePlace(file: fileID, line: line))
            try port.start(datagramProtocol, at: localAddress, peer: peer)
            return port
        } catch {
            throw DatagramBindFailure(address: peer, cause: error)
        }
    }

    /// Goes on with a datagram socket that somebody else made: inherited from a parent, or passed over a Unix socket.
    ///
    /// The descriptor becomes non-blocking and close-on-exec, and is closed with the port. The file of a Unix socket stays:
    /// it belongs to whoever made it. Of the settings those of making do not count (``DatagramSettings/sharesPort``,
    /// ``DatagramSettings/mode``).
    ///
    /// - Parameters:
    ///   - descriptor: A bound or connected datagram socket, UDP or Unix. It is taken; when this throws, it stays the caller's.
    ///   - settings: The port's bounds.
    ///   - datagramProtocol: What the port is for; has been started when the call returns.
    ///   - fileID: Where the port was asked for, for reports.
    ///   - line: The line in that file.
    /// - Returns: The open port.
    /// - Throws: `EEXIST` for one that this reactor has already, `EBADF` or `ENOTSOCK` for what is no socket, `EPROTOTYPE`
    ///   for one that is a stream, and `EAFNOSUPPORT` for one that is neither UDP nor Unix.
    @discardableResult public func adoptDatagramPort(
        _ descriptor: OwnedDescriptor, settings: DatagramSettings = DatagramSettings(),
        protocol datagramProtocol: any DatagramProtocol, fileID: StaticString = #fileID, line: UInt = #line
    ) throws(SystemFailure) -> DatagramPort {
        let number = descriptor.number
        let (host, peer) = try Socket.addressesOfDatagramSocket(number)
        guard !hasHandler(for: number) else { throw SystemFailure(code: EEXIST, call: "add") }
        try Socket.setNonBlockingAndCloseOnExec(number)
        let port = DatagramPort(
            adopting: number, host: host, peer: peer, settings: settings, reactor: self,
            place: CodePlace(file: fileID, line: line))
        try port.register()
        _ = descriptor.take()
        port.start(datagramProtocol)
        return port
    }
}

/// An open UDP or Unix datagram socket and its protocol.
///
/// A datagram the kernel has no room for waits with those after it, up to
/// ``DatagramSettings/outboundByteCount``. Not so on a Unix socket without a peer, where the kernel tells
/// nobody when the addressee has room again: the datagram is dropped, and `write` says so.
///
/// Datagrams are taken one by one: `recvmmsg(2)`, measured over the loopback interface with 1, 8 and 64
/// waiting datagrams of 200 octets, was slower for few and no faster for many.
public final class DatagramPort: DatagramTransport, PlacedHandler, CustomStringConvertible {
    /// What it is and its address, as in `datagram port of 127.0.0.1:53`.
    public var description: String { "datagram port of \(host)" }

    /// This end's address, with the true port; still valid after the port is closed.
    public private(set) var host: SocketAddress

    /// The only peer of a connected port.
    public private(set) var peer: SocketAddress?

    /// Where the port was asked for.
    package let place: CodePlace?

    /// What the port has done so far.
    public private(set) var counters = DatagramCounters()

    private let reactor: Reactor
    private let family: Int32
    private let settings: DatagramSettings
    private var descriptor: Int32
    private var datagramProtocol: (any DatagramProtocol)?
    private var queue = DatagramQueue()
    private var interest: Interest = .read
    private var isPaused = false
    private var isRefusalPending = false
    private var socketFile: UnixSocketFile?
    private var nextReport = MonotonicInstant.zero

    init(
        family: Int32, settings: DatagramSettings, reactor: Reactor, place: CodePlace
    ) throws(SystemFailure) {
        self.family = family
        self.settings = settings
        self.reactor = reactor
        self.place = place
        host = .unix("")
        descriptor = try Socket.make(family: family, type: SOCK_DGRAM)
    }

    /// A port of a socket that is open already; it is the port's once ``register()`` has succeeded.
    init(
        adopting number: Int32, host: SocketAddress, peer: SocketAddress?, settings: DatagramSettings, reactor: Reactor,
        place: CodePlace
    ) {
        family = host.family
        self.settings = settings
        self.reactor = reactor
        self.place = place
        self.host = host
        self.peer = peer
        descriptor = number
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Opens the port; after a throw the object is of no use.
    func start(
        _ newProtocol: any DatagramProtocol, at address: SocketAddress?, peer: SocketAddress?
    ) throws(SystemFailure) {
        do throws(SystemFailure) {
            if let address { try bind(to: address) }
            if let peer { try connect(to: peer) }
            host = Socket.ownAddress(descriptor) ?? address ?? host
            try reactor.add(self, for: descriptor, interest: interest)
        } catch {
            socketFile?.remove()
            throw error
        }
        start(newProtocol)
    }

    /// Has the reactor watch the socket; when it refuses, the port has no socket any more and closes none.
    func register() throws(SystemFailure) {
        do throws(SystemFailure) {
            try reactor.add(self, for: descriptor, interest: interest)
        } catch {
            descriptor = -1
            throw error
        }
    }

    func start(_ newProtocol: any DatagramProtocol) {
        datagramProtocol = newProtocol
        attempt { port throws in try newProtocol.started(over: port) }
    }

    private func bind(to address: SocketAddress) throws(SystemFailure) {
        guard address.family == family else { throw SystemFailure(code: EAFNOSUPPORT, call: "bind") }
        if family == AF_INET6 { Socket.enable(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY) }
        if settings.sharesPort { Socket.enable(descriptor, SOL_SOCKET, SO_REUSEADDR) }
        guard case .unix(let path) = address else { return try Socket.bind(descriptor, to: address) }
        UnixSocketFile.removeIfStale(path, type: SOCK_DGRAM)
        try Socket.bind(descriptor, to: address)
        socketFile = try UnixSocketFile(path, mode: settings.mode)
    }

    /// Whether the port still receives, now or after a pause.
    public var isListening: Bool { descriptor >= 0 }

    // MARK: Receiving

    /// Receives and sends what is possible, in bounded portions.
    public func descriptorReady(_ readiness: Readiness) {
        if readiness.contains(.write), interest.contains(.write) { flush() }
        guard descriptor >= 0 else { return }
        if !isPaused { return receive() }
        if readiness.contains(.hangup), Self.isRefusal(Socket.pendingError(descriptor)) { refused() }
    }

    private func receive() {
        let room = unsafe UnsafeMutableRawBufferPointer(
            rebasing: reactor.readBuffer.prefix(max(0, settings.largestDatagram)))
        for _ in 0..<max(1, settings.datagramsPerPass) {
            // The protocol of the datagram before may have closed or paused us.
            guard descriptor >= 0, !isPaused else { return }
            let (length, sender) = unsafe Socket.receiveDatagram(descriptor, into: room)
            if length >= 0 {
                unsafe deliver(UnsafeRawBufferPointer(room), length: length, from: sender)
            } else if Self.isRefusal(errno) {
                refused()
            } else {
                if errno != EAGAIN { report(SystemFailure(call: "recvfrom")) }
                return
            }
        }
    }

    private func deliver(_ room: UnsafeRawBufferPointer, length: Int, from sender: SocketAddress) {
        counters.received += 1
        let octets = unsafe UnsafeRawBufferPointer(rebasing: room.prefix(length))
        if length > octets.count { counters.truncated += 1 }
        attempt { port throws in
            let bytes = unsafe Span<UInt8>(_unsafeBytes: octets)
            if length > bytes.count {
                try port.datagramProtocol?.truncatedDatagramReceived(bytes, from: sender, length: length)
            } else {
                try port.datagramProtocol?.datagramReceived(bytes, from: sender)
            }
        }
    }

    private static func isRefusal(_ code: Int32) -> Bool { code == ECONNREFUSED || code == ECONNRESET }

    private func refused() {
        isRefusalPending = false
        guard descriptor >= 0, peer != nil else { return }
        counters.refused += 1
        attempt { port throws in try port.datagramProtocol?.connectionRefused() }
    }

    /// Runs a call of the protocol; what it throws is reported and harms nobody else.
    private func attempt(_ body: (DatagramPort) throws -> Void) {
        do {
            try body(self)
        } catch {
            counters.failures += 1
            report(error)
        }
    }

    /// Complains once a second at most: a sender decides how often there is a reason.
    private func report(_ error: any Error) {
        guard reactor.now >= nextReport else { return }
        nextReport = reactor.now.advanced(by: .seconds(1))
        reactor.log("datagram port \(host): \(error)")
    }

    /// Lets datagrams wait in the kernel.
    public func pauseProducing() {
        isPaused = true
        setInterest(.read, false)
    }

    /// Receives again.
    public func resumeProducing() {
        isPaused = false
        setInterest(.read, true)
    }

    private func setInterest(_ part: Interest, _ wanted: Bool) {
        guard descriptor >= 0, interest.contains(part) != wanted else { return }
        if wanted { interest.insert(part) } else { interest.remove(part) }
        do throws(SystemFailure) { try reactor.modify(descriptor, interest: interest) } catch { report(error) }
    }

    // MARK: Sending

    /// The number of octets in datagrams that wait for room in the kernel.
    public var bufferedByteCount: Int { queue.byteCount }

    /// Sends one datagram.
    @discardableResult public func write(
        _ bytes: Span<UInt8>, to address: SocketAddress
    ) throws(SystemFailure) -> DatagramOutcome {
        if let peer, peer != address { throw SystemFailure(code: EISCONN, call: "sendto") }
        guard address.family == family else { throw SystemFailure(code: EAFNOSUPPORT, call: "sendto") }
        guard address != .unix("") else { throw SystemFailure(code: EDESTADDRREQ, call: "sendto") }
        return try send(bytes, to: peer == nil ? address : nil)
    }

    /// Sends one datagram to the peer.
    @discardableResult public func write(_ bytes: Span<UInt8>) throws(SystemFailure) -> DatagramOutcome {
        guard peer != nil else { throw SystemFailure(code: ENOTCONN, call: "send") }
        return try send(bytes, to: nil)
    }

    private func send(_ bytes: Span<UInt8>, to address: SocketAddress?) throws(SystemFailure) -> DatagramOutcome {
        guard descriptor >= 0 else { return drop() }
        if let address { try address.checkLength(for: "sendto") }
        if !queue.isEmpty { return enqueue(bytes, to: address) }
        var code = unsafe bytes.withUnsafeBytes { unsafe Socket.sendDatagram(descriptor, $0, to: address) }
        if Self.isRefusal(code), peer != nil {
            // The refusal is of an earlier datagram, and reading the error has cleared it.
            noteRefusal()
            code = unsafe bytes.withUnsafeBytes { unsafe Socket.sendDatagram(descriptor, $0, to: address) }
        }
        switch code {
        case 0: counters.sent += 1
        case EAGAIN where address == nil || family != AF_UNIX: return enqueue(bytes, to: address)
        case EAGAIN, ENOBUFS: return drop()
        case ECONNREFUSED where peer != nil: return drop()
        default: throw SystemFailure(code: code, call: "sendto")
        }
        return .sent
    }

    private func noteRefusal() {
        guard !isRefusalPending else { return }
        isRefusalPending = true
        reactor.callLater(.zero) { [weak self] in self?.refused() }
    }

    private func drop() -> DatagramOutcome {
        counters.dropped += 1
        return .dropped
    }

    private func enqueue(_ bytes: Span<UInt8>, to address: SocketAddress?) -> DatagramOutcome {
        guard queue.append(bytes, to: address, limit: settings.outboundByteCount) else { return drop() }
        setInterest(.write, true)
        return .queued
    }

    private func flush() {
        for _ in 0..<max(1, settings.datagramsPerPass) {
            guard let next = queue.first else { break }
            let code = unsafe next.octets.withUnsafeBytes {
                unsafe Socket.sendDatagram(descriptor, $0, to: next.address)
            }
            if code == EAGAIN { return }
            queue.removeFirst()
            if code == 0 { counters.sent += 1 } else { counters.dropped += 1 }
            if Self.isRefusal(code), peer != nil { noteRefusal() }
        }
        if queue.isEmpty { setInterest(.write, false) }
    }

    // MARK: The socket

    /// Chooses the only peer.
    public func connect(to newPeer: SocketAddress) throws(SystemFailure) {
        guard newPeer.family == family else { throw SystemFailure(code: EAFNOSUPPORT, call: "connect") }
        guard descriptor >= 0 else { throw SystemFailure(code: ENOTCONN, call: "connect") }
        _ = try Socket.connect(descriptor, to: newPeer)
        peer = newPeer
        host = Socket.ownAddress(descriptor) ?? host
    }

    /// Hears a group.
    public func join(_ group: MulticastGroup) throws(SystemFailure) {
        try Socket.changeMembership(descriptor, of: group, joins: true)
    }

    /// Hears a group no longer.
    public func leave(_ group: MulticastGroup) throws(SystemFailure) {
        try Socket.changeMembership(descriptor, of: group, joins: false)
    }

    /// Sets an option of the socket.
    public func setOption(_ option: DatagramOption) throws(SystemFailure) {
        try Socket.set(option, on: descriptor, family: family)
    }

    /// Closes the port, and removes the file of a Unix socket.
    public func stopListening() {
        guard descriptor >= 0 else { return }
        reactor.remove(descriptor)
        socketFile?.remove()
        close(descriptor)
        descriptor = -1
        counters.dropped += queue.count
        queue = DatagramQueue()
        let last = datagramProtocol
        datagramProtocol = nil
        reactor.callLater(.zero) { last?.stopped() }
    }

    /// Closes the port.
    public func disconnect() { stopListening() }
}

/// Datagrams that wait for room in the kernel.
struct DatagramQueue {
    /// What one datagram takes besides its octets, so that empty ones count, too.
    private static let overhead = 64

    private var items: [(octets: [UInt8], address: SocketAddress?)] = []
    private var head = 0
    private(set) var byteCount = 0

    var count: Int { items.count - head }

    var isEmpty: Bool { head == items.count }

    var first: (octets: [UInt8], address: SocketAddress?)? { isEmpty ? nil : items[head] }

    /// Stores a datagram; false when there is no room for it.
    mutating func append(_ bytes: Span<UInt8>, to address: SocketAddress?, limit: Int) -> Bool {
        guard byteCount + count * Self.overhead + bytes.count <= limit else { return false }
        items.append((unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }, address))
        byteCount += bytes.count
        return true
    }

    mutating func removeFirst() {
        byteCount -= items[head].octets.count
        items[head].octets = []
        head += 1
        guard head == items.count || head > items.count / 2 && head > 64 else { return }
        items.removeFirst(head)
        head = 0
    }
}

extension Socket {
    /// Takes the next datagram (`recvfrom(2)` with `MSG_TRUNC`).
    ///
    /// - Returns: Its whole length, which may be more than the buffer holds, and its sender; -1 with `errno`.
    static func receiveDatagram(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
    ) -> (length: Int, sender: SocketAddress) {
        var storage = sockaddr_storage()
        while true {
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let count = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe recvfrom(
                        descriptor, buffer.baseAddress, buffer.count, Int32(MSG_TRUNC), $0, &length)
                }
            }
            if count >= 0 { return (count, SocketAddress(kernelForm: storage, length: length) ?? .unix("")) }
            if errno != EINTR { return (count, .unix("")) }
        }
    }

    /// Sends a datagram (`sendto(2)`); without an address, to the connected peer.
    ///
    /// - Returns: Zero or the `errno` of the failure.
    static func sendDatagram(
        _ descriptor: Int32, _ octets: UnsafeRawBufferPointer, to address: SocketAddress?
    ) -> Int32 {
        let flags = Int32(MSG_NOSIGNAL)
        while true {
            let count =
                unsafe address?.withKernelForm {
                    unsafe sendto(descriptor, octets.baseAddress, octets.count, flags, $0, $1)
                } ?? Glibc.send(descriptor, octets.baseAddress, octets.count, flags)
            if count >= 0 { return 0 }
            if errno != EINTR { return errno }
        }
    }
}
