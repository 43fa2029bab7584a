import CLinux
import Glibc

/// The four octets of an IPv4 host, in network order from the highest.
public struct IPv4Host: Hashable, Sendable, CustomStringConvertible {
    /// The octets as one number, the first octet highest.
    public var bits: UInt32

    /// Makes a host from its octets as one number.
    public init(bits: UInt32) { self.bits = bits }

    /// Parses dotted-decimal text (`inet_pton(3)`); nil when it is none.
    public init?(_ text: String) {
        var address = in_addr()
        guard unsafe inet_pton(AF_INET, text, &address) == 1 else { return nil }
        bits = UInt32(bigEndian: address.s_addr)
    }

    /// `127.0.0.1`.
    public static let loopback = IPv4Host(bits: 0x7F00_0001)

    /// `0.0.0.0`, which stands for all of the machine's addresses.
    public static let any = IPv4Host(bits: 0)

    /// The host in dotted-decimal text.
    public var description: String {
        "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
    }
}

/// The sixteen octets of an IPv6 host, and the interface of a link-local one.
public struct IPv6Host: Hashable, Sendable, CustomStringConvertible {
    /// The first eight octets as one number, the first octet highest.
    public var high: UInt64

    /// The last eight octets as one number.
    public var low: UInt64

    /// The index of the interface a link-local address belongs to, otherwise zero.
    public var scope: UInt32

    /// Makes a host from its two halves.
    public init(high: UInt64, low: UInt64, scope: UInt32 = 0) {
        self.high = high
        self.low = low
        self.scope = scope
    }

    /// Parses text such as `fe80::1` or `fe80::1%2` (`inet_pton(3)`); nil when it is none.
    public init?(_ text: String) {
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        var address = in6_addr()
        guard unsafe inet_pton(AF_INET6, String(parts[0]), &address) == 1 else { return nil }
        var scope: UInt32 = 0
        if parts.count == 2 {
            scope = UInt32(parts[1]) ?? 0
            if scope == 0 { scope = unsafe if_nametoindex(String(parts[1])) }
            if scope == 0 { return nil }
        }
        self.init(address, scope: scope)
    }

    init(_ address: in6_addr, scope: UInt32) {
        let halves = unsafe withUnsafeBytes(of: address) {
            unsafe ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        self.init(high: UInt64(bigEndian: halves.0), low: UInt64(bigEndian: halves.1), scope: scope)
    }

    /// `::1`.
    public static let loopback = IPv6Host(high: 0, low: 1)

    /// `::`, which stands for all of the machine's addresses.
    public static let any = IPv6Host(high: 0, low: 0)

    var address: in6_addr {
        var address = in6_addr()
        unsafe withUnsafeMutableBytes(of: &address) {
            unsafe $0.storeBytes(of: high.bigEndian, as: UInt64.self)
            unsafe $0.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return address
    }

    /// The host in the text form of RFC 5952, with `%` and the scope when there is one.
    public var description: String {
        var address = address
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard unsafe inet_ntop(AF_INET6, &address, &text, socklen_t(text.count)) != nil else { return "::" }
        let octets = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: octets, as: UTF8.self) + (scope == 0 ? "" : "%\(scope)")
    }
}

/// One end of a connection.
public enum SocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// An IPv4 host and port.
    case ipv4(IPv4Host, port: UInt16)

    /// An IPv6 host and port.
    case ipv6(IPv6Host, port: UInt16)

    /// A Unix socket; the path is empty for an end without a name, as most clients are.
    ///
    /// A zero octet in front makes it an abstract name of Linux, which has no file: `unix(7)`. A peer's
    /// name that is not UTF-8 is shown repaired and cannot be answered.
    case unix(String)

    /// Parses what ``description`` writes: `127.0.0.1:4000`, `[::1]:4000`, `unix:/path` or `unix:@abstract`; nil when it is
    /// none of these.
    public init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = text.dropFirst(5)
            self = .unix(path.hasPrefix("@") ? "\0" + path.dropFirst() : String(path))
            return
        }
        guard let colon = text.lastIndex(of: ":"), case let digits = text[text.index(after: colon)...],
            !digits.hasPrefix("+"), let port = UInt16(digits)
        else { return nil }
        let host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]"), let host = IPv6Host(String(host.dropFirst().dropLast())) {
            self = .ipv6(host, port: port)
        } else if let host = IPv4Host(String(host)) {
            self = .ipv4(host, port: port)
        } else {
            return nil
        }
    }

    /// The host in numeric text, or the path.
    public var host: String {
        switch self {
        case .ipv4(let host, _): host.description
        case .ipv6(let host, _): host.description
        case .unix(let path): path
        }
    }

    /// The port, or nil for a Unix socket.
    public var port: Int? {
        switch self {
        case .ipv4(_, let port), .ipv6(_, let port): Int(port)
        case .unix: nil
        }
    }

    /// The address as `127.0.0.1:4000`, `[::1]:4000`, `unix:/path` or `unix:@abstract`.
    public var description: String {
        switch self {
        case .ipv4(let host, let port): "\(host):\(port)"
        case .ipv6(let host, let port): "[\(host)]:\(port)"
        case .unix(let path): path.utf8.first == 0 ? "unix:@\(path.dropFirst())" : "unix:\(path)"
        }
    }
}
