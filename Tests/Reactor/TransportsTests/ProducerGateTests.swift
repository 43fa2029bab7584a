import ReactorTesting
import Testing

@testable import Transports

/// Who is to be called, by the state of a buffer; the gate itself calls nobody.
@Suite struct ProducerGateTests {
    private final class Idle: Producer {
        func pauseProducing() {}
        func resumeProducing() {}
        func stopProducing() {}
    }

    private let producer = Idle()

    private func isIt(_ found: (any Producer)?) -> Bool { found === producer }

    @Test func streamingProducerIsPausedOnceAndResumedFromTheLowMarkOn() throws {
        var gate = ProducerGate()
        #expect(try gate.admit(producer, streaming: true) == nil)
        #expect(gate.resume(0, low: 10) == nil)
        #expect(!gate.isWaiting(50))
        #expect(isIt(gate.pause()))
        #expect(gate.pause() == nil)
        #expect(gate.isWaiting(0))
        #expect(gate.resume(11, low: 10) == nil)
        #expect(isIt(gate.resume(10, low: 10)))
        #expect(gate.resume(0, low: 10) == nil)
        #expect(gate.nextPiece() == nil)
    }

    @Test func otherProducerIsAskedForEveryPieceAndNeverPaused() throws {
        var gate = ProducerGate()
        #expect(isIt(try gate.admit(producer, streaming: false)))
        #expect(gate.pause() == nil)
        #expect(gate.isWaiting(1) && !gate.isWaiting(0))
        #expect(gate.resume(1, low: 10) == nil)
        #expect(isIt(gate.resume(0, low: 10)))
        #expect(isIt(gate.resume(0, low: 10)))
        #expect(gate.resumeStreaming() == nil)
        #expect(isIt(gate.nextPiece()))
    }

    @Test func oneProducerAtATime() throws {
        var gate = ProducerGate()
        _ = try gate.admit(producer, streaming: true)
        #expect(throws: TransportMisuse.producerRegisteredTwice) { _ = try gate.admit(producer, streaming: true) }
        _ = gate.pause()
        #expect(isIt(gate.remove()) && gate.isEmpty)
        #expect(gate.remove() == nil && gate.pause() == nil && gate.resume(0, low: 0) == nil)
        // The next one does not begin paused.
        _ = try gate.admit(producer, streaming: true)
        #expect(!gate.isWaiting(0))
    }
}
