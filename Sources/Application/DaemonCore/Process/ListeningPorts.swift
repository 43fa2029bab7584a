import FileAccess
import Glibc
import Transports

/// Tells who listens on a port of TCP, by `/proc`.
enum ListeningPorts {
    /// The column of the table for one that listens.
    private static let listening = "0A"
    /// Far above the table of a machine with a hundred thousand connections, in octets.
    private static let longestTable = 64 << 20

    /// Whether all that stands in the way of an endpoint are sockets of one process; also true when its sockets may not be seen.
    static func areHeld(by process: Int32, for endpoint: EndpointDescription) -> Bool {
        let table: String
        let wanted: String
        let port: UInt16
        switch endpoint.kind {
        case .tcp(let interface, let number):
            (table, wanted, port) = ("tcp", text([(interface ?? .any).bits]), number)
        case .tcp6(let interface, let number):
            let host = interface ?? .any
            let words = [host.high >> 32, host.high, host.low >> 32, host.low].map { UInt32(truncatingIfNeeded: $0) }
            (table, wanted, port) = ("tcp6", text(words), number)
        case .unix: return false
        }
        guard let files = OpenFiles.of(process) else { return true }
        guard let octets = try? readFile("/proc/\(process)/net/\(table)", limit: longestTable) else { return false }
        let own = Set(files)
        var isFound = false
        for line in String(decoding: octets, as: UTF8.self).split(separator: "\n").dropFirst() {
            // Place, own address, other address, state, five more, and the number of the socket.
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[3] == listening else { continue }
            let sides = fields[1].split(separator: ":")
            guard sides.count == 2, UInt16(sides[1], radix: 16) == port,
                sides[0] == wanted || isAny(sides[0]) || isAny(wanted[...])
            else { continue }
            guard own.contains("socket:[\(fields[9])]") else { return false }
            isFound = true
        }
        return isFound
    }

    /// An address as the table has it: each word in the order of the machine's memory.
    private static func text(_ words: [UInt32]) -> String {
        words.map { word in
            let digits = String(word.bigEndian, radix: 16, uppercase: true)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    private static func isAny(_ address: Substring) -> Bool { address.allSatisfy { $0 == "0" } }
}
