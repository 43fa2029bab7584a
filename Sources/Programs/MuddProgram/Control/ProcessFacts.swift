import DaemonCore
import FileAccess
import Glibc

/// What the system tells of a process, in `/proc`.
struct ProcessFacts {
    private let folder: String
    private let processID: Int32

    private static let longest = 1 << 20

    init(_ processID: Int32) {
        self.processID = processID
        folder = "/proc/\(processID)"
    }

    /// What the program is called, cut to 15 octets.
    var name: String? { read("comm").map { String($0.prefix { $0 != "\n" }) } }

    /// Whole seconds since it began; nil when that is not told.
    var uptime: Int? {
        // The name in parentheses may hold anything; behind it stand numbers, and the beginning is the 20th of them.
        guard let text = read("stat"), let end = text.lastIndex(of: ")"),
            let system = readText("/proc/uptime")?.split(separator: ".").first.flatMap({ Int($0) })
        else { return nil }
        let words = text[end...].dropFirst().split(separator: " ")
        guard words.count > 19, let ticks = Int(words[19]) else { return nil }
        return max(0, system - ticks / max(1, sysconf(Int32(_SC_CLK_TCK))))
    }

    /// Whether real, effective, saved and file system user are all this one.
    func isOnly(user: UInt32) -> Bool {
        guard let line = read("status")?.split(separator: "\n").first(where: { $0.hasPrefix("Uid:") }) else {
            return false
        }
        let users = line.dropFirst(4).split(whereSeparator: \.isWhitespace)
        return users.count == 4 && users.allSatisfy { UInt32($0) == user }
    }

    /// Whether nobody leads its session any more, as that of a daemon.
    var isInBackground: Bool {
        let session = getsid(processID)
        return session > 0 && session != processID && Glibc.kill(session, 0) != 0 && errno == ESRCH
    }

    /// The words it was started with, the program's name first.
    var words: [String]? { strings("cmdline") }

    /// The environment it was started with.
    var environment: [String: String]? {
        guard let lines = strings("environ") else { return nil }
        let pairs = lines.compactMap { line -> (String, String)? in
            guard let sign = line.firstIndex(of: "=") else { return nil }
            return (String(line[..<sign]), String(line[line.index(after: sign)...]))
        }
        return Dictionary(pairs) { $1 }
    }

    /// The folder it is in.
    var currentFolder: String? { targetOfLink(folder + "/cwd") }

    private func strings(_ name: String) -> [String]? {
        read(name).map { $0.split(separator: "\0", omittingEmptySubsequences: false).dropLast().map(String.init) }
    }

    private func read(_ name: String) -> String? { readText("\(folder)/\(name)") }

    private func readText(_ path: String) -> String? {
        (try? readFile(path, limit: Self.longest)).map { String(decoding: $0, as: UTF8.self) }
    }
}
