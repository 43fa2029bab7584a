import PeerCore
import ReactorTesting
import Testing
import Transports

@Suite struct EchoFactoryTests {
    private let transport = MemoryTransport()

    private func connect() throws {
        transport.connect(try #require(EchoFactory().makeProtocol(for: transport.peer)))
    }

    @Test func whatComesGoesBack() throws {
        try connect()
        transport.deliver("hello, ")
        transport.deliver(Array("world".utf8), inPiecesOf: 1)
        #expect(transport.takeWrittenText() == "hello, world")
    }

    @Test func whoDoesNotReadIsNotListenedTo() throws {
        try connect()
        transport.isPeerReading = false
        let piece = [UInt8](repeating: 7, count: 65_536)
        for _ in 0..<64 { transport.deliver(piece) }
        #expect(transport.isReadingPaused && transport.bufferedByteCount < 1 << 20)
        transport.isPeerReading = true
        var received = 0
        for _ in 0..<1000 where received < 64 * piece.count {
            transport.drain()
            received += transport.takeWritten().count
        }
        #expect(received == 64 * piece.count && !transport.isReadingPaused)
    }

    @Test func whoHasClosedStillGetsEverything() throws {
        try connect()
        transport.isPeerReading = false
        transport.deliver("the last words")
        transport.deliverEndOfFile()
        transport.isPeerReading = true
        transport.drain()
        #expect(transport.takeWrittenText() == "the last words")
        #expect(isDone(transport))
    }
}

/// Whether a connection has come to its end without a failure.
func isDone(_ transport: MemoryTransport) -> Bool {
    guard case .done? = transport.lostReason else { return false }
    return true
}
