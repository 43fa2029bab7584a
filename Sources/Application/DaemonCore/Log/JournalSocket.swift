import FileAccess
import Glibc
import Logging

/// Speaks to systemd's journal, a datagram for each record (https://systemd.io/JOURNAL_NATIVE_PROTOCOL/).
///
/// ```text
///   MESSAGE=login failed\n
///   PRIORITY=4\n                              0 to 7, as in syslog(3)
///   NAME\n  <length, 8 octets LE>  <octets>\n      a value with a newline in it
/// ```
struct JournalSocket {
    static let path = "/run/systemd/journal/socket"
    /// Names have at most 64 characters, of `A`–`Z`, `0`–`9` and the underscore.
    private static let longestName = 64

    let descriptor: Int32
    private let path: String

    /// Connects to the journal that listens at a path.
    init(path: String = JournalSocket.path) throws(DaemonFailure) {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        let code = descriptor < 0 ? errno : Self.reach(path, from: descriptor)
        guard code == 0 else {
            if descriptor >= 0 { close(descriptor) }
            throw DaemonFailure(
                .unavailable, "The journal cannot be reached at \(path): \(SystemReason.text(of: code)).")
        }
    }

    /// Sets where a socket's datagrams go; 0, or the reason's number.
    private static func reach(_ path: String, from descriptor: Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let isFitting = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard path.utf8.count < room.count else { return false }
            room.copyBytes(from: path.utf8)
            return true
        }
        guard isFitting else { return ENAMETOOLONG }
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return code == 0 ? 0 : errno
    }

    /// Sends one record, without waiting; false when the journal does not take it.
    ///
    /// It does not when nobody listens, when too many records wait, and when the record is too large for a datagram: that
    /// takes dozens of fields as long as values may be, so the way around it, a file in memory, is not taken.
    func send(_ octets: [UInt8]) -> Bool {
        let code = transmit(octets)
        // A journal that was begun anew has another socket at the same path.
        guard code == ECONNREFUSED || code == ENOTCONN else { return code == 0 }
        return Self.reach(path, from: descriptor) == 0 && transmit(octets) == 0
    }

    /// Sends a datagram; 0, or the reason's number.
    private func transmit(_ octets: [UInt8]) -> Int32 {
        octets.withUnsafeBytes { bytes in
            Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)) < 0 ? errno : 0
        }
    }

    static func encode(_ record: LogRecord) -> [UInt8] {
        var octets: [UInt8] = []
        append("MESSAGE", cut(record.message), to: &octets)
        append("PRIORITY", "\(priority(of: record.level))", to: &octets)
        append("SYSLOG_IDENTIFIER", "mudd", to: &octets)
        append("MUDD_SUBSYSTEM", record.label, to: &octets)
        for (key, value) in record.fields { append(name(of: key), cut(LogRecord.shown(key, value)), to: &octets) }
        return octets
    }

    private static func cut(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(LogRecord.longestValue)))
    }

    private static func append(_ name: String, _ value: String, to octets: inout [UInt8]) {
        let value = Array(value.utf8)
        octets += Array(name.utf8)
        if value.contains(0x0A) {
            octets.append(0x0A)
            let length = UInt64(value.count)
            for shift in stride(from: 0, to: 64, by: 8) { octets.append(UInt8(truncatingIfNeeded: length >> shift)) }
        } else {
            octets.append(UInt8(ascii: "="))
        }
        octets += value
        octets.append(0x0A)
    }

    /// A name that the journal accepts, and that cannot stand for one of its own.
    private static func name(of key: String) -> String {
        let characters = key.uppercased().unicodeScalars.map { scalar -> Character in
            ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar) ? Character(scalar) : "_"
        }
        return String(("MUDD_" + String(characters)).prefix(longestName))
    }

    /// The priority of syslog(3).
    private static func priority(of level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
