import CLinux
import Glibc
import ReactorCore

/// How a datagram port is made, and its bounds.
public struct DatagramSettings: Hashable, Sendable {
    /// The permission bits of a Unix socket's file; nil leaves what the process's mask gives.
    public var mode: UInt32?

    /// Whether several sockets may be bound to one UDP port (`SO_REUSEADDR`), as listeners to a group are.
    ///
    /// The newest then gets what is sent to this machine alone, so it is off unless set.
    public var sharesPort = false

    /// The largest datagram the port takes whole, in octets; at most 65,536, which no UDP datagram reaches.
    public var largestDatagram = 65_536

    /// The most datagrams one pass receives, so that other descriptors get their turn; our choice.
    public var datagramsPerPass = 64

    /// The most octets in datagrams that wait for room in the kernel, our choice; what comes then is dropped.
    public var outboundByteCount = 1 << 20

    /// Makes the settings for most ports.
    public init() {}
}

/// One of the machine's network interfaces.
public struct NetworkInterface: Hashable, Sendable {
    /// The kernel's number for it; zero lets the kernel choose.
    public var index: UInt32

    /// Makes an interface from the kernel's number.
    public init(index: UInt32) { self.index = index }

    /// Looks up a name such as `eth0` (`if_nametoindex(3)`); nil when there is none.
    public init?(named name: String) {
        index = unsafe if_nametoindex(name)
        if index == 0 { return nil }
    }

    /// The interface the kernel's routes choose.
    public static let automatic = NetworkInterface(index: 0)
}

/// A multicast group to hear: on one interface, from everyone or from one source (RFC 3678).
public struct MulticastGroup: Hashable, Sendable {
    /// The group, with a port of zero.
    public let address: SocketAddress

    /// The only host to hear, with a port of zero; nil hears everyone.
    public let source: SocketAddress?

    /// Where to hear the group.
    public let interface: NetworkInterface

    /// Makes an IPv4 group; with a source, only what that host sends is heard.
    public init(_ group: IPv4Host, from source: IPv4Host? = nil, on interface: NetworkInterface = .automatic) {
        address = .ipv4(group, port: 0)
        self.source = source.map { .ipv4($0, port: 0) }
        self.interface = interface
    }

    /// Makes an IPv6 group; with a source, only what that host sends is heard.
    public init(_ group: IPv6Host, from source: IPv6Host? = nil, on interface: NetworkInterface = .automatic) {
        address = .ipv6(group, port: 0)
        self.source = source.map { .ipv6($0, port: 0) }
        self.interface = interface
    }
}

/// An option of a datagram port.
public enum DatagramOption: Hashable, Sendable {
    /// Whether datagrams may be sent to a broadcast address (`SO_BROADCAST`); off unless set.
    case broadcast(Bool)

    /// How many routers a datagram passes (`IP_TTL`, `IPV6_UNICAST_HOPS`).
    case hops(UInt8)

    /// How many routers a datagram to a group passes (`IP_MULTICAST_TTL`, `IPV6_MULTICAST_HOPS`); 1 unless set.
    case multicastHops(UInt8)

    /// Whether this machine hears what it sends to a group (`IP_MULTICAST_LOOP`, `IPV6_MULTICAST_LOOP`);
    /// on unless set.
    case multicastLoopback(Bool)

    /// The interface that datagrams to a group leave by (`IP_MULTICAST_IF`, `IPV6_MULTICAST_IF`).
    case multicastInterface(NetworkInterface)

    /// The kernel's buffer for datagrams to send, in octets (`SO_SNDBUF`; Linux doubles the number).
    case sendBufferSize(Int)

    /// The kernel's buffer for datagrams that arrived, in octets (`SO_RCVBUF`; Linux doubles the number).
    case receiveBufferSize(Int)
}

extension Socket {
    /// Sets one option of a datagram socket; options of IP are refused on Unix sockets.
    static func set(_ option: DatagramOption, on descriptor: Int32, family: Int32) throws(SystemFailure) {
        switch option {
        case .broadcast(let isOn): try set(descriptor, SOL_SOCKET, SO_BROADCAST, isOn ? 1 : 0)
        case .sendBufferSize(let size): try set(descriptor, SOL_SOCKET, SO_SNDBUF, size)
        case .receiveBufferSize(let size): try set(descriptor, SOL_SOCKET, SO_RCVBUF, size)
        case .hops(let count): try setIP(descriptor, family, IP_TTL, IPV6_UNICAST_HOPS, Int(count))
        case .multicastHops(let count):
            try setIP(descriptor, family, IP_MULTICAST_TTL, IPV6_MULTICAST_HOPS, Int(count))
        case .multicastLoopback(let isOn):
            try setIP(descriptor, family, IP_MULTICAST_LOOP, IPV6_MULTICAST_LOOP, isOn ? 1 : 0)
        case .multicastInterface(let interface) where family == AF_INET:
            guard clinux_multicast_interface(descriptor, interface.index) == 0 else {
                throw SystemFailure(call: "setsockopt")
            }
        case .multicastInterface(let interface):
            // The kernel takes an int; indices are small and positive.
            try setIP(descriptor, family, IP_MULTICAST_IF, IPV6_MULTICAST_IF, Int(interface.index))
        }
    }

    private static func setIP(
        _ descriptor: Int32, _ family: Int32, _ option4: Int32, _ option6: Int32, _ value: Int
    ) throws(SystemFailure) {
        switch family {
        case AF_INET: try set(descriptor, Int32(IPPROTO_IP), option4, value)
        case AF_INET6: try set(descriptor, Int32(IPPROTO_IPV6), option6, value)
        default: throw SystemFailure(code: ENOPROTOOPT, call: "setsockopt")
        }
    }

    /// Joins or leaves a group (`MCAST_JOIN_GROUP` and its relatives of RFC 3678).
    static func changeMembership(
        _ descriptor: Int32, of group: MulticastGroup, joins: Bool
    ) throws(SystemFailure) {
        let code = unsafe group.address.withKernelForm { address, length in
            guard let source = group.source else {
                return unsafe clinux_multicast(descriptor, joins ? 1 : 0, group.interface.index, address, length, nil)
            }
            return unsafe source.withKernelForm { source, _ in
                unsafe clinux_multicast(descriptor, joins ? 1 : 0, group.interface.index, address, length, source)
            }
        }
        guard code == 0 else { throw SystemFailure(call: "setsockopt") }
    }
}
