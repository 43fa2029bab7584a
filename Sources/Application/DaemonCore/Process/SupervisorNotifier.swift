package import Basics
import Glibc

/// Tells a supervisor such as systemd how the server fares.
///
/// The protocol is that of `sd_notify(3)`: one datagram of `NAME=value` lines for each message, to the Unix socket that
/// `NOTIFY_SOCKET` names (an `@` stands for the abstract name space). Nobody need listen: a message that cannot be
/// delivered is dropped.
package final class SupervisorNotifier {
    /// What a supervisor can be told.
    package enum Message: Equatable {
        /// All doors are open.
        case ready
        /// The configuration is read anew, since this instant.
        case reloading(since: MonotonicInstant)
        /// This process is the server from now on.
        case mainProcess(Int32)
        /// The end has begun.
        case stopping
        /// What is going on, in a line for people.
        case status(String)
        /// The loop still goes round.
        case watchdog
    }

    /// How often the supervisor wants to hear ``Message/watchdog``; nil when it does not.
    ///
    /// Half of what it allows, as `sd_watchdog_enabled(3)` advises.
    package let watchdogInterval: Duration?

    private let socket: Int32

    /// Finds the supervisor in the environment; nil when there is none.
    package init?(environment: [String: String], processID: Int32 = getpid()) {
        guard let path = environment["NOTIFY_SOCKET"], path.hasPrefix("/") || path.hasPrefix("@") else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let octets = Array(path.utf8)
        guard octets.count > 1, octets.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { room in
            unsafe room.copyBytes(from: octets)
            if octets[0] == UInt8(ascii: "@") { unsafe room[0] = 0 }
        }
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let socket = Glibc.socket(AF_UNIX, kind, 0)
        guard socket >= 0 else { return nil }
        // An abstract name has no end but the length; a path ends at the first zero.
        let length = socklen_t(MemoryLayout<sa_family_t>.size + octets.count)
        let code = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe connect(socket, $0, length) }
        }
        guard code == 0 else {
            close(socket)
            return nil
        }
        self.socket = socket
        let isMeant = environment["WATCHDOG_PID"].map { $0 == String(processID) } ?? true
        let limit = environment["WATCHDOG_USEC"].flatMap(Int64.init).flatMap { $0 > 1 ? $0 : nil }
        watchdogInterval = isMeant ? limit.map { .microseconds($0 / 2) } : nil
    }

    deinit { close(socket) }

    /// Sends messages in one datagram.
    ///
    /// - Returns: False when it could not be delivered.
    @discardableResult package func tell(_ messages: Message...) -> Bool {
        let text = Array(messages.map(Self.line).joined(separator: "\n").utf8)
        return unsafe text.withUnsafeBytes {
            unsafe send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) == $0.count
        }
    }

    private static func line(_ message: Message) -> String {
        switch message {
        case .ready: "READY=1"
        case .reloading(let instant): "RELOADING=1\nMONOTONIC_USEC=\(instant.nanoseconds / 1000)"
        case .mainProcess(let number): "MAINPID=\(number)"
        case .stopping: "STOPPING=1"
        // A line break would begin another variable.
        case .status(let text): "STATUS=" + String(text.map { $0.isNewline ? " " : $0 })
        case .watchdog: "WATCHDOG=1"
        }
    }
}
