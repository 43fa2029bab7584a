public import IRCWire

/// The answer to one request: gathers its lines when the client has given the request a label.
///
/// ```text
///   no line        ACK with the label
///   one line       that line with the label
///   several lines  a batch with the label around them, or their own, if they are one batch
/// ```
///
/// A house that answers later keeps the one that ``IRCServerConnection/deferResponse()`` gave it, and calls ``end()`` once. For a
/// request without a label lines go out as they come.
///
/// - Isolation: belongs to the reactor's thread.
/// - Source: IRCv3 Labeled Responses.
public final class IRCResponse {
    private let connection: IRCServerConnection
    /// What the client calls the request; nil when it doesn't.
    public let label: String?
    private var lines: [IRCLine] = []
    /// How many of the lines must go through the gate: one is enough, and the whole answer does.
    private var gatedCount = 0
    /// Whether the house has taken over to end it.
    var isDeferred = false
    private var isEnded = false

    init(_ connection: IRCServerConnection, label: String?) {
        self.connection = connection
        self.label = label
    }

    /// Adds a line.
    public func send(_ line: IRCLine) { send(line, ungated: false) }

    /// Adds a reply of the server's.
    public func reply(_ reply: IRCReply) { send(connection.makeLine(reply)) }

    /// Adds a line that waits for no turn of a game, if `ungated`.
    func send(_ line: IRCLine, ungated: Bool) {
        guard connection.wants(line) else { return }
        if label == nil || isEnded { return connection.emit(line.octets(for: connection.tagSet), ungated: ungated) }
        lines.append(line)
        if !ungated { gatedCount += 1 }
    }

    /// Sends what was gathered; a second call does nothing.
    public func end() {
        if isEnded { return }
        isEnded = true
        guard let label else { return }
        // That nothing came of a request is known by its turn, too.
        let isUngated = gatedCount == 0 && !lines.isEmpty
        let octets = encoded(label)
        lines = []
        connection.emit(octets, ungated: isUngated)
    }

    private func encoded(_ label: String) -> [UInt8] {
        let set = connection.tagSet
        guard lines.count > 1 else {
            let only = lines.first ?? IRCLine(.acknowledged, from: connection.server.source)
            return only.octets(for: set, label: label, batch: nil)
        }
        var octets: [UInt8] = []
        guard set.contains(.batch), !isOneBatch else {
            for (index, line) in lines.enumerated() {
                octets += index == 0 ? line.octets(for: set, label: label, batch: nil) : line.octets(for: set)
            }
            return octets
        }
        let name = connection.makeBatchName()
        let server = connection.server.source
        let reference = IRCParameter(cleaning: name)
        let start = IRCLine(.batchStart(reference: reference, type: "labeled-response", parameters: []), from: server)
        octets += start.octets(for: set, label: label, batch: nil)
        for line in lines { octets += line.octets(for: set, label: nil, batch: name) }
        octets += IRCLine(.batchEnd(reference: reference), from: server).octets(for: set)
        return octets
    }

    /// Whether the first line begins a batch, the last one ends it, and all others are inside.
    private var isOneBatch: Bool {
        guard let first = lines.first?.batchMark, let last = lines.last?.batchMark, first.isStart, !last.isStart,
            first.name == last.name
        else { return false }
        return lines.dropFirst().dropLast().allSatisfy { $0.tags.batch != nil }
    }
}
