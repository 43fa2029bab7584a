import CLinux
import Glibc
import ReactorCore

extension SocketAddress {
    /// The longest path of a Unix socket in octets: `sun_path` less its final zero, `unix(7)`.
    static let longestPath = 107

    /// The octets of `sun_path` the address needs; an address without a name needs none.
    private static func unixLength(_ path: String) -> Int {
        if path.isEmpty { return 0 }
        return path.utf8.count + (path.utf8.first == 0 ? 0 : 1)
    }

    /// Refuses an address that the kernel's form has no room for.
    func checkLength(for call: String) throws(SystemFailure) {
        guard case .unix(let path) = self, Self.unixLength(path) > Self.longestPath + 1 else { return }
        throw SystemFailure(code: ENAMETOOLONG, call: call)
    }

    var family: Int32 {
        switch self {
        case .ipv4: AF_INET
        case .ipv6: AF_INET6
        case .unix: AF_UNIX
        }
    }

    /// Calls `body` with the address in the kernel's form.
    func withKernelForm<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
        switch self {
        case .ipv4(let host, let port):
            var form = sockaddr_in()
            form.sin_family = sa_family_t(AF_INET)
            form.sin_port = port.bigEndian
            form.sin_addr.s_addr = host.bits.bigEndian
            return unsafe Self.rebound(&form, MemoryLayout<sockaddr_in>.size, body)
        case .ipv6(let host, let port):
            var form = sockaddr_in6()
            form.sin6_family = sa_family_t(AF_INET6)
            form.sin6_port = port.bigEndian
            form.sin6_addr = host.address
            form.sin6_scope_id = host.scope
            return unsafe Self.rebound(&form, MemoryLayout<sockaddr_in6>.size, body)
        case .unix(let path):
            var form = sockaddr_un()
            form.sun_family = sa_family_t(AF_UNIX)
            let octets = path.utf8.prefix(Self.longestPath + 1)
            unsafe withUnsafeMutableBytes(of: &form.sun_path) { unsafe $0.copyBytes(from: octets) }
            let length = min(Self.unixLength(path), Self.longestPath + 1)
            return unsafe Self.rebound(&form, MemoryLayout<sa_family_t>.size + length, body)
        }
    }

    /// Reads an address the kernel wrote, such as that of an accepted connection.
    init?(kernelForm storage: sockaddr_storage, length: socklen_t) {
        switch Int32(storage.ss_family) {
        case AF_INET:
            let form = unsafe withUnsafeBytes(of: storage) { unsafe $0.loadUnaligned(as: sockaddr_in.self) }
            self = .ipv4(
                IPv4Host(bits: UInt32(bigEndian: form.sin_addr.s_addr)), port: UInt16(bigEndian: form.sin_port))
        case AF_INET6:
            let form = unsafe withUnsafeBytes(of: storage) { unsafe $0.loadUnaligned(as: sockaddr_in6.self) }
            let host = IPv6Host(form.sin6_addr, scope: form.sin6_scope_id)
            self = .ipv6(host, port: UInt16(bigEndian: form.sin6_port))
        case AF_UNIX:
            let pathOffset = MemoryLayout<sa_family_t>.size
            let octets = unsafe withUnsafeBytes(of: storage) { storage in
                let path = unsafe storage[min(pathOffset, Int(length))..<min(Int(length), storage.count)]
                // A zero in front makes the name abstract: then all octets count, zeros too.
                if unsafe path.first == 0 { return unsafe Array(path) }
                return unsafe Array(path.prefix { $0 != 0 })
            }
            self = .unix(String(decoding: octets, as: UTF8.self))
        default:
            return nil
        }
    }

    private static func rebound<Form, Value>(
        _ form: inout Form, _ size: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
    ) -> Value {
        unsafe withUnsafePointer(to: &form) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, socklen_t(size)) }
        }
    }
}
