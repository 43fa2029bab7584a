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

    /// Connects to the journal.
    init(path: String = JournalSocket.path) throws(DaemonFailure) {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let isFitting = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard path.utf8.count < room.count else { return false }
            room.copyBytes(from: path.utf8)
            return true
        }
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard isFitting, descriptor >= 0, code == 0 else {
            let reason = FileFailure(code: isFitting ? errno : ENAMETOOLONG).reason
            if descriptor >= 0 { close(descriptor) }
            throw DaemonFailure(.unavailable, "The journal cannot be reached at \(path): \(reason).")
        }
    }

    /// Sends one record; false when the journal does not take it.
    func send(_ octets: [UInt8]) -> Bool {
        octets.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) } == octets.count
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
