import FileAccessTesting
import Glibc
import ReactorCore
import ReactorTestingTraits
import Testing
import Transports

/// The kinds of datagram socket the contract is proven over.
enum DatagramKind: CaseIterable {
    case udp4
    case udp6
    case unix
    case abstract
}

@Suite(.everyPoller) struct DatagramTests {
    struct Broken: Error {}

    /// Two ports that hear everyone.
    private func pair(
        _ kind: DatagramKind, settings: DatagramSettings = .init()
    ) throws -> (harness: DatagramHarness, left: DatagramRecorder, right: DatagramRecorder) {
        let harness = try DatagramHarness(kind)
        let (left, right) = (DatagramRecorder(), DatagramRecorder())
        try harness.reactor.listenDatagrams(on: harness.freshAddress(), settings: settings, protocol: left)
        try harness.reactor.listenDatagrams(on: harness.freshAddress(), settings: settings, protocol: right)
        return (harness, left, right)
    }

    @Test(arguments: DatagramKind.allCases)
    func datagramsArriveWholeWithTheirSender(kind: DatagramKind) throws {
        let (harness, left, right) = try pair(kind)
        let (here, there) = (try #require(left.transport), try #require(right.transport))
        #expect(here.host != there.host && here.host.port != 0)
        for text in ["one", "", "three"] { #expect(try here.write(Array(text.utf8), to: there.host) == .sent) }
        try harness.run { right.texts.count == 3 }
        #expect(right.texts == ["one", "", "three"])
        #expect(right.senders.allSatisfy { $0 == here.host })
        right.transport.map { port in _ = try? port.write(Array("answer".utf8), to: right.senders[0]) }
        try harness.run { left.texts == ["answer"] }
        #expect(here.counters.sent == 3 && there.counters.received == 3)
        here.stopListening()
        here.stopListening()
        #expect(left.stops == 0)
        #expect(try here.write([1], to: there.host) == .dropped)
        harness.idle()
        #expect(left.stops == 1 && right.stops == 0)
        #expect(here.counters.dropped == 1)
    }

    @Test(arguments: DatagramKind.allCases)
    func aThrowIsReportedAndThePortLivesOn(kind: DatagramKind) throws {
        let (harness, left, right) = try pair(kind)
        right.onDatagram = { _, bytes, _ in if bytes == [1] { throw Broken() } }
        let there = try #require(right.transport?.host)
        for byte in [1, 1, 2] as [UInt8] { try left.transport?.write([byte], to: there) }
        try harness.run { right.datagrams.count == 3 }
        #expect(right.transport?.counters.failures == 2)
        #expect(harness.logLines.count == 1, "one complaint a second")
        #expect(harness.logLines.first?.contains("Broken") == true)
    }

    @Test(arguments: DatagramKind.allCases)
    func largeDatagramsAreReportedAsTruncated(kind: DatagramKind) throws {
        var settings = DatagramSettings()
        settings.largestDatagram = 4
        let (harness, left, right) = try pair(kind, settings: settings)
        let there = try #require(right.transport?.host)
        try left.transport?.write([1, 2, 3, 4, 5], to: there)
        try left.transport?.write([1, 2, 3, 4], to: there)
        try harness.run { right.datagrams.count == 1 }
        #expect(right.truncated == [5])
        #expect(right.datagrams == [[1, 2, 3, 4]])
        #expect(right.transport?.counters.truncated == 1)
    }

    @Test(arguments: DatagramKind.allCases)
    func aPassReceivesABoundedNumber(kind: DatagramKind) throws {
        var settings = DatagramSettings()
        settings.datagramsPerPass = 2
        let (harness, left, right) = try pair(kind, settings: settings)
        let there = try #require(right.transport?.host)
        for byte in 0..<5 as Range<UInt8> { try left.transport?.write([byte], to: there) }
        var counts: [Int] = []
        try harness.run {
            if counts.last != right.datagrams.count { counts.append(right.datagrams.count) }
            return right.datagrams.count == 5
        }
        #expect(zip(counts, counts.dropFirst()).allSatisfy { $1 - $0 <= 2 })
    }

    @Test(arguments: DatagramKind.allCases)
    func pausingAndClosingInsideACallHoldTheRestBack(kind: DatagramKind) throws {
        let (harness, left, right) = try pair(kind)
        let (here, there) = (try #require(left.transport), try #require(right.transport))
        right.onDatagram = { _, _, _ in there.pauseProducing() }
        for byte in 0..<3 as Range<UInt8> { try here.write([byte], to: there.host) }
        try harness.run { right.datagrams.count == 1 }
        harness.idle()
        #expect(right.datagrams.count == 1)
        right.onDatagram = { _, _, _ in there.stopListening() }
        there.resumeProducing()
        try harness.run { right.stops == 1 }
        #expect(right.datagrams.count == 2)
    }

    @Test(arguments: DatagramKind.allCases)
    func aConnectedPortHearsItsPeerAndItsRefusals(kind: DatagramKind) throws {
        let harness = try DatagramHarness(kind)
        let (server, client, stranger) = (DatagramRecorder(), DatagramRecorder(), DatagramRecorder())
        let port = try harness.reactor.listenDatagrams(on: harness.freshAddress(), protocol: server)
        try harness.reactor.connectDatagrams(to: port.host, from: harness.freshAddress(), protocol: client)
        let here = try #require(client.transport)
        #expect(here.peer == port.host)
        try here.write(Array("hello".utf8))
        try harness.run { server.texts == ["hello"] }
        try port.write(Array("answer".utf8), to: server.senders[0])
        try harness.run { client.texts == ["answer"] }
        try harness.reactor.listenDatagrams(on: harness.freshAddress(), protocol: stranger)
        _ = try? stranger.transport?.write([9], to: here.host)
        harness.idle()
        #expect(client.datagrams.count == 1, "a stranger is not heard")
        #expect(throws: SystemFailure.self) { try here.write([1], to: .ipv4(.loopback, port: 9)) }

        port.stopListening()
        try harness.run {
            _ = try? here.write([1])
            return client.refusals > 0
        }
        #expect(here.counters.refused == client.refusals)
        harness.idle()
        #expect(harness.reactor.runOnePass(waitingAtMost: .zero) == 0, "no spinning")
    }

    @Test(arguments: [DatagramKind.udp4, .udp6])
    func anUnconnectedPortHearsNoRefusals(kind: DatagramKind) throws {
        let (harness, left, right) = try pair(kind)
        let there = try #require(right.transport)
        there.stopListening()
        for _ in 0..<3 { #expect(try left.transport?.write([1], to: there.host) == .sent) }
        harness.idle()
        #expect(left.refusals == 0)
    }

    @Test(arguments: [
        (DatagramKind.udp4, 70_000, EMSGSIZE), (.udp6, 70_000, EMSGSIZE), (.unix, 10 << 20, EMSGSIZE),
    ])
    func whatTheKernelSaysOfADatagramIsThrown(kind: DatagramKind, size: Int, code: Int32) throws {
        let (harness, left, right) = try pair(kind)
        defer { harness.idle() }
        let (here, there) = (try #require(left.transport), try #require(right.transport))
        #expect(throws: SystemFailure(code: code, call: "sendto")) {
            try here.write([UInt8](repeating: 0, count: size), to: there.host)
        }
        #expect(throws: SystemFailure(code: ENOTCONN, call: "send")) { try here.write([1]) }
        let other: SocketAddress = kind == .unix ? .ipv4(.loopback, port: 9) : .unix("/x")
        #expect(throws: SystemFailure(code: EAFNOSUPPORT, call: "sendto")) { try here.write([1], to: other) }
    }

    @Test func broadcastIsOptIn() throws {
        let (harness, left, _) = try pair(.udp4)
        defer { harness.idle() }
        let port = try #require(left.transport)
        let everyone = SocketAddress.ipv4(IPv4Host(bits: 0x7FFF_FFFF), port: 9)
        #expect(throws: SystemFailure(code: EACCES, call: "sendto")) { try port.write([1], to: everyone) }
        try port.setOption(.broadcast(true))
        #expect(try port.write([1], to: everyone) == .sent)
    }

    @Test(arguments: [false, true])
    func aGroupIsHeardUntilItIsLeft(isSourceSpecific: Bool) throws {
        let harness = try DatagramHarness(.udp4)
        let (sender, member) = (DatagramRecorder(), DatagramRecorder())
        let loopback = try #require(NetworkInterface(named: "lo"))
        let group = IPv4Host(bits: isSourceSpecific ? 0xE800_0109 : 0xEFFF_2A09)
        var settings = DatagramSettings()
        settings.sharesPort = true
        let port = try harness.reactor.listenDatagrams(
            on: .ipv4(.any, port: 0), settings: settings, protocol: member)
        try harness.reactor.listenDatagrams(on: .ipv4(.loopback, port: 0), protocol: sender)
        let membership = MulticastGroup(group, from: isSourceSpecific ? .loopback : nil, on: loopback)
        try port.join(membership)
        let out = try #require(sender.transport)
        try out.setOption(.multicastInterface(loopback))
        try out.setOption(.multicastHops(1))
        try out.setOption(.multicastLoopback(true))
        let target = SocketAddress.ipv4(group, port: UInt16(port.host.port ?? 0))
        try out.write(Array("all".utf8), to: target)
        try harness.run { member.texts == ["all"] }
        try port.leave(membership)
        #expect(throws: SystemFailure.self) { try port.leave(membership) }
        _ = try? out.write([1], to: target)
        harness.idle()
        #expect(member.datagrams.count == 1)
    }

    /// The first interface that has a route for IPv6 groups, which the loopback interface seldom has.
    private static let interfaceWithIPv6Groups: NetworkInterface? = (1..<9 as Range<UInt32>)
        .map(NetworkInterface.init(index:)).first { interface in
            guard let reactor = try? Reactor() else { return false }
            defer { reactor.disconnectAll() }
            guard
                let port = try? reactor.listenDatagrams(on: .ipv6(.any, port: 0), protocol: DatagramRecorder())
            else { return false }
            do {
                try port.join(MulticastGroup(group(on: interface), on: interface))
                try port.setOption(.multicastInterface(interface))
                try port.setOption(.multicastHops(1))
                try port.write([7], to: .ipv6(group(on: interface), port: UInt16(port.host.port ?? 0)))
                return true
            } catch {
                return false
            }
        }

    private static func group(on interface: NetworkInterface) -> IPv6Host {
        IPv6Host(high: 0xFF02 << 48, low: 0x4D55, scope: interface.index)
    }

    @Test(.enabled(if: interfaceWithIPv6Groups != nil, "no interface has a route for IPv6 groups"))
    func anIPv6GroupIsHeard() throws {
        let harness = try DatagramHarness(.udp6)
        let (sender, member) = (DatagramRecorder(), DatagramRecorder())
        let interface = try #require(Self.interfaceWithIPv6Groups)
        let port = try harness.reactor.listenDatagrams(on: .ipv6(.any, port: 0), protocol: member)
        let out = try harness.reactor.listenDatagrams(on: .ipv6(.any, port: 0), protocol: sender)
        try out.setOption(.multicastHops(1))
        try out.setOption(.multicastLoopback(true))
        try port.join(MulticastGroup(Self.group(on: interface), on: interface))
        try out.setOption(.multicastInterface(interface))
        try out.write([7], to: .ipv6(Self.group(on: interface), port: UInt16(port.host.port ?? 0)))
        try harness.run { member.datagrams == [[7]] }
    }

    @Test func optionsOfIPAreRefusedOnUnixSockets() throws {
        let (harness, left, _) = try pair(.unix)
        defer { harness.idle() }
        let port = try #require(left.transport)
        #expect(throws: SystemFailure.self) { try port.setOption(.hops(3)) }
        #expect(throws: SystemFailure.self) { try port.join(MulticastGroup(IPv4Host(bits: 0xEFFF_2A09))) }
        try port.setOption(.receiveBufferSize(65_536))
        try port.setOption(.sendBufferSize(65_536))
    }

    @Test func aUnixPortHasItsModeReplacesAStaleFileAndLeavesNone() throws {
        let harness = try DatagramHarness(.unix)
        let address = harness.freshAddress()
        var settings = DatagramSettings()
        settings.mode = 0o620
        let abandoned = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        #expect(bindUnix(abandoned, address.host) == 0)
        #expect(throws: DatagramBindFailure.self, "somebody reads there") {
            try harness.reactor.listenDatagrams(on: address, protocol: DatagramRecorder())
        }
        close(abandoned)
        let port = try harness.reactor.listenDatagrams(on: address, settings: settings, protocol: DatagramRecorder())
        var status = stat()
        #expect(lstat(address.host, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o620)
        port.stopListening()
        #expect(lstat(address.host, &status) != 0)
    }

    @Test func aUnixPortMayLeaveItsNameToTheKernel() throws {
        let harness = try DatagramHarness(.unix)
        let (server, client) = (DatagramRecorder(), DatagramRecorder())
        let port = try harness.reactor.listenDatagrams(on: .unix(""), protocol: server)
        #expect(port.host.description.hasPrefix("unix:@"))
        try harness.reactor.connectDatagrams(to: port.host, from: .unix(""), protocol: client)
        try client.transport?.write([1])
        try harness.run { server.datagrams == [[1]] }
        try port.write([2], to: server.senders[0])
        try harness.run { client.datagrams == [[2]] }
    }

    @Test func anAnonymousSenderIsHeardAndCannotBeAnswered() throws {
        let harness = try DatagramHarness(.unix)
        let (server, client) = (DatagramRecorder(), DatagramRecorder())
        let port = try harness.reactor.listenDatagrams(on: harness.freshAddress(), protocol: server)
        try harness.reactor.connectDatagrams(to: port.host, protocol: client)
        try client.transport?.write([5])
        try harness.run { server.datagrams == [[5]] }
        #expect(server.senders == [.unix("")])
        #expect(throws: SystemFailure(code: EDESTADDRREQ, call: "sendto")) { try port.write([6], to: .unix("")) }
    }

    @Test func aFullUnixReceiverQueuesForAPeerAndDropsForStrangers() throws {
        let harness = try DatagramHarness(.unix)
        let (server, client, other) = (DatagramRecorder(), DatagramRecorder(), DatagramRecorder())
        let port = try harness.reactor.listenDatagrams(on: harness.freshAddress(), protocol: server)
        port.pauseProducing()
        var settings = DatagramSettings()
        settings.outboundByteCount = 4096
        let connected = try harness.reactor.connectDatagrams(to: port.host, settings: settings, protocol: client)
        try harness.reactor.listenDatagrams(on: harness.freshAddress(), protocol: other)
        var outcomes: [DatagramOutcome] = []
        while outcomes.last != .dropped {
            outcomes.append(
                try connected.write([UInt8(truncatingIfNeeded: outcomes.count)] + [UInt8](repeating: 0, count: 99)))
        }
        let taken = outcomes.filter { $0 != .dropped }.count
        #expect(outcomes.contains(.sent) && outcomes.contains(.queued))
        #expect(connected.bufferedByteCount > 0 && connected.bufferedByteCount <= 4096)
        #expect(try other.transport?.write([1], to: port.host) == .dropped)
        #expect(connected.counters.dropped == 1)
        port.resumeProducing()
        try harness.run { server.datagrams.count == taken }
        #expect(server.datagrams.map { $0[0] } == (0..<taken).map { UInt8(truncatingIfNeeded: $0) })
        #expect(connected.bufferedByteCount == 0)
    }

    @Test(arguments: DatagramKind.allCases)
    func goesOnWithASocketMadeElsewhere(kind: DatagramKind) throws {
        let harness = try DatagramHarness(kind)
        let (first, adopted, client) = (DatagramRecorder(), DatagramRecorder(), DatagramRecorder())
        // Somebody else who made a socket: a reactor that makes no passes, so that it reads nothing.
        let other = try Reactor()
        let made = try other.listenDatagrams(on: harness.freshAddress(), protocol: first)
        let number = try #require(other.leftovers.compactMap { $0.what.split(separator: " ").dropFirst().first }.first)
        let descriptor = OwnedDescriptor(dup(try #require(Int32(number.dropLast()))))
        let blocking = descriptor.number
        _ = fcntl(blocking, F_SETFL, fcntl(blocking, F_GETFL) & ~O_NONBLOCK)
        let port = try harness.reactor.adoptDatagramPort(descriptor, protocol: adopted)
        #expect(descriptor.number == -1 && port.host == made.host && port.peer == nil)
        #expect(fcntl(blocking, F_GETFD) == FD_CLOEXEC && fcntl(blocking, F_GETFL) & O_NONBLOCK != 0)
        let here = try harness.reactor.listenDatagrams(on: harness.freshAddress(), protocol: client)
        try here.write(Array("question".utf8), to: port.host)
        try harness.run { adopted.texts == ["question"] }
        try port.write(Array("answer".utf8), to: adopted.senders[0])
        try harness.run { client.texts == ["answer"] }
        port.stopListening()
        harness.idle()
        #expect(adopted.stops == 1 && first.datagrams.isEmpty)
        made.stopListening()
        other.runOnePass(waitingAtMost: .zero)
    }

    @Test func whatCannotBeADatagramPortStaysTheCallers() throws {
        let harness = try DatagramHarness(.udp4)
        let reactor = harness.reactor
        func failure(_ descriptor: OwnedDescriptor) -> Int32 {
            do throws(SystemFailure) {
                try reactor.adoptDatagramPort(descriptor, protocol: DatagramRecorder())
                return 0
            } catch {
                return error.code
            }
        }
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let stream = OwnedDescriptor(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        let cases = [(stream, EPROTOTYPE), (OwnedDescriptor(ends[0]), ENOTSOCK), (OwnedDescriptor(-1), EBADF)]
        for (descriptor, code) in cases {
            let number = descriptor.number
            #expect(failure(descriptor) == code && descriptor.number == number)
        }
        close(ends[1])
        let good = OwnedDescriptor(socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0))
        let again = OwnedDescriptor(good.number)
        #expect(failure(good) == 0 && failure(again) == EEXIST)
        _ = again.take()
    }

    @Test func aPortLeftOverNamesWhereItWasAskedFor() throws {
        let harness = try DatagramHarness(.udp4)
        let port = try harness.reactor.listenDatagrams(on: .ipv4(.loopback, port: 0), protocol: DatagramRecorder())
        try harness.reactor.connectDatagrams(to: port.host, protocol: DatagramRecorder())
        let left = harness.reactor.leftovers
        #expect(left.count == 2 && left.allSatisfy { $0.what.contains("datagram port of 127.0.0.1:") })
        #expect(left.allSatisfy { $0.place?.contains("DatagramTests.swift:") == true })
    }

    @Test func aBusyAddressIsNamedInTheFailure() throws {
        let (harness, left, _) = try pair(.udp4)
        let address = try #require(left.transport?.host)
        #expect(throws: DatagramBindFailure(address: address, cause: SystemFailure(code: EADDRINUSE, call: "bind"))) {
            try harness.reactor.listenDatagrams(on: address, protocol: DatagramRecorder())
        }
        let long = SocketAddress.unix("/" + String(repeating: "x", count: 200))
        #expect(throws: DatagramBindFailure(address: long, cause: SystemFailure(code: ENAMETOOLONG, call: "bind"))) {
            try harness.reactor.listenDatagrams(on: long, protocol: DatagramRecorder())
        }
    }
}

/// A reactor and a supply of addresses of one kind.
final class DatagramHarness {
    let reactor: Reactor
    private(set) var logLines: [String] = []
    private let kind: DatagramKind
    private let folder: TemporaryFolder
    private var count = 0

    init(_ kind: DatagramKind) throws {
        self.kind = kind
        reactor = try Reactor()
        folder = try TemporaryFolder()
        reactor.log = { [weak self] in self?.logLines.append($0) }
    }

    deinit {
        reactor.disconnectAll()
        for _ in 0..<2 { reactor.runOnePass(waitingAtMost: .zero) }
        expectNoLeftovers(reactor)
    }

    func freshAddress() -> SocketAddress {
        count += 1
        return switch kind {
        case .udp4: .ipv4(.loopback, port: 0)
        case .udp6: .ipv6(.loopback, port: 0)
        case .unix: .unix("\(folder.path)/\(count)")
        case .abstract: .unix("\0\(folder.path)/\(count)")
        }
    }

    func run(sourceLocation: SourceLocation = #_sourceLocation, until condition: () -> Bool) throws {
        for _ in 0..<5_000 {
            if condition() { return }
            reactor.runOnePass(waitingAtMost: .milliseconds(1))
        }
        try #require(condition(), "still false after many passes", sourceLocation: sourceLocation)
    }

    func idle() {
        for _ in 0..<20 { reactor.runOnePass(waitingAtMost: .zero) }
    }
}

/// A datagram protocol that remembers everything.
final class DatagramRecorder: DatagramProtocol {
    private(set) var transport: (any DatagramTransport)?
    private(set) var datagrams: [[UInt8]] = []
    private(set) var senders: [SocketAddress] = []
    private(set) var truncated: [Int] = []
    private(set) var refusals = 0
    private(set) var stops = 0
    var onDatagram: ((DatagramRecorder, [UInt8], SocketAddress) throws -> Void)?

    var texts: [String] { datagrams.map { String(decoding: $0, as: UTF8.self) } }

    func started(over transport: any DatagramTransport) { self.transport = transport }

    func datagramReceived(_ bytes: Span<UInt8>, from sender: SocketAddress) throws {
        datagrams.append(bytes.indices.map { bytes[$0] })
        senders.append(sender)
        try onDatagram?(self, datagrams[datagrams.count - 1], sender)
    }

    func truncatedDatagramReceived(_ bytes: Span<UInt8>, from sender: SocketAddress, length: Int) {
        truncated.append(length)
    }

    func connectionRefused() { refusals += 1 }

    func stopped() {
        stops += 1
        onDatagram = nil
    }
}

/// Binds a plain socket to a path.
func bindUnix(_ descriptor: Int32, _ path: String) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
    }
}
