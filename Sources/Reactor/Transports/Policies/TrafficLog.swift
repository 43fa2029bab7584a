import Basics
import FileAccess
import Glibc
public import ReactorCore

/// Writes down what connections receive and send, in hexadecimal and as text; for finding faults.
///
/// ```text
///   12.000250000 #3 127.0.0.1:50000 made
///   12.000310000 #3 127.0.0.1:50000 received 5: 68 65 6c 6c 6f |hello|
///   12.000400000 #3 127.0.0.1:50000 sent 3000: 61 61 61 61 … |aaaa…|
///   13.500000000 #3 127.0.0.1:50000 lost: connection closed
/// ```
///
/// Times are the reactor's, in seconds. Traffic may hold secrets: see `redact`. While it is off nothing is
/// formatted and nothing copied.
public final class TrafficLog: ConnectionPolicy {
    /// The octets of each piece that are shown unless told otherwise.
    public static let defaultExcerptLimit = 64

    /// The size a file may grow to unless told otherwise, in octets: 64 MiB.
    public static let defaultFileLimit = 64 << 20

    /// Which way octets went.
    public enum Direction: String, Hashable, Sendable {
        /// From the peer to us.
        case received

        /// From us to the peer, at the time of writing.
        case sent
    }

    /// Whether anything is written down; may change at any time.
    public var isEnabled: Bool

    /// Replaces what must not be seen in the octets of an excerpt, which may end anywhere; nil shows all.
    public var redact: ((Direction, [UInt8]) -> [UInt8])?

    private let reactor: Reactor
    private let excerptLimit: Int
    private let sink: (String) -> Void
    private var lastNumber = 0

    /// Makes a log.
    ///
    /// - Parameters:
    ///   - reactor: The clock of the log.
    ///   - isEnabled: Whether it is on.
    ///   - excerptLimit: The most octets shown of each piece; a line has about four times as many characters.
    ///   - redact: See ``redact``.
    ///   - sink: Takes lines without newlines. It must not use the connection.
    public init(
        _ reactor: Reactor, isEnabled: Bool = true, excerptLimit: Int = TrafficLog.defaultExcerptLimit,
        redact: ((Direction, [UInt8]) -> [UInt8])? = nil, sink: @escaping (String) -> Void
    ) {
        self.reactor = reactor
        self.isEnabled = isEnabled
        self.excerptLimit = max(0, excerptLimit)
        self.redact = redact
        self.sink = sink
    }

    /// Makes a log that appends to a file, which only its owner may read; the disk is written on this thread.
    ///
    /// - Parameters:
    ///   - reactor: The clock of the log.
    ///   - path: The file.
    ///   - excerptLimit: The most octets shown of each piece.
    ///   - fileLimit: The octets of the file after which nothing more is written.
    ///   - redact: See ``redact``.
    /// - Throws: ``SystemFailure`` when the file cannot be opened for writing, or is a pipe, which might make the reactor wait.
    public convenience init(
        _ reactor: Reactor, path: String, excerptLimit: Int = TrafficLog.defaultExcerptLimit,
        fileLimit: Int = TrafficLog.defaultFileLimit, redact: ((Direction, [UInt8]) -> [UInt8])? = nil
    ) throws(SystemFailure) {
        let file = try LineFile(path, limit: fileLimit)
        self.init(reactor, excerptLimit: excerptLimit, redact: redact) { file.append($0) }
    }

    /// The layer that listens to one connection.
    public func layer(below upper: any StreamProtocol, peer: SocketAddress) -> any StreamProtocol {
        lastNumber += 1
        return Layer(below: upper, log: self, number: lastNumber)
    }

    private func note(_ layer: Layer, peer: SocketAddress? = nil, _ text: @autoclosure () -> String) {
        guard isEnabled else { return }
        let time = reactor.now.nanoseconds
        let fraction = String(time % 1_000_000_000)
        let padding = String(repeating: "0", count: max(0, 9 - fraction.utf8.count))
        sink("\(time / 1_000_000_000).\(padding)\(fraction) #\(layer.number) \(peer ?? layer.peer) \(text())")
    }

    private func note(_ layer: Layer, _ direction: Direction, _ bytes: Span<UInt8>) {
        guard isEnabled, !bytes.isEmpty else { return }
        note(layer, "\(direction.rawValue) \(bytes.count): \(excerpt(direction, bytes))")
    }

    private func excerpt(_ direction: Direction, _ bytes: Span<UInt8>) -> String {
        let count = min(bytes.count, excerptLimit)
        var shown: [UInt8] = []
        shown.reserveCapacity(count)
        for index in 0..<count { shown.append(bytes[index]) }
        if let redact { shown = Array(redact(direction, shown).prefix(excerptLimit)) }
        let isCut = bytes.count > excerptLimit
        var text: [UInt8] = []
        text.reserveCapacity(shown.count * 4 + 8)
        for octet in shown { text += [Self.digit(octet >> 4), Self.digit(octet & 15), 0x20] }
        if isCut { text += Array("… ".utf8) }
        text.append(0x7C)
        for octet in shown { text.append((0x20...0x7E).contains(octet) ? octet : 0x2E) }
        if isCut { text += Array("…".utf8) }
        text.append(0x7C)
        return String(decoding: text, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    private final class Layer: TransportLayer {
        let number: Int
        private let log: TrafficLog

        init(below upper: any StreamProtocol, log: TrafficLog, number: Int) {
            self.log = log
            self.number = number
            super.init(below: upper)
        }

        override func connectionMade(over transport: any Transport) throws {
            log.note(self, peer: transport.peer, "made")
            try super.connectionMade(over: transport)
        }

        override func dataReceived(_ bytes: Span<UInt8>) throws {
            log.note(self, .received, bytes)
            try super.dataReceived(bytes)
        }

        override func write(_ bytes: [UInt8]) {
            if lower != nil { log.note(self, .sent, bytes.span) }
            super.write(bytes)
        }

        override func write(_ bytes: Span<UInt8>) {
            if lower != nil { log.note(self, .sent, bytes) }
            super.write(bytes)
        }

        override func write(_ bytes: [UInt8], passing descriptors: [Int32]) throws(DescriptorPassingFailure) {
            try super.write(bytes, passing: descriptors)
            if lower != nil { log.note(self, .sent, bytes.span) }
        }

        override func connectionLost(_ reason: DisconnectReason) {
            if upper != nil { log.note(self, "lost: \(reason)") }
            super.connectionLost(reason)
        }
    }
}

/// A file that lines are appended to, up to a size.
private final class LineFile {
    private let descriptor: Int32
    private var room: Int

    init(_ path: String, limit: Int) throws(SystemFailure) {
        do throws(FileFailure) {
            descriptor = try openToAppend(path, followsLinks: false, takesPipes: false)
        } catch {
            throw SystemFailure(code: error.code, call: "open")
        }
        room = limit - Int(lseek(descriptor, 0, SEEK_END))
    }

    deinit {
        close(descriptor)
    }

    func append(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        guard bytes.count <= room else {
            room = 0
            return
        }
        room -= bytes.count
        _ = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    }
}
