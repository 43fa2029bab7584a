import CLinux
import Glibc
public import ReactorCore

/// Turns host names into addresses.
public protocol NameResolver: AnyObject {
    /// Looks a name up, without blocking.
    ///
    /// - Parameters:
    ///   - name: A host name; numeric addresses never get here, see ``HostName``.
    ///   - port: The port that the addresses shall have.
    /// - Returns: At least one address, the preferred ones first; fails with ``NameFailure``. Cancelling drops the answer.
    func resolve(_ name: String, port: UInt16) -> Deferred<[SocketAddress]>
}

/// Why a name has no addresses.
public enum NameFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text is no host name.
    case badName(String)

    /// There is no such name, or it has no addresses.
    case unknown(String)

    /// No answer was to be had now; `reason` is the resolver's.
    case unavailable(String, reason: String)

    /// The failure in one line.
    public var description: String {
        switch self {
        case .badName(let name): "\"\(name)\" is no host name"
        case .unknown(let name): "there is no host \(name)"
        case .unavailable(let name, let reason): "the host \(name) cannot be looked up: \(reason)"
        }
    }
}

/// What an operator may write for a host.
public enum HostName: Hashable, Sendable {
    /// The longest name in octets (RFC 1035, section 2.3.4, without the final dot).
    public static let longest = 253

    /// A numeric IPv4 address.
    case ipv4(IPv4Host)

    /// A numeric IPv6 address, with or without brackets.
    case ipv6(IPv6Host)

    /// A name to look up.
    case name(String)

    /// Tells numbers from names.
    ///
    /// - Throws: ``NameFailure/badName(_:)`` for what cannot be looked up: empty, too long, or with white space or
    ///   control characters in it.
    public init(_ text: String) throws(NameFailure) {
        if let host = IPv4Host(text) {
            self = .ipv4(host)
        } else if let host = IPv6Host(
            text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text)
        {
            self = .ipv6(host)
        } else {
            let isWord = text.unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace
            }
            guard !text.isEmpty, text.utf8.count <= Self.longest, isWord, !text.hasPrefix("."), !text.contains("..")
            else {
                throw .badName(text)
            }
            self = .name(text)
        }
    }

    /// The one address of a number; nil for a name.
    public func address(port: UInt16) -> SocketAddress? {
        switch self {
        case .ipv4(let host): .ipv4(host, port: port)
        case .ipv6(let host): .ipv6(host, port: port)
        case .name: nil
        }
    }
}

/// Looks names up with the machine's resolver, `getaddrinfo(3)`, on threads of its own.
///
/// - Limits: ``threads`` look-ups at a time and ``queue`` that wait; more fail at once.
public final class SystemNameResolver: NameResolver {
    /// Look-ups under way at one time; one of them may take half a minute.
    public static let threads = 4

    /// Look-ups that wait for a thread.
    public static let queue = 256

    private let reactor: Reactor
    private let pool = ThreadPool(threadLimit: threads, queueLimit: queue)

    /// Makes a resolver that answers on a reactor.
    public init(on reactor: Reactor) {
        self.reactor = reactor
    }

    /// Looks a name up; names outside ASCII are encoded by the system's library (`AI_IDN`).
    public func resolve(_ name: String, port: UInt16) -> Deferred<[SocketAddress]> {
        reactor.deferToThread(in: pool) { try Self.lookUp(name, port) }
    }

    /// `AI_IDN` and `EAI_NODATA` of the GNU library, which its header shows to GNU programs only.
    private static let encodesNames: Int32 = 0x40
    private static let noData: Int32 = -5

    private static func lookUp(_ name: String, _ port: UInt16) throws(NameFailure) -> [SocketAddress] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_NUMERICSERV | (name.utf8.allSatisfy { $0 < 0x80 } ? 0 : encodesNames)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(name, "\(port)", &hints, &list)
        defer { if let first = unsafe list { unsafe freeaddrinfo(first) } }
        guard code == 0 else { throw failure(code, name) }
        var addresses: [SocketAddress] = []
        var next = unsafe list
        while let entry = unsafe next {
            var storage = sockaddr_storage()
            let length = unsafe min(Int(entry.pointee.ai_addrlen), MemoryLayout<sockaddr_storage>.size)
            if let source = unsafe entry.pointee.ai_addr {
                unsafe withUnsafeMutableBytes(of: &storage) {
                    unsafe $0.copyMemory(from: UnsafeRawBufferPointer(start: source, count: length))
                }
                if let address = SocketAddress(kernelForm: storage, length: socklen_t(length)),
                    !addresses.contains(address)
                {
                    addresses.append(address)
                }
            }
            unsafe next = entry.pointee.ai_next
        }
        guard !addresses.isEmpty else { throw .unknown(name) }
        return addresses
    }

    private static func failure(_ code: Int32, _ name: String) -> NameFailure {
        switch code {
        case EAI_NONAME, noData: return .unknown(name)
        default:
            guard let text = unsafe gai_strerror(code) else { return .unavailable(name, reason: "error \(code)") }
            return unsafe .unavailable(name, reason: String(cString: text))
        }
    }
}
