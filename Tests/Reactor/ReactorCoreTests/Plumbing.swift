import Basics
import Glibc
import ReactorCore
import Testing

/// Two connected descriptors, non-blocking, closed at the end of the test unless closed before.
final class Plumbing {
    enum Shape: CaseIterable {
        case pipe
        case unixSockets
        case tcp
    }

    /// The end that is read from, and for sockets also written to.
    private(set) var near: Int32 = -1
    private(set) var far: Int32 = -1

    init(_ shape: Shape) throws {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        // A process that another test starts would keep them open.
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        switch shape {
        case .pipe: try #require(pipe(&ends) == 0)
        case .unixSockets: try #require(socketpair(AF_UNIX, type, 0, &ends) == 0)
        case .tcp:
            let listener = try ListeningSocket()
            ends[1] = try listener.connect()
            ends[0] = accept(listener.descriptor, nil, nil)
            try #require(ends[0] >= 0)
        }
        near = ends[0]
        far = ends[1]
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        closeNear()
        closeFar()
    }

    func closeNear() {
        if near >= 0 { close(near) }
        near = -1
    }

    func closeFar() {
        if far >= 0 { close(far) }
        far = -1
    }

    /// Leaves the closing of the far end to the caller.
    func surrenderFar() -> Int32 {
        defer { far = -1 }
        return far
    }

    /// Gives both ends numbers from `lowest` on, so that many pairs leave the low numbers to others.
    func move(from lowest: Int32) throws {
        let moved = (fcntl(near, F_DUPFD_CLOEXEC, lowest), fcntl(far, F_DUPFD_CLOEXEC, lowest))
        closeNear()
        closeFar()
        (near, far) = moved
        try #require(near >= lowest && far >= lowest)
    }

    func send(_ count: Int = 1) { _ = write(far, [UInt8](repeating: 120, count: count), count) }

    func sendUrgent() { _ = Glibc.send(far, "!", 1, Int32(MSG_OOB)) }

    func drain() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while read(near, &buffer, buffer.count) > 0 {}
    }

    /// Writes to the near end until it takes no more.
    func fill() {
        let bytes = [UInt8](repeating: 0, count: 65_536)
        while write(near, bytes, bytes.count) > 0 {}
    }

    func drainFar() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while read(far, &buffer, buffer.count) > 0 {}
    }

    func shutFar() { shutdown(far, Int32(SHUT_WR)) }

    func shutNear() { shutdown(near, Int32(SHUT_WR)) }
}

/// A TCP socket that listens on a port of the loopback interface.
final class ListeningSocket {
    let descriptor: Int32
    private var address = sockaddr_in()

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        try #require(withAddress { bind(descriptor, $0, length) } == 0)
        try #require(listen(descriptor, 5) == 0)
        var bound = address
        let named = withUnsafeMutableBytes(of: &bound) {
            getsockname(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
        }
        try #require(named == 0)
        address = bound
    }

    deinit { close(descriptor) }

    func connect(blocking: Bool = true) throws -> Int32 {
        let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        if !blocking { _ = fcntl(made, F_SETFL, O_NONBLOCK) }
        let status = withAddress { Glibc.connect(made, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        try #require(status == 0 || errno == EINPROGRESS)
        return made
    }

    private func withAddress(_ body: (UnsafePointer<sockaddr>?) -> Int32) -> Int32 {
        withUnsafeBytes(of: address) { body($0.baseAddress?.assumingMemoryBound(to: sockaddr.self)) }
    }
}

/// How often a wait may end early with nothing.
///
/// Not only signals do that: the end of a ring interrupts the thread that used it, some time later.
let interruptionLimit = 20

extension Poller {
    /// One answer, by token, after as many waits as interruptions make necessary.
    func answer(
        within limit: Duration = .zero, sourceLocation: SourceLocation = #_sourceLocation
    ) -> [UInt64: Readiness] {
        var ready: [ReadyDescriptor] = []
        var waits = 0
        let clock = SystemMonotonicTime()
        let end = clock.now().advanced(by: limit)
        repeat {
            wait(nanoseconds: max(0, clock.now().duration(to: end).wholeNanoseconds), into: &ready)
            waits += 1
        } while ready.isEmpty && clock.now() < end
        #expect(waits <= interruptionLimit, "waits are cut short", sourceLocation: sourceLocation)
        let answer = Dictionary(ready.map { ($0.token, $0.readiness) }, uniquingKeysWith: { $0.union($1) })
        #expect(answer.count == ready.count, "a descriptor appears twice", sourceLocation: sourceLocation)
        return answer
    }
}
