import FramingWire
import ReactorCore
import ReactorTesting
import Testing
import Transports

/// The framers as protocols use them, over every kind of transport and in pieces of every size.
@Suite struct FramersOverTransportsTests {
    enum Framing: CaseIterable {
        case lines
        case prefixed
        case netstrings

        func encode(_ message: [UInt8]) throws -> [UInt8] {
            switch self {
            case .lines: try LineEncoder().encode(message)
            case .prefixed: try LengthPrefixedFramer.encode(message, prefix: .twoBytes(.bigEndian))
            case .netstrings: try NetstringFramer.encode(message)
            }
        }
    }

    /// Collects the messages that arrive, and breaks off on what no framer takes.
    private final class Reader: StreamProtocol {
        private var lines = LineFramer(overflow: .fail)
        private var prefixed = LengthPrefixedFramer(.twoBytes(.bigEndian), limit: 1_000)
        private var netstrings = NetstringFramer(limit: 1_000)
        private let framing: Framing
        private(set) var messages: [[UInt8]] = []
        var isPaused = false
        var onMessage: (() -> Void)?

        init(_ framing: Framing) { self.framing = framing }

        func connectionMade(over transport: any Transport) {}

        func dataReceived(_ bytes: Span<UInt8>) throws {
            switch framing {
            case .lines: lines.receive(bytes)
            case .prefixed: prefixed.receive(bytes)
            case .netstrings: netstrings.receive(bytes)
            }
            try takeMessages()
        }

        /// Takes what waits in the framer, up to a message that makes the reader pause.
        func takeMessages() throws {
            while !isPaused, let message = try nextMessage() {
                messages.append(message)
                onMessage?()
            }
        }

        private func nextMessage() throws -> [UInt8]? {
            switch framing {
            case .lines:
                guard case .line(let line)? = try lines.next() else { return nil }
                return line
            case .prefixed: return try prefixed.next()
            case .netstrings: return try netstrings.next()
            }
        }

        func connectionLost(_ reason: DisconnectReason) {}
    }

    @Test(arguments: ContractKind.available, Framing.allCases)
    func messagesArriveWholeAndInOrder(kind: ContractKind, framing: Framing) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        let reader = Reader(framing)
        server.onData = { _, bytes in try reader.dataReceived(bytes.span) }
        let messages = (0..<200).map { number in [UInt8](repeating: UInt8(65 + number % 26), count: number * 7 % 500) }
        for message in messages {
            for piece in DripFeed.pieces(of: try framing.encode(message), size: 97) {
                client.transport?.write(piece)
                if kind.isMemory || message.count % 5 == 0 { harness.idle(passes: 1) }
            }
        }
        try harness.run { reader.messages.count == messages.count }
        #expect(reader.messages == messages)
        server.onData = nil
    }

    /// What one read brought beyond the message waits in the framer, what comes later in the transport.
    @Test(arguments: ContractKind.available, Framing.allCases)
    func noMessageArrivesWhilePaused(kind: ContractKind, framing: Framing) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        let reader = Reader(framing)
        server.onData = { _, bytes in try reader.dataReceived(bytes.span) }
        reader.onMessage = { [unowned reader, unowned server] in
            reader.isPaused = true
            server.transport?.pauseProducing()
        }
        let messages = (0..<20).map { number in [UInt8](repeating: UInt8(65 + number), count: number * 7 + 1) }
        let octets = try messages.flatMap { try framing.encode($0) }
        client.transport?.write(octets)
        for count in 1...messages.count {
            try harness.run { reader.messages.count >= count }
            harness.idle()
            #expect(reader.messages == Array(messages.prefix(count)))
            // The framer first: the transport calls for new octets only.
            reader.isPaused = false
            try reader.takeMessages()
            if !reader.isPaused { server.transport?.resumeProducing() }
        }
        #expect(reader.messages == messages)
        server.onData = nil
    }

    @Test(arguments: ContractKind.available, [Framing.prefixed, .netstrings])
    func aMessageBeyondTheLimitEndsTheConnection(kind: ContractKind, framing: Framing) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        let reader = Reader(framing)
        server.onData = { _, bytes in try reader.dataReceived(bytes.span) }
        client.transport?.write(try framing.encode([UInt8](repeating: 65, count: 1_001)))
        try harness.run { server.isLost && client.isLost }
        #expect(server.ending == "protocolFailure" && reader.messages.isEmpty)
        server.onData = nil
    }
}
