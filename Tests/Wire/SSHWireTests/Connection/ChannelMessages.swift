import SSHKeys
import SSHWire

/// Messages of the connection protocol as a peer would write them, right or wrong.
enum ChannelMessages {
    static func open(
        _ kind: String = "session", sender: UInt32 = 7, window: UInt32 = 1000, packet: UInt32 = 100,
        fields: [UInt8] = []
    ) -> [UInt8] {
        var writer = SSHWriter(message: 90)
        writer.string(kind)
        for value in [sender, window, packet] { writer.uint32(value) }
        writer.raw(fields)
        return writer.octets
    }

    static func numbers(_ message: UInt8, _ values: UInt32...) -> [UInt8] {
        var writer = SSHWriter(message: message)
        for value in values { writer.uint32(value) }
        return writer.octets
    }

    static func data(_ octets: [UInt8], to channel: UInt32 = 0) -> [UInt8] {
        var writer = SSHWriter(message: 94)
        writer.uint32(channel)
        writer.string(octets)
        return writer.octets
    }

    static func extended(_ octets: [UInt8], code: UInt32 = 1, to channel: UInt32 = 0) -> [UInt8] {
        var writer = SSHWriter(message: 95)
        writer.uint32(channel)
        writer.uint32(code)
        writer.string(octets)
        return writer.octets
    }

    static func request(_ name: String, wantsAnswer: Bool = true, fields: [UInt8] = [], to channel: UInt32 = 0)
        -> [UInt8]
    {
        var writer = SSHWriter(message: 98)
        writer.uint32(channel)
        writer.string(name)
        writer.boolean(wantsAnswer)
        writer.raw(fields)
        return writer.octets
    }

    static func global(_ name: String, wantsAnswer: Bool = true, fields: [UInt8] = []) -> [UInt8] {
        var writer = SSHWriter(message: 80)
        writer.string(name)
        writer.boolean(wantsAnswer)
        writer.raw(fields)
        return writer.octets
    }

    static func fields(_ write: (inout SSHWriter) -> Void) -> [UInt8] {
        var writer = SSHWriter()
        write(&writer)
        return writer.octets
    }
}

/// A machine and what it says, for tests.
struct ChannelsUnderTest: ~Copyable {
    var machine: SSHChannels

    init(limit: Int = 10, window: Int = 1000) { machine = SSHChannels(channelLimit: limit, receiveWindow: window) }

    /// Has a peer's channel opened: number 0 here, 7 there, taking 1,000 octets in messages of 100.
    init(open: Void, window: Int = 1000, peerWindow: UInt32 = 1000, packet: UInt32 = 100) throws {
        machine = SSHChannels(receiveWindow: window)
        _ = try machine.receive(ChannelMessages.open(window: peerWindow, packet: packet))
        machine.confirm(0)
        _ = sent()
    }

    /// All messages that are to be sent, data included, as far as the windows allow.
    mutating func sent() -> [[UInt8]] {
        var all: [[UInt8]] = []
        repeat {
            while let message = machine.nextMessage() { all.append(message) }
        } while machine.nextPiece { _, head, octets in
            all.append(head + (0..<octets.count).map { octets[$0] })
        } != nil
        return all
    }

    mutating func enqueue(_ octets: [UInt8], stream: SSHChannelStream = .output, on channel: Int = 0) {
        machine.enqueue(octets.span, stream: stream, on: channel)
    }
}
