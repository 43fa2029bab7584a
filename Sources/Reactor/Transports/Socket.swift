import CLinux
import Glibc
import ReactorCore

/// The socket calls the transports make, each with its error and with `EINTR` dealt with once.
package enum Socket {
    /// Makes a non-blocking, close-on-exec socket (`socket(2)`).
    static func make(
        family: Int32, type: __socket_type = SOCK_STREAM
    ) throws(SystemFailure) -> Int32 {
        let type = Int32(type.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, type, 0)
        guard descriptor >= 0 else { throw SystemFailure(call: "socket") }
        return descriptor
    }

    /// Switches an option on (`setsockopt(2)`); failure only costs the option.
    static func enable(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
        var on: Int32 = 1
        _ = unsafe setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Has the kernel send small writes at once (`TCP_NODELAY`): we gather a pass's writes ourselves.
    static func disableDelay(_ descriptor: Int32) {
        enable(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
    }

    /// Makes the next `close(2)` a reset that drops what is unsent (`SO_LINGER` of zero).
    static func armReset(_ descriptor: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Lets closing never wait for the peer, whatever whoever made the socket wanted.
    static func disableLinger(_ descriptor: Int32) {
        var option = linger(l_onoff: 0, l_linger: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Says whether the kernel takes descriptors that come with octets; where it cannot be told (before Linux 6.16), it does.
    static func takeDescriptors(_ isWanted: Bool, _ descriptor: Int32) {
        let passRights: Int32 = 83
        var option: Int32 = isWanted ? 1 : 0
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, passRights, &option, socklen_t(MemoryLayout<Int32>.size))
    }

    /// The socket's pending error (`SO_ERROR`); reading it clears it.
    static func pendingError(_ descriptor: Int32) -> Int32 {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else { return errno }
        return code
    }

    /// The octets of a TCP socket's queue that the peer has not acknowledged (`SIOCOUTQ`), also after the connection broke.
    static func unconfirmedByteCount(_ descriptor: Int32) -> Int {
        var count: Int32 = 0
        guard unsafe ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 else { return 0 }
        return max(0, Int(count))
    }

    /// Lets other sockets that do the same bind to the same port (`SO_REUSEPORT`).
    static func sharePort(_ descriptor: Int32) throws(SystemFailure) {
        var on: Int32 = 1
        guard unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &on, socklen_t(MemoryLayout<Int32>.size)) == 0
        else { throw SystemFailure(call: "setsockopt") }
    }

    static func bind(_ descriptor: Int32, to address: SocketAddress) throws(SystemFailure) {
        try address.checkLength(for: "bind")
        guard unsafe address.withKernelForm({ unsafe Glibc.bind(descriptor, $0, $1) }) == 0 else {
            throw SystemFailure(call: "bind")
        }
    }

    /// Gives a client its own address; its port may still serve connections to other peers.
    static func bindClient(_ descriptor: Int32, to address: SocketAddress) throws(SystemFailure) {
        // Choosing the port only when connecting, the kernel need not find one that is free for all peers.
        if address.port == 0 { enable(descriptor, Int32(IPPROTO_IP), IP_BIND_ADDRESS_NO_PORT) }
        if address.port ?? 0 != 0 { enable(descriptor, SOL_SOCKET, SO_REUSEADDR) }
        try bind(descriptor, to: address)
    }

    static func listen(_ descriptor: Int32, backlog: Int) throws(SystemFailure) {
        guard Glibc.listen(descriptor, Int32(clamping: backlog)) == 0 else { throw SystemFailure(call: "listen") }
    }

    /// Begins to connect (`connect(2)`).
    ///
    /// - Returns: True when connected at once, false when it goes on.
    static func connect(_ descriptor: Int32, to address: SocketAddress) throws(SystemFailure) -> Bool {
        try address.checkLength(for: "connect")
        if unsafe address.withKernelForm({ unsafe Glibc.connect(descriptor, $0, $1) }) == 0 { return true }
        // An interrupted connect goes on by itself; repeating it would only say so.
        guard errno == EINPROGRESS || errno == EINTR else { throw SystemFailure(call: "connect") }
        return false
    }

    /// A descriptor of our own for a listening stream socket, non-blocking and close-on-exec.
    ///
    /// Being non-blocking is a property of the socket, so its other users see it as well.
    static func listeningCopy(of descriptor: Int32) throws(SystemFailure) -> Int32 {
        var isListening: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &length) == 0 else {
            throw SystemFailure(call: "getsockopt")
        }
        guard isListening != 0 else { throw SystemFailure(code: EINVAL, call: "accept (the socket does not listen)") }
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw SystemFailure(call: "fcntl") }
        do throws(SystemFailure) {
            try setNonBlockingAndCloseOnExec(copy)
        } catch {
            close(copy)
            throw error
        }
        return copy
    }

    static func setNonBlockingAndCloseOnExec(_ descriptor: Int32) throws(SystemFailure) {
        guard fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0,
            fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
        else { throw SystemFailure(call: "fcntl") }
    }

    /// Both ends of a connected stream socket, TCP or Unix.
    static func addressesOfConnection(_ descriptor: Int32) throws(SystemFailure) -> (SocketAddress, SocketAddress) {
        let host = try addressOfSocket(descriptor, type: SOCK_STREAM)
        guard let peer = unsafe address(of: descriptor, by: getpeername) else {
            throw SystemFailure(code: ENOTCONN, call: "getpeername")
        }
        return (host, peer)
    }

    /// The own address of a datagram socket, UDP or Unix, and its peer when it is connected.
    static func addressesOfDatagramSocket(
        _ descriptor: Int32
    ) throws(SystemFailure) -> (SocketAddress, SocketAddress?) {
        let host = try addressOfSocket(descriptor, type: SOCK_DGRAM)
        return (host, unsafe address(of: descriptor, by: getpeername))
    }

    /// The own address of a socket that has to be of some type.
    private static func addressOfSocket(
        _ descriptor: Int32, type wanted: __socket_type
    ) throws(SystemFailure) -> SocketAddress {
        var type: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &length) == 0 else {
            throw SystemFailure(call: "getsockopt")
        }
        guard type == Int32(wanted.rawValue) else { throw SystemFailure(code: EPROTOTYPE, call: "getsockopt") }
        guard let host = unsafe address(of: descriptor, by: getsockname) else {
            throw SystemFailure(code: EAFNOSUPPORT, call: "getsockname")
        }
        return host
    }

    /// The socket's own address (`getsockname(2)`).
    static func ownAddress(_ descriptor: Int32) -> SocketAddress? {
        unsafe address(of: descriptor, by: getsockname)
    }

    private static func address(
        of descriptor: Int32, by ask: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let code = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe ask(descriptor, $0, &length) }
        }
        return code == 0 ? SocketAddress(kernelForm: storage, length: length) : nil
    }

    /// What an attempt to accept gave.
    package enum Accepted {
        /// A connection, and who is at its other end.
        case connection(Int32, peer: SocketAddress)

        /// The kernel's error.
        case failure(Int32)
    }

    /// Takes a waiting connection, non-blocking and close-on-exec (`accept4(2)`).
    package static func accept(_ descriptor: Int32) -> Accepted {
        var storage = sockaddr_storage()
        while true {
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let connection = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe clinux_accept(descriptor, $0, &length)
                }
            }
            if connection >= 0 {
                return .connection(connection, peer: SocketAddress(kernelForm: storage, length: length) ?? .unix(""))
            }
            if errno != EINTR { return .failure(errno) }
        }
    }

    /// The user, group and process at the other end of a Unix socket (`SO_PEERCRED`).
    static func peerCredentials(_ descriptor: Int32) -> PeerCredentials? {
        var (uid, gid, pid): (UInt32, UInt32, Int32) = (0, 0, 0)
        guard unsafe clinux_peer_credentials(descriptor, &uid, &gid, &pid) == 0 else { return nil }
        return PeerCredentials(uid: uid, gid: gid, pid: pid)
    }
}
